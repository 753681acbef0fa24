import DoorDesk
import DoorHouse

/// Who is asking: name, password and tokens, wherever a call of the portal carries them.
struct PortalGate: Sendable {
    /// Why nobody is let in: the result, words for the sender, and a verdict for the log.
    struct Refusal: Error, Equatable {
        var result: PortalResult
        var words: String
        var verdict: String
    }

    private let accounts: [String: PortalAccount]
    private let readings: PortalReadings
    private let tokenSeconds: Int
    private let tokens = PortalTokens()

    init(_ settings: PortalSettings) {
        accounts = Dictionary(settings.accounts.map { ($0.username, $0) }, uniquingKeysWith: { first, _ in first })
        readings = settings.readings
        tokenSeconds = settings.tokenSeconds
    }

    /// Logs in.
    func logIn(
        _ username: String, _ password: String, at now: Int64
    ) throws(Refusal) -> (account: PortalAccount, tokens: PortalTokens.Pair, reading: String) {
        let (account, reading) = try account(username, password)
        return (account, tokens.issue(to: username, until: now + Int64(tokenSeconds) * 1_000), reading)
    }

    /// Lets in who was logged in.
    func letIn(
        access: String, identity: String, username: String, password: String, at now: Int64
    ) throws(Refusal) -> (account: PortalAccount, reading: String) {
        let access = try read(access, .access, "access_token", now)
        let identity = try read(identity, .identity, "id_token", now)
        guard access == identity else {
            throw Refusal(
                result: .unauthenticated, words: "access_token và id_token không cùng một lần đăng nhập",
                verdict: "access_token and id_token are of two logins")
        }
        guard access.username == username else {
            throw Refusal(
                result: .unauthenticated, words: "username không phải của token",
                verdict: "the token is of another account"
            )
        }
        return try account(username, password)
    }

    private struct Session: Equatable {
        var username: String
        var expires: Int64
    }

    private func read(
        _ token: String, _ purpose: PortalTokens.Purpose, _ name: String, _ now: Int64
    ) throws(Refusal) -> Session {
        switch tokens.read(token, as: purpose, at: now) {
        case .good(let username, let expires): return Session(username: username, expires: expires)
        case .expired:
            throw Refusal(
                result: .unauthenticated, words: "\(name) đã hết hạn, hãy lấy lại token", verdict: "\(name) has expired"
            )
        case .wrong:
            throw Refusal(
                result: .unauthenticated,
                words: token.isEmpty ? "thiếu \(name)" : "\(name) không đúng, hãy lấy lại token",
                verdict: token.isEmpty ? "\(name) is missing" : "\(name) is wrong")
        }
    }

    private func account(
        _ username: String, _ password: String
    ) throws(Refusal) -> (account: PortalAccount, reading: String) {
        let wrong = Refusal(
            result: .unauthenticated, words: "sai tài khoản hoặc mật khẩu", verdict: "account or password is wrong")
        guard let account = accounts[username] else { throw wrong }
        switch PortalPassword.examine(password, of: account, taken: readings.password) {
        case .right(let form): return (account, "password: \(form.rawValue)")
        case .wrong: throw wrong
        case .otherForm(let form):
            let wanted = readings.password.map(\.rawValue).joined(separator: ", ")
            throw Refusal(
                result: .unauthenticated,
                words: "mật khẩu đúng nhưng gửi ở dạng \(form); cổng này nhận \(wanted)",
                verdict: "the password is right and sent as \(form); taken is \(wanted)")
        }
    }
}
