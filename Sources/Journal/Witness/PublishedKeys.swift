public import TransparencyLog

/// Where the parties of an exchange publish their keys for all to see: the port through which a witness asks for them.
public protocol PublishedKeys: Sendable {
    /// Where that is, for people.
    var place: String { get }
    /// The keys that a party has published by now; nil for none, or none that can be read.
    func keys(of party: String) -> KeyList?
}
