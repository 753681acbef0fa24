import Logging
import NIOCore

/// One client's connection: frames in, answers out in the order of the requests.
///
/// Requests are worked on as they arrive, so several produces may wait for one synchronisation together. Reading
/// stops while the client does not take its answers or has too many requests under way: memory stays bounded.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let maximumPending = 64

    private let dispatcher: RequestDispatcher
    private var assembler: FrameAssembler
    private var pending = CircularBuffer<PendingAnswer>()
    private var context: ChannelHandlerContext?
    private var endpoint = Endpoint(host: "", port: 0)
    private var isReadWanted = false
    private var isClosing = false
    private var isWorking = false

    init(dispatcher: RequestDispatcher) {
        self.dispatcher = dispatcher
        assembler = FrameAssembler(maximumBytes: dispatcher.broker.configuration.maximumFrameBytes)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func channelActive(context: ChannelHandlerContext) {
        let configuration = dispatcher.broker.configuration
        endpoint = Endpoint(
            host: configuration.advertisedHost ?? context.localAddress?.ipAddress ?? configuration.host,
            port: context.localAddress?.port ?? configuration.port)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        isClosing = true
        for answer in pending { answer.abandon() }
        pending.removeAll()
        self.context = nil
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        assembler.append(unwrapInboundIn(data))
        work()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        work()
        context.fireChannelWritabilityChanged()
    }

    func read(context: ChannelHandlerContext) {
        if mayWork(context) { context.read() } else { isReadWanted = true }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        close(because: "\(error)", level: .debug)
    }

    private func mayWork(_ context: ChannelHandlerContext) -> Bool {
        !isClosing && context.channel.isWritable && pending.count < Self.maximumPending
    }

    /// Works through the frames that are there, then lets reading go on.
    private func work() {
        guard let context, !isWorking else { return }
        isWorking = true
        defer { isWorking = false }
        var wrote = false
        do throws(ProtocolError) {
            while mayWork(context), let frame = try assembler.next() {
                switch try dispatcher.answer(frame, at: endpoint) {
                case .now(let reply):
                    wrote = send(reply, context) || wrote
                case .later(let answer):
                    answer.whenReady = { [weak self] in self?.drain() }
                    pending.append(answer)
                case .none: break
                }
            }
        } catch {
            close(because: error.description, level: .warning)
        }
        if wrote { context.flush() }
        if isReadWanted, mayWork(context) {
            isReadWanted = false
            context.read()
        }
    }

    /// Sends an answer, or queues it behind those that wait. Returns whether something was written.
    private func send(_ reply: ByteBuffer, _ context: ChannelHandlerContext) -> Bool {
        if pending.isEmpty {
            context.write(wrapOutboundOut(reply), promise: nil)
            return true
        }
        let answer = PendingAnswer()
        answer.complete(reply)
        pending.append(answer)
        return false
    }

    /// Sends what is ready at the head of the queue.
    private func drain() {
        guard let context else { return }
        var wrote = false
        while let frame = pending.first?.frame {
            pending.removeFirst()
            context.write(wrapOutboundOut(frame), promise: nil)
            wrote = true
        }
        if wrote { context.flush() }
        work()
    }

    private func close(because reason: String, level: Logger.Level) {
        guard let context, !isClosing else { return }
        isClosing = true
        let peer = context.remoteAddress?.description ?? "unknown"
        dispatcher.broker.logger.log(
            level: level, "connection closed", metadata: ["peer": "\(peer)", "reason": "\(reason)"])
        context.close(promise: nil)
    }
}

/// Where a client reached us, which is what it is told to connect to.
struct Endpoint: Equatable {
    var host: String
    var port: Int
}
