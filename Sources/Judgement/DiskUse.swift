import Foundation
import Supervision
import Topology

/// What a program of the exchange has on the disk when a run is over.
public struct DiskUse: Sendable, Codable, Equatable {
    /// A party, or the broker.
    public var name: String
    /// The sizes of all files in its directory, bytes.
    public var bytes: Int64

    /// Of all that have a directory of their own: the parties, the auditor, the broker that the run started.
    static func all(_ layout: ExchangeLayout, _ topology: Topology) -> [DiskUse] {
        let directories =
            topology.parties.map { ($0.name, layout.partyDirectory($0.name)) } + [
                (AuditPlan.auditorName, layout.partyDirectory(AuditPlan.auditorName)),
                ("broker", layout.brokerDirectory),
            ]
        return directories.filter { FileManager.default.fileExists(atPath: $0.1) }
            .map { DiskUse(name: $0.0, bytes: bytes(in: $0.1)) }
    }

    private static func bytes(in directory: String) -> Int64 {
        let files = FileManager.default.enumerator(atPath: directory)
        var total: Int64 = 0
        while files?.nextObject() != nil {
            let attributes = files?.fileAttributes
            guard attributes?[.type] as? FileAttributeType == .typeRegular else { continue }
            total += (attributes?[.size] as? NSNumber)?.int64Value ?? 0
        }
        return total
    }
}
