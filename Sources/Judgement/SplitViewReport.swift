import Journal
import PartyStore
import TransparencyLog

/// A party that showed two histories of its journal.
public struct SplitViewReport: Sendable, Codable, Equatable {
    /// Its name.
    public var party: String
    /// Both histories, in words: sizes and roots.
    public var histories: String
    /// The parties that noticed.
    public var caughtBy: [String]

    /// Gathers what the parties of a stopped exchange have found.
    /// - Parameter found: What each party keeps, by its name.
    static func gather(_ found: [FoundSplitView]) -> [SplitViewReport] {
        Dictionary(grouping: found, by: \.view.bytes).values.compactMap { same in
            guard let view = same.first?.view else { return nil }
            let party = view.origin.string.split(separator: "/").last.map(String.init) ?? view.origin.string
            return SplitViewReport(
                party: party, histories: "\(view)", caughtBy: Set(same.map(\.finder)).sorted())
        }.sorted { ($0.party, $0.histories) < ($1.party, $1.histories) }
    }

    /// One line for people.
    var line: String { "\(party) was caught by \(caughtBy.joined(separator: ", ")): \(histories)" }
}
