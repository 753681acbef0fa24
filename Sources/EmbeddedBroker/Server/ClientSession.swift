import NIOCore

/// What the broker knows of one connection: where it came in, who is behind it and how far its login is.
final class ClientSession {
    enum Login {
        /// Nobody needs to log in here.
        case notNeeded
        /// Nothing but a login is answered.
        case awaited
        /// A mechanism is agreed on; its tokens come in requests, or bare after the oldest handshake.
        case underWay(Authenticator.Exchange, isBare: Bool)
        case done
    }

    var endpoint: Endpoint
    /// As Kafka shows it: "/" and the address.
    var host = ""
    var login: Login
    private(set) var caller: Caller

    init(endpoint: Endpoint = Endpoint(host: "", port: 0), needsLogin: Bool = false, rules: AccessRules? = nil) {
        self.endpoint = endpoint
        login = needsLogin ? .awaited : .notNeeded
        caller = Caller(rules: rules)
    }

    /// Whether requests other than those of a login are answered.
    var isOpen: Bool {
        switch login {
        case .notNeeded, .done: true
        case .awaited, .underWay: false
        }
    }

    /// Whether the next frame is a bare token.
    var expectsBareToken: Bool {
        if case .underWay(_, let isBare) = login { return isBare }
        return false
    }

    func accept(_ principal: String) {
        caller.principal = principal
        login = .done
    }

    /// On whose behalf a request with this client id is answered.
    func caller(clientId: String?) -> Caller {
        var caller = caller
        caller.client = GroupClient(id: clientId ?? "", host: host)
        return caller
    }
}
