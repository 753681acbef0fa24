import KafkaClient
import Testing

@testable import PartyRuntime

/// What a refused login means for a person, by what is known of the client library.
@Suite struct RefusalTextTests {
    private func settings(_ mechanism: String) -> KafkaSettings {
        var settings = KafkaSettings(bootstrapServers: "kafka1:9092")
        settings.extra = ["sasl.mechanism": mechanism, "sasl.username": "moh"]
        return settings
    }

    @Test(arguments: ["SCRAM-SHA-256", "SCRAM-SHA-512", "scram-sha-256"])
    func scramWithAnOldLibraryIsNamed(mechanism: String) {
        let text = settings(mechanism).refusedLogin(by: .init(2, 0, 2))
        #expect(text.contains("librdkafka 2.0.2"))
        #expect(text.contains("2.6.1"))
        #expect(text.contains("PLAIN over TLS"))
    }

    @Test func otherwiseItIsNameOrPassword() {
        for text in [
            settings("SCRAM-SHA-256").refusedLogin(by: .init(2, 6, 1)),
            settings("SCRAM-SHA-256").refusedLogin(by: .init(2, 16, 0)),
            settings("PLAIN").refusedLogin(by: .init(2, 0, 2)),
        ] {
            #expect(!text.contains("librdkafka"))
            #expect(text.contains("check name and password"))
        }
    }

    @Test func whoHasACertificateIsNamedByIt() {
        var settings = KafkaSettings(bootstrapServers: "kafka1:9093")
        settings.extra = ["security.protocol": "SSL", "ssl.certificate.location": "moh.pem"]
        #expect(settings.user == "the holder of moh.pem")
    }
}
