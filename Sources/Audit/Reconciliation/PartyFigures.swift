/// `submitted = shared + refused + pending + withdrawn` at one party, from its leaves alone.
public struct PartyFigures: Sendable, Codable, Equatable {
    /// Name in the topology.
    public var party: String
    /// Core it runs.
    public var role: String
    /// Distinct records submitted or received.
    public var submitted: Int64 = 0
    /// Records passed on.
    public var shared: Int64 = 0
    /// Records refused and not reopened.
    public var refused: Int64 = 0
    /// Records without a decision, the held ones among them.
    public var pending: Int64 = 0
    /// Records taken back by their facility.
    public var withdrawn: Int64 = 0
    /// Records whose answer an agreement holds.
    public var held: Int64 = 0
    /// Messages that no party of the topology sent: no records, and in no other figure.
    public var strays: Int64 = 0
    /// Leaves counted.
    public var leaves: Int64 = 0
    /// Copies without effect.
    public var copies: Int64 = 0
    /// Late messages and those about unknown records, without effect.
    public var stale: Int64 = 0
    /// Messages put into the dead letters.
    public var deadLetters: Int64 = 0

    /// Whether the law holds.
    public var conserves: Bool { submitted == shared + refused + pending + withdrawn && held <= pending }
}
