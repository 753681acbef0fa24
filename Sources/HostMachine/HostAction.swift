public import Journal
public import PartyCore

/// What a machine wants done, in this order. A shell performs each whole or not at all; when one fails, none of those
/// after it is performed, and the process ends: the next start goes on from the last commit.
public enum HostAction: Sendable {
    /// Make what was handled durable, with the changes of the state, in one transaction.
    case commit(HostCommit)
    /// Hand a message to the log. It is committed.
    case publish(Publication)
    /// Fetch a chunk from the store and hand it to the log again.
    case sendAgain(Int64)
    /// Tell whoever gave a command what came of it. It is committed.
    case answer(CommandReply)
    /// Say how the party stands.
    case report(HostReport)
    /// Write a line for people.
    case say(HostRemark)
    /// Wait a little for confirmations, and end.
    case finish

    /// What kind of action it is: for counting.
    public enum Kind: String, Sendable, CaseIterable {
        case commit, publish, sendAgain, answer, report, say, finish
    }

    /// What kind of action it is.
    public var kind: Kind {
        switch self {
        case .commit: .commit
        case .publish: .publish
        case .sendAgain: .sendAgain
        case .answer: .answer
        case .report: .report
        case .say: .say
        case .finish: .finish
        }
    }
}

/// Something for the message log.
public enum Publication: Sendable {
    /// What a batch sends.
    case chunk(OutboxChunk)
    /// A message of the checkpoint topic, with the clock reading; Unix milliseconds.
    case checkpoint(CheckpointMessage, at: Int64)
}

/// What is made durable in one transaction beside the changes of the state.
public struct HostCommit: Sendable {
    /// Ledger and figures after it.
    public var books: PartyBooks
    /// Offsets that moved.
    public var offsets: [PartitionOffset] = []
    /// Number of the first leaf.
    public var firstLeaf: Int64
    /// The leaves, end to end.
    public var leaves: [UInt8] = []
    /// What became of tree and checkpoints.
    public var rows = SignedJournal.Rows()
    /// What is to be sent; nil for nothing.
    public var chunk: OutboxChunk?
    /// Chunks that the log has confirmed.
    public var sentChunks: [Int64] = []
    /// What came of the checkpoints of others; nil for nothing.
    public var witness: WitnessCommit?
    /// What changes in the party's read model, where it has one.
    public var readModel = ReadModelChanges()

    /// A commit of nothing but the books.
    public init(books: PartyBooks, firstLeaf: Int64) {
        self.books = books
        self.firstLeaf = firstLeaf
    }
}

/// A line for people.
public struct HostRemark: Sendable, Equatable {
    /// How much it matters.
    public enum Level: Sendable, Equatable {
        case info, warning, error
    }

    /// How much it matters.
    public var level: Level
    /// The line.
    public var text: String

    /// Takes both.
    public init(_ level: Level, _ text: String) {
        self.level = level
        self.text = text
    }
}

/// How a party stands.
public struct HostReport: Sendable {
    /// Clock reading; Unix milliseconds.
    public var time: Int64
    /// Whether all that was read is committed and all that was sent is confirmed.
    public var isIdle: Bool
    /// Ledger and figures.
    public var books: PartyBooks
    /// Journal leaves written.
    public var leaves: Int64
    /// Records sent and not yet confirmed.
    public var unconfirmed: Int
    /// When the first record was shared; Unix milliseconds, 0 before.
    public var firstSharedAt: Int64
    /// When the party last had something to do; Unix milliseconds.
    public var lastChangeAt: Int64
    /// Its published checkpoints, and what it knows of the logs of others.
    public var witness: WitnessReport
    /// The checkpoint signed last, and the leaves under it; nil before the first.
    public var checkpoint: (size: UInt64, note: [UInt8])?
    /// How far the party has read since the last report that said so: for lag displays and the broker's retention.
    public var readUpTo: [PartitionOffset]
    /// Whether it is the last of this process.
    public var isLast: Bool
}
