import ExchangeSchema
import PartyCore

/// Cards that people have had, or have, beside the one in force: a fault of a visit writes one of them. Each kind has
/// numbers of its own, whose first two digits are no province's, so that nobody else's visits are touched. That an earlier
/// number is told from others by its first digits is simulator-defined.
enum OtherCard: Int, CaseIterable {
    case replaced, replacedStillValid, recalled, decreased, movedToAnotherProvince, movedInsideProvince
    case readdedAtSameUnit, stoppedParticipating, recalledLate, ofDefence, ofPolice

    private static let freePrefixes = (0..<100).filter { FormerProvince(number: $0) == nil }.map(UInt64.init)

    /// The first two digits of its numbers.
    var prefix: UInt64 { Self.freePrefixes[rawValue] }

    init?(prefix: UInt64) {
        guard let place = Self.freePrefixes.firstIndex(of: prefix), let found = OtherCard(rawValue: place) else {
            return nil
        }
        self = found
    }

    /// Its number, of somebody's own.
    func number(of own: UInt64) -> UInt64 { prefix * 100_000_000 + own % 100_000_000 }

    /// What the register says of it; nil for cards that are in force.
    var event: CardStanding.Event? {
        switch self {
        case .replaced: .replaced
        case .replacedStillValid: .replacedStillValid
        case .recalled, .recalledLate: .recalled
        case .decreased: .decreased
        case .movedToAnotherProvince: .movedToAnotherProvince
        case .movedInsideProvince: .movedInsideProvince
        case .readdedAtSameUnit: .readdedAtSameUnit
        case .stoppedParticipating: .stoppedParticipating
        case .ofDefence, .ofPolice: nil
        }
    }

    /// Group and level of its own; nil for those of the card in force.
    var subject: (code: String, level: Int)? {
        switch self {
        case .ofDefence: ("QN", 5)
        case .ofPolice: ("CA", 5)
        default: nil
        }
    }
}
