package dev.amends.hooks;

import android.view.ActionMode;
import android.view.KeyEvent;
import android.view.KeyboardShortcutGroup;
import android.view.Menu;
import android.view.MenuItem;
import android.view.MotionEvent;
import android.view.SearchEvent;
import android.view.View;
import android.view.Window;
import android.view.WindowManager;
import android.view.accessibility.AccessibilityEvent;
import dev.amends.NewerAndroid;
import java.util.List;

/**
 * Sees each touch and key of a window, and hands on every call as it came. Nothing is consumed, sent twice or changed.
 *
 * <p>In Java, and with every method written out: Kotlin's {@code by} leaves out Java's default methods, and Kotlin checks
 * parameters that Android declares as never null and that have been null (dd-sdk-android #2491, #3239).
 */
final class WindowCallback implements Window.Callback {
    private final Window.Callback app;
    private final WindowInput input;

    WindowCallback(Window.Callback app, WindowInput input) {
        this.app = app;
        this.input = input;
    }

    @Override
    public boolean dispatchKeyEvent(KeyEvent event) {
        if (event != null) input.beforeKey(event);
        return app.dispatchKeyEvent(event);
    }

    @Override
    public boolean dispatchKeyShortcutEvent(KeyEvent event) {
        return app.dispatchKeyShortcutEvent(event);
    }

    @Override
    public boolean dispatchTouchEvent(MotionEvent event) {
        if (event == null) return app.dispatchTouchEvent(null);
        int action = event.getActionMasked();
        input.beforeTouch(event, action);
        boolean handled = app.dispatchTouchEvent(event);
        input.afterTouch(action);
        return handled;
    }

    @Override
    public boolean dispatchTrackballEvent(MotionEvent event) {
        return app.dispatchTrackballEvent(event);
    }

    @Override
    public boolean dispatchGenericMotionEvent(MotionEvent event) {
        return app.dispatchGenericMotionEvent(event);
    }

    @Override
    public boolean dispatchPopulateAccessibilityEvent(AccessibilityEvent event) {
        return app.dispatchPopulateAccessibilityEvent(event);
    }

    @Override
    public View onCreatePanelView(int featureId) {
        return app.onCreatePanelView(featureId);
    }

    @Override
    public boolean onCreatePanelMenu(int featureId, Menu menu) {
        return app.onCreatePanelMenu(featureId, menu);
    }

    @Override
    public boolean onPreparePanel(int featureId, View view, Menu menu) {
        return app.onPreparePanel(featureId, view, menu);
    }

    @Override
    public boolean onMenuOpened(int featureId, Menu menu) {
        return app.onMenuOpened(featureId, menu);
    }

    @Override
    public boolean onMenuItemSelected(int featureId, MenuItem item) {
        return app.onMenuItemSelected(featureId, item);
    }

    @Override
    public void onWindowAttributesChanged(WindowManager.LayoutParams attributes) {
        app.onWindowAttributesChanged(attributes);
    }

    @Override
    public void onContentChanged() {
        app.onContentChanged();
    }

    @Override
    public void onWindowFocusChanged(boolean hasFocus) {
        app.onWindowFocusChanged(hasFocus);
    }

    @Override
    public void onAttachedToWindow() {
        app.onAttachedToWindow();
    }

    @Override
    public void onDetachedFromWindow() {
        app.onDetachedFromWindow();
    }

    @Override
    public void onPanelClosed(int featureId, Menu menu) {
        app.onPanelClosed(featureId, menu);
    }

    @Override
    public boolean onSearchRequested() {
        return app.onSearchRequested();
    }

    @Override
    public boolean onSearchRequested(SearchEvent event) {
        return app.onSearchRequested(event);
    }

    @Override
    public ActionMode onWindowStartingActionMode(ActionMode.Callback callback) {
        return app.onWindowStartingActionMode(callback);
    }

    @Override
    public ActionMode onWindowStartingActionMode(ActionMode.Callback callback, int type) {
        return app.onWindowStartingActionMode(callback, type);
    }

    @Override
    public void onActionModeStarted(ActionMode mode) {
        app.onActionModeStarted(mode);
    }

    @Override
    public void onActionModeFinished(ActionMode mode) {
        app.onActionModeFinished(mode);
    }

    @Override
    public void onProvideKeyboardShortcuts(List<KeyboardShortcutGroup> groups, Menu menu, int deviceId) {
        app.onProvideKeyboardShortcuts(groups, menu, deviceId);
    }

    @Override
    @NewerAndroid(api = 26)
    public void onPointerCaptureChanged(boolean hasCapture) {
        app.onPointerCaptureChanged(hasCapture);
    }
}
