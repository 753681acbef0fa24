#if DOORS
    import ArgumentParser
    import Composition
    import EnvelopeSignature
    import ExchangeSchema
    import Foundation
    import ProgramStart
    import Supervision

    /// `cycle keys make facility`: a key pair that the stand-ins of this exchange accept.
    struct MakeKeys: ParsableCommand {
        /// Who can have keys.
        enum Holder: String, ExpressibleByArgument, CaseIterable {
            case facility
        }

        static let configuration = CommandConfiguration(
            commandName: "make",
            abstract: "Make a key and a certificate for a facility.",
            discussion: """
                CODE.key (only you may read it) and CODE.crt, both PEM. Files that are there are never written over. The \
                authority that issues the certificate lies in the exchange's directory and is made with the first key.
                """)

        @Argument(help: "Who it is for: facility.")
        var holder: Holder

        @Argument(help: "MA_CSKCB of the facility.")
        var code: String

        @Option(name: [.customShort("o"), .customLong("output")], help: "The directory for both files.")
        var output = "."

        @Option(help: "The data directory of the exchange.")
        var data = ExchangeLayout.defaultDirectory

        func validate() throws {
            guard (try? FacilityCode(parsing: code)) != nil else {
                throw ValidationError(
                    "\(PrintableText.escaped(code)) is no MA_CSKCB: five digits, of which the first two are a province")
            }
        }

        func run() throws {
            try ProgramFailure.reported(by: "cycle keys make") {
                let (key, certificate) = ("\(output)/\(code).key", "\(output)/\(code).crt")
                for path in [key, certificate] where FileManager.default.fileExists(atPath: path) {
                    throw ProgramFailure("\(path) is there already; name another directory with -o")
                }
                let authority = try FacilityAuthority.kept(
                    in: ExchangeLayout(data).authorityDirectory, now: Date())
                try authority.issue(facilityCode: code, now: Date()).write(key: key, certificate: certificate)
                try StandardOutput.say("\(key) and \(certificate): a key for facility \(code), valid for a year")
            }
        }
    }
#endif
