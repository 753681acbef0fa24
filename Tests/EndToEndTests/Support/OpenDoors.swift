import DoorTestSupport
import Foundation
import ProgramTestSupport
import Testing

/// An exchange with doors and the ten patients that are shipped, and a hospital's system before it.
struct OpenDoors: Sendable {
    static let people = BuiltPrograms.topologyFolder + "/people"

    let exchange: Program
    let data: String
    let port: Int
    let password: String
    private let directory: TemporaryDirectory

    struct Session: Sendable {
        var access: String
        var identity: String
    }

    /// - Parameter route: Of the topologies that are shipped, by date; nil for the default.
    static func start(in directory: TemporaryDirectory, route: String? = nil) async throws -> OpenDoors {
        let data = directory.path + "/data"
        let exchange = try ProgramRun.start(
            "cycle",
            ["up", "--people", people + "/patients.csv", "--only-these-people", "--doors", "--data", data]
                + (route.map { ["--topology", "\(BuiltPrograms.topologyFolder)/\($0).yaml"] } ?? []),
            in: directory)
        _ = try await exchange.lines(with: "end it with")
        let lines = exchange.output.split(separator: "\n")
        let address = try #require(lines.first { $0.hasPrefix("doors http://127.0.0.1:") }, "\(exchange.output)")
        let account = try #require(lines.first { $0.contains("account THU_NGHIEM password ") })
        let mode = try FileManager.default.attributesOfItem(atPath: data + "/doors.json")[.posixPermissions] as? Int
        #expect(mode == 0o600)
        return OpenDoors(
            exchange: exchange, data: data, port: try #require(address.split(separator: ":").last.flatMap { Int($0) }),
            password: String(account.split(separator: " ")[4]), directory: directory)
    }

    /// Runs one of the scripts that speak to doors, written from public texts alone, and reads the line of JSON that it prints.
    func run(_ script: String, _ arguments: [String]) async throws -> [String: Any] {
        let folder = (BuiltPrograms.topologyFolder as NSString).deletingLastPathComponent + "/scripts/conformance/"
        let program = try Program(
            "/usr/bin/python3", ["-B", folder + script, "--door", "http://127.0.0.1:\(port)"] + arguments, in: directory
        )
        let run = await program.finish()
        #expect(run.code == 0, "\(run.errors)")
        return (try? JSONSerialization.jsonObject(with: Data(run.output.utf8))) as? [String: Any] ?? [:]
    }

    /// Watches the list of a dialect until all of it is green.
    func checklist(_ dialect: String, timeout: Int = 120, _ more: [String] = []) throws -> Program {
        try ProgramRun.start(
            "cycle",
            [
                "conformance", "his", "--door", "http://127.0.0.1:\(port)", "--dialect", dialect, "--timeout",
                "\(timeout)",
            ] + more, in: directory)
    }

    /// The lists of all that the log shows.
    func watched(_ more: [String]) async throws -> ProgramRun {
        try await ProgramRun.of(
            "cycle", ["conformance", "his", "--door", "http://127.0.0.1:\(port)"] + more, in: directory)
    }

    /// What doors.json says of an account of MoH's axis: options of a sender.
    func axisOptions(_ username: String) throws -> [String] {
        let account = try #require(try accounts("moh-axis").first { $0["username"] as? String == username })
        let key = try #require(account["privateKeyFile"] as? String)
        let mode = try FileManager.default.attributesOfItem(atPath: key)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        return [
            "--username", username, "--password", account["password"] as? String ?? "", "--sender-id",
            account["senderID"] as? String ?? "", "--key", key, "--axis-key",
            (key as NSString).deletingLastPathComponent + "/axis.pub.pem",
        ]
    }

    /// The accounts of a dialect in doors.json.
    func accounts(_ dialect: String) throws -> [[String: Any]] {
        let file = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: data + "/doors.json")))
        let dialects = (file as? [String: Any])?["dialects"] as? [String: Any]
        return (dialects?[dialect] as? [String: Any])?["accounts"] as? [[String: Any]] ?? []
    }

    /// Name and password of the portal's test account.
    var portalOptions: [String] { ["--username", "THU_NGHIEM", "--password", password] }

    func end() async throws {
        let down = try await ProgramRun.of("cycle", ["down", "--data", data], in: directory)
        #expect(down.output == "stopped\n")
        #expect(await exchange.finish().code == 0)
    }

    func logIn() async throws -> Session {
        let answer = try await HTTPExchange.ask(
            "/api/token/take", port: port, headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: Array("username=THU_NGHIEM&password=\(MD5Text.upper(password))".utf8))
        guard let reply = answer else { throw NoReply() }
        let key = try #require(reply.object["APIKey"] as? [String: Any], "\(reply.body)")
        return Session(access: key["access_token"] as? String ?? "", identity: key["id_token"] as? String ?? "")
    }

    /// After the doors were started again: who connects before they listen is refused, and tries again.
    func logInAgain() async throws -> Session {
        let deadline = ContinuousClock.now + .seconds(20)
        while true {
            do {
                return try await logIn()
            } catch {
                guard ContinuousClock.now < deadline else { throw error }
                await Task.yield()
            }
        }
    }

    func submit(
        _ file: [UInt8], _ session: Session, call: String = "guiHoSoXmlQD3176", kind: String = "130"
    ) async throws -> HTTPReply {
        let base64 = Data(file).base64EncodedString().replacingOccurrences(of: "+", with: "%2B")
        let body = "username=THU_NGHIEM&loaiHoSo=\(kind)&maTinh=01&maCSKCB=01999&fileHSBase64=\(base64)"
        let reply = try await HTTPExchange.ask(
            "/api/qd130/\(call)", port: port,
            headers: [
                "accessToken": session.access, "tokenId": session.identity, "passwordHash": MD5Text.upper(password),
                "Content-Type": "application/x-www-form-urlencoded",
            ], body: Array(body.utf8))
        guard let reply else { throw NoReply() }
        return reply
    }

    /// Checks a patient in.
    func checkIn(_ session: Session) async throws -> HTTPReply {
        let fields = [
            ("MA_LK", "CI1"), ("STT", "1"), ("MA_BN", "BN1"), ("HO_TEN", "PHẠM VĂN SỐ CŨ"),
            ("NGAY_SINH", "197502110000"),
            ("GIOI_TINH", "1"), ("MA_THE_BHYT", "GD4010000000103"), ("MA_DOITUONG_KCB", "1.1"),
            ("NGAY_VAO", "202611180800"), ("MA_LOAI_KCB", "01"), ("MA_CSKCB", "01999"), ("NGAY_YL", "202611180810"),
        ].map { "<\($0.0)>\($0.1)</\($0.0)>" }.joined()
        let file = """
            <CHI_TIEU_TRANG_THAI_KCB><DSACH_TRANG_THAI_KCB><TRANG_THAI_KCB>\(fields)</TRANG_THAI_KCB>\
            </DSACH_TRANG_THAI_KCB><CHUKYDONVI/></CHI_TIEU_TRANG_THAI_KCB>
            """
        return try await submit(Array(file.utf8), session, call: "checkInKcbQd3176", kind: "0")
    }

    /// The connection ended before there was one.
    struct NoReply: Error {}

    func lookUp(_ transaction: String, _ session: Session) async throws -> HTTPReply {
        try await ask("/api/egw/nhanChiTietLoiHS", ["maGiaoDich": transaction], session)
    }

    func check(
        _ card: String, _ name: String, _ birth: String, _ session: Session, officer: String = "001199000001"
    ) async throws -> HTTPReply {
        try await ask(
            "/api/egw/KQNhanLichSuKCB2024",
            ["maThe": card, "hoTen": name, "ngaySinh": birth, "hoTenCb": "Nguyễn Thị Quầy", "cccdCb": officer], session)
    }

    private func ask(_ path: String, _ body: [String: String], _ session: Session) async throws -> HTTPReply {
        let query =
            "token=\(session.access)&id_token=\(session.identity)&username=THU_NGHIEM&password=\(MD5Text.upper(password))"
        let reply = try await HTTPExchange.ask(
            "\(path)?\(query)", port: port, headers: ["Content-Type": "application/json"],
            body: Array(try JSONEncoder().encode(body)))
        return try #require(reply)
    }

    /// The envelope with other MA_LK.
    static func renamed(_ text: String, _ prefix: String) -> [UInt8] {
        let parts = text.components(separatedBy: "<NOIDUNGFILE>").enumerated().map { index, part in
            guard index > 0, let end = part.range(of: "</NOIDUNGFILE>"),
                let inner = Data(base64Encoded: String(part[..<end.lowerBound]), options: .ignoreUnknownCharacters)
            else { return part }
            let table = String(decoding: inner, as: UTF8.self).replacingOccurrences(of: "PX00", with: prefix)
            return Data(table.utf8).base64EncodedString() + part[end.lowerBound...]
        }
        return Array(parts.joined(separator: "<NOIDUNGFILE>").utf8)
    }
}
