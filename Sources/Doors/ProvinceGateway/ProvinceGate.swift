import DoorDesk
import DoorHouse
import Foundation

/// Who is asking: name and password at either login, a bearer's token afterwards.
struct ProvinceGate: Sendable {
    private let accounts: [String: ProvinceAccount]
    private let tokenSeconds: Int
    private let tokens = SealedTokens()

    init(_ settings: ProvinceSettings) {
        accounts = Dictionary(settings.accounts.map { ($0.username, $0) }, uniquingKeysWith: { first, _ in first })
        tokenSeconds = settings.tokenSeconds
    }

    /// MA_CSKCB that an account is bound to; nil for any.
    func facility(of username: String) -> String? { accounts[username]?.facility }

    private struct Session: Encodable {
        var code = 200
        var message = "Thành công"
        var token: String
        var type = "Bearer"
        var seconds: Int

        enum CodingKeys: String, CodingKey {
            case code, message
            case token = "access_token"
            case type = "token_type"
            case seconds = "expires_in"
        }
    }

    /// Logs in. Both gateways are answered alike: of the reply of Hà Nội `code` and `access_token` are public, of that of Vĩnh
    /// Long nothing.
    func logIn(_ request: DoorRequest) -> DoorAnswer {
        let object = (try? JSONSerialization.jsonObject(with: Data(request.body))) as? [String: Any]
        guard let username = object?["username"] as? String, let password = object?["password"] as? String else {
            return ProvinceWriter.answer(
                .invalid("nội dung phải là JSON có username và password", "the body has no username and password"))
        }
        guard let account = accounts[username], account.password == password else {
            return ProvinceWriter.answer(
                .unauthenticated("sai tài khoản hoặc mật khẩu", "account or password is wrong"))
        }
        let token = tokens.token("access", of: username, until: request.receivedAt + Int64(tokenSeconds) * 1_000)
        return ProvinceWriter.answer(
            Session(token: token, seconds: tokenSeconds), verdict: "logged in", account: username)
    }

    /// Lets in whoever bears a token.
    func letIn(_ request: DoorRequest) throws(ProvinceRefusal) -> ProvinceAccount {
        let words = (request.headers["authorization"] ?? "").split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else {
            throw .unauthenticated("thiếu Authorization: Bearer", "there is no bearer's token")
        }
        switch tokens.read(words[1].trimmingCharacters(in: .whitespaces), as: "access", at: request.receivedAt) {
        case .good(let username, _):
            if let account = accounts[username] { return account }
            fallthrough
        case .wrong: throw .unauthenticated("token không đúng, hãy đăng nhập lại", "the token is none of ours")
        case .expired: throw .unauthenticated("token đã hết hạn, hãy đăng nhập lại", "the token has expired")
        }
    }
}
