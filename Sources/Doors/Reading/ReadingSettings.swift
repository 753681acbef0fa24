import ExchangeSchema

/// How the reading room is set up: what stands under `reading` in `doors.json`.
public struct ReadingSettings: Sendable, Codable, Equatable {
    /// What all its paths begin with.
    public var basePath = "/reading"
    /// Who may come in.
    public var accounts: [ReadingAccount] = []

    /// No accounts.
    public init() {}

    /// What a file leaves out is as by default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        basePath = try values.decodeIfPresent(String.self, forKey: .basePath) ?? basePath
        accounts = try values.decodeIfPresent([ReadingAccount].self, forKey: .accounts) ?? accounts
    }
}

/// Whoever knows name and password reads for this province, or for the ministry.
public struct ReadingAccount: Sendable, Codable, Equatable {
    /// Name that the browser asks for.
    public var username: String
    /// Its password, in clear: nothing is protected by it but made-up data on one machine.
    public var password: String
    /// Two digits of Decision 19/2025/QD-TTg; nil for the ministry, which reads of every province.
    public var province: String?

    /// Takes all fields.
    public init(username: String, password: String, province: String?) {
        self.username = username
        self.password = password
        self.province = province
    }

    /// What is wrong with it; nil for nothing.
    var problem: String? {
        if username.isEmpty || username.contains(":") || password.isEmpty {
            return "an account of reading has a name without a colon, and a password"
        }
        if let province, Province(code: province) == nil {
            return "\(province) of the account \(username) of reading is no province of Decision 19/2025/QD-TTg"
        }
        return nil
    }

    /// In whose name it reads, as it is written down.
    var reader: String { province.map { "province \($0)" } ?? "ministry" }
}
