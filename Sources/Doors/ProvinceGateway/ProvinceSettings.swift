/// How the stand-in of a province's gateway is set up: what stands under `province-gateway` in `doors.json`.
public struct ProvinceSettings: Sendable, Codable, Equatable {
    /// What all its paths begin with; empty for the paths of the real gateways.
    public var basePath = ""
    /// Who may come in.
    public var accounts: [ProvinceAccount] = []
    /// Seconds for which a token is good.
    public var tokenSeconds = 3_600
    /// Days for which a transaction is kept. Simulator-defined.
    public var lookUpDays = 60
    /// Whether the gateway stores what comes and hands nothing on.
    public var isPaused = false
    /// Names of the gateway that `receiver_id` may have.
    public var receivers = ["VTS"]
    /// How a message may be sent.
    public var bodies = ProvinceBody.allCases

    /// No accounts.
    public init() {}

    /// What a file leaves out is as by default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        basePath = try values.decodeIfPresent(String.self, forKey: .basePath) ?? basePath
        accounts = try values.decodeIfPresent([ProvinceAccount].self, forKey: .accounts) ?? accounts
        tokenSeconds = try values.decodeIfPresent(Int.self, forKey: .tokenSeconds) ?? tokenSeconds
        lookUpDays = try values.decodeIfPresent(Int.self, forKey: .lookUpDays) ?? lookUpDays
        isPaused = try values.decodeIfPresent(Bool.self, forKey: .isPaused) ?? isPaused
        receivers = try values.decodeIfPresent([String].self, forKey: .receivers) ?? receivers
        bodies = try values.decodeIfPresent([ProvinceBody].self, forKey: .bodies) ?? bodies
    }
}

/// How a message is sent: dispatch 7286/SYT-QLBHYTCNTT has multipart/form-data in its table and application/json in its text.
public enum ProvinceBody: String, Sendable, Codable, CaseIterable {
    /// An object of JSON.
    case json
    /// multipart/form-data: a part `header`, and a part `data`, `content` or `file`.
    case multipart
}

/// An account of the gateway.
public struct ProvinceAccount: Sendable, Codable, Equatable {
    /// Name at login.
    public var username: String
    /// In clear, as a client sends it.
    public var password: String
    /// `sender_id` of its messages: the 13-digit identifier.
    public var senderID: String
    /// MA_CSKCB of its facility, five digits; nil for any.
    public var facility: String?

    /// Takes all fields.
    public init(username: String, password: String, senderID: String, facility: String? = nil) {
        self.username = username
        self.password = password
        self.senderID = senderID
        self.facility = facility
    }
}
