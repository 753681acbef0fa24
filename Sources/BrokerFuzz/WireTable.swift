public import NIOCore

/// One API: its number, the versions a broker of ours must serve, and the layout of both messages.
public struct WireAPI: Sendable {
    /// Kafka's number of the API.
    public let key: Int16
    /// The versions described.
    public let versions: ClosedRange<Int16>
    /// The first version with compact lengths and tagged fields.
    public let firstFlexible: Int16
    /// The body of the request.
    public let request: WireLayout
    /// The body of the reply.
    public let reply: WireLayout

    init(_ key: Int16, _ versions: ClosedRange<Int16>, flexible: Int16, _ request: String, _ reply: String) {
        self.key = key
        self.versions = versions
        firstFlexible = flexible
        self.request = WireLayout(request)
        self.reply = WireLayout(reply)
    }

    /// A whole request frame, its length in front.
    public func frame(_ values: WireValue, version: Int16, correlation: Int32, client: String = "probe") -> ByteBuffer {
        let flexible = version >= firstFlexible
        var body = ByteBuffer()
        body.writeInteger(key)
        body.writeInteger(version)
        body.writeInteger(correlation)
        body.writeInteger(Int16(truncatingIfNeeded: client.utf8.count))
        body.writeString(client)
        if flexible { body.writeInteger(UInt8(0)) }
        request.write(values, version: version, flexible: flexible, to: &body)
        var frame = ByteBuffer(integer: Int32(truncatingIfNeeded: body.readableBytes))
        frame.writeBuffer(&body)
        return frame
    }

    /// Reads a reply frame without its length: the correlation id and the body.
    public func reply(
        _ frame: ByteBuffer, version: Int16
    ) throws(WireProblem) -> (correlation: Int32, body: WireValue) {
        var rest = frame
        guard let correlation = rest.readInteger(as: Int32.self) else {
            throw WireProblem(description: "no correlation id")
        }
        let flexible = version >= firstFlexible
        // The reply to ApiVersions is read by clients that know no version yet: its header has no tags (KIP-511).
        if flexible && key != 18, rest.readInteger(as: UInt8.self) != 0 {
            throw WireProblem(description: "tagged fields in the reply's header")
        }
        return (correlation, try reply.read(rest, version: version, flexible: flexible))
    }
}
