import Glibc
import NIOCore
import Testing

@testable import EmbeddedBroker

/// A client that sends frames made by hand over a plain socket and waits ten seconds at most for an answer.
final class WireClient {
    private let descriptor: CInt
    private var correlation: Int32 = 0

    init(port: Int) throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var patience = timeval(tv_sec: 40, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let outcome = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(outcome == 0)
    }

    deinit { close(descriptor) }

    /// Sends one request and returns the reader of its answer's body.
    func ask(_ api: APIKey, _ version: Int16, _ body: (inout WireWriter) -> Void) throws -> WireReader {
        let sent = try send(api, version, body)
        return try receive(api, version, correlation: sent)
    }

    @discardableResult
    func send(_ api: APIKey, _ version: Int16, _ body: (inout WireWriter) -> Void) throws -> Int32 {
        correlation += 1
        try sendBytes(Self.frame(api, version, correlation: correlation, body))
        return correlation
    }

    func receive(_ api: APIKey, _ version: Int16, correlation expected: Int32) throws -> WireReader {
        let frame = try #require(try receiveFrame())
        var plain = WireReader(frame, flexible: false)
        #expect(try plain.integer("correlation", as: Int32.self) == expected)
        var body = plain.rest(flexible: api.isFlexible(version))
        if api != .apiVersions { try body.tags() }
        return body
    }

    func sendBytes(_ bytes: ByteBuffer) throws {
        let sent = bytes.withUnsafeReadableBytes {
            Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
        }
        try #require(sent == bytes.readableBytes)
    }

    /// The next frame without its length; `nil` where the broker has closed the connection.
    func receiveFrame() throws -> ByteBuffer? {
        guard var head = try receive(4), let length = head.readInteger(as: Int32.self) else { return nil }
        return try receive(Int(length))
    }

    private func receive(_ count: Int) throws -> ByteBuffer? {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let received = recv(descriptor, &bytes[done], count - done, 0)
            if received == 0 || (received < 0 && errno == ECONNRESET) { return nil }
            try #require(received > 0, "no answer within ten seconds")
            done += received
        }
        return ByteBuffer(bytes: bytes)
    }

    static func frame(
        _ api: APIKey, _ version: Int16, correlation: Int32 = 7, _ body: (inout WireWriter) -> Void
    ) -> ByteBuffer {
        var header = WireWriter(flexible: false)
        header.integer(Int32(0))
        header.integer(api.rawValue)
        header.integer(version)
        header.integer(correlation)
        header.nullableString("test")
        var writer = WireWriter(flexible: api.isFlexible(version))
        writer.tags()
        body(&writer)
        header.buffer.writeImmutableBuffer(writer.buffer)
        return header.framed()
    }
}
