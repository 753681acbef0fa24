/// The four words in which the regulator measures health data: "đúng, đủ, sạch, sống" (Decision 1551/QD-BYT, 2026;
/// Decision 2062/QD-BYT, 2026, annex 05). The words are the decision's; where it leaves open how they are counted, the
/// definition here is simulator-defined. Each is defined in ``holds(of:)`` and nowhere else.
public enum QualityWord: String, Sendable, CaseIterable {
    /// *đúng*: right person, event and result.
    case correct
    /// *đủ*: all mandatory fields.
    case complete
    /// *sạch*: no duplicate, no contradiction, coded by shared lists.
    case clean
    /// *sống*: timely.
    case live

    /// The word itself.
    public var word: String {
        switch self {
        case .correct: "đúng"
        case .complete: "đủ"
        case .clean: "sạch"
        case .live: "sống"
        }
    }

    /// How it is counted, for people.
    public var meaning: String {
        switch self {
        case .correct:
            "right person, event, result: C06 has confirmed whose visit it is (as of every entry of the book), and no "
                + "newer revision has corrected it since it came"
        case .complete: "no field is empty that the portal demands in XML1 to XML4 (profile QD130-XML1-4)"
        case .clean:
            "no duplicate, no contradiction: "
                + Contradiction.allCases.map { "not (\($0.meaning))" }.joined(separator: ", ")
        case .live: "MoH has authenticated it within 24 hours of the discharge"
        }
    }

    /// Minutes from discharge to book that are still timely: 24 hours (Decision 2062/QD-BYT, 2026).
    public static let timelyMinutes: Int64 = 24 * 60

    /// Whether a visit is so.
    public func holds(of visit: JudgedVisit) -> Bool {
        switch self {
        case .correct: !visit.isCorrected
        case .complete: visit.missing.isEmpty
        case .clean: visit.contradictions.isEmpty
        case .live: visit.minutesToBook.map { $0 <= Self.timelyMinutes } ?? false
        }
    }
}

/// What the four words look at.
public struct JudgedVisit: Sendable, Equatable {
    /// Whether another revision of it was in the warehouse before.
    public var isCorrected: Bool
    /// Required fields that are empty.
    public var missing: [String]
    /// All contradictions, those with other visits among them.
    public var contradictions: [Contradiction]
    /// Minutes from discharge to authentication; nil where they are not known.
    public var minutesToBook: Int64?

    /// A visit with what was found of it among the person's visits.
    public init(_ visit: WarehouseVisit, isCorrected: Bool, among finding: PersonVisits.Finding) {
        self.isCorrected = isCorrected
        missing = visit.missing
        contradictions =
            visit.contradictions + (finding.overlaps ? [.overlap] : [])
            + (finding.duplicateOf != nil ? [.duplicate] : [])
        minutesToBook = visit.minutesToBook
    }

    /// What the table has of it.
    public init(isCorrected: Bool, missing: [String], contradictions: [Contradiction], minutesToBook: Int64?) {
        self.isCorrected = isCorrected
        self.missing = missing
        self.contradictions = contradictions
        self.minutesToBook = minutesToBook
    }
}
