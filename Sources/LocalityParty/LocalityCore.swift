public import ExchangeSchema
public import PartyCore
public import Vocabulary

/// The localities: each takes in the book entries of its own residents, once, and keeps them in its warehouse.
///
/// | event                                   | entry is | what happens                        |
/// |-----------------------------------------|----------|-------------------------------------|
/// | book entry of a resident                | new      | taken in; counted for the province  |
/// | book entry of another locality's resident | any    | not addressed: no effect            |
/// | book entry that cannot be read          | any      | dead letter                         |
/// | handover to or from a province served   | any      | noted: who has the record now       |
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

    /// Handles a book entry, or a record's passing on.
    public func receive<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == LocalityRecord {
        if head.type == .bookHandover { return try receiveHandover(head, payload, in: &turn) }
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
        return try turn.arrival(of: entry.revision, about: head.record, sharedIsFinal: true) { _, turn in
            turn.state.set(
                LocalityRecord(revision: entry.revision, province: province, citizenNumber: number.number),
                for: head.record)
            turn.ledger.share()
            turn.figures.sharedByProvince[entry.residentProvince, default: 0] += 1
            turn.effects.change(
                .entry, subject: number.number, record: head.record, revision: entry.revision, at: turn.now,
                content: payload)
            return Verdict(.accepted)
        }
    }
}
