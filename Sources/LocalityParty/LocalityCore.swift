import ExchangeSchema
public import PartyCore
public import Vocabulary

/// The localities: each takes in the book entries of its own residents, once.
///
/// | event                                   | entry is | what happens                        |
/// |-----------------------------------------|----------|-------------------------------------|
/// | book entry of a resident                | new      | taken in; counted for the province  |
/// | book entry of another locality's resident | any    | not addressed: no effect            |
/// | book entry that cannot be read          | any      | dead letter                         |
/// | copies and late messages                | any      | no effect                           |
public struct LocalityCore: Party {
    /// What the party remembers of one record.
    public typealias Record = LocalityRecord

    private let provinces: Set<String>?

    /// Always `locality`.
    public var party: PartyRole { .locality }

    /// - Parameter provinces: Province codes served (two digits, Decision 19/2025/QD-TTg); nil for all 34.
    public init(provinces: Set<String>? = nil) {
        self.provinces = provinces
    }

    /// Handles a book entry.
    public func receive<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, state: inout State, ledger: inout Ledger, now: Int64,
        effects: inout Effects
    ) throws -> Verdict where State.Record == LocalityRecord {
        guard head.type == .bookEntry else { return Verdict(.notAddressed) }
        guard let entry = try? BookEntry(decoding: payload), RecordIdentifier(entry.recordID) == head.record,
            let number = try? CitizenNumber(parsing: entry.citizenNumber),
            Province(code: entry.residentProvince) != nil,
            let province = UInt8(entry.residentProvince)
        else {
            ledger.deadLetters += 1
            return Verdict(.unreadable)
        }
        if let provinces, !provinces.contains(entry.residentProvince) { return Verdict(.notAddressed) }
        let held = try state.record(head.record)
        let age = held.map { RevisionAge(incoming: entry.revision, held: $0.revision) } ?? .newer
        let step = RevisionTable.arrival(held?.phase, age, sharedIsFinal: true)
        if let verdict = ledger.note(step, previousReason: 0) { return verdict }
        state.set(
            LocalityRecord(revision: entry.revision, province: province, citizenNumber: number.number), for: head.record
        )
        ledger.share()
        ledger.sharedByProvince[entry.residentProvince, default: 0] += 1
        return Verdict(.accepted)
    }
}
