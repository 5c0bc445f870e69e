package dev.amends.banner

/**
 * For an activity on which nothing may be said: an app lock, a payment, a camera, a call. Neither on it nor on a dialog
 * over it is a message drawn; the failure is counted all the same. For an activity that is not the app's own there is
 * [BannerOptions.quietOn].
 */
public interface NoMessages
