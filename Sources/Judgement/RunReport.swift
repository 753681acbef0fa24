public import Foundation
public import PartyRuntime
public import Supervision

/// What came of a run: for `--report`, for the table at the end, and for the exit code.
public struct RunReport: Sendable, Codable {
    /// Name of the scenario.
    public var scenario: String
    /// Its seed.
    public var seed: UInt64
    /// Visits it asked for.
    public var records: Int64
    /// How the run ended.
    public var ending: RunEnding
    /// Parties that somebody else ran: nothing is known of them but what the others received; nil where there were none.
    public var outside: [String]?
    /// Visits submitted; resubmissions are not counted again.
    public var submitted: Int64
    /// Visits in the book of a locality.
    public var shared: Int64
    /// Visits whose last answer is a refusal.
    public var refused: Int64
    /// Visits without an outcome.
    public var pending: Int64
    /// Pending visits that an agreement holds.
    public var held: Int64
    /// Refused visits by code.
    public var refusedByReason: [String: Int64]
    /// Resubmissions after a refusal.
    public var resubmitted: Int64
    /// Visits shared after a resubmission.
    public var corrected: Int64
    /// Visits shared into the book of another person, by the known truth.
    public var wrongMatches: Int64
    /// Copies without a second effect, at all parties.
    public var duplicatesIgnored: Int64
    /// Effects beyond the one that a record may have, counted from journals and rows.
    public var duplicatesApplied: Int64
    /// Messages put into dead-letter topics.
    public var deadLetters: Int64
    /// From the first submission to the last change at any party, seconds.
    public var elapsedSeconds: Double
    /// Visits shared or refused, by `elapsedSeconds`.
    public var cyclesPerSecond: Double
    /// From the start of the program to the first book entry at a locality, seconds; nil when there was none.
    public var firstCycleSeconds: Double?
    /// Messages consumed from each topic, and how long they took.
    public var hops: [HopReport]
    /// What each program used.
    public var processes: [ProcessReport]
    /// Whether nothing was lost and nothing came twice.
    public var conservation: ConservationReport
    /// Root of the tree over each party's journal, 64 hexadecimal digits.
    public var roots: [String: String]
    /// The auditor's log; nil where no auditor ran.
    public var auditor: AuditorFigures?
    /// The scenario's assertions.
    public var assertions: [AssertionReport]
    /// Parties that showed two histories, and who caught them.
    public var splitViews: [SplitViewReport] = []

    /// Whether the run ended as it should, the conservation law holds, and all assertions do.
    public var holds: Bool { ending.isReached && conservation.holds && assertions.allSatisfy(\.holds) }
}

/// What the auditor of a run has written down.
public struct AuditorFigures: Sendable, Codable, Equatable {
    /// Leaves of its log.
    public var leaves: Int64
    /// Root of the tree over them, 64 hexadecimal digits. It depends on the order in which records came.
    public var root: String
}

/// The conservation law: submitted = shared + refused + pending, at each party and across them.
public struct ConservationReport: Sendable, Codable, Equatable {
    /// Whether it holds everywhere.
    public var holds: Bool
    /// What does not agree, in words; empty when it holds.
    public var violations: [String]
    /// Each party's figures.
    public var parties: [PartyFigures]

    /// One party's figures, from its ledger and from its rows.
    public struct PartyFigures: Sendable, Codable, Equatable {
        /// Name in the topology.
        public var party: String
        /// Distinct records received or submitted.
        public var submitted: Int64
        /// Records passed on.
        public var shared: Int64
        /// Records refused.
        public var refused: Int64
        /// Records without a decision.
        public var pending: Int64
        /// Pending records held by an agreement.
        public var held: Int64
        /// Rows of its database by phase.
        public var rows: [String: Int64]
        /// Journal leaves.
        public var journalLeaves: Int64
        /// Messages without readable attributes, which have no row.
        public var headless: Int64
        /// Outbox chunks that the broker has not confirmed.
        public var unsentChunks: Int
    }
}

/// An assertion and what came of it.
public struct AssertionReport: Sendable, Codable, Equatable {
    /// As written in the scenario.
    public var text: String
    /// Whether it holds.
    public var holds: Bool
    /// Value of the left side; nil when there is no such figure.
    public var left: Double?
    /// Value of the right side.
    public var right: Double?
    /// The figure that does not exist.
    public var unknownFigure: String?
}

extension RunReport {
    /// JSON, keys sorted.
    public var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self)
        }
    }
}
