import ExchangeSchema
import PartyCore

/// The notes about people in a party's state, found by number.
enum KnownPeople {
    /// Under which a number's note lies. Citizen numbers have 40 bits; identifiers of messages have a version in the upper
    /// half, so that the two never meet.
    static func subject(of number: UInt64) -> RecordIdentifier { RecordIdentifier(high: 0, low: number) }

    static func note<State: PartyState>(of number: UInt64, in state: inout State) throws -> PersonNote? {
        try state.note(subject(of: number)).map(PersonNote.init(words:))
    }

    static func set<State: PartyState>(_ note: PersonNote, of number: UInt64, in state: inout State) {
        state.setNote(note.words, for: subject(of: number))
    }

    /// The number in force of whoever has, or had, this one, and what is noted of the person.
    static func person<State: PartyState>(
        with number: UInt64, in state: inout State
    ) throws -> (number: UInt64, note: PersonNote?) {
        var (number, note) = (number, try note(of: number, in: &state))
        while let next = note?.replacedBy, next != 0 { (number, note) = (next, try self.note(of: next, in: &state)) }
        return (number, note)
    }

    /// The numbers that a person had before.
    static func formerNumbers<State: PartyState>(of number: UInt64, in state: inout State) throws -> [UInt64] {
        var numbers: [UInt64] = []
        var former = try note(of: number, in: &state)?.former ?? 0
        while former != 0 {
            numbers.append(former)
            former = try note(of: former, in: &state)?.former ?? 0
        }
        return numbers
    }

    /// Notes that a number was issued in place of another.
    /// - Returns: Whether that is news; false also where it would make a number its own successor.
    static func replace<State: PartyState>(
        _ former: UInt64, by number: UInt64, on day: Int32, in state: inout State
    ) throws -> Bool {
        guard former != number, try person(with: number, in: &state).number != former else { return false }
        var old = try note(of: former, in: &state) ?? PersonNote()
        guard (old.replacedBy == 0 ? -1 : old.numberSince, old.replacedBy) < (day, number) else { return false }
        (old.replacedBy, old.numberSince) = (number, day)
        set(old, of: former, in: &state)
        var new = try note(of: number, in: &state) ?? PersonNote()
        new.former = former
        set(new, of: number, in: &state)
        let current = try person(with: number, in: &state)
        var merged = current.note ?? PersonNote()
        merged.merge(old)
        set(merged, of: current.number, in: &state)
        return true
    }
}
