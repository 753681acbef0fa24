/// The three forms of a health check, by age (Decision 2062/QD-BYT, Annex 01).
public enum HealthCheckForm: Sendable, Equatable, CaseIterable {
    /// Under 6 years: tables XML1 to XML8; the conclusion is XML8.
    case underSix
    /// From 6 to under 18 years: XML1, XML2, XML7 and XML9 to XML12, as all older ones.
    case underEighteen
    /// From 18 years on.
    case adult

    /// The form of somebody who was born on a day, at a check on another one. Where month or day of birth are not known, the
    /// earliest that they can be count.
    public init(birth: CivilDate, on day: CivilDate) {
        let hadBirthday = (day.month, day.day) >= (birth.month, birth.day)
        let age = day.year - birth.year - (hadBirthday ? 0 : 1)
        self = age < 6 ? .underSix : age < 18 ? .underEighteen : .adult
    }
}
