/// Classes of age, youngest first.
public enum AgeClass: Int, Sendable, CaseIterable {
    case belowSecond, belowMinute, belowHour, belowDay, older

    /// The class of an age in milliseconds.
    public init(milliseconds: Int64) {
        switch milliseconds {
        case ..<1_000: self = .belowSecond
        case ..<60_000: self = .belowMinute
        case ..<3_600_000: self = .belowHour
        case ..<86_400_000: self = .belowDay
        default: self = .older
        }
    }

    /// For people.
    public var text: String {
        switch self {
        case .belowSecond: "< 1 s"
        case .belowMinute: "< 1 min"
        case .belowHour: "< 1 h"
        case .belowDay: "< 1 day"
        case .older: "≥ 1 day"
        }
    }
}
