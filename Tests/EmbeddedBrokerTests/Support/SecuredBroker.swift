import Foundation
import Testing

@testable import EmbeddedBroker

/// Users, rules and a certificate for a broker that does not let everybody in. All of it is made for the test.
struct SecuredBroker {
    let directory: TemporaryDirectory
    var users: String { directory.path + "/users" }
    var rules: String { directory.path + "/rules" }

    static let rulesText = """
        # principal operations resource name
        admin  all          topic   *
        admin  all          group   *
        admin  all          cluster
        reader read         topic   open
        reader read         group   open-*
        reader read         group   reader
        """

    init() throws {
        directory = try TemporaryDirectory()
        try BrokerUsers.set("admin", password: "right horse", in: users)
        try BrokerUsers.set("reader", password: "small secret", in: users)
        try PrivateFile.replace(rules, with: Self.rulesText)
    }

    func settings(_ settings: inout BrokerConfiguration) {
        settings.usersFile = users
        settings.rulesFile = rules
    }

    /// A certificate for 127.0.0.1, signed by itself.
    func makeCertificate() async throws -> (chain: String, key: String) {
        let (chain, key) = (directory.path + "/chain.pem", directory.path + "/key.pem")
        let end = try await Child(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout", key,
                "-out", chain,
            ]
        ).wait()
        try #require(end.status == 0, "\(end.errors)")
        return (chain, key)
    }
}
