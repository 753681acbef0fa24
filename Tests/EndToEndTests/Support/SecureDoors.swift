import DoorTestSupport
import Foundation
import ProgramTestSupport
import Supervision
import Testing

/// The doors of an exchange that rests, by themselves and by TLS: logins need no party.
struct SecureDoors {
    let data: String
    let directory: TemporaryDirectory
    private var certificate: String { directory.path + "/doors.pem" }

    /// A certificate for 127.0.0.1 by openssl, which is its own root, and the same in doors.json.
    func prepare() async throws {
        let made = await
            (try Program(
                "/usr/bin/env",
                [
                    "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-days", "2",
                    "-subj", "/CN=doors", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
                    directory.path + "/doors.key",
                    "-out", certificate,
                ], in: directory)).finish()
        #expect(made.code == 0, "\(made.errors)")
        try setTLS(certificate: certificate)
    }

    /// What doors.json says of TLS; port 0, so that nobody waits for the port of before.
    func setTLS(certificate: String) throws {
        let url = URL(fileURLWithPath: data + "/doors.json")
        var file = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
        file["tls"] = ["certificate": certificate, "key": directory.path + "/doors.key"]
        file["port"] = 0
        try JSONSerialization.data(withJSONObject: file).write(to: url)
    }

    /// Logs in at the portal over HTTPS with the certificate as the only root, and without it; then by plain HTTP.
    func logIn(_ password: String) async throws {
        let doors = try ProgramRun.start(
            "doors", ["--data", data, "--ready-file", directory.path + "/ready"], in: directory)
        let address = try await doors.lines(with: "\n", in: directory.path + "/ready").trimmingCharacters(in: .newlines)
        let port = try #require(address.split(separator: ":").last.flatMap { Int($0) })
        #expect(address == "https://127.0.0.1:\(port)")
        let file = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: data + "/doors.json")))
        #expect((file as? [String: Any])?["address"] as? String == address, "doors.json says https")
        let body = "username=THU_NGHIEM&password=\(MD5Text.upper(password))"
        let trusted = try await post(body, to: address, roots: certificate)
        #expect(trusted.code == 0 && trusted.output.contains("access_token"), "\(trusted.output)\(trusted.errors)")
        let stranger = try await post(body, to: address, roots: "")
        #expect(stranger.code != 0 && stranger.errors.contains("CERTIFICATE_VERIFY_FAILED"), "\(stranger.errors)")
        #expect(try await HTTPExchange.ask("GET", "/health/live", port: port) == nil, "plain HTTP is cut off")
        let checklist = try await ProgramRun.of("cycle", ["conformance", "his", "--door", address], in: directory)
        #expect(checklist.code != 0 && checklist.errors.contains("is HTTPS"), "\(checklist.errors)")
        doors.send(SIGTERM)
        #expect(await doors.finish().code == 0)
        let log = doors.errors
        #expect(!log.contains(" error "), "\(log)")
    }

    /// Files that are no certificate, or not there.
    func expectRefusals() async throws {
        for (wrong, words) in [
            (directory.path + "/none.pem", "cannot use the certificate"), (data + "/doors.json", "PEM"),
        ] {
            try setTLS(certificate: wrong)
            let run = try await ProgramRun.of("doors", ["--data", data], in: directory)
            #expect(
                run.code == 2 && run.errors.contains(words) && run.errors.contains("take it out for plain HTTP"),
                "\(run.errors)")
        }
    }

    private func post(_ body: String, to address: String, roots: String) async throws -> ProgramRun {
        let script = """
            import ssl, sys, urllib.request
            roots = ssl.create_default_context(cafile=sys.argv[1] or None)
            head = {"Content-Type": "application/x-www-form-urlencoded"}
            asked = urllib.request.Request(sys.argv[2] + "/api/token/take", sys.argv[3].encode(), head)
            print(urllib.request.urlopen(asked, context=roots, timeout=30).read().decode())
            """
        return await (try Program("/usr/bin/python3", ["-c", script, roots, address, body], in: directory)).finish()
    }
}
