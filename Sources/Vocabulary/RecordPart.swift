/// A part of a visit with a release rule of its own: the four blocks, and each table of Decision 130 that travels as it is.
///
/// The raw value is the part's place among the digests of a payload.
public enum RecordPart: UInt8, CaseIterable, Sendable, Hashable {
    /// Who the person is (part of XML1).
    case administrative = 1
    /// Card, cost, and what the fund pays (part of XML1).
    case insurance = 2
    /// Diagnosis and course (part of XML1).
    case clinical = 3
    /// Drugs, services, results and notes (XML2 to XML5).
    case clinicalDetails = 4
    /// Who came, with which card: sent when a patient checks in.
    case xml0 = 5
    /// Care and treatment of HIV/AIDS, which goes to a closed list of recipients.
    case xml6 = 6
    /// Discharge paper.
    case xml7 = 7
    /// Summary of the medical record.
    case xml8 = 8
    /// Birth certificate.
    case xml9 = 9
    /// Certificate of leave for a pregnancy.
    case xml10 = 10
    /// Certificate of sick leave.
    case xml11 = 11
    /// Medical assessment of invalidity.
    case xml12 = 12
    /// Referral to another facility.
    case xml13 = 13
    /// Appointment for a re-examination.
    case xml14 = 14
    /// Treatment of tuberculosis.
    case xml15 = 15

    /// The parts that are blocks.
    public static let blocks: [RecordPart] = [.administrative, .insurance, .clinical, .clinicalDetails]

    /// The parts that are tables, in the order in which a message carries them.
    public static let tables: [RecordPart] = allCases.filter(\.isTable)

    /// Whether it is a table that travels as it is.
    public var isTable: Bool { rawValue >= Self.xml0.rawValue }

    /// The number in a table's name, 0 or 6 to 15; nil for a block.
    public var tableNumber: UInt8? { isTable ? (self == .xml0 ? 0 : rawValue) : nil }

    /// What topology files, reports and messages call it: `administrative`, `XML6`.
    public var name: String { tableNumber.map { "XML\($0)" } ?? "\(self)" }

    /// The part with this name; nil for any other.
    public init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }
}

/// Some parts of a visit.
public struct RecordPartSet: OptionSet, Sendable, Hashable {
    /// A bit for each part, by its raw value.
    public let rawValue: UInt16

    /// The parts of these bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// These parts.
    public init(_ parts: some Sequence<RecordPart>) {
        self.init(rawValue: parts.reduce(0) { $0 | 1 << UInt16($1.rawValue) })
    }

    /// The four blocks.
    public static let blocks = RecordPartSet(RecordPart.blocks)

    /// All tables that travel as they are.
    public static let tables = RecordPartSet(RecordPart.tables)

    /// Whether the part is among them.
    public func contains(_ part: RecordPart) -> Bool { rawValue & 1 << UInt16(part.rawValue) != 0 }

    /// The parts, in their order.
    public var parts: [RecordPart] { RecordPart.allCases.filter(contains) }
}
