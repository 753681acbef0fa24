public import DoorHouse
import EnvelopeSignature
import Foundation
import _CryptoExtras

/// The door that speaks as MoH's axis does (Decision 2062/QD-BYT of 7 July 2026, Annexes 02 and 03). Records go to the facility of
/// the exchange, and round from there.
public struct MoHAxis: Dialect {
    /// Where the parties are, and what the axis keeps.
    public struct Surroundings: Sendable {
        /// Where the inbox of the facility can be.
        public var facility: [String]
        /// Where the inbox of MoH can be, which writes down what is found of signatures.
        public var ministry: [String]
        /// The file of messages, made where it does not exist.
        public var store: String
        /// Directory for keys that the settings give no place.
        public var keys: String
        /// Directory of the authority that vouches for facilities' certificates; nil where none is believed.
        public var authority: String?
        /// How long a party that does not run is waited for.
        public var patience = Duration.seconds(5)

        /// Takes what has no default.
        public init(facility: [String], ministry: [String], store: String, keys: String) {
            self.facility = facility
            self.ministry = ministry
            self.store = store
            self.keys = keys
        }
    }

    /// Its name in settings.
    public static let dialectName = "moh-axis"

    private let axis: AxisParts
    private let keyDirectory: String

    /// - Throws: `HouseError` when a file cannot be used, or an account is malformed.
    public init(_ settings: AxisSettings, _ surroundings: Surroundings) throws(HouseError) {
        try settings.check()
        keyDirectory = surroundings.keys
        let store: MessageStore
        do {
            store = try MessageStore(path: surroundings.store)
        } catch {
            throw HouseError("cannot use \(surroundings.store): \(error); remove it, or restore it from a copy")
        }
        let keys = try SenderKeys(settings.accounts, directory: surroundings.keys)
        axis = AxisParts(
            settings: settings, gate: AxisGate(settings),
            writer: AxisWriter(readings: settings.readings, key: keys.own),
            signatures: SignatureCheck(readings: settings.readings, keys: keys),
            files: FileDesk(
                readings: settings.readings,
                organisation: SignatureRule(demand: settings.readings.signature, authority: surroundings.authority)),
            store: store,
            desk: PushDesk(
                facility: surroundings.facility, patience: surroundings.patience, store: store,
                days: settings.lookUpDays),
            verdicts: VerdictDesk(ministry: surroundings.ministry, patience: surroundings.patience),
            clock: { Int64(Date().timeIntervalSince1970 * 1_000) })
    }

    /// `moh-axis`.
    public var name: String { Self.dialectName }
    /// As the settings say.
    public var basePath: String { axis.settings.basePath }

    /// The calls of the axis.
    public var routes: [DoorRoute] {
        let login = LoginRoute(gate: axis.gate, writer: axis.writer)
        let checkups = PushRoute(kind: .checkup, roles: [.facility, .doh], axis: axis)
        let records = PushRoute(kind: .ehr, roles: [.department], axis: axis)
        let verdicts = VerdictRoute(axis: axis)
        return [
            DoorRoute("POST", "/api/auth/login", "log in: username, password", shape: AxisShapes.login) {
                login.handle($0)
            },
            DoorRoute(
                "POST", "/api/platform/data-sync/push", "send health checks: txn_type sync_checkup, KHAMSUCKHOE",
                shape: AxisShapes.push
            ) {
                await checkups.handle($0)
            },
            DoorRoute(
                "POST", "/api/platform/resource-sync/push", "send health records: txn_type sync_ehr, GIAMDINHHS",
                shape: AxisShapes.push
            ) {
                await records.handle($0)
            },
            DoorRoute(
                "GET", "/api/platform/verdict", "verdicts on a message, by ref_msg_id (a path of this stand-in's own)",
                shape: AxisShapes.verdict
            ) {
                await verdicts.handle($0)
            },
        ]
    }

    /// What the house finds wrong, in the axis's words.
    public func answer(to problem: HouseProblem) -> DoorAnswer {
        let (refusal, status): (AxisRefusal, Int)
        switch problem {
        case .bodyTooLarge(let limit):
            refusal = .invalid("nội dung lớn hơn \(limit) byte, hãy chia nhỏ", "the body has more than \(limit) bytes")
            status = 413
        case .methodNotAllowed(let allowed):
            refusal = .invalid("dùng phương thức \(allowed)", "the method is not \(allowed)")
            status = 405
        case .overloaded:
            refusal = AxisRefusal(
                code: .systemError, words: "hệ thống đang quá tải, hãy gửi lại cùng msg_id",
                verdict: "too much is under way")
            status = 503
        }
        var answer = axis.writer.answer(
            refusal, to: AxisHeader(), service: "QR", account: nil, at: axis.clock())
        answer.status = axis.writer.status(status)
        return answer
    }

    /// Asks the facility and MoH.
    public func obstacles() async -> [String] { await axis.desk.obstacles() + axis.verdicts.obstacles() }

    /// For the page.
    public var guide: DialectGuide {
        let readings = axis.settings.readings
        func list(_ values: [String]) -> String { values.joined(separator: ", ") }
        return DialectGuide(
            title: "MoH's axis (api.emrhub.vn, csdlksk.vn)",
            steps: [
                "Put this address in place of the axis's, log in with a test account, and push with Authorization: Bearer and "
                    + "service-type: 100. CM_SUCCESS means taken in: C06's verdict on the person and MoH's on saving come "
                    + (readings.verdicts == .later
                        ? "later, at GET /api/platform/verdict?ref_msg_id=…" : "in the first reply")
                    + ". No public text gives a path for later verdicts; that one is this stand-in's own. Each verdict on a signature is a leaf of MoH's journal, also where it "
                    + "fails, and verdicts name its number (leaf).",
                "MoH issues the key pairs: the private key of each test account lies in the file named beside it, PEM, for your "
                    + "system to sign with. Replies are signed with the axis's own key; its public key lies in "
                    + "\(SenderKeys.publicPath(in: keyDirectory)):",
                axis.writer.key.publicKey.pemRepresentation,
                "Where a signature does not hold, the answer says which reading you used, and gives A, B and C as they were "
                    + "hashed here (signature_check).",
            ],
            readings: [
                ("form of signature (checksum)", list(readings.checksum.map(\.rawValue))),
                ("B is the hash of (hash)", list(readings.hash.map(\.rawValue))),
                ("blanks before hashing (blanks)", list(readings.blanks.map(\.rawValue))),
                ("shape of data (data)", list(readings.data.map(\.rawValue))),
                ("tables in NOIDUNGFILE (content)", list(readings.content.map(\.rawValue))),
                ("dates of health checks (dates)", list(readings.dates.map(\.rawValue))),
                ("LOAIHOSO of health checks (numbering)", list(readings.numbering.map(\.rawValue))),
                ("receiver_id (receiver)", list(readings.receiver)),
                ("signature in CHUKYDONVI (signature)", readings.signature.rawValue),
                ("when C06 and MoH have decided (verdicts)", readings.verdicts.rawValue),
                ("HTTP status beside res_code (status)", readings.status.rawValue),
                ("the same msg_id again", "the first answer, byte for byte"),
                ("a new msg_id for a record that is known", "a new version, and the answer says so"),
            ],
            accounts: axis.settings.accounts.map { account in
                TestAccount(
                    username: account.username, password: account.password,
                    purpose: "role \(account.role.rawValue), sender_id \(account.senderID); private key "
                        + (account.withKeyFiles(in: keyDirectory).privateKeyFile ?? ""))
            })
    }
}

extension AxisSettings {
    fileprivate func check() throws(HouseError) {
        var names: Set<String> = []
        for account in accounts {
            let bytes = account.username.utf8
            let isName = bytes.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || "_.-".utf8.contains(byte)
            }
            guard (1...32).contains(bytes.count), isName, account.username.first != "." else {
                throw HouseError(
                    "the account \(account.username) of moh-axis is not 1 to 32 letters, digits and _ . -, a point not first"
                )
            }
            guard names.insert(account.username).inserted, account.username != "axis" else {
                throw HouseError("moh-axis has the account \(account.username) twice, or it is called axis")
            }
            guard !account.senderID.isEmpty else {
                throw HouseError("the account \(account.username) of moh-axis has no senderID")
            }
        }
        guard tokenSeconds > 0, lookUpDays > 0, (0...600).contains(verdictSeconds) else {
            throw HouseError(
                "tokenSeconds and lookUpDays of moh-axis are above 0, and verdictSeconds is from 0 to 600")
        }
        let lists = [readings.checksum.isEmpty, readings.hash.isEmpty, readings.blanks.isEmpty, readings.data.isEmpty]
        let more = [
            readings.content.isEmpty, readings.receiver.isEmpty, readings.dates.isEmpty, readings.numbering.isEmpty,
        ]
        guard !(lists + more).contains(true) else {
            throw HouseError("a list among the readings of moh-axis is empty")
        }
        guard basePath.isEmpty || basePath.hasPrefix("/") && !basePath.hasSuffix("/") else {
            throw HouseError("basePath of moh-axis is empty, or begins with / and does not end with it")
        }
    }
}
