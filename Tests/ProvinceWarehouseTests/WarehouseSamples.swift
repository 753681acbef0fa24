import CoreTestSupport
import ExchangeSchema
import Foundation
import PartyCore
import Testing

/// Entries of the book for tests of warehouses.
enum WarehouseSamples {
    static func entry(
        _ visit: SampleVisit, revision: UInt32 = 1, authenticatedAt: Int64 = 0, province: String = "01"
    ) -> BookEntry {
        let record = visit.facilityRecord(revision: revision)
        var entry = BookEntry()
        entry.recordID = record.recordID
        entry.revision = revision
        entry.facilityCode = record.facilityCode
        entry.citizenNumber = "001085000001"
        entry.residentProvince = province
        entry.authenticatedAt = authenticatedAt
        entry.administrative = record.administrative
        entry.insurance = record.insurance
        entry.clinical = record.clinical
        entry.clinicalDetails = record.clinicalDetails
        return entry
    }

    static func milliseconds(_ text: String) throws -> Int64 {
        Int64(try Date(text, strategy: .iso8601).timeIntervalSince1970 * 1_000)
    }
}
