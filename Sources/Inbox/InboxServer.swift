import Foundation
import NIOCore
import NIOPosix

/// The inbox of a running party: a Unix socket in its data directory that only its own user may use (mode 0600). The
/// party's thread takes commands out when it is ready for them, and answers each once its effect is committed.
public final class InboxServer: Sendable {
    private static let mostConnections = 32

    private let queue: CommandQueue
    private let group: MultiThreadedEventLoopGroup
    private let server: any Channel
    private let directory: String

    /// Listens. The caller holds the lock of the directory, so a socket found there is one that a killed process left.
    /// - Parameters:
    ///   - directory: The party's data directory.
    ///   - greatestPayload: Most bytes of a command's payload.
    ///   - user: Whose commands are taken; by default the user that runs this process.
    ///   - wake: Called, on any thread, when a command waits.
    /// - Throws: ``InboxError`` when the socket cannot be made.
    public init(
        directory: String, greatestPayload: Int = CommandFrame.greatestPayload, user: UInt32? = nil,
        wake: @escaping @Sendable () -> Void
    ) throws(InboxError) {
        let queue = CommandQueue(wake: wake)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        self.directory = directory
        self.queue = queue
        self.group = group
        let user = user ?? geteuid()
        do {
            let socket = try Self.listen(directory)
            server = try ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: Int32(Self.mostConnections))
                .childChannelOption(.autoRead, value: false)
                .childChannelInitializer { channel in
                    Self.serve(channel, queue, user: user, greatestPayload: greatestPayload)
                }
                .withBoundSocket(socket).wait()
        } catch {
            group.shutdownGracefully { _ in }
            if let error = error as? InboxError { throw error }
            throw InboxError(.system, "cannot listen on \(directory)/\(SocketPath.name): \(error)")
        }
    }

    /// Commands that wait, oldest first. Whoever takes them answers them.
    public func take() -> [ReceivedCommand] { queue.take() }

    /// Refuses what waits and what still comes, lets the answers go out, and takes the socket away.
    public func close() {
        queue.close("the party is stopping; nothing was changed")
        if let path = try? SocketPath(directory: directory) { unlink(path.text) }
        // The answers are on the event loop before this, and its shutdown closes each connection after them.
        try? server.close().wait()
        try? group.syncShutdownGracefully()
    }

    private static func listen(_ directory: String) throws(InboxError) -> Int32 {
        let path = try SocketPath(directory: directory)
        let socket = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        func failure(_ what: String) -> InboxError {
            let why = String(cString: strerror(errno))
            if socket >= 0 { Foundation.close(socket) }
            return InboxError(.system, "cannot \(what) \(directory)/\(SocketPath.name): \(why)")
        }
        guard socket >= 0 else { throw failure("make the socket") }
        unlink(path.text)
        // Before the name exists, so that nobody else can connect in between.
        guard fchmod(socket, 0o600) == 0 else { throw failure("protect") }
        guard path.withAddress({ bind(socket, $0, $1) }) == 0 else { throw failure("make") }
        return socket
    }

    private static func serve(
        _ channel: any Channel, _ queue: CommandQueue, user: UInt32, greatestPayload: Int
    ) -> EventLoopFuture<Void> {
        guard let options = channel as? any SocketOptionProvider else {
            return channel.eventLoop.makeFailedFuture(ChannelError.operationUnsupported)
        }
        let peer: EventLoopFuture<PeerCredentials> = options.unsafeGetSocketOption(
            level: .socket, name: .init(rawValue: SO_PEERCRED))
        return peer.flatMapThrowing { peer in
            try channel.pipeline.syncOperations.addHandler(
                InboxHandler(
                    queue: queue, user: peer.uid, servedUser: user, greatestPayload: greatestPayload))
        }
    }
}

/// `struct ucred` of the kernel (unix(7), SO_PEERCRED): who is at the other end, as of its `connect`.
private struct PeerCredentials: Sendable {
    var pid: Int32
    var uid: UInt32
    var gid: UInt32
}
