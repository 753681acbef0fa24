public import ExchangeSchema

/// A vaccination as it stands in a book.
public struct BookVaccination: Sendable, Equatable {
    /// What was given, and when.
    public var vaccination: Vaccination
    /// Who reported it, the first first.
    public var sources: [BookVisit.Source]
}

extension BookVaccination {
    /// A vaccination as MoH has released it to another facility.
    init(_ shared: HistoryVaccination) {
        self.init(vaccination: shared.vaccination, sources: shared.sources.map { BookVisit.Source($0) })
    }
}

extension BookVaccination: BookEvent {
    /// One dose of one vaccine, given to a person at one time.
    struct Identity: Hashable {
        var vaccine: String
        var number: String
        var time: String
    }

    var identity: Identity {
        Identity(vaccine: vaccination.maVacxin, number: vaccination.soMui, time: vaccination.ngayTiem)
    }

    var time: String { vaccination.ngayTiem }
}
