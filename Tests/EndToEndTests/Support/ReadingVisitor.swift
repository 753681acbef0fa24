import DoorTestSupport
import Foundation
import ProgramTestSupport
import Supervision
import Testing

/// Somebody who reads in the reading room of an exchange that runs.
struct ReadingVisitor {
    let doors: OpenDoors
    let directory: TemporaryDirectory

    /// A department of another province, which the shipped accounts have none of.
    private static let stranger = ["username": "SYT_79", "password": "tỉnh khác", "province": "79"]

    /// Puts the stranger's account into doors.json and has the doors started again with it, at the same port.
    func addStranger() async throws {
        let path = URL(fileURLWithPath: doors.data + "/doors.json")
        var file = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: path)) as? [String: Any])
        var dialects = try #require(file["dialects"] as? [String: Any])
        var reading = try #require(dialects["reading"] as? [String: Any])
        reading["accounts"] = (reading["accounts"] as? [[String: Any]] ?? []) + [Self.stranger]
        dialects["reading"] = reading
        file["dialects"] = dialects
        try JSONSerialization.data(withJSONObject: file).write(to: path)
        let process = try #require(try ExchangeLayout(doors.data).record()?.processes["doors"])
        kill(process, SIGKILL)
        _ = try await FileWatch.value("the doors are back", in: doors.data, of: [doors.exchange]) {
            let running = try ExchangeLayout(doors.data).record()?.processes["doors"]
            return running != nil && running != process ? running : nil
        }
    }

    func ask(
        _ path: String, _ fields: [String: String], as username: String, accept: String = "application/json"
    ) async throws -> HTTPReply {
        let account = try #require(try doors.accounts("reading").first { $0["username"] as? String == username })
        let login = Data("\(username):\(account["password"] as? String ?? "")".utf8).base64EncodedString()
        var form = URLComponents()
        form.queryItems = fields.sorted { $0.key < $1.key }.map { URLQueryItem(name: $0.key, value: $0.value) }
        let reply = try await HTTPExchange.ask(
            "/reading/\(path)", port: doors.port,
            headers: [
                "Authorization": "Basic \(login)", "Accept": accept,
                "Content-Type": "application/x-www-form-urlencoded",
            ], body: Array((form.percentEncodedQuery ?? "").utf8))
        return try #require(reply)
    }

    /// JSON, page and what `cycle` prints are one report.
    private func expectOneReport(
        _ path: String, _ fields: [String: String], as username: String, _ command: [String]
    ) async throws {
        let file = directory.path + "/\(path).html"
        let printed = try await ProgramRun.of("cycle", command + ["--json", "--data", doors.data], in: directory)
        let written = try await ProgramRun.of("cycle", command + ["-o", file, "--data", doors.data], in: directory)
        #expect(printed.code == 0 && written.code == 0, "\(printed.errors)\(written.errors)")
        let json = try await ask(path, fields, as: username)
        #expect(json.status == 200 && json.headers["content-type"]?.hasPrefix("application/json") == true)
        #expect(json.body + "\n" == printed.output, "\(path): \(json.body)")
        let page = try await ask(path, fields, as: username, accept: "text/html")
        let shown = try String(contentsOfFile: file, encoding: .utf8)
        #expect(page.status == 200 && page.body == shown, "\(path)")
    }

    /// A province reads of its own warehouse and its own residents, the ministry of all.
    func expectRoom(about citizen: String, named name: String) async throws {
        let own = ["province": "01", "purpose": "đọc kho", "by": "facility"]
        try await expectOneReport("warehouse", own, as: "SYT_01", ["warehouse", "01", "report", "--by", "facility"])
        let department = ["province": "01", "purpose": "đọc báo cáo"]
        try await expectOneReport("department", department, as: "SYT_01", ["report", "department", "--province", "01"])
        let total = try await ask("warehouse", own, as: "SYT_01").object["total"] as? [String: Any]
        #expect((total?["visits"] as? Int ?? 0) > 0, "\(total ?? [:])")
        for account in ["SYT_01", "BO_Y_TE"] {
            let look = ["citizen": citizen, "purpose": "đọc sổ của \(account)", "officer": "CV. Lê C"]
            let book = try await ask("book", look, as: account)
            #expect(book.status == 200 && book.text("citizen") == citizen, "\(book.body)")
            let counts = ["visits", "vaccinations", "healthChecks"].map { (book.object[$0] as? [Any])?.count ?? 0 }
            #expect(counts == [2, 1, 1], "\(book.body)")
            let page = try await ask("book", look, as: account, accept: "text/html")
            #expect(page.status == 200 && page.body.contains(name), "\(page.body)")
        }
        #expect(try await ask("warehouse", own, as: "BO_Y_TE").status == 200)
        try await expectRefusals(citizen)
    }

    /// Each look of ``expectRoom(about:named:)`` stands in what `cycle audit access` prints.
    static func expectLooks(in access: String) {
        let lines = access.split(separator: "\n")
        for (action, reader, purpose) in [
            ("warehouse", "province 01", "đọc kho"), ("warehouse", "ministry", "đọc kho"),
            ("report", "province 01", "đọc báo cáo"), ("door", "province 01, CV. Lê C", "đọc sổ của SYT_01"),
            ("door", "ministry, CV. Lê C", "đọc sổ của BO_Y_TE"), ("door", "province 79", "đọc sổ nơi khác"),
        ] {
            #expect(
                lines.contains {
                    $0.contains("  \(action)  ") && $0.contains(reader) && $0.contains("(\(purpose))")
                }, "\(action) \(reader): \(access)")
        }
    }

    private func expectRefusals(_ citizen: String) async throws {
        let look = ["citizen": citizen, "purpose": "đọc sổ nơi khác"]
        for (path, fields, account, status, code) in [
            ("warehouse", ["province": "79", "purpose": "x"], "SYT_01", 403, "another-province"),
            ("department", ["province": "01", "purpose": "x"], "SYT_79", 403, "another-province"),
            ("book", look, "SYT_79", 403, "moh.not-its-patient"),
            ("book", ["citizen": citizen], "SYT_01", 400, "purpose-missing"),
        ] {
            let refused = try await ask(path, fields, as: account)
            #expect(refused.status == status && refused.text("code") == code, "\(path): \(refused.body)")
        }
    }
}
