import Crypto
import DoorHouse
import DoorTestSupport
import ExchangeSchema
import Foundation
import PartyCore
import _CryptoExtras

@testable import MoHAxis

/// The axis before a stand-in facility, called without HTTP, and a sender who signs as a test wants.
final class AxisRig: Sendable {
    static let now: Int64 = 1_795_000_000_000
    static let records = "/api/platform/resource-sync/push"
    static let checkups = "/api/platform/data-sync/push"

    let axis: MoHAxis
    let facility = StandInFacility()
    let ministry = StandInMinistry()
    let inbox: StandInParty
    private let ministryInbox: StandInParty
    let directory: String

    init(
        _ change: (inout AxisSettings) -> Void = { _ in }, directory: String? = nil, authority: String? = nil
    ) throws {
        var settings = AxisSettings()
        settings.accounts = [
            AxisAccount(username: "VSS", password: "bí mật", role: .department, senderID: "G12/VSS"),
            AxisAccount(
                username: "BV", password: "bv", role: .facility, senderID: "8930000001999", facility: "01999"),
            AxisAccount(username: "SYT", password: "syt", role: .doh, senderID: "8930000010004"),
        ]
        change(&settings)
        let facility = facility
        inbox = try StandInParty { facility.answer($0, $1) }
        let ministry = ministry
        ministryInbox = try StandInParty { ministry.answer($0, $1) }
        self.directory = directory ?? NSTemporaryDirectory() + "axis-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: self.directory, withIntermediateDirectories: true)
        // Making keys is slow: the tests of one process share those of each account.
        try SharedKeys.copy(to: self.directory + "/keys")
        var surroundings = MoHAxis.Surroundings(
            facility: [inbox.directory], ministry: [ministryInbox.directory], store: self.directory + "/axis.sqlite",
            keys: self.directory + "/keys")
        surroundings.authority = authority
        surroundings.patience = .milliseconds(200)
        axis = try MoHAxis(settings, surroundings)
    }

    func close() {
        inbox.close()
        ministryInbox.close()
        try? FileManager.default.removeItem(atPath: directory)
    }

    struct Reply {
        var status: Int
        var object: [String: Any]
        var body: [UInt8]
        var answer: DoorAnswer
        var header: [String: Any] { object["header"] as? [String: Any] ?? [:] }
        var data: [String: Any] { object["data"] as? [String: Any] ?? [:] }
        var code: String { header["res_code"] as? String ?? "" }
        var words: String { header["res_msg"] as? String ?? "" }
        var details: [[String: Any]] { data["details"] as? [[String: Any]] ?? [] }
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    func ask(
        _ path: String, method: String = "POST", query: [String: String] = [:], headers: [String: String] = [:],
        body: [UInt8] = [], at now: Int64 = now
    ) async throws -> Reply {
        let route = axis.routes.first { $0.path == path && $0.method == method }
        guard let route else { throw NoRoute() }
        let answer = await route.handle(
            DoorRequest(receivedAt: now, method: method, path: path, query: query, headers: headers, body: body))
        let object = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
        return Reply(status: answer.status, object: object ?? [:], body: answer.body, answer: answer)
    }

    struct NoRoute: Error {}

    func logIn(_ username: String = "VSS", _ password: String = "bí mật", at now: Int64 = now) async throws -> String {
        let body = try JSONEncoder().encode(["username": username, "password": password])
        return try await ask("/api/auth/login", body: Array(body), at: now).data["token"] as? String ?? ""
    }

    func push(
        _ message: Sender.Message, token: String? = nil, path: String = records, serviceType: String? = "100",
        at now: Int64 = now
    ) async throws -> Reply {
        let bearer: String
        if let token { bearer = token } else { bearer = try await logIn(at: now) }
        var headers = ["authorization": "Bearer \(bearer)", "content-type": "application/json"]
        headers["service-type"] = serviceType
        return try await ask(path, headers: headers, body: Array(message.text.utf8), at: now)
    }

    func verdict(_ messageID: String, token: String? = nil, at now: Int64 = now) async throws -> Reply {
        let bearer: String
        if let token { bearer = token } else { bearer = try await logIn(at: now) }
        return try await ask(
            "/api/platform/verdict", method: "GET", query: ["ref_msg_id": messageID],
            headers: ["authorization": "Bearer \(bearer)"], at: now)
    }

    /// A sender with the key of an account.
    func sender(_ username: String = "VSS", senderID: String = "G12/VSS", kind: String = "sync_ehr") throws -> Sender {
        let text = try String(contentsOfFile: "\(directory)/keys/\(username).key.pem", encoding: .utf8)
        return Sender(
            key: try _RSA.Signing.PrivateKey(pemRepresentation: text), senderID: senderID, kind: kind)
    }

    /// The envelope that is shipped: ten visits at 01999.
    static func envelope() throws -> [UInt8] {
        var place = #filePath as NSString
        for _ in 0..<3 { place = place.deletingLastPathComponent as NSString }
        let path = place.appendingPathComponent("topology/people/visits.xml")
        return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// The envelope with its tables changed, and written into NOIDUNGFILE as the test wants.
    static func envelope(
        _ change: (String) -> String, write: (String) -> String = { Data($0.utf8).base64EncodedString() }
    ) throws -> [UInt8] {
        let text = String(decoding: try envelope(), as: UTF8.self)
        let parts = text.components(separatedBy: "<NOIDUNGFILE>").enumerated().map { index, part in
            guard index > 0, let end = part.range(of: "</NOIDUNGFILE>"),
                let inner = Data(base64Encoded: String(part[..<end.lowerBound]), options: .ignoreUnknownCharacters)
            else { return part }
            return write(change(String(decoding: inner, as: UTF8.self))) + part[end.lowerBound...]
        }
        return Array(parts.joined(separator: "<NOIDUNGFILE>").utf8)
    }
}

/// Keys that the tests of one process share.
enum SharedKeys {
    private static let directory: String = {
        let directory = NSTemporaryDirectory() + "axis-keys-\(UUID().uuidString)"
        let accounts = ["VSS", "BV", "SYT"].map {
            AxisAccount(username: $0, password: "", role: .department, senderID: "x")
        }
        _ = try? SenderKeys(accounts, directory: directory)
        return directory
    }()

    static func copy(to place: String) throws {
        guard !FileManager.default.fileExists(atPath: place) else { return }
        try FileManager.default.copyItem(atPath: directory, toPath: place)
    }
}
