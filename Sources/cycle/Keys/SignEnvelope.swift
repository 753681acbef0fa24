#if DOORS
    import ArgumentParser
    import Composition
    import EnvelopeSignature
    import Foundation
    import ProgramStart

    /// `cycle keys sign`: signs an envelope as an organisation does.
    struct SignEnvelope: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sign",
            abstract: "Sign an envelope: an enveloped XML signature, RSA with SHA-256, in CHUKYDONVI.")

        @Argument(help: "The envelope file.")
        var file: String

        @Option(help: "The private key, PEM.")
        var key: String

        @Option(help: "Its certificate, PEM.")
        var certificate: String

        @Option(name: [.customShort("o"), .customLong("output")], help: "The file for the signed envelope.")
        var output: String

        func run() throws {
            try ProgramFailure.reported(by: "cycle keys sign") {
                let credentials = FacilityAuthority.Credentials(
                    key: String(decoding: try contents(key), as: UTF8.self),
                    certificate: String(decoding: try contents(certificate), as: UTF8.self))
                let signed: [UInt8]
                do {
                    signed = try EnvelopeSigner.sign(Array(try contents(file)), with: credentials)
                } catch let error as SignatureError {
                    throw ProgramFailure("\(file): \(error)")
                }
                try OutputFile(output).write(Data(signed))
            }
        }

        private func contents(_ path: String) throws -> Data {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw ProgramFailure("cannot read \(path); check that it exists and may be read")
            }
            return data
        }
    }
#endif
