import Foundation

/// One HTTP connection that is kept open: a request, then its answer. It blocks, because a load generator that shares the
/// machine must cost little.
final class DoorConnection {
    private let socket: Int32
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    /// - Throws: `BenchError` when nobody listens.
    init(port: UInt16) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) }
        }
        guard code == 0 else {
            close(socket)
            throw BenchError("cannot connect to port \(port): \(String(cString: strerror(errno)))")
        }
        var on: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(socket) }

    /// Sends a whole request and reads the whole answer.
    /// - Returns: Status and body.
    /// - Throws: `BenchError` when the connection ends, or the answer has no length.
    func ask(_ request: [UInt8]) throws -> (status: Int, body: [UInt8]) {
        var sent = 0
        while sent < request.count {
            let count = request[sent...].withUnsafeBytes { send(socket, $0.baseAddress, $0.count, 0) }
            guard count > 0 else { throw BenchError("the doors closed a connection") }
            sent += count
        }
        var answer: [UInt8] = []
        var wanted: Int?
        while answer.count < wanted ?? Int.max {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { throw BenchError("the doors closed a connection before they had answered") }
            answer.append(contentsOf: buffer[..<count])
            if wanted == nil { wanted = try Self.length(of: answer) }
        }
        let head = String(decoding: answer.prefix(12), as: UTF8.self)
        guard let status = Int(head.suffix(3)), let end = Self.endOfHead(answer) else {
            throw BenchError("the doors answered \(head)")
        }
        return (status, Array(answer[end...]))
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (0...(bytes.count - 4)).first {
            bytes[$0] == 13 && bytes[$0 + 1] == 10 && bytes[$0 + 2] == 13 && bytes[$0 + 3] == 10
        }.map { $0 + 4 }
    }

    /// Bytes of the whole answer; nil while its head is not there.
    private static func length(of bytes: [UInt8]) throws -> Int? {
        guard let end = endOfHead(bytes) else { return nil }
        for line in String(decoding: bytes[..<end], as: UTF8.self).lowercased().split(separator: "\r\n") {
            guard line.hasPrefix("content-length:") else { continue }
            guard let length = Int(line.dropFirst(15).trimmingCharacters(in: .whitespaces)) else { break }
            return end + length
        }
        throw BenchError("the doors answered without Content-Length")
    }
}
