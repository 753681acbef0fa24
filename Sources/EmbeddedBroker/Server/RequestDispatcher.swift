import NIOCore

/// From a frame to its answer: reads header and body, and asks the service that the API belongs to.
struct RequestDispatcher {
    /// Only a produce carries data; every other request is small, and a large one would cost many times its size.
    static let maximumPlainRequestBytes = 4 * 1_024 * 1_024
    /// Whoever has not logged in yet has no use for more.
    static let maximumLoginBytes = 64 * 1_024

    let broker: BrokerState

    /// - Throws: ``ProtocolError`` where no answer can follow, so that the connection has to be closed.
    func answer(_ frame: ByteBuffer, for session: ClientSession) throws(ProtocolError) -> Answer {
        if session.expectsBareToken { return LoginService(broker: broker).bareToken(frame, session) }
        var (header, body) = try RequestHeader.read(frame)
        let version = header.version
        guard let api = APIKey(rawValue: header.key), api.versions.contains(version) else {
            return try refuse(header)
        }
        guard session.isOpen || api.isOpenToAnybody else { throw .notLoggedIn(api: header.key) }
        if api != .produce && frame.readableBytes > Self.maximumPlainRequestBytes {
            throw .frameTooLarge(bytes: frame.readableBytes, limit: Self.maximumPlainRequestBytes)
        }
        let caller = session.caller(clientId: header.clientId)
        switch api {
        case .produce:
            return ProduceService(broker: broker, caller: caller)
                .answer(try ProduceRequest(from: &body, version: version), header)
        case .fetch:
            return FetchService(broker: broker, caller: caller)
                .answer(try FetchRequest(from: &body, version: version), header)
        case .joinGroup:
            return GroupService(broker: broker, caller: caller)
                .join(try JoinGroupRequest(from: &body, version: version), header)
        case .syncGroup:
            return GroupService(broker: broker, caller: caller)
                .sync(try SyncGroupRequest(from: &body, version: version), header)
        case .saslHandshake:
            return LoginService(broker: broker).handshake(try SaslHandshakeRequest(from: &body), header, session)
        case .saslAuthenticate:
            return LoginService(broker: broker).authenticate(try SaslAuthenticateRequest(from: &body), header, session)
        default:
            var writer = header.reply(to: api)
            let small = SmallRequests(
                broker: broker, caller: caller, endpoint: session.endpoint, api: api, version: version)
            try small.answer(&body, &writer)
            return .now(writer.framed())
        }
    }

    /// An unknown version of ApiVersions is answered in version 0, so that the client can step down (KIP-511). To
    /// anything else that we do not list no well-formed answer exists, and Kafka closes the connection as we do.
    private func refuse(_ header: RequestHeader) throws(ProtocolError) -> Answer {
        guard header.key == APIKey.apiVersions.rawValue else {
            throw .unsupported(api: header.key, version: header.version, client: header.clientId)
        }
        var basic = header
        basic.version = 0
        var writer = basic.reply(to: .apiVersions)
        ApiVersionsReply(error: .unsupportedVersion).write(to: &writer, version: 0)
        return .now(writer.framed())
    }
}
