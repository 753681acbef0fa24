import NIOCore

/// What becomes of a request.
enum Answer {
    case now(ByteBuffer)
    /// The client wants none: a produce with acks=0.
    case none
    case later(PendingAnswer)
    /// The answer, perhaps empty, and then the connection is closed for the reason given.
    case last(ByteBuffer, String)
}

/// An answer that comes when data arrive, a time passes or a file is synchronised. On the event loop only.
final class PendingAnswer {
    private(set) var frame: ByteBuffer?
    /// Whether the next request may be worked on meanwhile. Only answers that take little memory allow it.
    let letsOthersPass: Bool
    /// Why the connection is closed after this answer; `nil`: it is not.
    var closing: String?
    /// Called once, when the frame is there.
    var whenReady: (() -> Void)?
    /// Called when the connection is gone and nobody wants the answer any more.
    var whenAbandoned: (() -> Void)?

    init(letsOthersPass: Bool = false) { self.letsOthersPass = letsOthersPass }

    func complete(_ frame: ByteBuffer) {
        guard self.frame == nil else { return }
        self.frame = frame
        whenAbandoned = nil
        whenReady?()
        whenReady = nil
    }

    func abandon() {
        whenReady = nil
        whenAbandoned?()
        whenAbandoned = nil
    }
}
