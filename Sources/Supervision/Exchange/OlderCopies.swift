import Foundation
import Journal
import PartyStore
import Topology
import TransparencyLog

/// Looks over the stores of an exchange that is to go on, before any of its programs is started.
enum OlderCopies {
    /// Refuses the exchange when the store of a party, or the auditor's, is older than what its log has signed: as
    /// published, and as the other parties have cosigned it.
    /// - Throws: `StoreError` `olderCopy`, or what is wrong with a store.
    static func refuse(in layout: ExchangeLayout, _ topology: Topology) throws {
        let shards = topology.shards + (topology.audit.auditor ? [Shard(party: AuditPlan.auditorName)] : [])
        var stores: [(directory: String, store: StoreInspection)] = []
        for directory in shards.map(layout.directory(of:)) {
            // A store that was interrupted is taken back by its party, which looks at the evidence again before it signs.
            guard let store = try StoreInspection.open(directory: directory).store else { continue }
            stores.append((directory, store))
        }
        var held: [ExactText: [(place: String, note: [UInt8])]] = [:]
        for (_, store) in stores {
            for log in try store.witness().witnessed {
                held[log.origin, default: []].append(("held by \(store.party)", log.seen.note.bytes))
            }
        }
        for (directory, store) in stores {
            let origin = JournalKey.origin(StoreIdentity(party: store.party, exchange: store.exchange))
            try store.requireLatest(
                directory: directory, evidence: layout.evidenceDirectory, notes: held[origin] ?? [])
        }
    }
}
