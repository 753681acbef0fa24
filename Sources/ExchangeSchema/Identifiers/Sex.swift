/// Sex as GIOI_TINH writes it (Decision 130/QD-BYT, annex, XML1).
public enum Sex: UInt8, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// Written `1`.
    case male = 1
    /// Written `2`.
    case female = 2
    /// Written `3`: not determined.
    case undetermined = 3

    /// Reads GIOI_TINH: one digit, 1 to 3.
    public init(parsing text: String, field: String = "GIOI_TINH") throws(IdentifierError) {
        switch text {
        case "1": self = .male
        case "2": self = .female
        case "3": self = .undetermined
        default: throw IdentifierError(field: field, rule: .sexCode, value: text)
        }
    }

    /// The digit, as GIOI_TINH writes it.
    public var description: String {
        switch self {
        case .male: "1"
        case .female: "2"
        case .undetermined: "3"
        }
    }
}
