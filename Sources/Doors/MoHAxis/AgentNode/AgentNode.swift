public import DoorHouse
import EnvelopeSignature
import Foundation

/// The door that speaks as the agent of the National Data Centre did in June 2026 (Decision 1551/QD-BYT, Annex 03), before VSS
/// called MoH's axis itself.
public struct AgentNode: Dialect {
    /// Its name in settings.
    public static let dialectName = "agent-node"

    private let settings: AgentNodeSettings
    private let route: AgentNodeRoute

    /// - Parameters:
    ///   - facility: Where the inbox of the facility can be.
    ///   - store: The file of messages, made where it does not exist.
    ///   - authority: Directory of the authority that vouches for facilities' certificates; nil where none is believed.
    /// - Throws: `HouseError` when the file cannot be used, or the settings are wrong.
    public init(
        _ settings: AgentNodeSettings, facility: [String], store path: String, authority: String?,
        patience: Duration = .seconds(5)
    ) throws(HouseError) {
        try settings.check()
        let store: MessageStore
        do {
            store = try MessageStore(path: path)
        } catch {
            throw HouseError("cannot use \(path): \(error); remove it, or restore it from a copy")
        }
        self.settings = settings
        var readings = AxisReadings()
        readings.content = settings.content
        route = AgentNodeRoute(
            settings: settings,
            files: FileDesk(
                readings: readings, organisation: SignatureRule(demand: settings.signature, authority: authority)),
            store: store,
            desk: PushDesk(facility: facility, patience: patience, store: store, days: settings.lookUpDays))
    }

    /// `agent-node`.
    public var name: String { Self.dialectName }
    /// As the settings say.
    public var basePath: String { settings.basePath }

    /// The one call of the agent.
    public var routes: [DoorRoute] {
        [
            DoorRoute(
                "POST", "/api/integrate/v1/G12", "send a file of health records: fileName, fileContent",
                shape: AxisShapes.agent
            ) {
                await route.handle($0)
            }
        ]
    }

    /// What the house finds wrong, in the agent's words.
    public func answer(to problem: HouseProblem) -> DoorAnswer {
        let (fault, words, verdict, status): (AgentNodeAnswer.Fault, String, String, Int) =
            switch problem {
            case .bodyTooLarge(let limit):
                (.body, "nội dung lớn hơn \(limit) byte", "the body has more than \(limit) bytes", 413)
            case .methodNotAllowed(let allowed):
                (.body, "dùng phương thức \(allowed)", "the method is not \(allowed)", 405)
            case .overloaded: (.tryAgain, "hệ thống đang quá tải, hãy gửi lại", "too much is under way", 503)
            }
        let now = Int64(Date().timeIntervalSince1970 * 1_000)
        return AgentNodeAnswer.answer(
            status: settings.status == .asResult ? status : 200, AgentNodeAnswer.body(fault, words, at: now),
            verdict: "400 \(fault.rawValue) \(verdict)")
    }

    /// Asks the facility.
    public func obstacles() async -> [String] { await route.desk.obstacles() }

    /// For the page.
    public var guide: DialectGuide {
        DialectGuide(
            title: "AgentNode of the National Data Centre (edition of June 2026)",
            steps: [
                "Put this address in place of the agent's. The head carries authorization (the key below), X-Service, "
                    + "data-type, request-id, and request-time as ddMMyyyyHHmmss in Viet Nam's time, at most "
                    + "\(settings.clockSeconds) seconds off. statusCode 200 means taken in. The texts give no list of error "
                    + "codes: those in data are this stand-in's own."
            ],
            readings: [
                ("request-time off the clock (clockSeconds)", "\(settings.clockSeconds) seconds"),
                ("outside of 17:00 to 07:00 (window)", settings.window == .off ? "taken all the same" : "refused"),
                ("tables in NOIDUNGFILE (content)", settings.content.map(\.rawValue).joined(separator: ", ")),
                ("signature in CHUKYDONVI (signature)", settings.signature.rawValue),
                ("HTTP status beside statusCode (status)", settings.status.rawValue),
                ("the same request-id again", "the first answer, byte for byte"),
            ],
            accounts: settings.accounts.map { account in
                TestAccount(
                    username: account.username, password: account.key,
                    purpose: "X-Service \(account.service); the password is what authorization carries")
            })
    }
}

extension AgentNodeSettings {
    fileprivate func check() throws(HouseError) {
        guard Set(accounts.map(\.key)).count == accounts.count, !accounts.contains(where: { $0.key.isEmpty }) else {
            throw HouseError("two accounts of agent-node have one key, or one has none")
        }
        guard clockSeconds > 0, lookUpDays > 0, !content.isEmpty else {
            throw HouseError("clockSeconds and lookUpDays of agent-node are above 0, and content is not empty")
        }
        guard basePath.isEmpty || basePath.hasPrefix("/") && !basePath.hasSuffix("/") else {
            throw HouseError("basePath of agent-node is empty, or begins with / and does not end with it")
        }
    }
}
