import Foundation
import Glibc
import Synchronization

/// One client's way to the broker and back.
final class Connection: Sendable {
    let client: Int32
    let server: Int32
    /// Answers to be given in place of the broker's, by correlation; nil to close instead.
    private let replaced = Mutex<[Int32: [UInt8]?]>([:])
    private let writing = Mutex(())
    private let ends = Mutex(0)

    init(client: Int32, server: Int32) {
        self.client = client
        self.server = server
    }

    func replace(_ correlation: Int32, by answer: [UInt8]?) {
        replaced.withLock { $0[correlation] = .some(answer) }
    }

    func write(_ frame: [UInt8]) { writing.withLock { _ in _ = FrameSocket.write(frame, to: client) } }

    /// Carries the broker's answers back.
    func answer() {
        while let frame = FrameSocket.read(server) {
            let correlation = frame.withUnsafeBytes { Int32(bigEndian: $0.loadUnaligned(as: Int32.self)) }
            switch replaced.withLock({ $0.removeValue(forKey: correlation) }) {
            case .none: write(frame)
            case .some(.some(let other)): write(other)
            case .some(.none):
                end()
                return
            }
        }
        end()
    }

    /// Both directions end; the second to come closes.
    func end() {
        ends.withLock { count in
            interrupt(count)
            count += 1
            guard count == 2 else { return }
            close(client)
            close(server)
        }
    }

    /// Wakes both directions, so that they end. Descriptors that are closed may belong to somebody else by now, so they
    /// are left alone.
    func interrupt() { ends.withLock { interrupt($0) } }

    private func interrupt(_ ends: Int) {
        guard ends < 2 else { return }
        shutdown(client, Int32(SHUT_RDWR))
        shutdown(server, Int32(SHUT_RDWR))
    }
}

/// Kafka's frames: four bytes of length, then as many.
enum FrameSocket {
    static func read(_ socket: Int32) -> [UInt8]? {
        guard let head = bytes(4, from: socket) else { return nil }
        let size = head.reduce(0) { $0 << 8 | Int($1) }
        return bytes(size, from: socket)
    }

    static func write(_ frame: [UInt8], to socket: Int32) -> Bool {
        let size = UInt32(frame.count)
        let whole = [UInt8(size >> 24), UInt8(size >> 16 & 255), UInt8(size >> 8 & 255), UInt8(size & 255)] + frame
        var sent = 0
        while sent < whole.count {
            let count = whole.withUnsafeBytes {
                send(socket, $0.baseAddress?.advanced(by: sent), whole.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private static func bytes(_ count: Int, from socket: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var got = 0
        while got < count {
            let more = bytes.withUnsafeMutableBytes { recv(socket, $0.baseAddress?.advanced(by: got), count - got, 0) }
            guard more > 0 else { return nil }
            got += more
        }
        return bytes
    }
}
