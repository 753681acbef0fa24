import HealthBook

/// What there is to read, for programs. The names are promised (docs/doors.md).
struct ReadableThings: Encodable {
    /// The account that was let in.
    var account: String
    /// In whose name it reads: `ministry`, or `province` and its code.
    var reader: String
    /// Codes of the provinces whose reports it may read.
    var provinces: [String]
    /// By what a warehouse can be grouped.
    var groupings: [String]
}

/// A citizen's book, for programs: what the page shows. How many revisions do not stand any more is not told here, so it has
/// no number for it.
struct ReadableBook: Encodable {
    /// When MoH answered; Unix milliseconds.
    var answeredAt: Int64
    /// The citizen's number in force.
    var citizen: String
    /// Numbers that they had before, latest first.
    var formerNumbers: [String]
    /// What decides which fields are shown.
    var profile: PresentedBook.Profile
    /// When the book was opened before any visit; Unix milliseconds, left out where it was not.
    var enrolledAt: Int64?
    /// Who the person is.
    var administrative: [PresentedBook.Field]
    /// What stands, the latest stay first.
    var visits: [PresentedBook.Visit]
    /// The latest first.
    var vaccinations: [PresentedBook.Dose]
    /// The latest first.
    var healthChecks: [PresentedBook.Check]

    init(_ book: PresentedBook, answeredAt: Int64) {
        self.answeredAt = answeredAt
        citizen = book.citizen
        formerNumbers = book.formerNumbers
        profile = book.profile
        enrolledAt = book.enrolledAt
        administrative = book.administrative
        visits = book.visits
        vaccinations = book.vaccinations
        healthChecks = book.healthChecks
    }
}

/// Why nothing is shown, for programs.
struct RefusedLook: Encodable {
    /// HTTP status.
    var status: Int
    /// The same for the same reason.
    var code: String
    /// For people.
    var message: String
}
