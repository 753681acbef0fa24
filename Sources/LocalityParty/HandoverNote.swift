import ExchangeSchema
import PartyCore

/// What a locality has noted of a record that passed on: where its person lives and under which number, newest by date.
/// Of two with one date the greater stands, so that the order in which they come says nothing.
struct HandoverNote: Equatable {
    /// Province that has the record now, as the two digits of its code.
    var province: UInt8
    /// Since when the person lives there, as yyyymmdd; 0 where there was no move.
    var movedOn: Int32
    /// The number in force.
    var citizenNumber: UInt64
    /// Since when, as yyyymmdd; 0 where it is not known.
    var numberSince: Int32
    /// The latest revision that an amendment has brought to another province; 0 for none.
    var departed: UInt32 = 0

    init(province: UInt8, movedOn: Int32, citizenNumber: UInt64, numberSince: Int32) {
        self.province = province
        self.movedOn = movedOn
        self.citizenNumber = citizenNumber
        self.numberSince = numberSince
    }

    init(words: RecordWords) {
        self.init(
            province: UInt8(truncatingIfNeeded: words.first), movedOn: Int32(truncatingIfNeeded: words.second),
            citizenNumber: words.third, numberSince: Int32(truncatingIfNeeded: words.fourth))
        departed = UInt32(truncatingIfNeeded: words.fifth)
    }

    /// The stored form.
    var words: RecordWords {
        RecordWords(UInt64(province), UInt64(movedOn), citizenNumber, UInt64(numberSince), UInt64(departed))
    }

    /// This note after another one has come.
    func merged(with other: HandoverNote) -> HandoverNote {
        var merged = self
        if (movedOn, province) < (other.movedOn, other.province) {
            (merged.movedOn, merged.province) = (other.movedOn, other.province)
        }
        if (numberSince, citizenNumber) < (other.numberSince, other.citizenNumber) {
            (merged.numberSince, merged.citizenNumber) = (other.numberSince, other.citizenNumber)
        }
        merged.departed = max(departed, other.departed)
        return merged
    }
}
