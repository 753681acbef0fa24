import ArgumentParser
import Composition
import Supervision

/// Over which broker an exchange runs, and how its programs log in there.
struct BrokerChoice: ParsableArguments {
    @Option(help: "A broker that runs already, HOST:PORT; several separated by commas; without it one is started.")
    var bootstrapServers: String?

    @Option(help: "Settings to log in there: a file of librdkafka settings, or a folder with NAME.properties for each.")
    var kafkaConfig: String?

    @Flag(help: "Secure the own broker: a user with a random password for each party, rules from the topology.")
    var secure = false

    @Option(
        help: "With --secure: the PEM file of the broker's certificate, for 127.0.0.1; connections are then by TLS.")
    var tlsCertificate: String?

    @Option(help: "With --secure: the PEM file of the certificate's private key.")
    var tlsKey: String?

    @Option(help: "With --secure: the PEM file of the authority that clients trust; by default the certificate.")
    var tlsAuthority: String?

    func validate() throws {
        if let bootstrapServers {
            try BrokerOptions(bootstrapServers: bootstrapServers).validate()
            if secure { throw ValidationError("--secure is for an own broker; leave out --bootstrap-servers") }
        } else if kafkaConfig != nil {
            throw ValidationError("--kafka-config is for a broker of yours: it needs --bootstrap-servers")
        }
        if (tlsCertificate == nil) != (tlsKey == nil) {
            throw ValidationError("--tls-certificate and --tls-key go together")
        }
        if !secure, tlsCertificate != nil || tlsAuthority != nil {
            throw ValidationError("--tls-certificate, --tls-key and --tls-authority need --secure")
        }
        if tlsAuthority != nil, tlsCertificate == nil {
            throw ValidationError("--tls-authority needs --tls-certificate")
        }
    }

    /// How the own broker is secured; nil when it is not.
    var security: BrokerSecurity? {
        secure ? BrokerSecurity(certificate: tlsCertificate, key: tlsKey, authority: tlsAuthority) : nil
    }
}
