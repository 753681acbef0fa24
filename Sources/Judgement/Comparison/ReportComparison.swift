public import Foundation
import Supervision

/// What two reports do not say alike.
public struct ReportComparison: Sendable, Codable {
    /// One thing that differs.
    public struct Difference: Sendable, Codable, Equatable {
        /// What it is, by the name that assertions use where they can name it.
        public var name: String
        /// What the first report says; nil where it says nothing of it.
        public var first: String?
        /// What the second report says; likewise.
        public var second: String?
        /// Second by first, of two numbers above zero.
        public var ratio: Double?
    }

    /// Of what came out: counts, assertions, hops, roots and digest of simulations.
    public var outcome: [Difference]
    /// Of what was measured: times, speed, memory, disk, and the roots of logs that processes wrote.
    public var measured: [Difference]

    /// Compares two reports. Of a run and a simulation, what only one of them can tell is left out.
    public init(_ first: ComparedReport, _ second: ComparedReport) {
        let areOfOneHost = first.measured.isEmpty == second.measured.isEmpty
        outcome = Self.differences(first.outcome, second.outcome, onlyCommon: !areOfOneHost)
        measured = areOfOneHost ? Self.differences(first.measured, second.measured, onlyCommon: false) : []
    }

    /// Whether the same came out.
    public var isSame: Bool { outcome.isEmpty }

    private static func differences(
        _ first: [ComparedReport.Item], _ second: [ComparedReport.Item], onlyCommon: Bool
    ) -> [Difference] {
        // A name may stand several times, as of findings: all of them are one value.
        let firstValues = Dictionary(grouping: first, by: \.name).mapValues { $0.map(\.value).joined(separator: "; ") }
        let secondValues = Dictionary(grouping: second, by: \.name).mapValues {
            $0.map(\.value).joined(separator: "; ")
        }
        var seen: Set<String> = []
        return (first + second).map(\.name).filter { seen.insert($0).inserted }.compactMap { name in
            let (one, other) = (firstValues[name], secondValues[name])
            guard one != other, !onlyCommon || (one != nil && other != nil) else { return nil }
            return Difference(name: name, first: one, second: other, ratio: name == "seed" ? nil : ratio(one, other))
        }
    }

    private static func ratio(_ first: String?, _ second: String?) -> Double? {
        guard let first = first.flatMap(Double.init), let second = second.flatMap(Double.init), first > 0, second > 0
        else { return nil }
        return second / first
    }

    /// For people: what came out differently, and then what was measured.
    public var text: String {
        var parts: [String] = []
        if outcome.isEmpty {
            parts.append("the same came out of both")
        } else {
            parts.append(Self.table("came out differently", outcome))
        }
        if !measured.isEmpty { parts.append(Self.table("measured", measured)) }
        return parts.joined(separator: "\n\n")
    }

    private static func table(_ head: String, _ differences: [Difference]) -> String {
        TextTable.text(
            [[head, "first", "second", "second/first"]]
                + differences.map { difference in
                    [
                        difference.name, difference.first ?? "-", difference.second ?? "-",
                        difference.ratio.map { String(format: "%.3f", $0) } ?? "",
                    ]
                })
    }

    /// JSON, keys sorted.
    public var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self)
        }
    }
}
