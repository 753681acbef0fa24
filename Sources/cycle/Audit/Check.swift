import ArgumentParser
import Composition
import EvidencePackage
import Operations

/// Checks a package of evidence.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check a package of evidence, without the exchange it is from.",
        discussion: "Exit codes: 0 all holds; 1 something does not, and what and where; 2 it could not be checked.")

    @Argument(help: "The package.")
    var package: String

    @Option(help: "Public keys you trust, a file or a folder of *.pub; may be given several times.")
    var keys: [String] = []

    @OptionGroup var pinning: PinOption

    @Option(help: "By how many seconds the clocks of two parties may differ.")
    var skew = 60

    @Flag(help: "As JSON.")
    var json = false

    func validate() throws {
        guard (0...86_400).contains(skew) else { throw ValidationError("--skew takes 0 to 86400 seconds") }
    }

    func run() throws {
        let report = try ProgramFailure.reported(by: "cycle audit check") {
            let report = try PackageFile(package).check(keys: keys, pins: pinning.pins, skew: skew)
            print(json ? String(decoding: try report.json, as: UTF8.self) : report.text)
            return report
        }
        if !report.holds { throw ExitCode(1) }
    }
}
