import DoorDesk
public import DoorHouse
import EnvelopeSignature
import Foundation

/// The door that speaks as the portal of Vietnam Social Security does (VSS dispatches 1245/BHXH-CNTT of 3 May 2024 and
/// 1923/BHXH-CNTT). Submissions go to the facility of the exchange, questions about cards to VSS.
public struct VSSPortal: Dialect {
    /// Where the parties are, and what the portal keeps.
    public struct Surroundings: Sendable {
        /// Where the inbox of the facility can be.
        public var facility: [String]
        /// Where the inbox of VSS can be.
        public var vss: [String]
        /// The file of transactions, made where it does not exist.
        public var store: String
        /// Directory of the authority that vouches for facilities' certificates; nil where none is believed.
        public var authority: String?
        /// How long a party that does not run is waited for.
        public var patience = Duration.seconds(5)

        /// Takes what has no default.
        public init(facility: [String], vss: [String], store: String) {
            self.facility = facility
            self.vss = vss
            self.store = store
        }
    }

    /// Its name in settings.
    public static let dialectName = "vss-portal"

    private let settings: PortalSettings
    private let writer: PortalWriter
    private let gate: PortalGate
    private let submissions: SubmissionRoute
    private let lookUps: LookUpRoute
    private let cards: CardRoutes
    private let checkIns: CheckInRoute

    /// - Throws: `HouseError` when the file of transactions cannot be used, or an account is malformed.
    public init(_ settings: PortalSettings, _ surroundings: Surroundings) throws(HouseError) {
        try settings.check()
        let store: TransactionStore
        do {
            store = try TransactionStore(path: surroundings.store)
        } catch {
            throw HouseError("cannot use \(surroundings.store): \(error); remove it, or restore it from a copy")
        }
        self.settings = settings
        writer = PortalWriter(readings: settings.readings)
        gate = PortalGate(settings)
        func line(_ directories: [String], _ lanes: Int) -> PartyLine {
            PartyLine(directories: directories, lanes: lanes, patience: surroundings.patience)
        }
        submissions = SubmissionRoute(
            gate: gate, writer: writer,
            desk: SubmissionDesk(
                facility: line(surroundings.facility, SubmissionDesk.laneCount), store: store,
                days: settings.lookUpDays),
            signatures: SignatureRule(demand: settings.readings.signature, authority: surroundings.authority))
        lookUps = LookUpRoute(
            gate: gate, writer: writer, store: store, facility: line(surroundings.facility, 2),
            days: settings.lookUpDays)
        let desk = CardDesk(vss: line(surroundings.vss, CardDesk.laneCount))
        cards = CardRoutes(gate: gate, writer: writer, desk: desk)
        checkIns = CheckInRoute(gate: gate, writer: writer, desk: desk, store: store, days: settings.lookUpDays)
    }

    /// `vss-portal`.
    public var name: String { Self.dialectName }
    /// As the settings say.
    public var basePath: String { settings.basePath }

    /// The calls of the portal.
    public var routes: [DoorRoute] {
        let token = TokenRoute(gate: gate, writer: writer)
        var routes = [
            open("/api/token/take", "log in: username, password = MD5 in upper case", PortalShapes.token) {
                token.handle($0)
            }
        ]
        for edition in ["Qd3176", "Qd4750", "Qd130"] {
            routes.append(
                open("/api/qd130/checkInKcb\(edition)", "check in: XML0, loaiHoSo 0", PortalShapes.file) {
                    await checkIns.handle($0)
                })
        }
        for edition in ["QD3176", "QD4750"] {
            routes.append(
                open("/api/qd130/guiHoSoXml\(edition)", "submit an envelope of visits, loaiHoSo 130", PortalShapes.file)
                {
                    await submissions.handle($0)
                })
        }
        routes.append(
            open("/api/egw/nhanChiTietLoiHS", "what came of a submission", PortalShapes.lookUp) {
                await lookUps.handle($0)
            })
        routes.append(open("/api/egw/KQNhanLichSuKCB2024", "check a card", PortalShapes.card) { await cards.check($0) })
        routes.append(
            open("/api/egw/Lskcb2025", "visits of a card's holder", PortalShapes.history) { await cards.history($0) })
        return routes
    }

    /// A call that is answered when no maintenance is announced.
    private func open(
        _ path: String, _ summary: String, _ shape: OperationShape,
        _ handle: @escaping @Sendable (DoorRequest) async -> DoorAnswer
    ) -> DoorRoute {
        DoorRoute("POST", path, summary, shape: shape) { request in
            if let pause = settings.maintenance.first(where: {
                $0.from <= request.receivedAt && request.receivedAt < $0.until
            }) {
                return writer.refusal(
                    .serverError, "hệ thống bảo trì đến \(PortalTime.stamp(pause.until))", "under maintenance")
            }
            return await handle(request)
        }
    }

    /// What the house finds wrong, in the portal's words.
    public func answer(to problem: HouseProblem) -> DoorAnswer {
        switch problem {
        case .bodyTooLarge(let limit):
            writer.answer(
                PortalReply(.parameterWrong, "nội dung lớn hơn \(limit) byte, hãy chia nhỏ"), status: 413,
                verdict: "205 the body has more than \(limit) bytes")
        case .methodNotAllowed(let allowed):
            writer.answer(
                PortalReply(.parameterWrong, "dùng phương thức \(allowed)"), status: 405,
                verdict: "205 the method is not \(allowed)"
            )
        case .overloaded:
            writer.refusal(.serverError, "hệ thống đang quá tải, hãy gửi lại sau", "too much is under way")
        }
    }

    /// Asks both parties.
    public func obstacles() async -> [String] { await checkIns.desk.obstacles() + lookUps.obstacles() }

    /// For the page.
    public var guide: DialectGuide {
        DialectGuide(
            title: "VSS portal (egw.baohiemxahoi.gov.vn)",
            steps: [
                "Put this address in place of https://egw.baohiemxahoi.gov.vn, take a token with a test account, and submit. "
                    + "200 means taken in, and not valid: what VSS and MoH refuse later, nhanChiTietLoiHS tells, with the "
                    + "maGiaoDich of the answer, for \(settings.lookUpDays) days.",
                "VSS knows the people of the exchange: those of its scenario, and those of cycle up --people.",
                "A signature in CHUKYDONVI that is there must hold; when one must be there, the reading says. cycle keys make "
                    + "facility CODE makes a key that is accepted here.",
            ],
            readings: [
                ("HTTP status beside maKetQua", settings.readings.status.rawValue),
                ("form of the password", settings.readings.password.map(\.rawValue).joined(separator: ", ")),
                ("signature in CHUKYDONVI", settings.readings.signature.rawValue),
                ("fields as a form or as JSON", "either; the log says which came"),
                ("the same file again", "the first answer, with the same maGiaoDich"),
                ("a record sent again with other contents", "sent when it was refused; otherwise named in dsLoi"),
            ],
            accounts: settings.accounts.map { account in
                let officer = account.officers?.first
                return TestAccount(
                    username: account.username, password: account.password,
                    purpose: "facility \(account.facility)"
                        + (officer.map { "; officer cccdCb \($0.number), hoTenCb \($0.name)" } ?? ""))
            })
    }
}

extension PortalSettings {
    fileprivate func check() throws(HouseError) {
        var names: Set<String> = []
        for account in accounts {
            let bytes = account.username.utf8
            guard (1...16).contains(bytes.count), bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw HouseError(
                    "the account \(account.username) of vss-portal is not 1 to 16 printable ASCII characters")
            }
            guard names.insert(account.username).inserted else {
                throw HouseError("vss-portal has the account \(account.username) twice")
            }
        }
        guard tokenSeconds > 0, lookUpDays > 0 else {
            throw HouseError("tokenSeconds and lookUpDays of vss-portal are above 0")
        }
        guard basePath.isEmpty || basePath.hasPrefix("/") && !basePath.hasSuffix("/") else {
            throw HouseError("basePath of vss-portal is empty, or begins with / and does not end with it")
        }
    }
}
