public import EnvelopeSignature

/// How the stand-in of an AgentNode is set up (Decision 1551/QD-BYT of 31 May 2026, Annex 03): what stands under `agent-node` in
/// `doors.json`.
public struct AgentNodeSettings: Sendable, Codable, Equatable {
    /// What its path begins with; empty for the path of the real agent.
    public var basePath = ""
    /// Who may come in.
    public var accounts: [AgentNodeAccount] = []
    /// Most seconds between `request-time` and the clock here: 2 minutes (Annex 03).
    public var clockSeconds = 120
    /// Whether anything is taken outside of 17:00 to 07:00, in which VSS is asked to send (Annex 03).
    public var window = Window.off
    /// When an envelope must be signed by its organisation.
    public var signature = SignatureDemand.whenPresent
    /// How tables may stand in NOIDUNGFILE.
    public var content: [AxisReadings.Content] = [.base64, .nested]
    /// What the HTTP status says.
    public var status = AxisReadings.Status.asResult
    /// Days for which the same `request-id` gets the first answer. Simulator-defined.
    public var lookUpDays = 60

    /// When something is taken.
    public enum Window: String, Sendable, Codable {
        /// Always: the texts ask, and do not say what happens else.
        case off
        /// From 17:00 to 07:00, Viet Nam's time.
        case enforced

        /// Whether a moment, Unix milliseconds, lies in it.
        func holds(_ time: Int64) -> Bool {
            let minute = AxisTime.minuteOfDay(time)
            return self == .off || minute >= 17 * 60 || minute < 7 * 60
        }
    }

    /// No accounts.
    public init() {}

    /// What a file leaves out is as by default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        basePath = try values.decodeIfPresent(String.self, forKey: .basePath) ?? basePath
        accounts = try values.decodeIfPresent([AgentNodeAccount].self, forKey: .accounts) ?? accounts
        clockSeconds = try values.decodeIfPresent(Int.self, forKey: .clockSeconds) ?? clockSeconds
        window = try values.decodeIfPresent(Window.self, forKey: .window) ?? window
        signature = try values.decodeIfPresent(SignatureDemand.self, forKey: .signature) ?? signature
        content = try values.decodeIfPresent([AxisReadings.Content].self, forKey: .content) ?? content
        status = try values.decodeIfPresent(AxisReadings.Status.self, forKey: .status) ?? status
        lookUpDays = try values.decodeIfPresent(Int.self, forKey: .lookUpDays) ?? lookUpDays
    }
}

/// Who may send through the agent.
public struct AgentNodeAccount: Sendable, Codable, Equatable {
    /// For people.
    public var username: String
    /// The key of the National Data Centre, which `authorization` carries.
    public var key: String
    /// `X-Service`: the sender's electronic identifier, `G12` of VSS.
    public var service: String

    /// Takes all fields.
    public init(username: String, key: String, service: String) {
        self.username = username
        self.key = key
        self.service = service
    }
}
