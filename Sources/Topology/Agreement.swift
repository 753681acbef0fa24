/// A document that parties sign, and that topics may require.
public struct Agreement: Sendable, Hashable {
    /// The name used in `requires:`, in scenarios and on the command line.
    public var name: String
    /// Its title for people.
    public var title: String
    /// Names of the parties that must sign.
    public var signatories: [String]
    /// Names of those that have signed when the exchange starts.
    public var signed: [String]

    /// Takes all fields.
    public init(name: String, title: String, signatories: [String], signed: [String]) {
        self.name = name
        self.title = title
        self.signatories = signatories
        self.signed = signed
    }

    /// Signatories that have not signed at the start, in the order of `signatories`.
    public var missing: [String] { signatories.filter { !signed.contains($0) } }

    /// Whether everyone has signed at the start.
    public var isInForce: Bool { missing.isEmpty }
}
