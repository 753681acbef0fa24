import NIOCore

/// Cuts the bytes of a connection into frames: four bytes of length, then as many bytes.
///
/// A frame that lies within one read is a slice of it; one that spans reads is gathered in a buffer of its own, so
/// that each byte is copied at most once. That buffer grows with what arrives, not with what the length promises.
struct FrameAssembler {
    private static let firstCapacity = 1_024 * 1_024

    var maximumBytes: Int
    /// A request has at least its API key, version and correlation id; a bare SASL token may be shorter.
    var minimumBytes = 8
    private var input = ByteBuffer()
    private var partial: (frame: ByteBuffer, missing: Int)?

    init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

    mutating func append(_ chunk: ByteBuffer) {
        if input.readableBytes == 0 {
            input = chunk
        } else {
            var joined = ByteBufferAllocator().buffer(capacity: input.readableBytes + chunk.readableBytes)
            joined.writeImmutableBuffer(input)
            joined.writeImmutableBuffer(chunk)
            input = joined
        }
    }

    /// The next whole frame, without its length; `nil` until more bytes arrive.
    mutating func next() throws(ProtocolError) -> ByteBuffer? {
        if partial != nil { return fillPartial() }
        guard let length = input.getInteger(at: input.readerIndex, as: Int32.self).map(Int.init) else { return nil }
        guard length >= minimumBytes, length <= maximumBytes else {
            throw .frameTooLarge(bytes: length, limit: maximumBytes)
        }
        input.moveReaderIndex(forwardBy: 4)
        if let frame = input.readSlice(length: length) { return frame }
        partial = (ByteBufferAllocator().buffer(capacity: min(length, Self.firstCapacity)), length)
        return fillPartial()
    }

    /// The size of a frame that has begun and not ended, so far as it is known.
    var sizeUnderWay: Int {
        if let partial { return partial.frame.readableBytes + partial.missing }
        return 0
    }

    var hasBegunFrame: Bool { partial != nil || input.readableBytes > 0 }

    private mutating func fillPartial() -> ByteBuffer? {
        guard var (frame, missing) = partial else { return nil }
        partial = nil  // The buffer must have one owner while it is written, or it would be copied.
        if let part = input.readSlice(length: min(missing, input.readableBytes)) {
            frame.writeImmutableBuffer(part)
            missing -= part.readableBytes
        }
        if missing == 0 { return frame }
        input = ByteBuffer()
        partial = (frame, missing)
        return nil
    }
}
