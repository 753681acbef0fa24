import NIOCore

/// One caller's connection: one command at a time, answered before the next is read. What is not a command of this
/// version, or is too long, is answered with one line, and the connection is closed.
final class InboxHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let queue: CommandQueue
    private let user: UInt32
    private let servedUser: UInt32
    private let greatestPayload: Int
    private var buffer = ByteBuffer()
    private var isBusy = false
    private var isClosing = false

    /// - Parameters:
    ///   - user: Who is at the other end.
    ///   - servedUser: Whose commands are taken.
    init(queue: CommandQueue, user: UInt32, servedUser: UInt32, greatestPayload: Int) {
        self.queue = queue
        self.user = user
        self.servedUser = servedUser
        self.greatestPayload = greatestPayload
    }

    func channelActive(context: ChannelHandlerContext) {
        guard user == servedUser else {
            return turnAway(context, "user \(user) may not command this party, only user \(servedUser) that runs it")
        }
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        buffer.writeBuffer(&bytes)
    }

    func channelReadComplete(context: ChannelHandlerContext) { work(context) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func work(_ context: ChannelHandlerContext) {
        guard !isBusy, !isClosing else { return }
        guard let length = buffer.getInteger(at: buffer.readerIndex, as: UInt32.self) else { return context.read() }
        let count = Int(length)
        guard count <= CommandFrame.headBytes + greatestPayload else {
            return turnAway(
                context, "the command has \(count) bytes, more than \(CommandFrame.headBytes + greatestPayload)")
        }
        if buffer.readableBytes >= 5, let version = buffer.getInteger(at: buffer.readerIndex + 4, as: UInt8.self),
            version != CommandFrame.version
        {
            return turnAway(
                context,
                "the command is of version \(version), this party reads \(CommandFrame.version); use programs of one "
                    + "version")
        }
        guard buffer.readableBytes >= 4 + count else { return context.read() }
        guard let body = buffer.getBytes(at: buffer.readerIndex + 4, length: count),
            let frame = CommandFrame(body: body)
        else { return turnAway(context, "the command has \(count) bytes, fewer than \(CommandFrame.headBytes)") }
        buffer.moveReaderIndex(forwardBy: 4 + count)
        buffer.discardReadBytes()
        begin(frame, context)
    }

    private func begin(_ frame: CommandFrame, _ context: ChannelHandlerContext) {
        isBusy = true
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        let loop = context.eventLoop
        queue.add(
            ReceivedCommand(kind: frame.kind, identity: frame.identity, user: user, payload: frame.payload) {
                status, payload in
                let answer = CommandFrame(kind: status.rawValue, identity: frame.identity, payload: payload)
                loop.execute { bound.value.handler.finish(answer, bound.value.context) }
            })
    }

    private func finish(_ answer: CommandFrame, _ context: ChannelHandlerContext) {
        isBusy = false
        guard context.channel.isActive else { return }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: answer.bytes)), promise: nil)
        work(context)
    }

    private func turnAway(_ context: ChannelHandlerContext, _ reason: String) {
        isClosing = true
        let answer = CommandFrame(
            kind: InboxStatus.refused.rawValue, identity: (0, 0),
            payload: Array((reason + "; nothing was changed").utf8))
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: answer.bytes)))
            .whenComplete { _ in bound.value.close(promise: nil) }
    }
}
