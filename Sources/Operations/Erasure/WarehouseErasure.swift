import Audit
import ExchangeSchema
import LocalityParty
import PartyStore
import Vocabulary
import WarehouseStore

extension ExchangeEvidence {
    /// Takes a citizen out of the warehouses, under all of these numbers, and overwrites what stood there.
    /// - Returns: Of each locality that had visits of them, how many records.
    /// - Throws: `StoreError`.
    func eraseVisits(of citizens: [UInt64]) throws -> [(locality: String, records: Int)] {
        try subjects.filter { $0.role == .locality }.compactMap { subject in
            let path = subject.directory + "/" + WarehouseWriter.fileName
            guard StoreInspection.isPossible(directory: subject.directory), WarehouseFile.exists(at: path) else {
                return nil
            }
            let records = try WarehouseFile(path: path).records(ofCitizens: citizens)
            guard records > 0 else { return nil }
            let inspection = try StoreInspection(directory: subject.directory)
            let identity = StoreIdentity(party: inspection.party, exchange: inspection.exchange)
            try ReadModelErasure.run(
                citizens, in: subject.directory, identity: identity, plan: WarehouseWriter.plan, as: LocalityRecord.self
            )
            return (inspection.party, records)
        }
    }
}
