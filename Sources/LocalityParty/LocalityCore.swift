public import ExchangeSchema
public import PartyCore
public import Vocabulary

/// The localities: each takes in the book entries of its own residents, once, and keeps them in its warehouse.
///
/// | event                                   | entry is | what happens                        |
/// |-----------------------------------------|----------|-------------------------------------|
/// | book entry of a resident                | new      | taken in; counted for the province  |
/// | later revision of it                    | known    | takes the place of the earlier one  |
/// | its withdrawal                          | any      | withdrawn: out of the books         |
/// | book entry of another locality's resident | any    | not addressed: no effect            |
/// | book entry that cannot be read          | any      | dead letter                         |
/// | handover to or from a province served   | any      | noted: who has the record now       |
/// | handover of an amended record, to a province not served | any | the entry counts no more   |
/// | count of the residents with a book       | any      | noted; the one made last stands     |
/// | copies and late messages                | any      | no effect                           |
public struct LocalityCore: Party {
    /// What the party remembers of one record.
    public typealias Record = LocalityRecord

    let provinces: Set<String>?

    /// Always `locality`.
    public var party: PartyRole { .locality }

    /// - Parameter provinces: Province codes served (two digits, Decision 19/2025/QD-TTg); nil for all 34.
    public init(provinces: Set<String>? = nil) {
        self.provinces = provinces
    }

    /// Handles a book entry, a record's passing on, or a count of residents with a book.
    public func receive<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == LocalityRecord {
        if head.type == .bookHandover { return try receiveHandover(head, payload, in: &turn) }
        if head.type == .provinceCoverage { return try receiveCoverage(head, payload, in: &turn) }
        guard head.type == .bookEntry else { return Verdict(.notAddressed) }
        let entry = try BookEntry(decoding: payload, about: head.record)
        guard let number = try? CitizenNumber(parsing: entry.citizenNumber) else {
            // A citizen number is not repeated: reasons of dead letters stand in logs.
            throw UnreadablePayload(
                .bookEntry, "citizen_number, of \(entry.citizenNumber.utf8.count) characters, is no citizen number")
        }
        guard Province(code: entry.residentProvince) != nil, let province = UInt8(entry.residentProvince) else {
            throw UnreadablePayload(
                .bookEntry,
                "resident_province is \(UnreadablePayload.quoted(entry.residentProvince)), no province code "
                    + "of Decision 19/2025/QD-TTg")
        }
        if let provinces, !provinces.contains(entry.residentProvince) { return Verdict(.notAddressed) }
        let verdict = try turn.arrival(of: entry.revision, about: head.record) { held, turn in
            if let held, held.phase == .shared { try leave(held, head.record, in: &turn) }
            var record = LocalityRecord(revision: entry.revision, province: province, citizenNumber: number.number)
            guard !entry.withdrawn else {
                record.phase = .withdrawn
                turn.state.set(record, for: head.record)
                turn.ledger.withdraw()
                turn.effects.change(
                    .withdrawal, subject: number.number, record: head.record, revision: entry.revision, at: turn.now,
                    content: [UInt8]().span.bytes)
                return Verdict(.withdrawn, .facilityWithdrew)
            }
            turn.state.set(record, for: head.record)
            turn.ledger.share()
            if try hasDeparted(record, head.record, in: &turn) {
                turn.figures.book.departed += 1
            } else {
                turn.figures.sharedByProvince[entry.residentProvince, default: 0] += 1
            }
            turn.effects.change(
                .entry, subject: number.number, record: head.record, revision: entry.revision, at: turn.now,
                content: payload)
            return Verdict(.accepted)
        }
        if verdict.decision == .stale, !entry.withdrawn {
            // It changes nothing that stands; the warehouse has it as history, once.
            turn.effects.change(
                .entry, subject: number.number, record: head.record, revision: entry.revision, at: turn.now,
                content: payload)
        }
        return verdict
    }
}
