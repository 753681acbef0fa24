public import ExchangeSchema

/// The current visits of one person, looked at together: stays that overlap, and one visit under two identifiers. The
/// answer hangs on the visits alone and not on the order in which they came.
public enum PersonVisits {
    /// What is looked at in a visit.
    public struct Point: Sendable, Equatable {
        /// The record.
        public var record: RecordIdentifier
        /// MA_CSKCB, kind, main diagnosis; of a vaccination, vaccine and dose, of a health check its class.
        public var (facility, kind, disease): (String, String, String)
        /// Times as the table has them: `2026-11-28 09:20`, empty where they are not known.
        public var (admitted, discharged): (String, String)

        /// Takes all fields.
        public init(
            record: RecordIdentifier, facility: String, kind: String, disease: String, admitted: String,
            discharged: String
        ) {
            self.record = record
            (self.facility, self.kind, self.disease) = (facility, kind, disease)
            (self.admitted, self.discharged) = (admitted, discharged)
        }

        /// That of a visit.
        public init(_ visit: WarehouseVisit) {
            self.init(
                record: visit.record, facility: visit.facility, kind: visit.kind, disease: visit.what,
                admitted: visit.admittedText, discharged: visit.dischargedText)
        }
    }

    /// What is found of a visit.
    public struct Finding: Sendable, Equatable {
        /// Whether it is a stay that overlaps another one.
        public var overlaps = false
        /// The visit of which it is a duplicate: that with the lowest identifier; nil for none.
        public var duplicateOf: RecordIdentifier?

        /// Nothing.
        public init() {}
    }

    /// - Returns: Of each visit, in the order given.
    public static func findings(_ visits: [Point]) -> [Finding] {
        var findings = [Finding](repeating: Finding(), count: visits.count)
        guard visits.count > 1 else { return findings }
        for (first, one) in visits.enumerated() {
            for second in (first + 1)..<visits.count {
                let other = visits[second]
                if isSame(one, other) {
                    let (kept, twice) = isBefore(one.record, other.record) ? (first, second) : (second, first)
                    let known = findings[twice].duplicateOf ?? visits[kept].record
                    findings[twice].duplicateOf =
                        isBefore(visits[kept].record, known) ? visits[kept].record : known
                } else if isOverlap(one, other) {
                    findings[first].overlaps = true
                    findings[second].overlaps = true
                }
            }
        }
        return findings
    }

    private static func isSame(_ one: Point, _ other: Point) -> Bool {
        one.admitted == other.admitted && one.discharged == other.discharged && !one.admitted.isEmpty
            && one.facility == other.facility && one.disease == other.disease && one.kind == other.kind
    }

    /// To the minute, and a stay that begins as another ends does not overlap it. Of a day without hour nothing is said.
    private static func isOverlap(_ one: Point, _ other: Point) -> Bool {
        guard VisitKind.isStay(one.kind), VisitKind.isStay(other.kind) else { return false }
        return [one.admitted, one.discharged, other.admitted, other.discharged].allSatisfy { $0.utf8.count == 16 }
            && one.admitted < other.discharged && other.admitted < one.discharged
    }

    private static func isBefore(_ one: RecordIdentifier, _ other: RecordIdentifier) -> Bool {
        (one.high, one.low) < (other.high, other.low)
    }
}
