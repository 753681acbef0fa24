import NIOCore
import NIOPosix

/// One connection to a party's inbox for callers that may not block: it is made when it is needed, and made again when the
/// party comes back. A party answers one command of a connection after the other, so a caller who wants several under way
/// has several lanes.
public actor InboxLane {
    private let directories: [String]
    private let patience: Duration
    private let timeout: Duration
    private var channel: (any Channel)?

    /// - Parameters:
    ///   - directories: Where the party's inbox can be: of several instances each shard has one.
    ///   - patience: How long a party that does not run is waited for.
    ///   - timeout: How long an answer may take.
    public init(directories: [String], patience: Duration = .seconds(5), timeout: Duration = .seconds(20)) {
        self.directories = directories
        self.patience = patience
        self.timeout = timeout
    }

    /// Gives a command and waits until the party has committed what it asks for. Where the connection ends first, the same
    /// command is given once more to the party that is back: its identity keeps it from having a second effect.
    /// - Returns: What came of it, as the party's core says it.
    /// - Throws: ``InboxError``.
    public func ask(_ command: CommandFrame) async throws(InboxError) -> [UInt8] {
        let deadline = ContinuousClock.now + patience
        while true {
            let failure: InboxError
            do throws(InboxError) {
                return try await askOnce(command)
            } catch {
                failure = error
            }
            switch failure.code {
            case .notRunning, .noAnswer:
                guard ContinuousClock.now < deadline else { throw failure }
                // The kernel tells nobody of a socket that is about to be made.
                do { try await Task.sleep(for: .milliseconds(50)) } catch { throw failure }
            case .notAllowed, .refused, .system: throw failure
            }
        }
    }

    private func askOnce(_ command: CommandFrame) async throws(InboxError) -> [UInt8] {
        let channel = try await connected()
        let answer: CommandFrame
        do {
            let promise = channel.eventLoop.makePromise(of: CommandFrame.self)
            channel.writeAndFlush(LaneOrder(bytes: command.bytes, promise: promise)).whenFailure { promise.fail($0) }
            let limit = TimeAmount(timeout)
            let overdue = channel.eventLoop.scheduleTask(in: limit) { promise.fail(ChannelError.connectTimeout(limit)) }
            defer { overdue.cancel() }
            answer = try await promise.futureResult.get()
        } catch {
            self.channel = nil
            channel.close(promise: nil)
            throw InboxError(.noAnswer, "the party gave no answer; try again")
        }
        guard answer.version == CommandFrame.version, let status = InboxStatus(rawValue: answer.kind) else {
            throw InboxError(.system, "the party answers in version \(answer.version); use programs of one version")
        }
        switch status {
        case .done: return answer.payload
        case .refused: throw InboxError(.refused, String(decoding: answer.payload, as: UTF8.self))
        }
    }

    private func connected() async throws(InboxError) -> any Channel {
        if let channel, channel.isActive { return channel }
        channel = nil
        for directory in directories {
            guard let path = try Self.path(directory) else { continue }
            do {
                let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                    .channelInitializer { channel in
                        channel.eventLoop.makeCompletedFuture {
                            try channel.pipeline.syncOperations.addHandler(LaneHandler())
                        }
                    }
                // The path holds while the directory is open, so it is open until the connection is there.
                defer { withExtendedLifetime(path) {} }
                let made = try await bootstrap.connect(unixDomainSocketPath: path.text).get()
                channel = made
                return made
            } catch let error as IOError where [EACCES, EPERM].contains(error.errnoCode) {
                throw InboxError(.notAllowed, "\(directory)/\(SocketPath.name) is another user's")
            } catch {
                continue
            }
        }
        throw InboxError(.notRunning, "no party is running in \(directories.joined(separator: ", "))")
    }

    /// - Returns: Nil where there is no such directory yet.
    private static func path(_ directory: String) throws(InboxError) -> OpenSocketPath? {
        do throws(InboxError) {
            return OpenSocketPath(try SocketPath(directory: directory))
        } catch {
            if error.code == .notRunning { return nil }
            throw error
        }
    }
}

/// Keeps the directory of a socket open.
private final class OpenSocketPath: Sendable {
    private let path: SocketPath
    var text: String { path.text }

    init(_ path: consuming SocketPath) { self.path = path }
}

/// A command on its way out, and who waits for its answer.
private struct LaneOrder: Sendable {
    var bytes: [UInt8]
    var promise: EventLoopPromise<CommandFrame>
}

/// Writes commands and gives each answer to whoever waits for it, in order.
private final class LaneHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = LaneOrder
    typealias OutboundOut = ByteBuffer

    private var waiting: [EventLoopPromise<CommandFrame>] = []
    private var buffer = ByteBuffer()

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let order = unwrapOutboundIn(data)
        waiting.append(order.promise)
        context.write(wrapOutboundOut(ByteBuffer(bytes: order.bytes)), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        buffer.writeBuffer(&bytes)
        while let length = buffer.getInteger(at: buffer.readerIndex, as: UInt32.self) {
            guard Int(length) <= CommandFrame.headBytes + CommandFrame.greatestPayload else {
                return context.close(promise: nil)
            }
            guard let body = buffer.getBytes(at: buffer.readerIndex + 4, length: Int(length)) else { return }
            buffer.moveReaderIndex(forwardBy: 4 + Int(length))
            buffer.discardReadBytes()
            guard let frame = CommandFrame(body: body), !waiting.isEmpty else { return context.close(promise: nil) }
            waiting.removeFirst().succeed(frame)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        for promise in waiting { promise.fail(ChannelError.eof) }
        waiting = []
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
