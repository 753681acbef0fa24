public import ExchangeSchema
import FoundationEssentials

extension VisitSubmission {
    /// A visit as a facility's inbox takes it.
    /// - Parameter facilityCode: MACSKCB of the envelope.
    public init(_ visit: VisitRecord, facilityCode: String) {
        self.init()
        name.facilityCode = facilityCode
        name.episodeCode = visit.episodeCode
        administrative = .init(visit.administrative.encoded)
        insurance = .init(visit.insurance.encoded)
        clinical = .init(visit.clinical.encoded)
        clinicalDetails = .init(visit.details.encoded)
        tables = visit.tables.map(\.carried)
    }

    /// Bytes of its contents.
    public var contentBytes: Int {
        administrative.count + insurance.count + clinical.count + clinicalDetails.count
            + tables.reduce(0) { $0 + $1.rows.count }
    }
}
