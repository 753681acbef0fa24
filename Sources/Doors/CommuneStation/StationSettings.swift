import DoorHouse
import ExchangeSchema

/// How the form of a commune station is set up: what stands under `commune-station` in `doors.json`.
public struct StationSettings: Sendable, Codable, Equatable {
    /// What all its paths begin with.
    public var basePath = "/station"
    /// Who may come in.
    public var accounts: [StationAccount] = []
    /// Days for which entries are kept, from when they were last sent.
    public var keepDays = 60
    /// Seconds for which an open form can be sent; later it is shown once more, with all that was typed.
    public var formSeconds = 43_200

    /// No accounts.
    public init() {}

    /// What a file leaves out is as by default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        basePath = try values.decodeIfPresent(String.self, forKey: .basePath) ?? basePath
        accounts = try values.decodeIfPresent([StationAccount].self, forKey: .accounts) ?? accounts
        keepDays = try values.decodeIfPresent(Int.self, forKey: .keepDays) ?? keepDays
        formSeconds = try values.decodeIfPresent(Int.self, forKey: .formSeconds) ?? formSeconds
    }

    func check() throws(HouseError) {
        guard basePath.hasPrefix("/"), !basePath.hasSuffix("/") else {
            throw HouseError("basePath of commune-station begins with / and does not end with it")
        }
        guard keepDays > 0, formSeconds > 0 else {
            throw HouseError("keepDays and formSeconds of commune-station are above 0")
        }
        var names: Set<String> = []
        for account in accounts {
            if let problem = account.problem { throw HouseError(problem) }
            guard names.insert(account.username).inserted else {
                throw HouseError("commune-station has the account \(account.username) twice")
            }
        }
    }
}

/// Whoever knows name and password works at this station.
public struct StationAccount: Sendable, Codable, Equatable {
    /// Name that the browser asks for: 1 to 16 printable ASCII characters, as VSS notes who has looked a card up.
    public var username: String
    /// Its password, in clear: nothing is protected by it but made-up data on one machine.
    public var password: String
    /// MA_CSKCB of the station.
    public var facility: String
    /// Name of who works there; it stands in the books that they read.
    public var officer: String
    /// Their citizen number, 12 digits, which VSS is told when a card is looked up.
    public var officerNumber: String
    /// MA_BAC_SI that stands in a new form; empty for none.
    public var practitioner: String

    /// Takes all fields.
    public init(
        username: String, password: String, facility: String, officer: String, officerNumber: String,
        practitioner: String = ""
    ) {
        self.username = username
        self.password = password
        self.facility = facility
        self.officer = officer
        self.officerNumber = officerNumber
        self.practitioner = practitioner
    }

    /// What a file leaves out is empty.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        username = try values.decode(String.self, forKey: .username)
        password = try values.decode(String.self, forKey: .password)
        facility = try values.decode(String.self, forKey: .facility)
        officer = try values.decodeIfPresent(String.self, forKey: .officer) ?? ""
        officerNumber = try values.decodeIfPresent(String.self, forKey: .officerNumber) ?? ""
        practitioner = try values.decodeIfPresent(String.self, forKey: .practitioner) ?? ""
    }

    /// What is wrong with it; nil for nothing.
    var problem: String? {
        let name = "the account \(username) of commune-station"
        guard (1...16).contains(username.utf8.count),
            username.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x3A })
        else { return "\(name) is 1 to 16 printable ASCII characters without a colon" }
        guard !password.isEmpty else { return "\(name) has no password" }
        guard (try? FacilityCode(parsing: facility)) != nil else {
            return "the facility of \(name) is no code of 5 characters"
        }
        guard PrintableText.isLine(officer, upTo: HistoryRequest.longestOfficer) else {
            return "the officer of \(name) is 1 to \(HistoryRequest.longestOfficer) printable characters"
        }
        guard (try? CitizenNumber(parsing: officerNumber)) != nil else {
            return "the officerNumber of \(name) is no number of 12 digits"
        }
        return nil
    }
}
