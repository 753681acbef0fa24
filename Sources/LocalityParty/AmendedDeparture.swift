import ExchangeSchema
import PartyCore

/// A record whose amendment belongs to a province that this locality does not serve. The law goes on having the earlier
/// revision here; what people count does not.
extension LocalityCore {
    /// An amendment has brought a record to another province. Where that one is served too, its entry comes here.
    func depart<State: PartyState>(
        _ identifier: RecordIdentifier, _ message: BookHandover, in turn: inout Turn<State>
    ) throws where State.Record == LocalityRecord {
        guard let provinces, !provinces.contains(message.residentProvince) else { return }
        let known = try turn.state.note(identifier).map(HandoverNote.init(words:))
        guard message.revision > known?.departed ?? 0 else { return }
        let held = try turn.state.record(identifier)
        let counted = held?.phase == .shared && (known?.departed ?? 0) <= held?.revision ?? 0
        var note = known ?? HandoverNote(province: 0, movedOn: 0, citizenNumber: 0, numberSince: 0)
        note.departed = message.revision
        turn.state.setNote(note.words, for: identifier)
        turn.figures.book.everDeparted = true
        turn.effects.change(
            .departure, subject: held?.citizenNumber ?? 0, record: identifier, revision: message.revision, at: turn.now,
            content: [UInt8]().span.bytes)
        guard let held, counted, message.revision > held.revision else { return }
        turn.figures.book.departed += 1
        discount(held, in: &turn)
    }

    /// Whether a later revision than this one has gone to another province.
    func hasDeparted<State: PartyState>(
        _ record: LocalityRecord, _ identifier: RecordIdentifier, in turn: inout Turn<State>
    ) throws -> Bool where State.Record == LocalityRecord {
        // In nearly every exchange none has, and nothing is looked up.
        guard turn.figures.book.everDeparted else { return false }
        let note = try turn.state.note(identifier).map(HandoverNote.init(words:))
        return (note?.departed ?? 0) > record.revision
    }

    /// A later revision takes the place of a shared one.
    func leave<State: PartyState>(
        _ held: LocalityRecord, _ identifier: RecordIdentifier, in turn: inout Turn<State>
    ) throws where State.Record == LocalityRecord {
        turn.figures.book.superseded += 1
        if try hasDeparted(held, identifier, in: &turn) {
            turn.figures.book.departed -= 1
        } else {
            discount(held, in: &turn)
        }
    }

    private func discount<State: PartyState>(
        _ held: LocalityRecord, in turn: inout Turn<State>
    ) where State.Record == LocalityRecord {
        let code = held.province < 10 ? "0\(held.province)" : "\(held.province)"
        let left = (turn.figures.sharedByProvince[code] ?? 0) - 1
        turn.figures.sharedByProvince[code] = left > 0 ? left : nil
    }
}
