public import PartyCore

/// What a pass over a party's journal found, without looking into every leaf's digest.
public struct JournalSummary: Sendable, Equatable {
    /// Number of leaves.
    public internal(set) var leaves: Int64 = 0
    /// The first leaf number that is missing, doubled or damaged; nil when the numbers run from 0 without gaps.
    public internal(set) var firstFault: Int64?
    /// Messages that no party of the topology sent.
    public internal(set) var strays: Int64 = 0
    private var withdrawals = [Int64](repeating: 0, count: 256)
    private var counts = [Int64](repeating: 0, count: 65_536)

    /// An empty journal.
    init() {}

    /// Of leaves that lie end to end, numbered from 0.
    public init(leaves: [UInt8]) {
        unsafe leaves.withUnsafeBytes {
            unsafe note(first: 0, count: Int64(leaves.count / JournalLeaf.width), bytes: $0)
        }
    }

    /// How many leaves have this decision and this message type (its raw value).
    public func count(_ decision: Decision, type: UInt8) -> Int64 {
        counts[Int(decision.rawValue) << 8 | Int(type)]
    }

    /// How many messages of this type (its raw value) were sent that take a record back.
    public func withdrawalsSent(type: UInt8) -> Int64 { withdrawals[Int(type)] }

    /// Notes the leaves of one row of the journal.
    mutating func note(first: Int64, count: Int64, bytes: UnsafeRawBufferPointer) {
        let (whole, rest) = bytes.count.quotientAndRemainder(dividingBy: JournalLeaf.width)
        if firstFault == nil, first != leaves || Int64(whole) != count || rest > 0 { firstFault = leaves }
        for leaf in unsafe StoredLeaves(bytes) {
            counts[Int(leaf.decision) << 8 | Int(leaf.type)] += 1
            if leaf.decision == Decision.sent.rawValue, leaf.reason != 0 { withdrawals[Int(leaf.type)] += 1 }
            if leaf.decision == Decision.stray.rawValue { strays &+= leaf.leaf.flatMap { StrayRun($0) }?.count ?? 0 }
        }
        leaves += Int64(whole)
    }
}
