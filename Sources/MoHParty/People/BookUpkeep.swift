import ExchangeSchema
import PartyCore
import Vocabulary

extension MoHCore {
    /// People looked up together: all records are gone over once for them.
    private static var peopleAtOnce: Int { 64 }

    /// Where a record goes that is shared now: the number in force, and where the person lives.
    /// - Parameter written: As the facility wrote it.
    func standing<State: PartyState>(
        of identity: MoHRecord.IdentityAnswer, written: UInt8, in turn: inout Turn<State>
    ) throws -> (number: UInt64, province: UInt8) where State.Record == MoHRecord {
        let answered = identity.movedToProvince != 0 ? identity.movedToProvince : written
        // In nearly every exchange nothing is noted of anybody, and nothing is looked up.
        guard turn.figures.civil.people > 0 else { return (identity.citizenNumber, answered) }
        let person = try KnownPeople.person(with: identity.citizenNumber, in: &turn.state)
        return (person.number, person.note.flatMap { $0.province == 0 ? nil : $0.province } ?? answered)
    }

    /// Brings records up to date that were shared before something happened to their people.
    /// - Returns: Whether there are more people.
    func handOver<State: PartyState>(
        in turn: inout Turn<State>
    ) throws -> Bool where State.Record == MoHRecord {
        let due = turn.figures.civil.due.prefix(Self.peopleAtOnce)
        turn.figures.civil.due.removeFirst(due.count)
        turn.cause = nil
        var numbers: Set<UInt64> = []
        for number in due {
            let person = try KnownPeople.person(with: number, in: &turn.state)
            numbers.insert(person.number)
            numbers.formUnion(try KnownPeople.formerNumbers(of: person.number, in: &turn.state))
        }
        for identifier in try turn.state.records(withFifthWord: numbers) {
            // Also what is being amended: it stands in the book until that is decided.
            guard var record = try turn.state.record(identifier), let book = record.book else { continue }
            let person = try KnownPeople.person(with: book.citizenNumber, in: &turn.state)
            let province = person.note.flatMap { $0.province == 0 ? nil : $0.province } ?? book.province
            guard person.number != book.citizenNumber || province != book.province else { continue }
            try send(identifier, book, person, province, in: &turn)
            record.book?.citizenNumber = person.number
            record.book?.province = province
            turn.state.set(record, for: identifier)
        }
        return !turn.figures.civil.due.isEmpty
    }

    /// Tells the province that a record comes to, and the one that it leaves.
    private func send<State: PartyState>(
        _ identifier: RecordIdentifier, _ book: BookPlace, _ person: (number: UInt64, note: PersonNote?),
        _ province: UInt8, in turn: inout Turn<State>
    ) throws where State.Record == MoHRecord {
        var message = BookHandover()
        message.recordID = identifier.description
        message.revision = UInt32(book.revision)
        message.citizenNumber = BookSharing.padded(person.number, to: 12)
        if book.citizenNumber != person.number {
            message.formerNumber = BookSharing.padded(book.citizenNumber, to: 12)
        }
        if let former = person.note?.former, former != 0,
            let since = try KnownPeople.note(of: former, in: &turn.state)?.numberSince, since != 0
        {
            message.numberSince = BookSharing.padded(UInt64(since), to: 8)
        }
        message.residentProvince = BookSharing.padded(UInt64(province), to: 2)
        if let day = person.note?.movedOn, day != 0 { message.movedOn = BookSharing.padded(UInt64(day), to: 8) }
        message.handedOverAt = turn.now
        var addressed = [province]
        if province != book.province {
            message.formerProvince = BookSharing.padded(UInt64(book.province), to: 2)
            addressed.append(book.province)
        }
        for one in addressed {
            message.addressedProvince = BookSharing.padded(UInt64(one), to: 2)
            turn.effects.send(
                message, as: message.identifier, record: identifier, key: message.citizenNumber, province: one)
            turn.figures.civil.handovers += 1
        }
    }
}

extension BookHandover {
    /// Equal for every copy of one handover.
    var identifier: MessageIdentifier {
        MessageIdentifier(
            .bookHandover,
            about: "\(recordID)|\(revision)|\(citizenNumber)|\(residentProvince)|\(formerProvince)|\(movedOn)|"
                + "\(numberSince)|\(addressedProvince)" + (amended ? "|amended" : ""))
    }
}
