/// How the stand-in of MoH's axis is set up: what stands under `moh-axis` in `doors.json`.
public struct AxisSettings: Sendable, Codable, Equatable {
    /// What all its paths begin with; empty for the paths of the real axis.
    public var basePath = ""
    /// Who may come in.
    public var accounts: [AxisAccount] = []
    /// Seconds for which a token is good; those of the sample in Decision 2062/QD-BYT.
    public var tokenSeconds = 6_000
    /// Days for which the first answer is given again, and verdicts can be looked up. Simulator-defined.
    public var lookUpDays = 60
    /// Most seconds that a first reply waits for the verdicts, where they belong into it.
    public var verdictSeconds = 20.0
    /// Which readings of the texts are followed.
    public var readings = AxisReadings()

    /// No accounts.
    public init() {}

    /// What a file leaves out is as by default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        basePath = try values.decodeIfPresent(String.self, forKey: .basePath) ?? basePath
        accounts = try values.decodeIfPresent([AxisAccount].self, forKey: .accounts) ?? accounts
        tokenSeconds = try values.decodeIfPresent(Int.self, forKey: .tokenSeconds) ?? tokenSeconds
        lookUpDays = try values.decodeIfPresent(Int.self, forKey: .lookUpDays) ?? lookUpDays
        verdictSeconds = try values.decodeIfPresent(Double.self, forKey: .verdictSeconds) ?? verdictSeconds
        readings = try values.decodeIfPresent(AxisReadings.self, forKey: .readings) ?? readings
    }
}

/// What an account of the axis stands for (Decision 2062/QD-BYT, Annex 02).
public enum AxisRole: String, Sendable, Codable, CaseIterable {
    /// A facility: sends its own health checks.
    case facility
    /// A provincial department of health: sends health checks of its facilities.
    case doh
    /// A ministry's body, as VSS is: sends health records of any facility.
    case department
}

/// An account of the axis, with the key pair that MoH has issued to it.
public struct AxisAccount: Sendable, Codable, Equatable {
    /// 1 to 32 letters, digits and `_ . -`: it names files.
    public var username: String
    /// In clear, as a client sends it.
    public var password: String
    /// What it may send.
    public var role: AxisRole
    /// `sender_id` of its messages: 13 digits of a facility or department of health, `G12/VSS` of VSS.
    public var senderID: String
    /// MA_CSKCB of the facility that it is, five digits; nil for any.
    public var facility: String?
    /// Its private key, PEM, which only the doors' user may read; nil for a file in the doors' directory. Made where neither
    /// key is there.
    public var privateKeyFile: String?
    /// Its public key, PEM; likewise. Who brings a key of their own puts the public one here.
    public var publicKeyFile: String?

    /// Takes what names the account; the key files are the doors' own.
    public init(username: String, password: String, role: AxisRole, senderID: String, facility: String? = nil) {
        self.username = username
        self.password = password
        self.role = role
        self.senderID = senderID
        self.facility = facility
    }

    /// Whether it may send records of a facility.
    func speaks(for code: String) -> Bool { facility == nil || facility == code }
}
