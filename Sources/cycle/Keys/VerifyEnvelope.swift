#if DOORS
    import ArgumentParser
    import Composition
    import EnvelopeSignature
    import Foundation
    import ProgramStart
    import Supervision

    /// `cycle keys verify`: who has signed an envelope.
    struct VerifyEnvelope: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Say whether the signature of an envelope holds, and whose it is.",
            discussion: "Exit codes: 0 it holds and this exchange knows whose it is; 1 it does not; 2 it could not run."
        )

        @Argument(help: "The envelope file.")
        var file: String

        @Option(help: "The data directory of the exchange.")
        var data = ExchangeLayout.defaultDirectory

        func run() throws {
            let isGood = try ProgramFailure.reported(by: "cycle keys verify") {
                guard let contents = FileManager.default.contents(atPath: file) else {
                    throw ProgramFailure("cannot read \(file); check that it exists and may be read")
                }
                let authority = try FacilityAuthority.existing(in: ExchangeLayout(data).authorityDirectory)
                switch try EnvelopeVerifier.verdict(on: Array(contents)) {
                case .missing:
                    try StandardOutput.say("\(file): CHUKYDONVI holds no signature")
                case .broken(let fault):
                    try StandardOutput.say("\(file): the signature does not hold: \(fault)")
                case .valid(let certificate):
                    guard let authority else {
                        throw ProgramFailure(
                            "no key was made in \(data) yet; cycle keys make facility CODE makes the first")
                    }
                    do {
                        let code = try authority.facilityCode(of: certificate, at: Date())
                        try StandardOutput.say("\(file): signed by facility \(code), and unchanged since")
                        return true
                    } catch let distrust as FacilityAuthority.Distrust {
                        try StandardOutput.say("\(file): unchanged since it was signed, but \(distrust)")
                    }
                }
                return false
            }
            if !isGood { throw ExitCode(1) }
        }
    }
#endif
