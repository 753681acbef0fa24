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
            With --of or --citizen-file only what was about one person: the records that came under the number, the person's \
            shared history, and searches that found nothing.
            """)

    @OptionGroup var data: DataOptions

    @Option(help: "Only what was about this citizen, 12 digits.")
    var of: String?

    @Option(help: ArgumentHelp("The file that has the number; - for standard input.", valueName: "path"))
    var citizenFile: String?

    @Flag(help: "As JSON.")
    var json = false

    private struct Line: Encodable {
        var leaf: Int64
        var entry: AccessEntry
        var knownBy: ListedAccess.Proof
    }

    func validate() throws {
        if of != nil, citizenFile != nil {
            throw ValidationError("give the citizen number, or --citizen-file, and not both")
        }
    }

    func run() throws {
        try ProgramFailure.reported(by: "cycle audit") {
            let citizen =
                of == nil && citizenFile == nil
                ? nil : try CitizenNumberSource(argument: of, file: citizenFile).read()
            let entries = try ExchangeEvidence(layout: data.layout).listedAccesses(of: citizen)
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
