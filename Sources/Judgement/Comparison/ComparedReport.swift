public import Composition
import Foundation
import PartyRuntime
import Supervision

/// A report that `--report` wrote, as one of two that are compared: what came out, which is the same again where scenario,
/// seed and number of visits are, and what was measured, which never is quite the same.
public struct ComparedReport: Sendable {
    /// What a report says under one name.
    struct Item: Sendable, Equatable {
        var name: String
        var value: String
    }

    /// What came out.
    let outcome: [Item]
    /// What was measured.
    let measured: [Item]

    /// Reads a file.
    /// - Throws: ``ProgramFailure`` when it cannot be read, or is no report of `cycle run` or `cycle simulate`.
    public init(path: String) throws(ProgramFailure) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ProgramFailure("cannot read \(path)")
        }
        let decoder = JSONDecoder()
        if let report = try? decoder.decode(RunReport.self, from: data) {
            self.init(report)
        } else if let report = try? decoder.decode(SimulationReport.self, from: data) {
            self.init(report)
        } else {
            throw ProgramFailure(
                "\(path) is no report of this version; cycle run and cycle simulate write one with --report FILE")
        }
    }

    init(_ report: RunReport) {
        let details = report.details
        var outcome = report.figures.items + report.assertions.map(\.item)
        outcome.append(Item(name: "ending", value: details.ending.rawValue))
        outcome += details.hops.map { Item(name: "hop.\($0.topic).count", value: String($0.count)) }
        outcome += details.conservation.violations.map { Item(name: "conservation", value: $0) }
        outcome += details.splitViews.map { Item(name: "two histories of \($0.party)", value: $0.histories) }
        self.outcome = outcome
        var measured = [
            Item(name: "elapsedSeconds", value: Self.decimal(details.elapsedSeconds)),
            Item(name: "cyclesPerSecond", value: Self.decimal(details.cyclesPerSecond)),
        ]
        if let first = details.firstCycleSeconds {
            measured.append(Item(name: "firstCycleSeconds", value: Self.decimal(first)))
        }
        for hop in details.hops where hop.count > 0 {
            measured.append(Item(name: "hop.\(hop.topic).p50Milliseconds", value: Self.decimal(hop.p50Milliseconds)))
            measured.append(Item(name: "hop.\(hop.topic).p99Milliseconds", value: Self.decimal(hop.p99Milliseconds)))
        }
        for process in details.processes {
            measured.append(
                Item(name: "\(process.name).processorSeconds", value: Self.decimal(process.processorSeconds)))
            measured.append(Item(name: "\(process.name).peakResidentBytes", value: String(process.peakResidentBytes)))
            measured.append(Item(name: "\(process.name).restarts", value: String(process.restarts)))
        }
        measured += details.disk.map { Item(name: "\($0.name).diskBytes", value: String($0.bytes)) }
        // The order in which messages came is part of a log, and on processes it is chance.
        measured += report.figures.rootItems
        self.measured = measured
    }

    init(_ report: SimulationReport) {
        let details = report.details
        var outcome = report.figures.items + report.assertions.map(\.item) + report.figures.rootItems
        outcome += details.consumed.sorted { $0.key < $1.key }.map {
            Item(name: "hop.\($0.key).count", value: String($0.value))
        }
        if let failure = details.failure { outcome.append(Item(name: "broke off", value: failure)) }
        outcome += details.violations.map { Item(name: "conservation", value: $0) }
        outcome.append(Item(name: "digest of all effects", value: details.digest))
        outcome.append(Item(name: "virtualSeconds", value: Self.decimal(details.virtualSeconds)))
        self.outcome = outcome
        measured = []
    }

    private static func decimal(_ value: Double) -> String { String(format: "%.3f", value) }
}

extension AssertionReport {
    fileprivate var item: ComparedReport.Item { .init(name: "assertion \(text)", value: holds ? "holds" : "fails") }
}

extension ScenarioFigures {
    fileprivate var items: [ComparedReport.Item] {
        let counts: [(String, Int64)] = [
            ("records", records), ("submitted", submitted), ("shared", shared), ("refused", refused),
            ("pending", pending), ("withdrawn", withdrawn), ("held", held), ("resubmitted", resubmitted),
            ("corrected", corrected), ("amended", amended), ("refusedAmendments", refusedAmendments),
            ("wrongMatches", wrongMatches), ("duplicatesIgnored", duplicatesIgnored),
            ("duplicatesApplied", duplicatesApplied), ("deadLetters", deadLetters), ("changes", changes),
            ("handedOver", handedOver),
        ]
        return [.init(name: "scenario", value: scenario), .init(name: "seed", value: String(seed))]
            + counts.map { .init(name: $0.0, value: String($0.1)) }
            + refusedByReason.sorted { $0.key < $1.key }.map {
                .init(name: "refused.\($0.key)", value: String($0.value))
            }
    }

    fileprivate var rootItems: [ComparedReport.Item] {
        roots.sorted { $0.key < $1.key }.map { .init(name: "root.\($0.key)", value: $0.value) }
    }
}
