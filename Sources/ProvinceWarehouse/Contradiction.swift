import ExchangeSchema

/// What makes a visit contradict itself, another one, or the lists of codes: the part "no contradiction" of *sạch*.
/// The raw value is what the table says.
public enum Contradiction: String, Sendable, CaseIterable {
    /// A result, an order, the admission or the discharge lies before the person's birth.
    case beforeBirth = "before-birth"
    /// A diagnosis of pregnancy, childbirth or the puerperium (ICD-10, chapter XV, O00 to O99) of a man.
    case pregnantMan = "pregnant-man"
    /// A kind of visit, a sex, a diagnosis or a ward that the lists do not have.
    case unknownCode = "unknown-code"
    /// Two stays of one person at a time (``PersonVisits``).
    case overlap
    /// The same visit under two identifiers (``PersonVisits``).
    case duplicate

    /// What it means, for people.
    public var meaning: String {
        switch self {
        case .beforeBirth: "something in the visit is dated before the person was born"
        case .pregnantMan: "a man has a diagnosis of chapter XV (O00 to O99)"
        case .unknownCode: "a kind of visit, sex, diagnosis or province that the lists do not have"
        case .overlap: "the person lay in two facilities at a time (kinds 03, 04, 06)"
        case .duplicate:
            "the same facility, times and main diagnosis, vaccine and dose, or class of health, as another visit of the person"
        }
    }

    /// Those that can be told from the visit alone.
    static func own(_ visit: EncodedVisit, _ bytes: Span<UInt8>) -> [Contradiction] {
        var found: [Contradiction] = []
        if let birth = visit.birthDate, isBefore(birth, visit, bytes) { found.append(.beforeBirth) }
        func diagnosis(_ matches: (TextPlace) -> Bool) -> Bool {
            !visit.mainDisease.isEmpty && matches(visit.mainDisease) || visit.otherDiseases.contains(where: matches)
        }
        if visit.sex == Sex.male.rawValue, diagnosis({ isOfChapterXV($0, bytes) }) { found.append(.pregnantMan) }
        let isKnown =
            (visit.entry.vaccination != nil
                || VisitKind.title((visit.entry.healthCheck?[5] ?? visit.kind).string(in: bytes)) != nil)
            && (1...3).contains(visit.sex)
            && !diagnosis { (try? DiagnosisCode(parsing: $0.string(in: bytes))) == nil }
            && Province(code: visit.entry.residentProvince.string(in: bytes)) != nil
        if !isKnown { found.append(.unknownCode) }
        return found
    }

    private static func isOfChapterXV(_ code: TextPlace, _ bytes: Span<UInt8>) -> Bool {
        guard code.count >= 3, bytes[code.range.lowerBound] == UInt8(ascii: "O") else { return false }
        return code.range.dropFirst().prefix(2).allSatisfy { (0x30...0x39).contains(bytes[$0]) }
    }

    /// Where month or day of birth are unknown, the first day that they can be counts.
    private static func isBefore(_ birth: CivilDate, _ visit: EncodedVisit, _ bytes: Span<UInt8>) -> Bool {
        func precedes(_ time: VisitTime?) -> Bool { time.map { $0.date.number < birth.number } ?? false }
        func precedes(_ text: TextPlace) -> Bool { precedes(EncodedText.time(text, in: bytes)) }
        return precedes(visit.admitted) || precedes(visit.discharged)
            || visit.entry.results.contains { precedes($0[10]) }
            || visit.entry.services.contains { precedes($0[37]) } || visit.entry.drugs.contains { precedes($0[34]) }
    }
}
