import DoorTestSupport
import Foundation
import ProgramTestSupport
import Testing

/// A hospital's system at the doors, and the checklist that turns green while it works.
@Suite struct HISConformanceTests {
    @Test func theChecklistTurnsGreen() async throws {
        try await ExchangeSlots.run { directory in
            let doors = try await OpenDoors.start(in: directory)
            let list = try ProgramRun.start(
                "cycle",
                [
                    "conformance", "his", "--door", "http://127.0.0.1:\(doors.port)", "--account", "THU_NGHIEM",
                    "--timeout", "120", "--junit", directory.path + "/his.xml",
                ], in: directory)
            let session = try await doors.logIn()
            _ = try await list.lines(with: "green  his.token")
            let text = try String(contentsOfFile: OpenDoors.people + "/visits.xml", encoding: .utf8)
            let reply = try await doors.submit(Array(text.utf8), session)
            #expect(reply.status == 200, "\(reply.body)")
            #expect(try await doors.submit(Array(text.utf8), session).text("maGiaoDich") == reply.text("maGiaoDich"))
            // The facility knows the same visits, and tells when all have an outcome.
            _ = try await ProgramRun.of(
                "facility", ["submit", OpenDoors.people + "/visits.xml", "--data", doors.data, "--wait", "60"],
                in: directory)
            _ = try await doors.lookUp(reply.text("maGiaoDich"), session)
            _ = try await list.lines(with: "green  his.looked-up")
            #expect(!list.output.contains("green  his.corrected"), "\(list.output)")
            _ = try await doors.submit(OpenDoors.renamed(text, "PY00"), session)
            _ = try await doors.check("GD4010000000103", "Phạm Văn Số Cũ", "11/02/1975", session)
            #expect(try await doors.checkIn(session).text("maKetQua") == "200")
            let end = await list.finish()
            #expect(end.code == 0, "\(list.output)\(list.errors)")
            #expect(list.output.contains("9 cases, 9 passed, 0 failed"), "\(list.output)")
            #expect(
                try String(contentsOfFile: directory.path + "/his.xml", encoding: .utf8).contains("his.one-reading"))
            let account = try ProgramRun.start(
                "cycle",
                [
                    "conformance", "his", "--door", "http://127.0.0.1:\(doors.port)", "--account", "NOBODY",
                    "--timeout", "1",
                ], in: directory)
            #expect(await account.finish().code == 1)
            #expect(account.output.contains("FAIL  his.token"), "\(account.output)")
            try await Self.province(doors)
            try await Self.wrongSender(doors)
            try await doors.end()
        }
    }

    /// Before a province's gateway: all of its list by a client from the dispatch alone.
    private static func province(_ doors: OpenDoors) async throws {
        let account = try #require(try doors.accounts("province-gateway").first { $0["facility"] != nil })
        let list = try doors.checklist("province-gateway")
        let result = try await doors.run(
            "province.py",
            [
                "--username", account["username"] as? String ?? "", "--password", account["password"] as? String ?? "",
                "--sender-id", account["senderID"] as? String ?? "", "--wait", "60", OpenDoors.people + "/checkups.xml",
            ])
        #expect(result["records"] as? Int == 6 && result["refused"] as? Int == 4, "\(result)")
        let watched = await list.finish()
        #expect(watched.code == 0 && watched.output.contains("8 cases, 8 passed"), "\(watched.output)")
    }

    /// A sender to the axis that changes nothing it has sent and asks for no verdict: these lines stay open, and no others. The
    /// list is that of what its account has used.
    private static func wrongSender(_ doors: OpenDoors) async throws {
        _ = try await doors.run(
            "axis.py",
            try doors.axisOptions("VSS_TEST") + ["--keep", doors.data + "/kept.json", OpenDoors.people + "/visits.xml"])
        let list = try await doors.watched(["--account", "VSS_TEST", "--timeout", "1"])
        #expect(list.code == 1 && list.output.contains("route moh-axis: 8 cases"), "\(list.output)")
        let failed = list.output.split(separator: "\n").filter { $0.hasPrefix("FAIL") }.map {
            $0.split(separator: " ")[1]
        }
        #expect(
            Set(failed) == [
                "axis.sent-again", "axis.new-version", "axis.verdict", "axis.signed", "axis.one-reading",
                "axis.no-numbers-in-query",
            ], "\(list.output)")
    }
}
