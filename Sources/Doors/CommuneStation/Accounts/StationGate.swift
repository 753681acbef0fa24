import DoorDesk
import DoorHouse

/// Why a page is not shown, or nothing was done.
struct StationRefusal: Error {
    /// HTTP status.
    var status: Int
    /// For a person.
    var vietnamese: String
    /// Likewise.
    var english: String
    /// For the log.
    var verdict: String

    init(_ status: Int, _ vietnamese: String, _ english: String, _ verdict: String) {
        self.status = status
        self.vietnamese = vietnamese
        self.english = english
        self.verdict = verdict
    }
}

/// Lets in who works at a station, and seals forms: a browser sends name and password by itself, so that a form counts only
/// with a seal that the station's own page had.
struct StationGate: Sendable {
    private let settings: StationSettings
    private let tokens: SealedTokens

    /// - Parameter secret: At least 32 bytes, kept, so that an open form outlives a restart.
    init(_ settings: StationSettings, secret: [UInt8]) {
        self.settings = settings
        tokens = SealedTokens(secret: secret)
    }

    /// - Throws: An answer of 401, or of 403 where the form comes from another site.
    func letIn(_ request: DoorRequest) throws(StationRefusal) -> StationAccount {
        guard let given = BasicCredentials(request),
            let account = settings.accounts.first(where: {
                $0.username == given.username && $0.password == given.password
            })
        else {
            throw StationRefusal(
                401, "Hãy đăng nhập bằng tên và mật khẩu của tài khoản.",
                "Log in with name and password of an account.", "no account")
        }
        if request.method == "POST", request.isFromElsewhere {
            throw StationRefusal(
                403, "Biểu mẫu không đến từ trang này; chưa có gì được thực hiện.",
                "The form does not come from this page; nothing was done.", "a form from elsewhere")
        }
        return account
    }

    /// The seal of a form.
    /// - Parameters:
    ///   - purpose: What the form does, and to which record.
    ///   - now: Unix milliseconds.
    func seal(_ purpose: String, for account: StationAccount, at now: Int64) -> String {
        tokens.token(purpose, of: account.username, until: now + Int64(settings.formSeconds) * 1_000)
    }

    /// Whether a form may do what it says.
    func holds(_ seal: String, for purpose: String, of account: StationAccount, at now: Int64) -> Bool {
        guard case .good(let username, _) = tokens.read(seal, as: purpose, at: now) else { return false }
        return username == account.username
    }
}
