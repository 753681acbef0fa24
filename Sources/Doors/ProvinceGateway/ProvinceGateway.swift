import DoorDesk
public import DoorHouse

/// The door that speaks as a province's gateway in front of the ministry does: health checks are stored, answered with a number,
/// and handed on. It answers to the paths of two gateways: Hà Nội's (dispatch 7286/SYT-QLBHYTCNTT of 22 July 2026) and, as its
/// clients know it, Vĩnh Long's (KDLYT V1.5).
public struct ProvinceGateway: Dialect {
    /// Where the facility is, and what the gateway keeps.
    public struct Surroundings: Sendable {
        /// Where the inbox of the facility can be.
        public var facility: [String]
        /// The file of transactions, made where it does not exist.
        public var store: String
        /// How long a party that does not run is waited for.
        public var patience = Duration.seconds(5)

        /// Takes what has no default.
        public init(facility: [String], store: String) {
            self.facility = facility
            self.store = store
        }
    }

    /// Its name in settings.
    public static let dialectName = "province-gateway"

    private let settings: ProvinceSettings
    private let gate: ProvinceGate
    let push: PushRoute
    private let lookUps: LookUpRoutes

    /// Hands on at once what was stored before.
    /// - Throws: `HouseError` when the file of transactions cannot be used, or an account is malformed.
    public init(_ settings: ProvinceSettings, _ surroundings: Surroundings) throws(HouseError) {
        try settings.check()
        let store: RelayStore
        do {
            store = try RelayStore(path: surroundings.store)
        } catch {
            throw HouseError("cannot use \(surroundings.store): \(error); remove it, or restore it from a copy")
        }
        let gate = ProvinceGate(settings)
        let facility = PartyLine(directories: surroundings.facility, lanes: 2, patience: surroundings.patience)
        let forwarder = Forwarder(store: store, facility: facility, isPaused: settings.isPaused) {
            gate.facility(of: $0)
        }
        self.settings = settings
        self.gate = gate
        push = PushRoute(settings: settings, gate: gate, store: store, forwarder: forwarder)
        lookUps = LookUpRoutes(gate: gate, store: store, facility: facility)
        Task { await forwarder.wake() }
    }

    /// `province-gateway`.
    public var name: String { Self.dialectName }
    /// As the settings say.
    public var basePath: String { settings.basePath }

    /// The calls of the gateways.
    public var routes: [DoorRoute] {
        let medicalRecord = "/api/v1/medical-record/ksk-lien-thong"
        return [
            DoorRoute("POST", "/api/v1/resource/authentication/login", "log in (Hà Nội): username, password") {
                gate.logIn($0)
            },
            DoorRoute("POST", "/api/xac-thuc/token", "log in (Vĩnh Long): username, password") { gate.logIn($0) },
            DoorRoute("POST", "\(medicalRecord)/kham-suc-khoe", "send health checks: header, data{content}") {
                await push.handle($0)
            },
            DoorRoute(
                "GET", "\(medicalRecord)/giao-dich",
                "what came of a message, by maGiaoDich (a path of this stand-in's own)"
            ) { await lookUps.transaction($0) },
            DoorRoute("GET", "/api/kham-suc-khoe/qd-2062/ho-so/trang-thai", "how a record stands, by ma_lk") {
                await lookUps.record($0)
            },
            DoorRoute(
                "GET", "/api/kham-suc-khoe/doi-soat-byt/trang-thai", "what the ministry has, by sender_id and msg_id"
            ) { await lookUps.reconciliation($0) },
        ]
    }

    /// What the house finds wrong, in the gateway's words.
    public func answer(to problem: HouseProblem) -> DoorAnswer {
        switch problem {
        case .bodyTooLarge(let limit):
            ProvinceWriter.answer(
                ProvinceRefusal(
                    status: 413, code: "TOO_LARGE", words: "nội dung lớn hơn \(limit) byte",
                    verdict: "the body has more than \(limit) bytes"))
        case .methodNotAllowed(let allowed):
            ProvinceWriter.answer(
                ProvinceRefusal(
                    status: 405, code: "METHOD_NOT_ALLOWED", words: "dùng phương thức \(allowed)",
                    verdict: "the method is not \(allowed)"))
        case .overloaded:
            ProvinceWriter.answer(
                ProvinceRefusal(
                    status: 503, code: "OVERLOADED", words: "hệ thống đang quá tải, hãy gửi lại cùng msg_id",
                    verdict: "too much is under way"))
        }
    }

    /// None: what the facility does not take now waits here.
    public func obstacles() async -> [String] { [] }

    /// For the page.
    public var guide: DialectGuide {
        DialectGuide(
            title: "A province's gateway (Hà Nội 7286/SYT-QLBHYTCNTT; Vĩnh Long KDLYT V1.5)",
            steps: [
                "Put this address in place of the gateway's, log in with a test account, and push KHAMSUCKHOE as header and "
                    + "data{content}. The reply has maGiaoDich and X-HOC-Tracking-Id: taken in for processing, and not done.",
                "What came of it, look up by maGiaoDich, by ma_lk, or by sender_id and msg_id. The same msg_id again gets the "
                    + "first maGiaoDich; a new msg_id for the same record is a new version of it.",
            ],
            readings: [
                ("the body of a push", settings.bodies.map(\.rawValue).joined(separator: ", ")),
                ("receiver_id", settings.receivers.joined(separator: ", ")),
                ("forwarding", settings.isPaused ? "paused: stored and answered with 202" : "at once"),
            ],
            accounts: settings.accounts.map { account in
                TestAccount(
                    username: account.username, password: account.password,
                    purpose: "sender_id \(account.senderID), facility \(account.facility ?? "any")")
            })
    }
}

extension ProvinceSettings {
    fileprivate func check() throws(HouseError) {
        for account in accounts where account.senderID.utf8.count != 13 {
            throw HouseError(
                "province-gateway: account \(account.username) has senderID \"\(account.senderID)\"; write its 13 digits"
            )
        }
        if bodies.isEmpty || receivers.isEmpty {
            throw HouseError("province-gateway: bodies and receivers name at least one value each")
        }
    }
}
