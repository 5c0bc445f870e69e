import Dispatch

/// Runs the driver on a dispatch queue of its own: a step may write a file, and the threads that Swift's concurrency
/// shares with the app are not to wait for a disk.
final class QueueExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "dev.amends.driver", qos: .utility)

    // The form that iOS 15 and 16 know; later ones call it, too.
    func enqueue(_ job: UnownedJob) {
        queue.async {
            job.runSynchronously(on: self.asUnownedSerialExecutor())
        }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }
}
