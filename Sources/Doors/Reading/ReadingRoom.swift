import DoorDesk
public import DoorHouse
public import ExchangeSchema

/// The door to what a province or the ministry reads: reports of a warehouse, the report of a department, and a citizen's book,
/// as pages that need no script, or as JSON for programs. Nothing is changed by it; who read and why is written down before anything is shown.
public struct ReadingRoom: Dialect {
    /// A report in the two forms in which it is given, of the same figures.
    public struct Report: Sendable {
        /// As a page.
        public var html: String
        /// As JSON, as `cycle` prints it.
        public var json: [UInt8]

        /// Takes both.
        public init(html: String, json: [UInt8]) {
            self.html = html
            self.json = json
        }
    }

    /// Where MoH is, and who makes the reports.
    public struct Surroundings: Sendable {
        /// Where the inbox of MoH can be.
        public var ministry: [String]
        /// The report of a province's warehouse: province, month (nil for all), groupings. Nil where there is none yet.
        public var warehouse: @Sendable (String, String?, [String]) async throws -> Report?
        /// The report of a department, likewise.
        public var department: @Sendable (String, String?) async throws -> Report?
        /// By what the visits of a warehouse can be grouped.
        public var groupings: [String]
        /// Writes down that somebody read: identifier, action, who and why, subject, when.
        public var note: @Sendable (String, String, HistoryInquiry, String, Int64) async throws -> Void
        /// How long MoH is waited for when it does not run.
        public var patience = Duration.seconds(5)

        /// Takes what has no default.
        public init(
            ministry: [String], groupings: [String],
            warehouse: @escaping @Sendable (String, String?, [String]) async throws -> Report?,
            department: @escaping @Sendable (String, String?) async throws -> Report?,
            note: @escaping @Sendable (String, String, HistoryInquiry, String, Int64) async throws -> Void
        ) {
            self.ministry = ministry
            self.groupings = groupings
            self.warehouse = warehouse
            self.department = department
            self.note = note
        }
    }

    private let settings: ReadingSettings
    private let desk: ReadingDesk
    private let ministry: PartyLine

    /// - Throws: `HouseError` when an account or another setting is malformed.
    public init(_ settings: ReadingSettings, _ surroundings: Surroundings) throws(HouseError) {
        guard settings.basePath.hasPrefix("/"), !settings.basePath.hasSuffix("/") else {
            throw HouseError("basePath of reading begins with / and does not end with it")
        }
        for account in settings.accounts { if let problem = account.problem { throw HouseError(problem) } }
        self.settings = settings
        let line = PartyLine(directories: surroundings.ministry, lanes: 1, patience: surroundings.patience)
        ministry = line
        desk = ReadingDesk(settings: settings, surroundings: surroundings, ministry: line)
    }

    /// `reading`.
    public var name: String { "reading" }
    /// As the settings say.
    public var basePath: String { settings.basePath }

    /// A page of forms, and what they send to.
    public var routes: [DoorRoute] {
        [
            DoorRoute("GET", "", "what there is to read", shape: ReadingShapes.desk) { await desk.open($0) },
            DoorRoute("POST", "/warehouse", "the report of a province's warehouse", shape: ReadingShapes.warehouse) {
                await desk.warehouse($0)
            },
            DoorRoute("POST", "/department", "the report of a department", shape: ReadingShapes.department) {
                await desk.department($0)
            },
            DoorRoute("POST", "/book", "a citizen's book", shape: ReadingShapes.book) { await desk.book($0) },
        ]
    }

    /// As a page.
    public func answer(to problem: HouseProblem) -> DoorAnswer { answer(to: problem, accept: "") }

    /// As a page, or as JSON.
    public func answer(to problem: HouseProblem, accept: String) -> DoorAnswer {
        let refusal =
            switch problem {
            case .bodyTooLarge: ReadingRefusal(413, "too-large", "The form is too large.", "the body is too large")
            case .methodNotAllowed(let allowed):
                ReadingRefusal(
                    405, "method", "This path takes \(allowed) only.", "the method is not \(allowed)")
            case .overloaded:
                ReadingRefusal(503, "try-again", "Too much is under way; try again.", "too much is under way")
            }
        return ReadingForm(accept: accept).answer(refusal, account: nil)
    }

    /// Asks MoH.
    public func obstacles() async -> [String] { await ministry.silence().map { ["MoH: \($0)"] } ?? [] }

    /// For the page.
    public var guide: DialectGuide {
        DialectGuide(
            title: "Reading room of provinces and the ministry",
            steps: [
                "Open \(basePath) in a browser, log in, say why, and read. A province reads of its own warehouse and its own "
                    + "residents, the ministry of all.",
                "A program that sends Accept: application/json is answered in JSON, errors too; the fields are those of the forms.",
                "Each look is written into the auditor's log, and a look into a book into MoH's journal and the book as well.",
            ],
            readings: [("log-in", "HTTP Basic (RFC 7617), so that no script is needed; simulator-defined")],
            accounts: settings.accounts.map {
                TestAccount(username: $0.username, password: $0.password, purpose: $0.reader)
            })
    }
}
