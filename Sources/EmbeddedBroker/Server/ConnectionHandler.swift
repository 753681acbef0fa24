import Logging
import NIOCore

/// One client's connection: frames in, answers out in the order of the requests.
///
/// Produces are worked on as they arrive, so several may wait for one synchronisation together; any other request
/// that waits holds up those behind it, as with Kafka. Reading stops while the client does not take its answers, has
/// too many requests under way or finds no room for a large one: memory stays bounded.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let maximumPending = 64

    private let dispatcher: RequestDispatcher
    private let session: ClientSession
    private var assembler: FrameAssembler
    private var pending = CircularBuffer<PendingAnswer>()
    private var context: ChannelHandlerContext?
    private var isReadWanted = false
    private var isClosing = false
    private var isWorking = false
    private var isWaitingForRoom = false
    private var hasTakenRoom = false
    /// When the last request was whole; at first, when the connection came.
    private var lastRequest = NIODeadline.now()
    private var hasRequested = false
    /// When the request that is arriving began.
    private var requestBegan: NIODeadline?

    init(dispatcher: RequestDispatcher) {
        self.dispatcher = dispatcher
        let broker = dispatcher.broker
        session = ClientSession(needsLogin: broker.authenticator != nil, rules: broker.rules)
        assembler = FrameAssembler(
            maximumBytes: session.isOpen
                ? broker.configuration.maximumFrameBytes : RequestDispatcher.maximumLoginBytes)
    }

    private var broker: BrokerState { dispatcher.broker }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func channelActive(context: ChannelHandlerContext) {
        session.endpoint = Endpoint(
            host: broker.configuration.advertisedHost ?? context.localAddress?.ipAddress ?? broker.configuration.host,
            port: context.localAddress?.port ?? broker.configuration.port)
        session.host = "/" + (context.remoteAddress?.ipAddress ?? "")
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        isClosing = true
        for answer in pending { answer.abandon() }
        pending.removeAll()
        self.context = nil
        broker.budget.giveBack(self)
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
        // A reset is the client's affair; anything else, as bytes that are no TLS, is worth a line.
        close(because: "\(error)", level: error is IOError || error is ChannelError ? .debug : .warning)
    }

    private func mayWork(_ context: ChannelHandlerContext) -> Bool {
        !isClosing && !isWaitingForRoom && context.channel.isWritable && pending.count < Self.maximumPending
            && (pending.last?.letsOthersPass ?? true)
    }

    // MARK: Requests

    /// Works through the frames that are there, then lets reading go on.
    private func work() {
        guard let context, !isWorking else { return }
        isWorking = true
        defer { isWorking = false }
        var wrote = false
        do throws(ProtocolError) {
            while mayWork(context), let frame = try nextFrame() {
                let answer = try dispatcher.answer(frame, for: session)
                settleLimits()
                wrote = take(answer, context) || wrote
            }
        } catch {
            // A client asks the same again and again, as fast as it can.
            let isNews = broker.refusedRequests.note(error)
            close(because: error.description, level: isNews ? .warning : .debug)
        }
        if wrote { context.flush() }
        if isReadWanted, mayWork(context) {
            isReadWanted = false
            context.read()
        }
    }

    private func nextFrame() throws(ProtocolError) -> ByteBuffer? {
        if let frame = try assembler.next() {
            if hasTakenRoom {
                hasTakenRoom = false
                broker.budget.giveBack(self)
            }
            lastRequest = .now()
            if session.isOpen { hasRequested = true }
            requestBegan = assembler.hasBegunFrame ? lastRequest : nil
            return frame
        }
        if requestBegan == nil && assembler.hasBegunFrame { requestBegan = .now() }
        if !hasTakenRoom && assembler.sizeUnderWay > MemoryBudget.small {
            hasTakenRoom = true
            isWaitingForRoom = !broker.budget.take(assembler.sizeUnderWay, for: self)
        }
        return nil
    }

    /// Sends or queues an answer. Returns whether something was written.
    private func take(_ answer: Answer, _ context: ChannelHandlerContext) -> Bool {
        switch answer {
        case .none: return false
        case .now(let reply): return send(reply, context)
        case .later(let answer):
            answer.whenReady = { [weak self] in self?.drain() }
            pending.append(answer)
            return false
        case .last(let reply, let reason):
            let answer = PendingAnswer()
            answer.closing = reason
            answer.complete(reply)
            pending.append(answer)
            return sendReady(context)
        }
    }

    /// What a client may send depends on whether it has logged in and how.
    private func settleLimits() {
        assembler.minimumBytes = session.expectsBareToken ? 1 : 8
        if session.isOpen { assembler.maximumBytes = broker.configuration.maximumFrameBytes }
    }

    // MARK: Answers

    /// Sends an answer, or queues it behind those that wait. Returns whether something was written.
    private func send(_ reply: ByteBuffer, _ context: ChannelHandlerContext) -> Bool {
        if pending.isEmpty {
            write(reply, context)
            return true
        }
        let answer = PendingAnswer(letsOthersPass: true)
        answer.complete(reply)
        pending.append(answer)
        return false
    }

    /// Large replies are counted until the client has them.
    private func write(_ reply: ByteBuffer, _ context: ChannelHandlerContext) {
        let bytes = reply.readableBytes
        guard bytes > MemoryBudget.small else { return context.write(wrapOutboundOut(reply), promise: nil) }
        let budget = broker.budget
        budget.sent(bytes)
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { _ in budget.delivered(bytes) }
        context.write(wrapOutboundOut(reply), promise: promise)
    }

    /// Sends what is ready at the head of the queue.
    private func drain() {
        guard let context else { return }
        settleLimits()
        if sendReady(context) { context.flush() }
        work()
    }

    private func sendReady(_ context: ChannelHandlerContext) -> Bool {
        var wrote = false
        while !isClosing, let answer = pending.first, let frame = answer.frame {
            pending.removeFirst()
            if frame.readableBytes > 0 { write(frame, context) }
            wrote = true
            if let reason = answer.closing {
                context.flush()
                close(because: reason, level: .warning)
            }
        }
        return wrote
    }

    // MARK: The end

    /// How long a connection that has been served must be silent until another one may have its place.
    private static let grace = TimeAmount.seconds(30)

    /// How well a connection can be spared; the least is spared first.
    struct Worth: Comparable {
        /// Whether it has logged in where that is needed, and has asked for something.
        var isKnown: Bool
        var silentSince: NIODeadline

        static func < (first: Worth, second: Worth) -> Bool {
            first.isKnown == second.isKnown ? first.silentSince < second.silentSince : second.isKnown
        }
    }

    /// What the connection is worth; nil where it cannot be spared.
    func worth(now: NIODeadline) -> Worth? {
        guard pending.isEmpty, !isClosing else { return nil }
        let isKnown = session.isOpen && hasRequested
        return isKnown && now - lastRequest < Self.grace ? nil : Worth(isKnown: isKnown, silentSince: lastRequest)
    }

    /// Closes the connection, because another one wants its place.
    func giveWay() { close(because: "idle, and its place was wanted", level: .info) }

    /// Closes the connection if it has been silent too long, or has begun something and not ended it.
    func closeIfOverdue(now: NIODeadline) {
        let configuration = broker.configuration
        let patience = TimeAmount.seconds(Int64(configuration.requestTimeoutSeconds))
        if !session.isOpen && now - lastRequest > patience && pending.isEmpty {
            close(because: "no login within \(configuration.requestTimeoutSeconds) s", level: .warning)
        } else if let requestBegan, !isWaitingForRoom, pending.isEmpty, now - requestBegan > patience,
            context?.channel.isWritable ?? false
        {
            close(because: "a request unfinished after \(configuration.requestTimeoutSeconds) s", level: .warning)
        } else if pending.isEmpty && now - lastRequest > .seconds(Int64(configuration.idleTimeoutSeconds)) {
            close(because: "no request for \(configuration.idleTimeoutSeconds) s", level: .info)
        }
    }

    private func close(because reason: String, level: Logger.Level) {
        guard let context, !isClosing else { return }
        isClosing = true
        let peer = context.remoteAddress?.description ?? "unknown"
        broker.logger.log(level: level, "connection closed", metadata: ["peer": "\(peer)", "reason": "\(reason)"])
        context.close(promise: nil)
    }
}

extension ConnectionHandler: BudgetHolder {
    func roomIsThere() {
        isWaitingForRoom = false
        requestBegan = .now()
        work()
    }

    func giveUp(_ reason: String) { close(because: reason, level: .warning) }
}

/// Where a client reached us, which is what it is told to connect to.
struct Endpoint: Equatable {
    var host: String
    var port: Int
}
