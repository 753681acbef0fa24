public import EnvelopeSignature

/// How the VSS portal's stand-in is set up: what stands under `vss-portal` in `doors.json`.
public struct PortalSettings: Sendable, Codable, Equatable {
    /// What all its paths begin with; empty for the paths of the real portal.
    public var basePath = ""
    /// Who may come in.
    public var accounts: [PortalAccount] = []
    /// Seconds for which a token is good.
    public var tokenSeconds = 3_600
    /// Days for which the results of a submission can be looked up.
    public var lookUpDays = 60
    /// When nothing is answered.
    public var maintenance: [Maintenance] = []
    /// Which readings of the texts are followed.
    public var readings = PortalReadings()

    /// No accounts.
    public init() {}

    /// What a file leaves out is as by default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        basePath = try values.decodeIfPresent(String.self, forKey: .basePath) ?? basePath
        accounts = try values.decodeIfPresent([PortalAccount].self, forKey: .accounts) ?? accounts
        tokenSeconds = try values.decodeIfPresent(Int.self, forKey: .tokenSeconds) ?? tokenSeconds
        lookUpDays = try values.decodeIfPresent(Int.self, forKey: .lookUpDays) ?? lookUpDays
        maintenance = try values.decodeIfPresent([Maintenance].self, forKey: .maintenance) ?? maintenance
        readings = try values.decodeIfPresent(PortalReadings.self, forKey: .readings) ?? readings
    }

    /// A time in which the portal answers that it is being maintained.
    public struct Maintenance: Sendable, Codable, Equatable {
        /// The first moment; Unix milliseconds.
        public var from: Int64
        /// The first moment after it; Unix milliseconds.
        public var until: Int64

        /// Takes both.
        public init(from: Int64, until: Int64) {
            self.from = from
            self.until = until
        }
    }
}

/// What the public texts leave open, or say in two ways.
public struct PortalReadings: Sendable, Codable, Equatable {
    /// What the HTTP status says.
    public enum Status: String, Sendable, Codable {
        /// As the result: 4xx for what is refused, 503 for what may come again.
        case asResult = "as-result"
        /// Always 200; only `maKetQua` tells.
        case alwaysOK = "always-200"
    }

    /// How a password is sent.
    public enum Password: String, Sendable, Codable {
        /// MD5, upper case, as dispatch 1245/BHXH-CNTT says.
        case upper = "md5-upper"
        /// MD5, lower case.
        case lower = "md5-lower"
    }

    /// What the HTTP status says.
    public var status = Status.asResult
    /// When an envelope must be signed.
    public var signature = SignatureDemand.whenPresent
    /// Forms of the password that are taken.
    public var password: [Password] = [.upper]

    /// The texts' own.
    public init() {}

    /// What a file leaves out is as by default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        status = try values.decodeIfPresent(Status.self, forKey: .status) ?? status
        password = try values.decodeIfPresent([Password].self, forKey: .password) ?? password
        signature = try values.decodeIfPresent(SignatureDemand.self, forKey: .signature) ?? signature
    }
}

/// An account of the portal: a facility's, with those who may look cards up.
public struct PortalAccount: Sendable, Codable, Equatable {
    /// 1 to 16 printable ASCII characters.
    public var username: String
    /// In clear; a client sends its MD5.
    public var password: String
    /// MA_CSKCB, five digits; `*` for any.
    public var facility: String
    /// Who may look cards up; nil to ask nobody's name.
    public var officers: [Officer]?

    /// Takes all fields.
    public init(username: String, password: String, facility: String, officers: [Officer]?) {
        self.username = username
        self.password = password
        self.facility = facility
        self.officers = officers
    }

    /// Somebody at a counter.
    public struct Officer: Sendable, Codable, Equatable {
        /// cccdCb, 12 digits.
        public var number: String
        /// hoTenCb.
        public var name: String

        /// Takes both.
        public init(number: String, name: String) {
            self.number = number
            self.name = name
        }
    }

    /// Whether it may speak for a facility.
    func speaks(for code: String) -> Bool { facility == "*" || facility == code }
}
