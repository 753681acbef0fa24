import Crypto
import DoorDesk
import DoorHouse
import DoorTestSupport
import ExchangeSchema
import Foundation
import PartyCore

@testable import VSSPortal

/// The portal between a stand-in facility and a stand-in VSS, called without HTTP.
final class PortalRig: Sendable {
    static let now: Int64 = 1_795_000_000_000
    static let officer = PortalAccount.Officer(number: "001199000001", name: "NGUYỄN THỊ QUẦY")

    let portal: VSSPortal
    let facility = StandInFacility()
    let facilityInbox: StandInParty
    let vssInbox: StandInParty
    let store: String

    init(
        _ change: (inout PortalSettings) -> Void = { _ in }, store: String? = nil, authority: String? = nil,
        vss: @escaping @Sendable (CardQuestion) -> CardAnswer = { _ in CardAnswer() }
    ) throws {
        var settings = PortalSettings()
        settings.accounts = [
            PortalAccount(username: "BV", password: "mật khẩu", facility: "01999", officers: [Self.officer]),
            PortalAccount(username: "ANY", password: "any", facility: "*", officers: nil),
        ]
        change(&settings)
        let facility = facility
        facilityInbox = try StandInParty { facility.answer($0, $1) }
        vssInbox = try StandInParty { kind, payload in
            guard kind == .checkCards, let request = try? CheckCards(decoding: payload) else { return nil }
            var answers = CardAnswers()
            answers.answers = request.questions.map(vss)
            return answers.encoded
        }
        self.store = store ?? NSTemporaryDirectory() + "portal-\(UUID().uuidString).sqlite"
        var surroundings = VSSPortal.Surroundings(
            facility: [facilityInbox.directory], vss: [vssInbox.directory], store: self.store)
        surroundings.authority = authority
        surroundings.patience = .milliseconds(200)
        portal = try VSSPortal(settings, surroundings)
    }

    func close() {
        facilityInbox.close()
        vssInbox.close()
        for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: store + end) }
    }

    struct Reply {
        var status: Int
        var object: [String: Any]
        var body: [UInt8]
        var answer: DoorAnswer
        func text(_ name: String) -> String { object[name] as? String ?? "" }
        func list(_ name: String) -> [[String: Any]] { object[name] as? [[String: Any]] ?? [] }
        var code: String { text("maKetQua") }
    }

    func ask(
        _ path: String, query: [String: String] = [:], headers: [String: String] = [:], body: [UInt8],
        at now: Int64 = now
    ) async throws -> Reply {
        let route = portal.routes.first { $0.path == path }
        guard let route else { throw NoRoute() }
        let answer = await route.handle(
            DoorRequest(receivedAt: now, path: path, query: query, headers: headers, body: body))
        let object = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
        return Reply(status: answer.status, object: object ?? [:], body: answer.body, answer: answer)
    }

    struct NoRoute: Error {}

    static func md5(_ text: String) -> String {
        Data(Insecure.MD5.hash(data: Data(text.utf8))).hexadecimal.uppercased()
    }

    static func form(_ fields: [String: String]) -> [UInt8] {
        var allowed = CharacterSet.alphanumerics
        allowed.insert(charactersIn: "-._~")
        return Array(
            fields.map { "\($0.key)=\($0.value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")" }
                .joined(separator: "&").utf8)
    }

    struct Session {
        var access: String
        var identity: String
        var username: String
        var password: String
    }

    func logIn(_ username: String = "BV", _ password: String = "mật khẩu", at now: Int64 = now) async throws -> Session
    {
        let reply = try await ask(
            "/api/token/take", body: Self.form(["username": username, "password": Self.md5(password)]), at: now)
        let key = reply.object["APIKey"] as? [String: Any] ?? [:]
        return Session(
            access: key["access_token"] as? String ?? "", identity: key["id_token"] as? String ?? "",
            username: username, password: Self.md5(password))
    }

    func submit(
        _ file: [UInt8], _ session: Session, path: String = "/api/qd130/guiHoSoXmlQD3176", kind: String = "130",
        _ change: [String: String] = [:], at now: Int64 = now
    ) async throws -> Reply {
        var fields = [
            "username": session.username, "loaiHoSo": kind, "maTinh": "01", "maCSKCB": "01999",
            "fileHSBase64": Data(file).base64EncodedString(),
        ]
        fields.merge(change) { $1 }
        return try await ask(
            path,
            headers: ["accesstoken": session.access, "tokenid": session.identity, "passwordhash": session.password],
            body: Self.form(fields), at: now)
    }

    func query(_ session: Session) -> [String: String] {
        [
            "token": session.access, "id_token": session.identity, "username": session.username,
            "password": session.password,
        ]
    }

    func check(
        _ session: Session, _ change: [String: String] = [:], path: String = "/api/egw/KQNhanLichSuKCB2024",
        query changed: [String: String] = [:]
    ) async throws -> Reply {
        var body = [
            "maThe": "GD4010000000103", "hoTen": "Phạm Văn Số", "ngaySinh": "11/02/1975",
            "hoTenCb": Self.officer.name, "cccdCb": Self.officer.number,
        ]
        body.merge(change) { $1 }
        return try await ask(
            path, query: query(session).merging(changed) { $1 },
            headers: ["content-type": "application/json"], body: Array(try JSONEncoder().encode(body)))
    }

    /// The envelope that is shipped: ten visits at 01999.
    static func envelope() throws -> [UInt8] {
        var place = #filePath as NSString
        for _ in 0..<3 { place = place.deletingLastPathComponent as NSString }
        let path = place.appendingPathComponent("topology/people/visits.xml")
        return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }
}
