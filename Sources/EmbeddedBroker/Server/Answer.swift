import NIOCore

/// What becomes of a request.
enum Answer {
    case now(ByteBuffer)
    /// The client wants none: a produce with acks=0.
    case none
    case later(PendingAnswer)
}

/// An answer that comes when data arrive, a time passes or a file is synchronised. On the event loop only.
final class PendingAnswer {
    private(set) var frame: ByteBuffer?
    /// Called once, when the frame is there.
    var whenReady: (() -> Void)?
    /// Called when the connection is gone and nobody wants the answer any more.
    var whenAbandoned: (() -> Void)?

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
