import NIOCore

/// Leads a client through its login. A login that fails is answered, and then the connection is closed.
struct LoginService {
    /// Kafka's own words are not copied; clients show this to people.
    private static let refusal = "the user name or the password is wrong"

    let broker: BrokerState

    func handshake(
        _ request: SaslHandshakeRequest, _ header: RequestHeader, _ session: ClientSession
    ) -> Answer {
        var reply = SaslHandshakeReply(error: .none, mechanisms: [])
        var isRefused = true
        if let authenticator = broker.authenticator, !session.isOpen {
            reply.mechanisms = Authenticator.mechanisms
            if let exchange = authenticator.begin(request.mechanism) {
                session.login = .underWay(exchange, isBare: header.version == 0)
                isRefused = false
            } else {
                reply.error = .unsupportedSaslMechanism
            }
        } else {
            reply.error = .illegalSaslState
        }
        var writer = header.reply(to: .saslHandshake)
        reply.write(to: &writer)
        return isRefused && broker.authenticator != nil
            ? .last(writer.framed(), "login refused: mechanism \(request.mechanism.prefix(64).debugDescription)")
            : .now(writer.framed())
    }

    func authenticate(
        _ request: SaslAuthenticateRequest, _ header: RequestHeader, _ session: ClientSession
    ) -> Answer {
        func frame(_ reply: SaslAuthenticateReply) -> ByteBuffer {
            var writer = header.reply(to: .saslAuthenticate)
            reply.write(to: &writer, version: header.version)
            return writer.framed()
        }
        guard case .underWay(let exchange, false) = session.login, let authenticator = broker.authenticator else {
            let reply = SaslAuthenticateReply(error: .illegalSaslState, message: "no login is under way")
            return broker.authenticator == nil
                ? .now(frame(reply)) : .last(frame(reply), "login refused: no handshake before it")
        }
        return step(authenticator, exchange, isBare: false, request.token, session) { token in
            frame(
                token.map { SaslAuthenticateReply(error: .none, message: nil, token: $0) }
                    ?? SaslAuthenticateReply(error: .saslAuthenticationFailed, message: Self.refusal))
        }
    }

    /// A token without a request around it, as after version 0 of the handshake.
    func bareToken(_ token: ByteBuffer, _ session: ClientSession) -> Answer {
        guard case .underWay(let exchange, true) = session.login, let authenticator = broker.authenticator else {
            return .last(ByteBuffer(), "login refused: no handshake before it")
        }
        return step(authenticator, exchange, isBare: true, token, session) { reply in
            guard let reply else { return ByteBuffer() }
            var buffer = ByteBuffer(integer: Int32(truncatingIfNeeded: reply.count))
            buffer.writeBytes(reply)
            return buffer
        }
    }

    private func step(
        _ authenticator: Authenticator, _ exchange: Authenticator.Exchange, isBare: Bool, _ token: ByteBuffer,
        _ session: ClientSession, _ frame: @escaping ([UInt8]?) -> ByteBuffer
    ) -> Answer {
        let pending = PendingAnswer()
        session.login = .awaited
        var exchange = exchange
        var next: Authenticator.Exchange?
        authenticator.step(&exchange, token) { outcome in
            switch outcome {
            case .challenge(let reply):
                pending.complete(frame(reply))
            case .accepted(let name, let reply):
                session.accept(name)
                pending.complete(frame(reply))
            case .refused:
                pending.closing = "login refused"
                pending.complete(frame(nil))
            }
        }
        next = exchange
        if let reply = pending.frame, let reason = pending.closing { return .last(reply, reason) }
        if let reply = pending.frame {
            if !session.isOpen, let next { session.login = .underWay(next, isBare: isBare) }
            return .now(reply)
        }
        return .later(pending)
    }
}
