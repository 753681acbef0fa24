import NIOSSL

/// TLS for the listener, from the certificate and key that the configuration names.
enum TransportSecurity {
    /// `nil` where connections are plain.
    static func context(of configuration: BrokerConfiguration) throws(BrokerError) -> NIOSSLContext? {
        switch (configuration.certificateFile, configuration.privateKeyFile) {
        case (nil, nil): return nil
        case (let certificate?, let key?):
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
        default:
            throw BrokerError(.configuration, "TLS needs both a certificate file and a private key file")
        }
    }
}
