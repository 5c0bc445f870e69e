package dev.amends

/**
 * The root of what the SDK itself draws into a window of the app. What happens in and to such a view is no evidence of
 * what the app does: hooks leave it alone, its touches, layout and frames. It covers no more than what is seen of it.
 */
internal interface OwnView
