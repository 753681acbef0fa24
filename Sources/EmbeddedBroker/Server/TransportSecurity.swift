import NIOCore

#if TLS
    import NIOSSL
#endif

/// TLS for the listener, from the certificate and key that the configuration names.
///
/// NIOSSL brings a copy of BoringSSL, by far the largest thing to build. So it is part of the program only where the
/// package trait `TLS` is on (CONTRIBUTING.md, "Builds"); a build without it says so when TLS is asked for.
struct TransportSecurity: Sendable {
    #if TLS
        private let context: NIOSSLContext
    #endif

    /// What the configuration asks for; nil where connections are plain.
    init?(_ configuration: BrokerConfiguration) throws(BrokerError) {
        switch (configuration.certificateFile, configuration.privateKeyFile) {
        case (nil, nil): return nil
        case (let certificate?, let key?):
            #if TLS
                context = try Self.context(certificate: certificate, key: key)
            #else
                throw BrokerError(
                    .configuration,
                    "TLS with \(certificate) and \(key) is not in this build; build with: scripts/build release --traits TLS"
                )
            #endif
        default:
            throw BrokerError(.configuration, "TLS needs both a certificate file and a private key file")
        }
    }

    /// Puts TLS in front of what a connection reads and writes.
    func protect(_ channel: any Channel) throws {
        #if TLS
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
        #endif
    }

    #if TLS
        private static func context(certificate: String, key: String) throws(BrokerError) -> NIOSSLContext {
            do {
                let chain = try NIOSSLCertificate.fromPEMFile(certificate).map {
                    NIOSSLCertificateSource.certificate($0)
                }
                guard !chain.isEmpty else { throw BrokerError(.configuration, "no certificate in \(certificate)") }
                let privateKey = NIOSSLPrivateKeySource.privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
                var settings = TLSConfiguration.makeServerConfiguration(
                    certificateChain: chain, privateKey: privateKey)
                settings.minimumTLSVersion = .tlsv12
                return try NIOSSLContext(configuration: settings)
            } catch {
                throw BrokerError(
                    .configuration, "TLS with \(certificate) and \(key) does not work: \(error); both must be PEM files"
                )
            }
        }
    #endif
}
