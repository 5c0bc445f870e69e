package dev.amends.network

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource

class RequestNameTest {
    private fun name(path: String) = requestName("GET", path)

    @ParameterizedTest
    @ValueSource(
        strings = [
            "/orders", "/api/v1/orders", "/v2.1/search", "/oauth2/token", "/i18n/messages", "/getUserProfile",
            "/v1/projects:batchGet", "/checkout/payment-methods", "/feedback", "/graphql", "/index.html", "/",
        ],
    )
    fun `words stay as they are`(path: String) = assertEquals("GET $path", name(path))

    @ParameterizedTest
    @ValueSource(
        strings = [
            "42", "1042", "2026-11-22", "-1", "12.5", "+4917012345",
            "123e4567-e89b-12d3-a456-426614174000", "123E4567E89B12D3A456426614174000", "deadbeef", "5f3c2a1b9d8e",
            "jackie@example.com", "jackie%40example.com", "J%C3%BCrgen", "Jürgen", "two%20words", "a=b", "Products(5)",
            "u1042", "item-7", "order_12", "dQw4w9WgXcQ", "abc123def", "photo-20261122.jpg", "ab12.jpg.3",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJKYWNraWUifQ.c2lnbmF0dXJl", "aGVsbG8gd29ybGQgYWdhaW4x",
            "the-best-running-shoes-for-wide-feet",
        ],
    )
    fun `what differs from one to the next is an id`(id: String) =
        assertEquals("GET /things/{id}/parts", name("/things/$id/parts"))

    @Test
    fun `the method belongs to it, and nothing but the path`() {
        assertEquals("POST /orders", requestName("POST", "/orders?card=4111111111111111#top"))
        assertEquals("POST /orders/list", requestName("POST", "/orders;jsessionid=1A2B3C/list/"))
        assertEquals("GET /", name(""))
    }

    @Test
    fun `it is bounded, whatever comes`() {
        val longest = requestName("X".repeat(100), "/${"w".repeat(32)}".repeat(1_000))
        assertTrue(longest.length < 300, longest)
        assertTrue(longest.endsWith("w/…"), longest)
    }
}
