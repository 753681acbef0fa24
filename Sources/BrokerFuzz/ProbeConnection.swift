import Glibc
public import NIOCore

/// A client over a plain socket that blocks, for probing a broker on this machine.
public final class ProbeConnection {
    private let descriptor: CInt
    private var correlation: Int32 = 0

    /// Connects to 127.0.0.1.
    ///
    /// - Parameter patience: seconds to wait for an answer before giving up.
    /// - Throws: ``WireProblem`` where nobody listens.
    public init(port: Int, patience: Int = 10) throws(WireProblem) {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var limit = timeval(tv_sec: patience, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let outcome = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard outcome == 0 else {
            close(descriptor)
            throw WireProblem(description: "cannot connect to port \(port): \(String(cString: strerror(errno)))")
        }
    }

    deinit { close(descriptor) }

    /// Sends a request and reads its answer.
    ///
    /// - Throws: ``WireProblem`` where the broker closes the connection, keeps silent or answers in a wrong form.
    public func ask(_ key: Int16, _ version: Int16, _ values: WireValue) throws(WireProblem) -> WireValue {
        let sent = try send(key, version, values)
        return try receive(key, version, sent)
    }

    /// Sends a request and returns its correlation id.
    @discardableResult
    public func send(_ key: Int16, _ version: Int16, _ values: WireValue) throws(WireProblem) -> Int32 {
        guard let api = WireTable.apis[key] else { throw WireProblem(description: "no layout of API \(key)") }
        correlation += 1
        try send(api.frame(values, version: version, correlation: correlation))
        return correlation
    }

    /// Reads the answer to an earlier request.
    public func receive(_ key: Int16, _ version: Int16, _ expected: Int32) throws(WireProblem) -> WireValue {
        guard let api = WireTable.apis[key] else { throw WireProblem(description: "no layout of API \(key)") }
        guard let frame = try receiveFrame() else { throw WireProblem(description: "the broker closed the connection") }
        let reply = try api.reply(frame, version: version)
        guard reply.correlation == expected else {
            throw WireProblem(description: "correlation id \(reply.correlation) instead of \(expected)")
        }
        return reply.body
    }

    /// Sends bytes as they are.
    public func send(_ bytes: ByteBuffer) throws(WireProblem) {
        var rest = bytes
        while rest.readableBytes > 0 {
            let sent = rest.withUnsafeReadableBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
            guard sent > 0 else { throw WireProblem(description: "cannot send: \(String(cString: strerror(errno)))") }
            rest.moveReaderIndex(forwardBy: sent)
        }
    }

    /// The next frame without its length; `nil` where the broker has closed the connection.
    public func receiveFrame() throws(WireProblem) -> ByteBuffer? {
        guard var head = try receive(4), let length = head.readInteger(as: Int32.self) else { return nil }
        guard length >= 0 else { throw WireProblem(description: "a frame of \(length) bytes") }
        return try receive(Int(length))
    }

    private func receive(_ count: Int) throws(WireProblem) -> ByteBuffer? {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let received = bytes.withUnsafeMutableBytes {
                recv(descriptor, $0.baseAddress.map { $0 + done }, count - done, 0)
            }
            if received == 0 || (received < 0 && (errno == ECONNRESET || errno == EPIPE)) { return nil }
            guard received > 0 else { throw WireProblem(description: "no answer: \(String(cString: strerror(errno)))") }
            done += received
        }
        return ByteBuffer(bytes: bytes)
    }
}
