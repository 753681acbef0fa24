import DoorDesk
public import DoorHouse
public import ExchangeSchema

/// The form of a commune station that has no system of its own: pages that need no script, in Vietnamese and English, by which
/// somebody is looked up, a visit or a vaccination entered, amended and withdrawn, and seen what came of it.
public struct CommuneStation: Dialect {
    /// Where the parties are, and what the station keeps.
    public struct Surroundings: Sendable {
        /// Where the inbox of the facility can be.
        public var facility: [String]
        /// Where the inbox of VSS can be.
        public var vss: [String]
        /// Where the inbox of MoH can be.
        public var ministry: [String]
        /// The file of entries, made where it does not exist.
        public var store: String
        /// At least 32 bytes, kept, so that an open form outlives a restart.
        public var secret: [UInt8]
        /// Writes down that a book was read: who and why, whose, the records that were given, Unix milliseconds.
        public var note: @Sendable (HistoryInquiry, _ citizen: String, _ records: [String], Int64) async throws -> Void
        /// How long a party that does not run is waited for.
        public var patience = Duration.seconds(5)

        /// Takes what has no default.
        public init(
            facility: [String], vss: [String], ministry: [String], store: String, secret: [UInt8],
            note:
                @escaping @Sendable (HistoryInquiry, _ citizen: String, _ records: [String], Int64) async throws -> Void
        ) {
            self.facility = facility
            self.vss = vss
            self.ministry = ministry
            self.store = store
            self.secret = secret
            self.note = note
        }
    }

    /// Its name in settings.
    public static let dialectName = "commune-station"

    private let desk: StationDesk
    private let facility: PartyLine
    private let forms: EntryRoutes
    private let records: RecordRoutes
    private let lookUps: LookUpRoutes

    /// - Throws: `HouseError` when the file of entries cannot be used, or an account is malformed.
    public init(_ settings: StationSettings, _ surroundings: Surroundings) throws(HouseError) {
        try settings.check()
        let store: EntryStore
        do {
            store = try EntryStore(path: surroundings.store)
        } catch {
            throw HouseError("cannot use \(surroundings.store): \(error); remove it, or restore it from a copy")
        }
        func line(_ directories: [String], _ lanes: Int) -> PartyLine {
            PartyLine(directories: directories, lanes: lanes, patience: surroundings.patience)
        }
        let desk = StationDesk(settings, secret: surroundings.secret)
        self.desk = desk
        facility = line(surroundings.facility, EntryDesk.lanes)
        let entries = EntryDesk(store: store, facility: facility, days: settings.keepDays)
        forms = EntryRoutes(desk: desk, entries: entries)
        records = RecordRoutes(desk: desk, entries: entries)
        lookUps = LookUpRoutes(
            desk: desk,
            people: LookUpDesk(
                cards: CardDesk(vss: line(surroundings.vss, CardDesk.laneCount)),
                ministry: line(surroundings.ministry, 1), note: surroundings.note))
    }

    /// `commune-station`.
    public var name: String { Self.dialectName }
    /// As the settings say.
    public var basePath: String { desk.settings.basePath }

    /// The pages, in Vietnamese below `/vi` and in English below `/en`, and what their forms send to.
    public var routes: [DoorRoute] {
        [DoorRoute("GET", "", "the station's records, in Vietnamese") { await records.home($0, .vietnamese) }]
            + Language.allCases.flatMap(routes)
    }

    private func routes(_ say: Language) -> [DoorRoute] {
        let base = "/\(say.rawValue)"
        let kinds = RecordKind.allCases.flatMap { kind in
            [
                DoorRoute("GET", "\(base)/\(kind.rawValue)", "an empty form of a \(kind.rawValue)") {
                    await forms.open($0, kind, say)
                },
                DoorRoute("POST", "\(base)/\(kind.rawValue)", "enter a \(kind.rawValue)") {
                    await forms.enter($0, kind, say)
                },
            ]
        }
        return [
            DoorRoute("GET", base, "the station's records, and how they stand") { await records.home($0, say) },
            DoorRoute("GET", "\(base)/record", "one record, by number") { await records.record($0, say) },
            DoorRoute("GET", "\(base)/look-up", "the form to look a person up") { await lookUps.open($0, say) },
            DoorRoute("POST", "\(base)/look-up", "the card, and with a purpose the book") {
                await lookUps.look($0, say)
            },
            DoorRoute("GET", "\(base)/amend", "the form of a record, by number") { await forms.openAmendment($0, say) },
            DoorRoute("POST", "\(base)/amend", "send a record's next revision") { await forms.amend($0, say) },
            DoorRoute("GET", "\(base)/withdraw", "asks whether a record is to be withdrawn") {
                await records.openWithdrawal($0, say)
            },
            DoorRoute("POST", "\(base)/withdraw", "withdraw a record") { await records.withdraw($0, say) },
        ] + kinds
    }

    /// As a page.
    public func answer(to problem: HouseProblem) -> DoorAnswer {
        let refusal =
            switch problem {
            case .bodyTooLarge:
                StationRefusal(413, "Biểu mẫu quá lớn.", "The form is too large.", "the body is too large")
            case .methodNotAllowed(let allowed):
                StationRefusal(
                    405, "Đường dẫn này chỉ nhận \(allowed).", "This path takes \(allowed) only.",
                    "the method is not \(allowed)")
            case .overloaded:
                StationRefusal(
                    503, "Hệ thống đang quá tải; hãy thử lại.", "Too much is under way; try again.",
                    "too much is under way")
            }
        return desk.problem(refusal, .vietnamese)
    }

    /// Asks all three parties.
    public func obstacles() async -> [String] {
        await lookUps.people.obstacles() + (facility.silence().map { ["the facility: \($0)"] } ?? [])
    }

    /// For the page.
    public var guide: DialectGuide {
        DialectGuide(
            title: "Form of a commune station without a system of its own",
            steps: [
                "Open \(basePath) in a browser and log in. It works without scripts and by keyboard alone, in Vietnamese (\(basePath)/vi) "
                    + "and English (\(basePath)/en).",
                "Taken in means that the facility of the exchange has committed the record, and not that it is valid: the record's page "
                    + "says what VSS, C06 and MoH have answered, and leads to its amendment and withdrawal.",
                "Every form is sealed. One form is one record, however often it is sent, also after the doors were started again.",
            ],
            readings: [
                ("log-in", "HTTP Basic (RFC 7617), so that no script is needed; simulator-defined"),
                ("MA_LK", "facility, day and eight signs, drawn when a form is opened; simulator-defined"),
                ("the form of a vaccination", "that of a file of vaccinations; simulator-defined"),
            ],
            accounts: desk.settings.accounts.map {
                TestAccount(
                    username: $0.username, password: $0.password,
                    purpose: "commune station \($0.facility); officer \($0.officer) \($0.officerNumber)")
            })
    }
}
