import Foundation
public import Journal
public import TransparencyLog

/// The folder in which the parties of an exchange publish their keys, as `PARTY.keys`.
public struct EvidenceFolder: PublishedKeys {
    /// Path of the folder.
    public let place: String

    /// Takes a path.
    public init(_ path: String) { place = path }

    /// What lies there of a party; nil when there is nothing, or nothing that can be read.
    public func keys(of party: String) -> KeyList? {
        FileManager.default.contents(atPath: "\(place)/\(party).keys").flatMap { try? KeyList(Array($0)) }
    }
}
