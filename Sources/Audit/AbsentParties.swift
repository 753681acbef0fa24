import Foundation
import Journal
import PartyStore
import Topology
import TransparencyLog

/// Parties of a topology that have no store here, and why that may be.
public struct AbsentParties: Sendable, Equatable {
    /// Somebody else's systems, which keep no journal here.
    public private(set) var outside: Set<String> = []
    /// Parties that were started and have made no store yet.
    public private(set) var notBegun: Set<String> = []

    /// Those that have a store, or should have one.
    public func present(_ subjects: [AuditSubject]) -> [AuditSubject] {
        subjects.filter { !outside.contains($0.party) && !notBegun.contains($0.party) }
    }

    /// All are here.
    public init() {}

    /// Looks for stores. A party is outside when it is declared so, or when there is neither a store nor anything that
    /// says that there was one: no published key or checkpoint, nothing that another party saw of its log. What was there
    /// and is gone is not outside.
    /// - Parameters:
    ///   - auditor: The auditor, which may be starting, or may have been stopped before it wrote anything; it is never outside.
    ///   - declared: Names of parties that are known to be somebody else's.
    ///   - started: Names of parties that are being run here now.
    ///   - published: Names of those that have published checkpoints on the exchange's own broker; asked only where a store
    ///     is missing.
    public init(
        _ subjects: [AuditSubject], auditor: AuditSubject? = nil, declared: Set<String> = [],
        started: Set<String> = [], published: () -> Set<String> = { [] }
    ) {
        let all = subjects + (auditor.map { [$0] } ?? [])
        let missing = all.filter { !StoreInspection.isPossible(directory: $0.directory) }
        guard !missing.isEmpty else { return }
        let present = subjects.filter { StoreInspection.isPossible(directory: $0.directory) }
        // Without any store nothing is outside: the directory is empty, or everything is gone.
        guard !present.isEmpty else {
            notBegun.formUnion(missing.filter { started.contains($0.shard.party) }.map(\.party))
            return
        }
        var known = published()
        for subject in present {
            guard let store = try? StoreInspection(directory: subject.directory), let witness = try? store.witness()
            else { continue }
            for origin in witness.witnessed.map(\.origin) + witness.keys.map(\.origin) {
                for other in missing
                where origin == JournalKey.origin(StoreIdentity(party: other.party, exchange: store.exchange)) {
                    known.insert(other.party)
                }
            }
        }
        for subject in missing {
            if declared.contains(subject.shard.party) {
                outside.insert(subject.party)
            } else if subject.isAuditor, !known.contains(subject.party), !subject.hasPublished {
                // Stopped before it had written anything: it publishes its keys as soon as it has a store.
                notBegun.insert(subject.party)
            } else if started.contains(subject.shard.party) {
                notBegun.insert(subject.party)
            } else if !known.contains(subject.party), !subject.hasPublished {
                outside.insert(subject.party)
            }
        }
    }
}

extension AuditSubject {
    /// Whether something of its log lies beside that of the other parties.
    fileprivate var hasPublished: Bool {
        ["pub", "keys", "witness.pub", "checkpoint"].contains {
            FileManager.default.fileExists(atPath: "\(evidenceDirectory)/\(party).\($0)")
        }
    }
}
