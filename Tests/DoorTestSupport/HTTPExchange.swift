import Foundation
import Glibc

/// What a server has answered, and what it said of itself.
package struct HTTPReply: Sendable {
    package var status: Int
    /// By names in lower case.
    package var headers: [String: String]
    package var body: String

    /// The body as an object of JSON; empty when it is none.
    package var object: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any] ?? [:]
    }

    /// A text of that object.
    package func text(_ name: String) -> String { object[name] as? String ?? "" }
}

/// A client that writes what it is told, byte for byte, and reads what comes; blocking, for a thread of its own.
package struct HTTPExchange: ~Copyable {
    private let socket: Int32

    /// Connects to 127.0.0.1.
    package init(port: Int, timeoutSeconds: Int = 30) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var time = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }

    deinit { close(socket) }

    /// Writes bytes as they are; false when the other side has gone.
    @discardableResult
    package borrowing func write(_ text: some Collection<UInt8>) -> Bool {
        let bytes = Array(text)
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                send(socket, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Reads one answer; nil when the connection ends before there is one.
    package borrowing func reply() -> HTTPReply? {
        var bytes: [UInt8] = []
        while true {
            if let reply = Self.reply(in: bytes) { return reply }
            guard let more = read() else { return nil }
            bytes += more
        }
    }

    /// Waits until the other side closes.
    package borrowing func awaitEnd() -> Bool {
        while let more = read() { if more.isEmpty { return true } }
        return true
    }

    private borrowing func read() -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(socket, &bytes, bytes.count, 0)
        return count > 0 ? Array(bytes.prefix(count)) : nil
    }

    private static func reply(in bytes: [UInt8]) -> HTTPReply? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count >= 2, let status = Int(words[1]) else { return nil }
        if status == 100 { return reply(in: Array(bytes[end.upperBound...])) }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces) }
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        guard bytes.count - end.upperBound >= length else { return nil }
        return HTTPReply(
            status: status, headers: headers,
            body: String(decoding: bytes[end.upperBound..<end.upperBound + length], as: UTF8.self))
    }

    /// Asks and waits, on a connection and a thread of its own.
    package static func ask(
        _ method: String, _ path: String, port: Int, headers: [String: String] = [:], body: [UInt8] = []
    ) async throws -> HTTPReply? {
        try await onThread {
            let exchange = try HTTPExchange(port: port)
            exchange.write(request(method, path, headers: headers, body: body))
            return exchange.reply()
        }
    }

    /// Posts and waits, likewise.
    package static func ask(
        _ path: String, port: Int, headers: [String: String] = [:], body: [UInt8] = []
    ) async throws -> HTTPReply? {
        try await ask("POST", path, port: port, headers: headers, body: body)
    }

    /// A request in its bytes.
    package static func request(
        _ method: String, _ path: String, headers: [String: String] = [:], body: [UInt8] = []
    ) -> [UInt8] {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if headers["Content-Length"] == nil, !body.isEmpty || method == "POST" {
            head += "Content-Length: \(body.count)\r\n"
        }
        return Array((head + "\r\n").utf8) + body
    }
}

/// Runs what blocks on a thread of its own: the tests' own threads are few.
package func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        let thread = Thread { continuation.resume(with: Result(catching: body)) }
        thread.stackSize = 2 << 20
        thread.start()
    }
}
