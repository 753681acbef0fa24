import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Cuts off who takes too long over a request, says `100 Continue` to who waits for it (RFC 9110, section 10.1.1), and ends
/// the connection of a request that was answered before it was read to its end: the rest of a body that is too large is not
/// waited for.
final class RequestDeadline: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limit: TimeAmount
    private var deadline: Scheduled<Void>?

    init(limit: TimeAmount) { self.limit = limit }

    /// Most bytes that are read from a connection at once. What a connection may need stays with it: a thousand of them are
    /// to be cheap.
    private static let readBytes = 16 << 10

    func handlerAdded(context: ChannelHandlerContext) {
        let sizes = AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 2_048, maximum: Self.readBytes)
        try? context.channel.syncOptions?.setOption(.recvAllocator, value: sizes)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            deadline?.cancel()
            deadline = context.eventLoop.scheduleTask(in: limit) { bound.value.close(promise: nil) }
            if head.headerFields[.expect]?.lowercased() == "100-continue" {
                context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
            }
        case .body: break
        case .end:
            deadline?.cancel()
            deadline = nil
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .end = unwrapOutboundIn(data), deadline != nil else { return context.write(data, promise: promise) }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(data).whenComplete { _ in bound.value.close(promise: nil) }
        promise?.succeed()
    }

    func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        deadline = nil
        context.fireChannelInactive()
    }
}
