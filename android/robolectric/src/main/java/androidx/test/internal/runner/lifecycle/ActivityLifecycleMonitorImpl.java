package androidx.test.internal.runner.lifecycle;

import android.app.Activity;
import androidx.test.runner.lifecycle.ActivityLifecycleCallback;
import androidx.test.runner.lifecycle.ActivityLifecycleMonitor;
import androidx.test.runner.lifecycle.Stage;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Collectors;

public final class ActivityLifecycleMonitorImpl implements ActivityLifecycleMonitor {
    private final Map<Activity, Stage> reached = new WeakHashMap<>();
    private final Set<ActivityLifecycleCallback> told = new CopyOnWriteArraySet<>();

    public void signalLifecycleChange(Stage stage, Activity activity) {
        synchronized (reached) {
            reached.put(activity, stage);
        }
        told.forEach(one -> one.onActivityLifecycleChanged(activity, stage));
    }

    @Override
    public void addLifecycleCallback(ActivityLifecycleCallback callback) {
        told.add(callback);
    }

    @Override
    public void removeLifecycleCallback(ActivityLifecycleCallback callback) {
        told.remove(callback);
    }

    @Override
    public Stage getLifecycleStageOf(Activity activity) {
        synchronized (reached) {
            return reached.get(activity);
        }
    }

    @Override
    public Collection<Activity> getActivitiesInStage(Stage stage) {
        synchronized (reached) {
            return reached.keySet().stream().filter(one -> reached.get(one) == stage).collect(Collectors.toList());
        }
    }
}
