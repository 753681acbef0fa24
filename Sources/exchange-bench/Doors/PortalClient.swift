import Crypto
import Foundation

/// Requests to the VSS portal, as bytes that are ready to be sent.
struct PortalClient: Sendable {
    /// What the portal answers to a login.
    private struct Tokens: Decodable {
        struct Key: Decodable {
            var access: String
            var identity: String

            enum CodingKeys: String, CodingKey {
                case access = "access_token"
                case identity = "id_token"
            }
        }

        var key: Key

        enum CodingKeys: String, CodingKey {
            case key = "APIKey"
        }
    }

    private let query: String
    private let headers: String
    private let username: String

    /// Logs in.
    /// - Throws: `BenchError` when the portal gives no token.
    init(_ doors: RunningDoors) throws {
        let password = Insecure.MD5.hash(data: Data(doors.password.utf8)).map { String(format: "%02X", $0) }.joined()
        let reply = try DoorConnection(port: doors.port).ask(
            Self.request(
                "/api/token/take", "Content-Type: application/x-www-form-urlencoded\r\n",
                Array("username=\(doors.username)&password=\(password)".utf8)))
        guard let key = try? JSONDecoder().decode(Tokens.self, from: Data(reply.body)).key else {
            throw BenchError("no token: \(String(decoding: reply.body, as: UTF8.self))")
        }
        username = doors.username
        headers = "accessToken: \(key.access)\r\ntokenId: \(key.identity)\r\npasswordHash: \(password)\r\n"
        query = "token=\(key.access)&id_token=\(key.identity)&username=\(doors.username)&password=\(password)"
    }

    /// A submission of an envelope of the facility 01999.
    func submission(_ envelope: [UInt8]) -> [UInt8] {
        let base64 = Data(envelope).base64EncodedString().replacing("+", with: "%2B")
        return Self.request(
            "/api/qd130/guiHoSoXmlQD3176", headers + "Content-Type: application/x-www-form-urlencoded\r\n",
            Array("username=\(username)&loaiHoSo=130&maTinh=01&maCSKCB=01999&fileHSBase64=\(base64)".utf8))
    }

    /// A question about the card of a person of the bench.
    func cardCheck(of person: BenchPerson) -> [UInt8] {
        let body = """
            {"maThe":"\(person.card)","hoTen":"\(person.name)","ngaySinh":"04/05/1980","hoTenCb":"Nguyễn Thị Quầy",\
            "cccdCb":"001199000001"}
            """
        return Self.request(
            "/api/egw/KQNhanLichSuKCB2024?\(query)", "Content-Type: application/json\r\n", Array(body.utf8))
    }

    private static func request(_ path: String, _ headers: String, _ body: [UInt8]) -> [UInt8] {
        Array("POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(headers)Content-Length: \(body.count)\r\n\r\n".utf8) + body
    }
}
