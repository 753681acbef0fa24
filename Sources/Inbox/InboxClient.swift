import Foundation

/// Gives commands to a running party and waits for its answers. It belongs to one thread.
public struct InboxClient: ~Copyable {
    private let socket: Int32
    private let directory: String

    /// Connects to the party whose data directory this is.
    /// - Parameter timeout: How long an answer may take.
    /// - Throws: ``InboxError`` `notRunning` when nobody listens, `notAllowed` when it is another user's.
    public init(directory: String, timeout: Duration = .seconds(30)) throws(InboxError) {
        self.directory = directory
        let path = try SocketPath(directory: directory)
        let socket = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else {
            throw InboxError(.system, "cannot make a socket: \(String(cString: strerror(errno)))")
        }
        guard path.withAddress({ connect(socket, $0, $1) }) == 0 else {
            let code = errno
            Foundation.close(socket)
            switch code {
            case ENOENT, ECONNREFUSED, ENOTDIR:
                throw InboxError(.notRunning, "no party is running in \(directory)")
            case EACCES, EPERM:
                throw InboxError(
                    .notAllowed, "\(directory)/\(SocketPath.name) is another user's; run this as the user that runs it")
            default:
                throw InboxError(
                    .system, "cannot reach \(directory)/\(SocketPath.name): \(String(cString: strerror(code)))")
            }
        }
        self.socket = socket
        let (seconds, attoseconds) = timeout.components
        var time = timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(socket, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    deinit { Foundation.close(socket) }

    /// Gives a command and waits until the party has committed what it asks for.
    /// - Returns: What came of it, as the party's core says it.
    /// - Throws: ``InboxError`` `refused` when nothing was changed; `noAnswer` when the party ended first: the same
    ///   command may be given again, its identity keeps it from having a second effect.
    public borrowing func ask(_ command: CommandFrame) throws(InboxError) -> [UInt8] {
        let isSent = send(command.bytes)
        // A party that turns a command away answers and closes before it has read all of it.
        guard let answer = receive() else {
            throw InboxError(
                .noAnswer, "the party in \(directory) \(isSent ? "gave no answer" : "closed its inbox"); try again")
        }
        guard answer.version == CommandFrame.version, let status = InboxStatus(rawValue: answer.kind) else {
            throw InboxError(
                .noAnswer, "the party in \(directory) answers in version \(answer.version); use programs of one version"
            )
        }
        switch status {
        case .done: return answer.payload
        case .refused: throw InboxError(.refused, String(decoding: answer.payload, as: UTF8.self))
        }
    }

    private borrowing func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.send(
                    socket, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private borrowing func receive() -> CommandFrame? {
        guard let length = receive(4) else { return nil }
        let count = length.reduce(0) { $0 << 8 | Int($1) }
        guard count <= CommandFrame.headBytes + CommandFrame.greatestPayload else { return nil }
        return receive(count).flatMap { CommandFrame(body: $0) }
    }

    private borrowing func receive(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var received = 0
        while received < count {
            let more = bytes.withUnsafeMutableBytes {
                recv(socket, $0.baseAddress?.advanced(by: received), count - received, 0)
            }
            if more < 0, errno == EINTR { continue }
            guard more > 0 else { return nil }
            received += more
        }
        return bytes
    }
}
