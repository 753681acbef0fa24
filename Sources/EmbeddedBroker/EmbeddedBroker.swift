import Glibc
public import Logging
import NIOCore
import NIOPosix

/// A single-node server that speaks the Kafka protocol and keeps its log on disk.
///
/// It exists so that a newcomer and a CI run need no JVM and no container (architecture, decision 3). Everything of
/// it happens on one event loop: no lock, no hop, no task for a message.
///
/// ```swift
/// var configuration = BrokerConfiguration(dataDirectory: "/tmp/exchange")
/// configuration.port = 0
/// let broker = try await EmbeddedBroker.start(configuration, logger: Logger(label: "broker"))
/// print(broker.port)
/// try await broker.stop()
/// ```
public final class EmbeddedBroker: Sendable {
    /// The port that is listened on, also where 0 was asked for.
    public let port: Int
    /// Storage failures, at most one a second: after one, nothing that could not be kept has been acknowledged. What
    /// is kept is still served; a program may want to stop.
    public let failures: AsyncStream<BrokerError>

    private let group: MultiThreadedEventLoopGroup
    private let server: any Channel
    private let state: NIOLoopBound<BrokerState>

    private init(
        group: MultiThreadedEventLoopGroup, server: any Channel, port: Int, state: NIOLoopBound<BrokerState>,
        failures: AsyncStream<BrokerError>
    ) {
        self.group = group
        self.server = server
        self.port = port
        self.state = state
        self.failures = failures
    }

    /// Opens the data directory, recovers what a killed broker left, and listens.
    ///
    /// - Throws: ``BrokerError``: the port or the directory is in use, the directory is of another version, the disk
    ///   is full or fails.
    public static func start(
        _ configuration: BrokerConfiguration, logger: Logger
    ) async throws(BrokerError) -> EmbeddedBroker {
        try await start(configuration, logger: logger, freeBytes: nil)
    }

    /// As above; `freeBytes` lets a test fill the disk after that many bytes.
    static func start(
        _ configuration: BrokerConfiguration, logger: Logger, freeBytes: Int?
    ) async throws(BrokerError) -> EmbeddedBroker {
        try configuration.check()
        let users: UserDirectory? = if let file = configuration.usersFile { try UserDirectory(path: file) } else { nil }
        let rules: AccessRules? = if let file = configuration.rulesFile { try AccessRules(path: file) } else { nil }
        let tls = try TransportSecurity(configuration)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let (failures, continuation) = AsyncStream.makeStream(
            of: BrokerError.self, bufferingPolicy: .bufferingNewest(16))
        do {
            let state = try await loop.submit {
                let directory = try DataDirectory(configuration.dataDirectory)
                do {
                    let state = try BrokerState(
                        configuration: configuration, directory: directory, loop: loop, logger: logger,
                        failures: continuation, quota: freeBytes.map(DiskQuota.init), users: users, rules: rules)
                    return NIOLoopBound(state, eventLoop: loop)
                } catch {
                    directory.close()
                    throw error
                }
            }.get()
            let server: any Channel
            do {
                server = try await listen(configuration, group: group, state: state, tls: tls)
            } catch {
                try? await loop.submit { state.value.directory.close() }.get()
                throw error
            }
            guard let port = server.localAddress?.port, port > 0 else {
                try? await server.close().get()
                try? await loop.submit { state.value.directory.close() }.get()
                throw BrokerError(
                    .cannotListen,
                    "the socket on \(configuration.host):\(configuration.port) was closed as soon as it was opened")
            }
            scheduleChores(configuration, loop: loop, state: state)
            logger.info("listening", metadata: ["address": "\(configuration.host):\(port)"])
            return EmbeddedBroker(group: group, server: server, port: port, state: state, failures: failures)
        } catch {
            try? await group.shutdownGracefully()
            throw BrokerError(starting: configuration, error)
        }
    }

    /// Sets aside what is damaged in front of sound batches, in the logs of a data directory on which no broker works: those
    /// records are lost, and what stands behind them is given out again.
    /// - Returns: A line for each stretch that was set aside, with its file and offsets.
    /// - Throws: ``BrokerError`` when a broker works there, or a file cannot be read or written.
    public static func setAsideDamage(dataDirectory: String) throws(BrokerError) -> [String] {
        let directory = try DataDirectory(dataDirectory)
        defer { directory.close() }
        do {
            return try TopicCatalog.setAsideDamage(in: directory)
        } catch {
            throw BrokerError(error)
        }
    }

    /// Stops listening, closes every connection and lets go of the data directory. All that was acknowledged is kept.
    ///
    /// - Throws: what NIO throws when its event loop does not stop, for example at a second call.
    public func stop() async throws {
        try? await server.close().get()
        let threads = try await server.eventLoop.submit { [state] in state.value.stop() }.get()
        for pool in threads { try? await pool.shutdownGracefully() }
        // A round of the event loop lets the closed connections go; then nothing touches a file any more.
        try await server.eventLoop.submit { [state] in state.value.directory.close() }.get()
        try await group.shutdownGracefully()
    }

    /// Applies every topic's retention rule at once, as of an instant, and returns the number of segments deleted.
    ///
    /// - Parameter now: milliseconds since 1970.
    /// - Throws: when the broker has been stopped.
    public func applyRetention(now: Int64) async throws -> Int {
        try await server.eventLoop.submit { [state] in state.value.applyRetention(now: now) }.get()
    }

    private static func listen(
        _ configuration: BrokerConfiguration, group: MultiThreadedEventLoopGroup, state: NIOLoopBound<BrokerState>,
        tls: TransportSecurity?
    ) async throws -> any Channel {
        try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 256 * 1_024, high: 1_024 * 1_024))
            .childChannelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(minimum: 2_048, initial: 16_384, maximum: 256 * 1_024)
            )
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard state.value.connections.admit(channel) else { throw ChannelError.connectPending }
                    let handler = ConnectionHandler(dispatcher: RequestDispatcher(broker: state.value))
                    try tls?.protect(channel)
                    try channel.pipeline.syncOperations.addHandler(handler)
                    state.value.connections.serve(channel, by: handler)
                }
            }
            .bind(host: configuration.host, port: configuration.port).get()
    }

    private static func scheduleChores(
        _ configuration: BrokerConfiguration, loop: any EventLoop, state: NIOLoopBound<BrokerState>
    ) {
        let interval = TimeAmount.seconds(Int64(configuration.retentionIntervalSeconds))
        _ = loop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
            var now = timespec()
            unsafe clock_gettime(CLOCK_REALTIME, &now)
            _ = state.value.applyRetention(now: Int64(now.tv_sec) * 1_000 + Int64(now.tv_nsec) / 1_000_000)
        }
        _ = loop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
            state.value.connections.sweep(now: .now())
        }
    }
}

extension BrokerConfiguration {
    func check() throws(BrokerError) {
        func require(_ holds: Bool, _ rule: String) throws(BrokerError) {
            if !holds { throw BrokerError(.configuration, rule) }
        }
        try require((0...65_535).contains(port), "a port is 0 to 65535, not \(port)")
        try require((4_096...1_073_741_824).contains(segmentBytes), "a segment is 4 KiB to 1 GiB")
        try require(maximumFrameBytes >= 1_024, "the largest frame is at least 1 KiB")
        try require(maximumFrameBytes <= Int(Int32.max), "the largest frame is below 2 GiB")
        try require(
            maximumBatchBytes >= BatchHeader.size && maximumBatchBytes < maximumFrameBytes,
            "the largest batch must fit into the largest frame")
        try require(maximumFetchBytes >= 1_024, "the largest fetch is at least 1 KiB")
        try require(defaultPartitions >= 1, "a topic has at least one partition")
        try require(
            maximumBytesInFlight >= maximumFrameBytes, "the bytes in flight are at least those of the largest frame")
        try require(maximumConnections >= 1 && maximumConnectionsPerAddress >= 1, "at least one connection")
        try require(idleTimeoutSeconds >= 1 && requestTimeoutSeconds >= 1, "timeouts are at least one second")
        try require(sessionTimeoutMilliseconds.lowerBound >= 1, "a session lasts at least one millisecond")
        try require(initialRebalanceDelayMilliseconds >= 0, "a delay is not negative")
        try require(rulesFile == nil || usersFile != nil, "access rules need users to apply to: give a users file too")
        try require(
            Self.isLoopback(host) || usersFile != nil || allowsAnonymousRemoteClients,
            "listening on \(host) would let anybody on the network in: give a users file, or allow anonymous remote "
                + "clients explicitly")
        try require(retentionIntervalSeconds >= 1, "the retention interval is at least one second")
    }
}

extension BrokerConfiguration {
    /// Whether only this machine can reach an address.
    static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || (host.hasPrefix("127.") && host.split(separator: ".").count == 4)
    }
}

extension BrokerError {
    /// What a failed start comes down to.
    fileprivate init(starting configuration: BrokerConfiguration, _ error: any Error) {
        switch error {
        case let error as BrokerError: self = error
        case let error as StorageError: self.init(error)
        case let error as IOError where error.errnoCode == EADDRINUSE:
            self.init(
                .portInUse,
                "port \(configuration.port) on \(configuration.host) is in use: stop what listens there or choose "
                    + "another --port")
        default:
            self.init(.cannotListen, "cannot listen on \(configuration.host):\(configuration.port): \(error)")
        }
    }
}
