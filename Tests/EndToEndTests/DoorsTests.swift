import DoorTestSupport
import Foundation
import ProgramTestSupport
import Supervision
import Synchronization
import Testing

/// A whole exchange with doors: what a hospital's system sends by HTTP goes round, what is refused is told, and the doors may
/// die at any moment.
@Suite struct DoorsTests {
    @Test func whatComesByHTTPGoesRoundAndWhatIsRefusedIsTold() async throws {
        try await ExchangeSlots.run { directory in
            let doors = try await OpenDoors.start(in: directory)
            let session = try await doors.logIn()
            let file = try Data(contentsOf: URL(fileURLWithPath: OpenDoors.people + "/visits.xml"))
            let reply = try await doors.submit([UInt8](file), session)
            #expect(reply.status == 200 && reply.text("maKetQua") == "200", "\(reply.body)")
            // The facility knows the same visits, and tells when all have an outcome.
            let awaited = try await ProgramRun.of(
                "facility", ["submit", OpenDoors.people + "/visits.xml", "--data", doors.data, "--wait", "60"],
                in: directory)
            #expect(awaited.output.contains("10 sound visits: 5 shared, 5 refused"), "\(awaited.output)")
            let found = try await doors.lookUp(reply.text("maGiaoDich"), session)
            #expect(found.object["soHSThanhCong"] as? Int == 5 && found.object["soHSLoi"] as? Int == 5, "\(found.body)")
            let visits = found.object["dsHoSo"] as? [[String: Any]] ?? []
            let refused = visits.filter { $0["trangThai"] as? Int == 2 }.compactMap { $0["maLoi"] as? String }
            #expect(refused.contains("vss.010") && refused.contains { $0.hasPrefix("c06.") }, "\(refused)")
            #expect(visits.allSatisfy { $0["lanGui"] as? Int == 1 }, "sent once")
            try await cards(doors, session)
            let metrics = try #require(try await HTTPExchange.ask("GET", "/metrics", port: doors.port)).body
            #expect(metrics.contains("closed_cycle_records{party=\"moh\",state=\"shared\"} 5\n"), "\(metrics)")
            #expect(metrics.contains("closed_cycle_door_requests_total{dialect=\"vss-portal\",status=\"200\"}"))
            try await doors.end()
            let logs = try String(contentsOfFile: doors.data + "/logs/doors.log", encoding: .utf8)
            #expect(!logs.contains(" error ") && !logs.contains("GD4010000000103"), "\(logs)")
            // The same doors by TLS.
            let secure = SecureDoors(data: doors.data, directory: directory)
            try await secure.prepare()
            try await secure.logIn(doors.password)
            try await secure.expectRefusals()
        }
    }

    private func cards(_ doors: OpenDoors, _ session: OpenDoors.Session) async throws {
        let expected = [
            ("GD4010000000103", "Phạm Văn Số Cũ", "11/02/1975", "000"),
            ("GD4010000000103", "Phạm Văn Mới", "1975", "061"),
            ("GD4010000000103", "Ai Đó", "1975", "060"), ("GD4010000000103", "Phạm Văn Số Cũ", "1976", "070"),
            ("GD4019999999999", "Ai Đó", "1975", "050"), ("SV4010000000108", "Bùi Thị Hết Hạn", "21/03/1999", "010"),
        ]
        for (card, name, birth, code) in expected {
            let reply = try await doors.check(card, name, birth, session)
            #expect(reply.text("maKetQua") == code, "\(name): \(reply.body)")
        }
        let again = try await doors.check("GD4010000000103", "Phạm Văn Số Cũ", "11/02/1975", session)
        let inquiries = again.object["dsLichSuKT2018"] as? [[String: Any]] ?? []
        #expect(inquiries.compactMap { $0["maLoi"] as? String } == ["070", "060", "061", "000"], "\(again.body)")
        let visits = again.object["dsLichSuKCB2018"] as? [[String: Any]] ?? []
        #expect(visits.map { $0["maCSKCB"] as? String } == ["01999"], "\(again.body)")
        let wrong = try await doors.check("GD4010000000103", "Phạm Văn Số Cũ", "1975", session, officer: "001199000009")
        #expect(wrong.text("maKetQua") == "054")
    }

    @Test func doorsThatAreKilledAcceptOnceOrNotAtAll() async throws {
        try await ExchangeSlots.run { directory in
            let doors = try await OpenDoors.start(in: directory)
            let session = try await doors.logIn()
            let text = try String(contentsOfFile: OpenDoors.people + "/visits.xml", encoding: .utf8)
            let files = (0..<20).map { OpenDoors.renamed(text, "K\($0)X") }
            let process = try #require(try ExchangeLayout(doors.data).record()?.processes["doors"])
            let first = FirstAnswers()
            await withTaskGroup(of: Void.self) { group in
                for (number, file) in files.enumerated() {
                    group.addTask {
                        guard let reply = try? await doors.submit(file, session), reply.status == 200 else { return }
                        // In the midst of the others.
                        if first.note(reply.text("maGiaoDich"), of: number) == 3 { kill(process, SIGKILL) }
                    }
                }
            }
            let back = try await FileWatch.value("the doors are back", in: doors.data, of: [doors.exchange]) {
                let running = try ExchangeLayout(doors.data).record()?.processes["doors"]
                return running != nil && running != process ? running : nil
            }
            #expect(back != process)
            // The old tokens are gone with the process.
            let renewed = try await doors.logInAgain()
            for (number, file) in files.enumerated() {
                let reply = try await doors.submit(file, renewed)
                #expect(reply.text("maKetQua") == "200", "\(reply.body)")
                if let before = first[number] { #expect(reply.text("maGiaoDich") == before) }
                let found = try await doors.lookUp(reply.text("maGiaoDich"), renewed)
                let visits = found.object["dsHoSo"] as? [[String: Any]] ?? []
                #expect(visits.count == 10 && visits.allSatisfy { $0["lanGui"] as? Int == 1 }, "\(found.body)")
            }
            try await doors.end()
            // The law held at every batch, and each visit is one record.
            let status = try await ProgramRun.of("cycle", ["status", "--data", doors.data], in: directory)
            #expect(status.output.contains("200"), "\(status.output)")
        }
    }

    /// A facility that cannot send takes in nothing, and the portal says that it is to be sent again. What was said to be
    /// taken in goes round once, however often it was sent.
    @Test func whatIsSentWhileTheBrokerStandsStillIsTakenOnceOrToBeSentAgain() async throws {
        try await ExchangeSlots.run { directory in
            let doors = try await OpenDoors.start(in: directory)
            let session = try await doors.logIn()
            let broker = try #require(try ExchangeLayout(doors.data).record()?.processes["broker"])
            // The facility has begun its work: before, it waits for the broker itself.
            let text = try String(contentsOfFile: OpenDoors.people + "/visits.xml", encoding: .utf8)
            let before = try await doors.submit(OpenDoors.renamed(text, "B0X"), session)
            #expect(before.text("maKetQua") == "200", "\(before.body)")
            kill(broker, SIGSTOP)
            let file = try Data(contentsOf: URL(fileURLWithPath: OpenDoors.people + "/visits.xml"))
            let reply = try await doors.submit([UInt8](file), session)
            kill(broker, SIGCONT)
            if reply.text("maKetQua") != "200" {
                #expect(reply.status == 503 && reply.text("maKetQua") == "500", "\(reply.body)")
                #expect(reply.text("thongDiep").contains("hãy gửi lại sau"), "\(reply.body)")
            }
            let again = try await doors.submit([UInt8](file), session)
            #expect(again.text("maKetQua") == "200", "\(again.body)")
            let awaited = try await ProgramRun.of(
                "facility", ["submit", OpenDoors.people + "/visits.xml", "--data", doors.data, "--wait", "60"],
                in: directory)
            #expect(awaited.output.contains("10 sound visits: 5 shared, 5 refused"), "\(awaited.output)")
            try await doors.end()
        }
    }
}

/// maGiaoDich of the files that were answered before the doors were killed.
private final class FirstAnswers: Sendable {
    private let byFile = Mutex<[Int: String]>([:])

    /// - Returns: How many there are now.
    func note(_ transaction: String, of file: Int) -> Int {
        byFile.withLock { answers in
            answers[file] = transaction
            return answers.count
        }
    }

    subscript(file: Int) -> String? { byFile.withLock { $0[file] } }
}
