package androidx.test.platform.app;

import android.app.Instrumentation;
import android.os.Bundle;

/** Of the class by this name only what Robolectric 4.17 calls. So are all classes of this folder. */
public final class InstrumentationRegistry {
    private static volatile Instrumentation current;
    private static volatile Bundle given = new Bundle();

    private InstrumentationRegistry() {}

    public static void registerInstance(Instrumentation instrumentation, Bundle arguments) {
        current = instrumentation;
        given = arguments;
    }

    public static Instrumentation getInstrumentation() {
        if (current == null) throw new IllegalStateException("Robolectric has registered no instrumentation");
        return current;
    }

    public static Bundle getArguments() {
        return new Bundle(given);
    }
}
