import DoorTestSupport
import Foundation
import ProgramTestSupport
import Supervision
import Testing

/// A province in front of the ministry, in a whole exchange: what comes is stored, goes round, and is looked up until it is done.
@Suite struct ProvinceTests {
    private static let gateway = "/api/v1/medical-record/ksk-lien-thong"
    private static let sender = "8930000019991"

    private static func login(_ doors: OpenDoors) async throws -> [String: String] {
        let file = try JSONSerialization.jsonObject(
            with: Data(contentsOf: URL(fileURLWithPath: doors.data + "/doors.json")))
        let dialects = (file as? [String: Any])?["dialects"] as? [String: Any]
        let accounts = (dialects?["province-gateway"] as? [String: Any])?["accounts"] as? [[String: Any]] ?? []
        let account = try #require(accounts.first { $0["senderID"] as? String == sender })
        let words = ["username", "password"].map { ($0, account[$0] as? String ?? "") }
        let body = try JSONEncoder().encode(Dictionary(uniqueKeysWithValues: words))
        let answer = try await HTTPExchange.ask(
            "/api/v1/resource/authentication/login", port: doors.port, headers: ["Content-Type": "application/json"],
            body: Array(body))
        let reply = try #require(answer)
        return ["Authorization": "Bearer \(reply.text("access_token"))"]
    }

    private static func push(
        _ file: Data, _ doors: OpenDoors, _ bearer: [String: String]
    ) async throws -> HTTPReply? {
        let header: [String: Any] = [
            "version": "1.0", "sender_id": sender, "receiver_id": "VTS", "txn_type": "sync_checkup",
            "msg_id": sender + "261129" + "4f0c2f0e8d5e4b7f9b0a6c1d2e3f4a5b", "msg_type": "101",
            "data_type": "xml/base64", "send_datetime": 1_795_000_000_000,
        ]
        let message: [String: Any] = ["header": header, "data": ["content": file.base64EncodedString()]]
        let body = try JSONSerialization.data(withJSONObject: message)
        return try await HTTPExchange.ask(
            "\(gateway)/kham-suc-khoe", port: doors.port,
            headers: bearer.merging(["Content-Type": "application/json"]) { first, _ in first }, body: Array(body))
    }

    @Test(arguments: ["2024-04", "2026-07"]) func healthChecksGoRoundAndAreLookedUp(route: String) async throws {
        try await ExchangeSlots.run { directory in
            let doors = try await OpenDoors.start(in: directory, route: route)
            let bearer = try await Self.login(doors)
            let file = try Data(contentsOf: URL(fileURLWithPath: OpenDoors.people + "/checkups.xml"))
            let reply = try #require(try await Self.push(file, doors, bearer))
            #expect(reply.status == 200 && reply.object["status"] as? Int == 200, "\(reply.body)")
            #expect(reply.headers["x-hoc-tracking-id"]?.hasPrefix("HOC-") == true)
            // The doors' process dies; what it has answered stands.
            let process = try #require(try ExchangeLayout(doors.data).record()?.processes["doors"])
            kill(process, SIGKILL)
            _ = try await FileWatch.value("the doors are back", in: doors.data, of: [doors.exchange]) {
                let running = try ExchangeLayout(doors.data).record()?.processes["doors"]
                return running != nil && running != process ? running : nil
            }
            _ = try await doors.logInAgain()
            let renewed = try await Self.login(doors)
            let again = try #require(try await Self.push(file, doors, renewed))
            #expect(again.text("maGiaoDich") == reply.text("maGiaoDich"), "\(again.body)")
            // The facility knows the same checks, and tells when all have an outcome.
            let awaited = try await ProgramRun.of(
                "facility",
                [
                    "checkup", OpenDoors.people + "/checkups.xml", "--facility", "01999", "--data", doors.data,
                    "--wait",
                    "60",
                ], in: directory)
            #expect(awaited.output.contains("6 sound health checks: 2 shared, 4 refused"), "\(awaited.output)")
            let found = try #require(
                try await HTTPExchange.ask(
                    "GET", "\(Self.gateway)/giao-dich?maGiaoDich=\(reply.text("maGiaoDich"))", port: doors.port,
                    headers: renewed))
            #expect(found.text("trangThai") == "Thành công 1 phần", "\(found.body)")
            #expect(found.object["soThanhCong"] as? Int == 2 && found.object["soLoi"] as? Int == 4, "\(found.body)")
            let records = found.object["dsHoSo"] as? [[String: Any]] ?? []
            #expect(records.allSatisfy { $0["lan_gui"] as? Int == 1 }, "sent once")
            #expect(Set(records.compactMap { $0["byt_res_code"] as? String }).count == 3, "\(found.body)")
            try await doors.end()
            let log = try String(contentsOfFile: doors.data + "/logs/doors.log", encoding: .utf8)
            #expect(!log.contains(" error ") && !log.contains("001180000101"), "\(log)")
        }
    }
}
