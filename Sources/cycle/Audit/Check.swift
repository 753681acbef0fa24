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

    @Flag(help: "As JSON.")
    var json = false

    func run() throws {
        let report = try ProgramFailure.reported(by: "cycle audit check") {
            let report = try PackageFile(package).check(keys: keys)
            print(json ? String(decoding: try report.json, as: UTF8.self) : report.text)
            return report
        }
        if !report.holds { throw ExitCode(1) }
    }
}
