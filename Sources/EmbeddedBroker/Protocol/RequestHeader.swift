import NIOCore

/// What stands before every request: which API, in which version, and the number that its reply must carry.
struct RequestHeader: Equatable {
    var key: Int16
    var version: Int16
    var correlation: Int32
    var clientId: String?

    /// Reads the header and returns the reader of the body, in the form (flexible or not) that the version demands.
    ///
    /// Of a request that is not served only the fixed part is read, and the client's name, which follows it in every
    /// version but the oldest of a controlled shutdown.
    static func read(_ frame: ByteBuffer) throws(ProtocolError) -> (header: RequestHeader, body: WireReader) {
        var reader = WireReader(frame, flexible: false)
        var header = RequestHeader(
            key: try reader.integer("API key"), version: try reader.integer("API version"),
            correlation: try reader.integer("correlation id"))
        guard let api = APIKey(rawValue: header.key), api.versions.contains(header.version) else {
            var rest = reader
            header.clientId = try? rest.plainNullableString("client id")
            return (header, reader)
        }
        header.clientId = try reader.plainNullableString("client id")
        var body = reader.rest(flexible: api.isFlexible(header.version))
        try body.tags()
        return (header, body)
    }

    /// A writer that already holds the length placeholder and the reply's header; ``WireWriter/framed()`` ends it.
    func reply(to api: APIKey, capacity: Int = 512) -> WireWriter {
        let flexible = api.isFlexible(version)
        var writer = WireWriter(capacity: capacity, flexible: flexible)
        writer.integer(Int32(0))
        writer.integer(correlation)
        // A client reads the reply to ApiVersions before it knows our versions: its header never has tags (KIP-511).
        if api != .apiVersions { writer.tags() }
        return writer
    }
}

extension WireWriter {
    /// The finished frame: the length put into the placeholder at its head.
    consuming func framed() -> ByteBuffer {
        buffer.setInteger(Int32(truncatingIfNeeded: buffer.readableBytes - 4), at: buffer.readerIndex)
        return buffer
    }
}
