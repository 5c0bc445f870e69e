import Foundation
internal import AmendsCore

/// Has uploads carried, each in a task of its own: a slow network does not hold up an apology. Whatever becomes of an
/// upload is one `uploaded` event.
struct Uploader: Sendable {
    let transport: any Amends.Transport
    let queue: EventQueue
    let clock: any HostClock

    func begin(_ upload: Upload) {
        guard let url = URL(string: upload.url) else {
            queue.push(.uploaded(upload: upload.id, answer: .unreachable))
            return
        }
        let request = Amends.UploadRequest(url: url, headers: upload.headers, body: upload.body)
        Task.detached(priority: .utility) {
            let answer = await transport.send(request)
            queue.push(.uploaded(upload: upload.id, answer: read(answer)))
        }
    }

    private func read(_ answer: Amends.UploadAnswer) -> AmendsCore.UploadAnswer {
        switch answer {
        case .unreachable:
            return .unreachable
        case .status(let code, let retryAfter):
            let wait = retryAfter.flatMap { retryAfterMs(header: $0, now: clock.now) }
            return .status(code: UInt16(clamping: code), retryAfterMs: wait)
        }
    }
}
