import ArgumentParser
import Composition
import Foundation
import Operations
import PartyStore

/// Lists what people did.
struct ListAccess: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access", abstract: "List who looked, when, at what, and why.")

    @OptionGroup var data: DataOptions

    @Flag(help: "As JSON.")
    var json = false

    private struct Line: Encodable {
        var leaf: Int64
        var entry: AccessEntry
    }

    func run() throws {
        try ProgramFailure.reported(by: "cycle audit") {
            let entries = try ExchangeEvidence(layout: data.layout).accesses()
            if json {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
                let lines = entries.map { Line(leaf: $0.leaf, entry: $0.entry) }
                print(String(decoding: try encoder.encode(lines), as: UTF8.self))
                return
            }
            let formatter = ISO8601DateFormatter()
            for (leaf, entry) in entries {
                let time = formatter.string(from: Date(timeIntervalSince1970: Double(entry.time) / 1_000))
                let order = entry.order.map { ", order \($0)" } ?? ""
                print(
                    "\(time)  \(entry.who)  \(entry.action)  \(entry.subject)  (\(entry.purpose)\(order))  leaf \(leaf)"
                )
            }
            if entries.isEmpty { print("nobody has looked") }
        }
    }
}
