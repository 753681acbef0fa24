public import ExchangeSchema

/// A look into a book through a door, as it is told to whoever writes it down.
public struct BookLook: Sendable {
    /// Who looked and why, and MoH's refusal where it gave nothing.
    public var inquiry: HistoryInquiry
    /// Identifiers of the records of which something was given.
    public var records: [String]

    /// Takes what was asked, and what MoH has answered.
    public init(_ request: ReadBook, _ extract: BookExtract) {
        inquiry = HistoryInquiry()
        inquiry.requestID = request.requestID
        inquiry.facilityCode = request.facilityCode
        if request.facilityCode.isEmpty {
            inquiry.reader = request.province.isEmpty ? "ministry" : "province \(request.province)"
        }
        inquiry.officer = request.officer
        inquiry.purpose = request.purpose
        inquiry.refusalCode = extract.refusalCode
        let sources =
            extract.visits.flatMap(\.sources) + extract.vaccinations.flatMap(\.sources)
            + extract.healthChecks.flatMap(\.sources)
        records = sources.map(\.recordID)
    }
}
