/// A party that once publishes a checkpoint of another history than the one it keeps, signed with its real key.
public struct TwoHistories: Sendable, Hashable {
    /// The party's name.
    public var party: String
    /// It does so as soon as this many visits have reached it.
    public var submittedAtLeast: Int
    /// Where it stands.
    public var location: SourceLocation

    /// Takes all fields.
    public init(party: String, submittedAtLeast: Int, location: SourceLocation) {
        self.party = party
        self.submittedAtLeast = submittedAtLeast
        self.location = location
    }
}

/// The root of the tree over a party's journal at the end of a simulated run: with the same seed always the same.
public struct SimulatedRoot: Sendable, Hashable {
    /// The party's name.
    public var party: String
    /// 64 lowercase hexadecimal digits.
    public var root: String
    /// Where it stands.
    public var location: SourceLocation

    /// Takes all fields.
    public init(party: String, root: String, location: SourceLocation) {
        self.party = party
        self.root = root
        self.location = location
    }
}
