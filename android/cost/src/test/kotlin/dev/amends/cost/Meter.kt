package dev.amends.cost

import com.sun.management.ThreadMXBean
import java.lang.management.ManagementFactory

/** What this thread has used: time on a processor, which a busy machine hardly changes, and memory it asked for. */
internal class Meter {
    private val threads = ManagementFactory.getThreadMXBean() as ThreadMXBean
    private var sinceNs = 0L
    private var sinceBytes = 0L

    /** Nanoseconds between [start] and [stop], all together. */
    var ns: Long = 0
        private set

    /** Bytes allocated between [start] and [stop], all together. */
    var bytes: Long = 0
        private set

    fun start() {
        sinceBytes = threads.currentThreadAllocatedBytes
        sinceNs = threads.currentThreadCpuTime
    }

    fun stop() {
        ns += threads.currentThreadCpuTime - sinceNs
        bytes += threads.currentThreadAllocatedBytes - sinceBytes
    }

    /** What [task] uses. */
    inline fun of(task: () -> Unit): Meter {
        start()
        task()
        stop()
        return this
    }
}
