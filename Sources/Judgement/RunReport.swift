public import PartyRuntime
public import Supervision

/// What came of a run: for `--report`, for the table at the end, and for the exit code.
public typealias RunReport = ScenarioReport<RunDetails>

extension RunReport {
    /// Whether the run ended as it should, the conservation law holds, and all assertions do.
    public var holds: Bool {
        details.ending.isReached && details.conservation.holds && assertions.allSatisfy(\.holds)
    }
}

/// What a run on processes tells beside its figures.
public struct RunDetails: Sendable, Codable {
    /// How the run ended.
    public var ending: RunEnding
    /// Whether all programs had been started.
    public var hasBegun: Bool
    /// Why it was cut off, in words; nil where it was not.
    public var failure: String?
    /// Parties that somebody else ran: nothing is known of them but what the others received; nil where there were none.
    public var outside: [String]?
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
    /// What each of them leaves on the disk.
    public var disk: [DiskUse]
    /// Whether nothing was lost and nothing came twice.
    public var conservation: ConservationReport
    /// The auditor's log; nil where no auditor ran.
    public var auditor: AuditorFigures?
    /// Parties that showed two histories, and who caught them.
    public var splitViews: [SplitViewReport]
}

/// What the auditor of a run has written down.
public struct AuditorFigures: Sendable, Codable, Equatable {
    /// Leaves of its log.
    public var leaves: Int64
    /// Root of the tree over them, 64 hexadecimal digits. It depends on the order in which records came.
    public var root: String
}

/// The conservation law: submitted = shared + refused + pending + withdrawn, at each party and across them.
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
        /// Records taken back by their facility.
        public var withdrawn: Int64
        /// Pending records held by an agreement.
        public var held: Int64
        /// Rows of its database by phase.
        public var rows: [String: Int64]
        /// Journal leaves.
        public var journalLeaves: Int64
        /// Messages that no party of the topology sent: no records, and in none of the other figures.
        public var strays: Int64
        /// Outbox chunks that the broker has not confirmed.
        public var unsentChunks: Int
    }
}
