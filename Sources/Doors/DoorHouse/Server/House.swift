import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle
import Synchronization

#if TLS
    import HummingbirdTLS
    import NIOSSL
#endif

/// The HTTP house: one address behind which every dialect has its paths. It runs as a service, and on a graceful stop
/// answers what it has begun.
public struct House: Service {
    private let settings: HouseSettings
    private let responder: HouseResponder
    private let logger: Logger
    private let onOpen: @Sendable (_ address: String) async -> Void

    /// A house with these dialects.
    /// - Parameters:
    ///   - metrics: What `/metrics` tells beside the house's own counts, in the text format of Prometheus; nil for nothing.
    ///   - onOpen: Told the address, for example `http://127.0.0.1:8080`, once requests are taken.
    /// - Throws: ``HouseError`` when two dialects want one path.
    public init(
        _ settings: HouseSettings, dialects: [any Dialect], logger: Logger,
        metrics: (@Sendable () async throws -> String)? = nil,
        onOpen: @escaping @Sendable (_ address: String) async -> Void
    ) throws(HouseError) {
        self.settings = settings
        self.logger = logger
        self.onOpen = onOpen
        let log = RequestLog()
        let counts = RequestCounts()
        responder = HouseResponder(
            scheme: settings.tls == nil ? "http" : "https", routes: try RouteTable(dialects),
            pages: HousePages(dialects: dialects, limits: settings.limits, log: log, counts: counts, metrics: metrics),
            limits: settings.limits, allowance: BodyAllowance(limit: settings.limits.allBodiesBytes), log: log,
            counts: counts)
    }

    /// Listens until it is to stop.
    /// - Throws: ``HouseError`` when it cannot listen.
    public func run() async throws {
        let scheme = settings.tls == nil ? "http" : "https"
        let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        let application = Application(
            responder: responder, server: try server(),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port), serverName: "closed-cycle-doors",
                availableConnectionsDelegate: MaximumAvailableConnections(settings.limits.connections)),
            onServerRunning: { [onOpen] channel in
                await onOpen("\(scheme)://\(host):\(channel.localAddress?.port ?? 0)")
            },
            logger: quietLogger)
        do {
            try await application.run()
        } catch let error as IOError {
            throw HouseError(
                "cannot listen on \(settings.host):\(settings.port): \(error); choose another port, or 0 for a free one"
            )
        }
    }

    /// Of the server's own lines those about trouble.
    private var quietLogger: Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, logger.logLevel <= .debug ? logger.logLevel : .notice)
        return logger
    }

    private func server() throws -> HTTPServerBuilder {
        let limits = settings.limits
        let plain = HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                RequestDeadline(limit: .milliseconds(Int64(limits.requestSeconds * 1_000)))
            ],
            idleTimeout: .milliseconds(Int64(limits.idleSeconds * 1_000)),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: limits.headBytes, maxHeaderListSize: limits.headBytes, maxHeaderFieldCount: 200))
        guard let tls = settings.tls else { return .http1(configuration: plain) }
        #if TLS
            do {
                let chain = try NIOSSLCertificate.fromPEMFile(tls.certificate).map {
                    NIOSSLCertificateSource.certificate($0)
                }
                let key = try NIOSSLPrivateKey(file: tls.key, format: .pem)
                let configuration = TLSConfiguration.makeServerConfiguration(
                    certificateChain: chain, privateKey: .privateKey(key))
                // Whether both belong together is seen here, and not at the first connection.
                _ = try NIOSSLContext(configuration: configuration)
                return try .tls(.http1(configuration: plain), tlsConfiguration: configuration)
            } catch {
                throw HouseError(
                    "cannot use the certificate \(tls.certificate) with the key \(tls.key): \(error); both are PEM files, and "
                        + "the key is that of the first certificate; mend tls in doors.json, or take it out for plain HTTP"
                )
            }
        #else
            throw HouseError(
                "there is no TLS in this program, and doors.json has tls; build it with: scripts/build release --doors "
                    + "--traits TLS, or take tls out for plain HTTP")
        #endif
    }
}
