import BrokerFuzz
import Foundation
import NIOCore
import NIOPosix
import Testing

@testable import EmbeddedBroker

/// Users, logins and rules.
@Suite struct SecurityTests {
    private func bytes(_ text: String) -> WireValue { .bytes(Array(text.utf8)) }

    /// The published example: RFC 7677, section 3.
    @Test func theExampleOfTheStandardComesOut() throws {
        let salt = Array(try #require(Data(base64Encoded: "W22ZaJ0SNY7soEsUEjb6gQ==")))
        var users = UserDirectory()
        users.set("user", ScramCredential(password: "pencil", salt: salt, iterations: 4_096))
        var exchange = ScramExchange(users: users, nonce: "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0", fakeSaltKey: [1])
        #expect(
            exchange.challenge("n,,n=user,r=rOprNGfwEbeRWgbNEkqO")
                == "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")
        let proof =
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
        let outcome = exchange.verify(proof)
        #expect(outcome?.name == "user")
        #expect(outcome?.reply == "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")
        #expect(exchange.verify(proof.replacingOccurrences(of: "dHzb", with: "dHzc")) == nil)
    }

    @Test(arguments: ["", "x", "n,,", "n,,n=user", "p=tls-unique,,n=user,r=a", "n,a=other,n=user,r=a", "n,,n=a=b,r=c"])
    func aFirstMessageThatIsNoneIsRefused(message: String) {
        var exchange = ScramExchange(users: UserDirectory(), nonce: "n", fakeSaltKey: [1])
        #expect(exchange.challenge(message) == nil)
    }

    @Test func anUnknownNameIsAskedLikeAnyOther() {
        func challenge(_ name: String) -> String? {
            var exchange = ScramExchange(users: UserDirectory(), nonce: "n", fakeSaltKey: [1])
            return exchange.challenge("n,,n=\(name),r=a")
        }
        #expect(challenge("x") != nil)
        #expect(challenge("x") == challenge("x"))
        #expect(challenge("x") != challenge("y"))
    }

    @Test func theFileOfUsersHoldsNoPasswordAndBelongsToItsOwner() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/users"
        try BrokerUsers.set("a", password: "hidden", in: path)
        try BrokerUsers.set("b", password: "hidden", in: path)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(!text.contains("hidden") && text.split(separator: "\n").count == 2)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try UserDirectory(path: path).credentials["a"]?.matches("hidden") == true)
        #expect(try UserDirectory(path: path).credentials["b"]?.matches("other") == false)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect(throws: BrokerError.self) { try UserDirectory(path: path) }
        for (name, password) in [("", "x"), ("a b", "x"), ("a", ""), ("a:b", "x")] {
            #expect(throws: BrokerError.self) { try BrokerUsers.set(name, password: password, in: path) }
        }
    }

    @Test func rulesAllowWhatTheySayAndNothingElse() throws {
        let lines = [
            "# a comment", "a read topic in.*", "a write,create topic out", "* read group shared", "b all cluster",
        ]
        let rules = try AccessRules(lines: lines.map { $0[...] }, source: "test")
        #expect(rules.allows("a", .read, .topic("in.1")))
        #expect(rules.allows("a", .describe, .topic("in.1")))
        #expect(!rules.allows("a", .write, .topic("in.1")))
        #expect(rules.allows("a", .create, .topic("out")) && !rules.allows("a", .create, .topic("out2")))
        #expect(rules.allows("anybody", .read, .group("shared")) && !rules.allows("a", .read, .group("own")))
        #expect(rules.allows("b", .alter, .cluster) && !rules.allows("b", .read, .topic("in.1")))
        #expect(rules.writesAnything("a") && !rules.writesAnything("b"))
        for line in ["a", "a read", "a read topic", "a fly topic x", "a read topic x y", "a read cluster x"] {
            #expect(throws: BrokerError.self) { try AccessRules(lines: [line[...]], source: "test") }
        }
    }

    @Test func nothingIsAnsweredBeforeALogin() async throws {
        let secured = try SecuredBroker()
        try await withBroker(secured.directory, secured.settings) { broker in
            let client = try ProbeConnection(port: broker.port)
            #expect(try client.ask(18, 3, [:])["error"] == 0)
            #expect(throws: WireProblem.self) { try client.ask(3, 9, ["topics": .list(nil)]) }
            let large = try ProbeConnection(port: broker.port)
            try large.send(ByteBuffer(integer: Int32(1_000_000)))
            #expect(try large.receiveFrame() == nil, "a large request from a stranger is not waited for")
        }
    }

    @Test func aWrongMechanismAndAWrongTokenAreAnsweredAndEnd() async throws {
        let secured = try SecuredBroker()
        try await withBroker(secured.directory, secured.settings) { broker in
            let client = try ProbeConnection(port: broker.port)
            let reply = try client.ask(17, 1, ["mechanism": "GSSAPI"])
            #expect(reply["error"] == .integer(Int64(ErrorCode.unsupportedSaslMechanism.rawValue)))
            #expect(reply["mechanisms"]?.items == ["PLAIN", "SCRAM-SHA-256"])
            #expect(try client.receiveFrame() == nil)
            for version in Int16(0)...2 {
                let other = try ProbeConnection(port: broker.port)
                _ = try other.ask(17, 1, ["mechanism": "PLAIN"])
                let refused = try other.ask(36, version, ["token": bytes("\0admin\0wrong")])
                #expect(refused["error"] == .integer(Int64(ErrorCode.saslAuthenticationFailed.rawValue)))
                #expect(try other.receiveFrame() == nil)
            }
        }
    }

    /// The oldest clients send their tokens without a request around them.
    @Test func bareTokensOfOldClientsAreUnderstood() async throws {
        let secured = try SecuredBroker()
        try await withBroker(secured.directory, secured.settings) { broker in
            let client = try ProbeConnection(port: broker.port)
            #expect(try client.ask(17, 0, ["mechanism": "PLAIN"])["error"] == 0)
            let token = "\0admin\0right horse"
            var frame = ByteBuffer(integer: Int32(token.utf8.count))
            frame.writeString(token)
            try client.send(frame)
            #expect(try client.receiveFrame()?.readableBytes == 0)
            #expect(try client.ask(3, 1, ["topics": .list(nil)])["brokers"]?.items.count == 1)
        }
    }

    @Test func everyRefusalHasKafkasCode() async throws {
        let secured = try SecuredBroker()
        try await withBroker(secured.directory, secured.settings) { broker in
            let client = try ProbeConnection(port: broker.port)
            _ = try client.ask(17, 1, ["mechanism": "PLAIN"])
            #expect(try client.ask(36, 1, ["token": bytes("\0reader\0small secret")])["error"] == 0)
            let batch = SampleBatch().bytes
            let topic = WireValue.integer(Int64(ErrorCode.topicAuthorizationFailed.rawValue))
            let group = WireValue.integer(Int64(ErrorCode.groupAuthorizationFailed.rawValue))
            for api in [APIKey.produce, .fetch, .listOffsets, .deleteRecords, .offsetForLeaderEpoch] {
                // By name, as a client asks that does not know the topic's number.
                let version = api == .fetch ? 12 : api.versions.upperBound
                let reply = try client.ask(
                    api.rawValue, version, SampleRequests.values(of: api, topic: "closed", batch: batch))
                #expect(reply["topics"]?.items.first?["partitions"]?.items.first?["error"] == topic, "\(api)")
            }
            for (api, list) in [
                (APIKey.createTopics, "topics"), (.deleteTopics, "topics"), (.metadata, "topics"),
                (.createPartitions, "results"), (.incrementalAlterConfigs, "results"), (.describeConfigs, "results"),
            ] {
                let values = SampleRequests.values(of: api, topic: "closed", batch: batch)
                let reply = try client.ask(api.rawValue, api.versions.upperBound, values)
                #expect(reply[list]?.items.first?["error"] == topic, "\(api)")
            }
            for api in [APIKey.joinGroup, .syncGroup, .heartbeat, .leaveGroup, .offsetDelete] {
                let values = SampleRequests.values(of: api, topic: "closed", batch: batch)
                #expect(try client.ask(api.rawValue, api.versions.upperBound, values)["error"] == group, "\(api)")
            }
            #expect(try client.ask(10, 3, ["key": "group"])["error"] == group)
            #expect(
                try client.ask(22, 4, [:])["error"] == .integer(Int64(ErrorCode.clusterAuthorizationFailed.rawValue)))
        }
    }

    @Test func listeningBeyondThisMachineMustBeAskedFor() async throws {
        let directory = try TemporaryDirectory()
        var settings = BrokerConfiguration(dataDirectory: directory.data)
        settings.host = "0.0.0.0"
        #expect(throws: BrokerError.self) { try settings.check() }
        settings.allowsAnonymousRemoteClients = true
        try settings.check()
        settings.allowsAnonymousRemoteClients = false
        settings.usersFile = "users"
        try settings.check()
        for host in ["127.0.0.1", "localhost", "::1", "127.1.2.3"] { #expect(BrokerConfiguration.isLoopback(host)) }
        for host in ["0.0.0.0", "::", "10.0.0.1", "127.example.org"] { #expect(!BrokerConfiguration.isLoopback(host)) }
    }
}
