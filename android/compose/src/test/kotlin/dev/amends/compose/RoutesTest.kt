package dev.amends.compose

import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test

internal class RoutesTest {
    @Test
    fun argumentsAndIdsAreTakenOut() {
        assertEquals("order", screenOf("order/{id}"))
        assertEquals("order/items", screenOf("order/{id}/items?sort={sort}"))
        assertEquals("Order", screenOf("com.example.shop.Order/{id}?note={note}"))
        assertEquals("Details", screenOf("com.example.shop.Screens\$Details"))
        assertEquals("order", screenOf("order/1042"))
        assertEquals("profile", screenOf("profile/jackie@example.com"))
        assertEquals("order", screenOf("order/0b9f7c1e-58b4-4b36-9d0c-5f8d5f0f8a11"))
        assertEquals("step2", screenOf("step2"))
    }

    @Test
    fun whatHasNoNameIsNoScreen() {
        assertNull(screenOf("{id}"))
        assertNull(screenOf(""))
        assertNull(screenOf("42?x={x}"))
    }
}
