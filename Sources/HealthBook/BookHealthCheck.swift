public import ExchangeSchema

/// A health check as it stands in a book.
public struct BookHealthCheck: Sendable, Equatable {
    /// What was found, and when.
    public var check: HealthCheck
    /// Rows of table XML11.
    public var results: [ResultLine]
    /// Who reported it, the first first.
    public var sources: [BookVisit.Source]
}

extension BookHealthCheck {
    /// A health check as MoH has released it to another facility.
    init(_ shared: HistoryHealthCheck) {
        self.init(
            check: shared.healthCheck, results: shared.results, sources: shared.sources.map { BookVisit.Source($0) })
    }
}

extension BookHealthCheck: BookEvent {
    /// One check of a person at one facility and time, with one conclusion.
    struct Identity: Hashable {
        var facility: String
        var time: String
        var healthClass: String
        var diseases: String
    }

    var identity: Identity {
        Identity(
            facility: check.maCskcb, time: check.ngayVao, healthClass: check.xml12PhanLoaiSk, diseases: check.diseases)
    }

    var time: String { check.ngayVao }
}
