public import ExchangeSchema
import FoundationEssentials

/// One HOSO of an envelope KHAMSUCKHOE: a health check as it goes round the cycle.
public struct HealthCheckRecord: Sendable, Equatable {
    /// Who was examined (part of XML1), with MA_LK of XML2.
    public var administrative = AdministrativeBlock()
    /// The check (XML2 and the rest).
    public var check = HealthCheck()
    /// Rows of XML11.
    public var results: [ResultLine] = []

    /// Takes all fields.
    public init(
        administrative: AdministrativeBlock = AdministrativeBlock(), check: HealthCheck = HealthCheck(),
        results: [ResultLine] = []
    ) {
        self.administrative = administrative
        self.check = check
        self.results = results
    }

    /// MA_LK: the facility's number for the check.
    public var episodeCode: String { administrative.maLk }
}

extension VisitSubmission {
    /// A health check as a facility's inbox takes it: under MA_CSKCB of its table XML2.
    public init(_ record: HealthCheckRecord) {
        self.init()
        name.facilityCode = record.check.maCskcb
        name.episodeCode = record.episodeCode
        administrative = .init(record.administrative.encoded)
        var block = ClinicalBlock()
        block.healthCheck = record.check
        clinical = .init(block.encoded)
        var details = ClinicalDetails()
        details.results = record.results
        clinicalDetails = .init(details.encoded)
    }
}
