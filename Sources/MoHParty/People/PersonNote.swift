import ExchangeSchema
import PartyCore

/// What MoH has noted about a person, or about a number that is the person's no more. Of each fact the newest by date
/// stands, whatever came first; of two with one date, the greater, so that the order in which they come says nothing.
struct PersonNote: Equatable {
    /// Where the person lives, as the two digits of the code; 0 where no move was heard of.
    var province: UInt8 = 0
    /// Since when, as yyyymmdd.
    var movedOn: Int32 = 0
    /// The number issued in place of this one; 0 for a number in force.
    var replacedBy: UInt64 = 0
    /// The number that this one replaced; 0 for none.
    var former: UInt64 = 0
    /// Since when the number in its place is in force, as yyyymmdd; 0 where it is not known.
    var numberSince: Int32 = 0
    /// When the person died; nil for the living.
    var death: CivilMoment?
    /// Since when nobody knows where the person is, as yyyymmdd; 0 for everybody else.
    var missingOn: Int32 = 0

    init() {}

    init(words: RecordWords) {
        province = UInt8(truncatingIfNeeded: words.first)
        movedOn = Int32(truncatingIfNeeded: words.first >> 8 & 0x7FF_FFFF)
        missingOn = Int32(truncatingIfNeeded: words.first >> 35 & 0x7FF_FFFF)
        replacedBy = words.second
        former = words.third
        death = words.fourth & 1 == 1 ? CivilMoment(stored: Int64(words.fourth >> 1)) : nil
        numberSince = Int32(truncatingIfNeeded: words.fifth)
    }

    /// The stored form.
    var words: RecordWords {
        RecordWords(
            UInt64(province) | UInt64(movedOn) << 8 | UInt64(missingOn) << 35, replacedBy, former,
            death.map { UInt64($0.stored) << 1 | 1 } ?? 0, UInt64(numberSince))
    }

    /// A move is reported.
    /// - Returns: Whether it is newer than what is known.
    mutating func move(to province: UInt8, on day: Int32) -> Bool {
        guard (movedOn, self.province) < (day, province) else { return false }
        (movedOn, self.province) = (day, province)
        return true
    }

    /// A death is reported.
    mutating func die(at moment: CivilMoment) -> Bool {
        guard death.map({ $0 < moment }) ?? true else { return false }
        death = moment
        return true
    }

    /// It is reported that nobody knows where the person is.
    mutating func miss(since day: Int32) -> Bool {
        guard missingOn < day else { return false }
        missingOn = day
        return true
    }

    /// Takes over what was heard under another number of the same person.
    mutating func merge(_ other: PersonNote) {
        if other.province != 0 { _ = move(to: other.province, on: other.movedOn) }
        if let death = other.death { _ = die(at: death) }
        _ = miss(since: other.missingOn)
    }
}
