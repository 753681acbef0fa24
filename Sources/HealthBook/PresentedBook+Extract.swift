public import ExchangeSchema

extension PresentedBook {
    /// Shows what a reader may have of a book.
    public init(_ extract: BookExtract, profile: BookProfile = .qd1332) {
        citizen = extract.citizenNumber
        formerNumbers = extract.formerNumbers
        self.profile = Profile(name: profile.name, version: profile.version, source: profile.source)
        enrolledAt = extract.enrolledAt > 0 ? extract.enrolledAt : nil
        if extract.hasPerson {
            administrative = profile.administrative.compactMap { $0.shown(extract.person) }
        } else if extract.hasEnrolment {
            administrative =
                profile.administrative.compactMap { $0.shown(AdministrativeBlock(extract.enrolment)) }
                + profile.opening.compactMap { $0.shown(extract.enrolment) }
        } else {
            administrative = []
        }
        visits = extract.visits.map { Visit(BookVisit($0), profile) }
        vaccinations = extract.vaccinations.map { Dose(BookVaccination($0), profile) }
        healthChecks = extract.healthChecks.map { Check(BookHealthCheck($0), profile) }
        past = nil
        pastCount = 0
    }
}
