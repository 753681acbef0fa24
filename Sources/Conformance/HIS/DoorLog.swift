import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// Reads the log of the doors over HTTP.
struct DoorLog {
    /// How long an answer may take.
    private static let patience = TimeAmount.seconds(10)

    private let host: String
    private let port: Int

    /// - Parameter address: `http://HOST:PORT`, as `cycle up --doors` prints it.
    /// - Throws: ``ConformanceError`` for anything else.
    init(address: String) throws {
        if address.hasPrefix("https:") {
            throw ConformanceError(
                "the checklist reads the log of the doors by plain HTTP, and \(address) is HTTPS; take tls out of doors.json while "
                    + "the system is tried, or read \(address)/plug-in/log in a browser")
        }
        guard let parts = URLComponents(string: address), parts.scheme == "http", let host = parts.host, !host.isEmpty
        else {
            throw ConformanceError(
                address.hasPrefix("https:")
                    ? "the log of doors is read by plain HTTP alone; try the system at doors without tls in doors.json"
                    : "'\(address)' is no address of doors; write http://127.0.0.1:8080")
        }
        self.host = host
        port = parts.port ?? 80
    }

    /// The last requests, in any order.
    /// - Throws: ``ConformanceError`` when nobody answers, or something that is no log.
    func read() throws -> [DoorRequestEntry] {
        let (status, body) = try get("/plug-in/log")
        guard status == 200 else { throw ConformanceError("the log of \(host):\(port) answered with status \(status)") }
        do {
            return try JSONDecoder().decode([DoorRequestEntry].self, from: body)
        } catch {
            throw ConformanceError("what \(host):\(port) gives at /plug-in/log is no log of doors: \(error)")
        }
    }

    private func get(_ path: String) throws -> (status: Int, body: Data) {
        let loops = MultiThreadedEventLoopGroup.singleton
        let promise = loops.next().makePromise(of: (Int, Data).self)
        let connecting = ClientBootstrap(group: loops).connectTimeout(Self.patience).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHTTPClientHandlers()
                try channel.pipeline.syncOperations.addHandler(AnswerCollector(promise))
            }
        }
        let channel: any Channel
        do {
            channel = try connecting.connect(host: host, port: port).wait()
        } catch {
            promise.fail(error)
            throw ConformanceError("no doors at \(host):\(port): \(error); start them with cycle up --doors")
        }
        let timer = promise.futureResult.eventLoop.scheduleTask(in: Self.patience) {
            promise.fail(ConformanceError("the doors have not answered within 10 s"))
        }
        defer {
            timer.cancel()
            channel.close(promise: nil)
        }
        var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: path)
        head.headers.add(name: "Host", value: "\(host):\(port)")
        head.headers.add(name: "Accept", value: "application/json")
        head.headers.add(name: "Connection", value: "close")
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
        let (status, body) = try promise.futureResult.wait()
        return (status, body)
    }
}

/// Puts the pieces of an answer together.
private final class AnswerCollector: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private let promise: EventLoopPromise<(Int, Data)>
    private var status = 0
    private var body = Data()

    init(_ promise: EventLoopPromise<(Int, Data)>) { self.promise = promise }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): status = Int(head.status.code)
        case .body(let piece): body.append(contentsOf: piece.readableBytesView)
        case .end: promise.succeed((status, body))
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        promise.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        promise.fail(ConformanceError("the doors closed the connection without an answer"))
    }
}
