import DoorDesk
import DoorHouse
import Foundation

/// Who is asking: name and password at login, a bearer's token afterwards.
struct AxisGate: Sendable {
    private let accounts: [String: AxisAccount]
    private let tokenSeconds: Int
    private let tokens = SealedTokens()

    init(_ settings: AxisSettings) {
        accounts = Dictionary(settings.accounts.map { ($0.username, $0) }, uniquingKeysWith: { first, _ in first })
        tokenSeconds = settings.tokenSeconds
    }

    /// What a login gives.
    struct Session {
        var account: AxisAccount
        var token: String
        var refreshToken: String
        /// In seconds.
        var duration: Int
    }

    /// Logs in; nil where name or password is wrong.
    func logIn(_ username: String, _ password: String, at now: Int64) -> Session? {
        guard let account = accounts[username], account.password == password else { return nil }
        let duration = Int64(tokenSeconds) * 1_000
        return Session(
            account: account, token: tokens.token("access", of: username, until: now + duration),
            refreshToken: tokens.token("refresh", of: username, until: now + 10 * duration), duration: tokenSeconds)
    }

    /// Lets in whoever bears a token.
    func letIn(_ request: DoorRequest) throws(AxisRefusal) -> AxisAccount {
        let words = (request.headers["authorization"] ?? "").split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else {
            throw AxisRefusal(
                code: .expired, words: "thiếu Authorization: Bearer, hãy đăng nhập",
                verdict: "there is no bearer's token")
        }
        switch tokens.read(words[1].trimmingCharacters(in: .whitespaces), as: "access", at: request.receivedAt) {
        case .good(let username, _):
            if let account = accounts[username] { return account }
            fallthrough
        case .wrong:
            throw AxisRefusal(
                code: .expired, words: "token không đúng, hãy đăng nhập lại", verdict: "the token is none of ours")
        case .expired:
            throw AxisRefusal(
                code: .expired, words: "token đã hết hạn, hãy đăng nhập lại", verdict: "the token has expired")
        }
    }
}
