import DoorHouse
import DoorTestSupport
import ExchangeSchema
import Foundation

@testable import ProvinceGateway

/// The gateway before a stand-in facility, called without HTTP.
final class ProvinceRig: Sendable {
    static let now: Int64 = 1_795_000_000_000
    static let sender = "8930000019991"
    static let push = "/api/v1/medical-record/ksk-lien-thong/kham-suc-khoe"

    let gateway: ProvinceGateway
    let facility: StandInFacility
    let inbox: StandInParty
    let directory: String

    init(
        _ change: (inout ProvinceSettings) -> Void = { _ in }, directory: String? = nil,
        facility: StandInFacility = StandInFacility()
    ) throws {
        var settings = ProvinceSettings()
        settings.accounts = [
            ProvinceAccount(username: "BV", password: "bí mật", senderID: Self.sender, facility: "01999"),
            ProvinceAccount(username: "TRAM", password: "trạm", senderID: "8930000010004"),
        ]
        change(&settings)
        self.facility = facility
        inbox = try StandInParty { facility.answer($0, $1) }
        self.directory = directory ?? NSTemporaryDirectory() + "province-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: self.directory, withIntermediateDirectories: true)
        var surroundings = ProvinceGateway.Surroundings(
            facility: [inbox.directory], store: self.directory + "/province.sqlite")
        surroundings.patience = .milliseconds(200)
        gateway = try ProvinceGateway(settings, surroundings)
    }

    func close(keeping isKept: Bool = false) {
        inbox.close()
        if !isKept { try? FileManager.default.removeItem(atPath: directory) }
    }

    struct Reply {
        var status: Int
        var object: [String: Any]
        var answer: DoorAnswer
        func text(_ name: String) -> String { object[name] as? String ?? "" }
        func number(_ name: String) -> Int { object[name] as? Int ?? -1 }
        var records: [[String: Any]] { object["dsHoSo"] as? [[String: Any]] ?? [] }
    }

    struct NoRoute: Error {}

    func ask(
        _ path: String, method: String = "POST", query: [String: String] = [:], headers: [String: String] = [:],
        body: [UInt8] = [], at now: Int64 = now
    ) async throws -> Reply {
        guard let route = gateway.routes.first(where: { $0.path == path && $0.method == method }) else {
            throw NoRoute()
        }
        let answer = await route.handle(
            DoorRequest(receivedAt: now, method: method, path: path, query: query, headers: headers, body: body))
        let object = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
        return Reply(status: answer.status, object: object ?? [:], answer: answer)
    }

    func logIn(
        _ username: String = "BV", _ password: String = "bí mật", path: String = "/api/v1/resource/authentication/login"
    ) async throws -> Reply {
        let body = try JSONEncoder().encode(["username": username, "password": password])
        return try await ask(path, body: Array(body))
    }

    func bearer(_ username: String = "BV", _ password: String = "bí mật") async throws -> [String: String] {
        ["authorization": "Bearer \(try await logIn(username, password).text("access_token"))"]
    }

    static func messageID(_ number: Int = 1, sender: String = sender) -> String {
        let digits = "\(number)"
        return sender + "261129" + String(repeating: "0", count: 32 - digits.count) + digits
    }

    static func header(_ change: (inout [String: Any]) -> Void = { _ in }) -> [String: Any] {
        var header: [String: Any] = [
            "version": "1.0", "sender_id": sender, "receiver_id": "VTS", "txn_type": "sync_checkup",
            "msg_id": messageID(), "msg_type": "101", "data_type": "xml/base64", "send_datetime": now,
        ]
        change(&header)
        return header
    }

    /// Pushes a file as JSON.
    func push(
        _ file: [UInt8], _ change: (inout [String: Any]) -> Void = { _ in }, at now: Int64 = now
    ) async throws -> Reply {
        let message: [String: Any] = [
            "header": Self.header(change), "data": ["content": Data(file).base64EncodedString()],
        ]
        let body = try JSONSerialization.data(withJSONObject: message)
        var headers = try await bearer()
        headers["content-type"] = "application/json"
        return try await ask(Self.push, headers: headers, body: Array(body), at: now)
    }

    /// Pushes parts of a form.
    func push(
        parts: [(String, [UInt8])], _ change: (inout [String: Any]) -> Void = { _ in }
    ) async throws -> Reply {
        var headers = try await bearer()
        headers["content-type"] = "multipart/form-data; boundary=\"x-1\""
        return try await ask(Self.push, headers: headers, body: Self.multipart(parts, change))
    }

    static func multipart(_ parts: [(String, [UInt8])], _ change: (inout [String: Any]) -> Void) throws -> [UInt8] {
        let header = Array(try JSONSerialization.data(withJSONObject: Self.header(change)))
        var body: [UInt8] = []
        for (name, bytes) in [("header", header)] + parts {
            body += Array("--x-1\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n".utf8) + bytes
            body += [0x0D, 0x0A]
        }
        return body + Array("--x-1--\r\n".utf8)
    }

    func lookUp(_ transaction: String, username: String = "BV", _ password: String = "bí mật") async throws -> Reply {
        try await ask(
            "/api/v1/medical-record/ksk-lien-thong/giao-dich", method: "GET", query: ["maGiaoDich": transaction],
            headers: try await bearer(username, password))
    }

    /// Waits until nothing is being handed on.
    func settled() async { await gateway.push.forwarder.settled() }

    /// The envelope that is shipped: six health checks at 01999.
    static func envelope(_ change: (String) -> String = { $0 }) throws -> [UInt8] {
        var place = #filePath as NSString
        for _ in 0..<3 { place = place.deletingLastPathComponent as NSString }
        let path = place.appendingPathComponent("topology/people/checkups.xml")
        return Array(change(try String(contentsOfFile: path, encoding: .utf8)).utf8)
    }
}
