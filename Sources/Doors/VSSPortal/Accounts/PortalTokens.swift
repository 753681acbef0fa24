import DoorDesk

/// The two tokens of a login at the portal.
struct PortalTokens: Sendable {
    /// A pair as the login gives it.
    struct Pair: Equatable {
        var access: String
        var identity: String
        /// Unix milliseconds.
        var expires: Int64
    }

    /// What a token is for.
    enum Purpose: String {
        case access
        case identity
    }

    private let sealed = SealedTokens()

    func issue(to username: String, until expires: Int64) -> Pair {
        func token(_ purpose: Purpose) -> String { sealed.token(purpose.rawValue, of: username, until: expires) }
        return Pair(access: token(.access), identity: token(.identity), expires: expires)
    }

    func read(_ token: String, as purpose: Purpose, at now: Int64) -> SealedTokens.Finding {
        sealed.read(token, as: purpose.rawValue, at: now)
    }
}
