import ArgumentParser
import Composition
import Foundation
import Operations
import PartyStore
import Registers

/// Lists what people did.
struct ListAccess: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access", abstract: "List who looked, when, at what, and why, and how it is known who they are.",
        discussion: """
            With --of, --citizen-file or --ask only what was about one person: the records that came under the number, the person's \
            shared history, and searches that found nothing.
            """)

    @OptionGroup var data: DataOptions

    @OptionGroup var vault: VaultOption

    @Option(help: "Only what was about this citizen, 12 digits.")
    var of: String?

    @Option(help: ArgumentHelp("The file that has the number; - for standard input.", valueName: "path"))
    var citizenFile: String?

    @Flag(help: "Ask for the number of the citizen at the terminal.")
    var ask = false

    @Flag(help: "As JSON.")
    var json = false

    private struct Line: Encodable {
        var leaf: Int64
        var entry: AccessEntry
        var knownBy: ListedAccess.Proof
    }

    private var number: CitizenNumberSource { CitizenNumberSource(argument: of, file: citizenFile) }

    private var isOfOne: Bool { ask || of != nil || citizenFile != nil }

    func validate() throws {
        if ask, of != nil || citizenFile != nil {
            throw ValidationError("--ask asks for the citizen number: give none")
        }
        if isOfOne, let problem = number.problem("the citizen number as --of") { throw ValidationError(problem) }
    }

    func run() throws {
        try ProgramFailure.reported(by: "cycle audit") {
            let citizen = isOfOne ? try number.read() : nil
            let entries = try ExchangeEvidence(layout: data.layout(vault)).listedAccesses(of: citizen)
            if json {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
                let lines = entries.map { Line(leaf: $0.leaf, entry: $0.entry, knownBy: $0.proof) }
                print(String(decoding: try encoder.encode(lines), as: UTF8.self))
                return
            }
            let formatter = ISO8601DateFormatter()
            for listed in entries {
                let entry = listed.entry
                let time = formatter.string(from: Date(timeIntervalSince1970: Double(entry.time) / 1_000))
                let order = entry.order.map { ", order \($0)" } ?? ""
                print(
                    "\(time)  \(entry.who)  \(entry.action)  \(entry.subject)  (\(entry.purpose)\(order))  leaf \(listed.leaf)"
                        + "  [\(listed.proof.text)]")
            }
            if entries.isEmpty { print(citizen == nil ? "nobody has looked" : "nobody has looked at this citizen") }
        }
    }
}
