import ExchangeSchema
import PartyCore
import Vocabulary

/// What C06 reports of a person, read. Rules of the field table in `identity.proto`.
enum CivilReport: Equatable {
    case moved(UInt64, to: UInt8, on: Int32)
    case died(UInt64, CivilMoment)
    case missing(UInt64, since: Int32)
    case reissued(former: UInt64, UInt64, on: Int32)

    /// - Throws: ``UnreadablePayload`` with the rule that it breaks. Citizen numbers are not repeated.
    init(_ message: CivilStatusChange) throws(UnreadablePayload) {
        func broken(_ rule: String) -> UnreadablePayload { UnreadablePayload(.civilStatus, rule) }
        guard let number = try? CitizenNumber(parsing: message.citizenNumber).number else {
            throw broken("citizen_number, of \(message.citizenNumber.utf8.count) characters, is no citizen number")
        }
        guard let moment = CivilMoment(message.happenedOn) else {
            throw broken("happened_on is \(UnreadablePayload.quoted(message.happenedOn)), no yyyyMMdd or yyyyMMddHHmm")
        }
        let day = moment.date.flatMap { $0.isComplete && moment.hourAndMinute == nil ? $0.number : nil }
        switch message.kind {
        case .died: self = .died(number, moment)
        case .moved:
            guard let province = Province(code: message.province), let digits = UInt8(province.code) else {
                throw broken(
                    "province is \(UnreadablePayload.quoted(message.province)), no province code of Decision "
                        + "19/2025/QD-TTg")
            }
            guard let day else { throw broken("happened_on of a move is \"\(moment)\", no day yyyyMMdd") }
            self = .moved(number, to: digits, on: day)
        case .missing:
            guard let day else { throw broken("happened_on of a disappearance is \"\(moment)\", no day yyyyMMdd") }
            self = .missing(number, since: day)
        case .numberReissued:
            guard let former = try? CitizenNumber(parsing: message.formerNumber).number, former != number else {
                throw broken(
                    "former_number, of \(message.formerNumber.utf8.count) characters, is no other citizen number")
            }
            guard let day else { throw broken("happened_on of a new number is \"\(moment)\", no day yyyyMMdd") }
            self = .reissued(former: former, number, on: day)
        case .unspecified: throw broken("kind is unset; it is moved, died, missing or number reissued")
        case .UNRECOGNIZED(let kind): throw broken("kind is \(kind); it is 1 (moved) to 4 (number reissued)")
        }
    }
}

extension MoHCore {
    /// C06 reports what happened to a person. A copy has no effect, nor has what is older by its date than what is known.
    func receiveChange<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == MoHRecord {
        let report = try CivilReport(try CivilStatusChange(reading: payload))
        guard try turn.state.note(head.message.uuid) == nil else {
            turn.ledger.duplicatesIgnored += 1
            return Verdict(.duplicate)
        }
        turn.state.setNote(RecordWords(1, 0, 0, 0, 0), for: head.message.uuid)
        turn.figures.civil.changes += 1
        guard try note(report, in: &turn) else {
            turn.ledger.staleIgnored += 1
            return Verdict(.stale)
        }
        return Verdict(.accepted)
    }

    /// C06 says with an answer where the person lives since when.
    func noteMove<State: PartyState>(
        _ statement: IdentityStatement, in turn: inout Turn<State>
    ) throws where State.Record == MoHRecord {
        guard let day = statement.movedOn?.number, statement.answer.movedToProvince != 0 else { return }
        _ = try note(
            .moved(statement.answer.citizenNumber, to: statement.answer.movedToProvince, on: day), in: &turn)
    }

    /// - Returns: Whether it is news.
    private func note<State: PartyState>(
        _ report: CivilReport, in turn: inout Turn<State>
    ) throws -> Bool where State.Record == MoHRecord {
        func change(
            _ number: UInt64, _ turn: inout Turn<State>, _ body: (inout PersonNote) -> Bool
        ) throws -> UInt64? {
            let person = try KnownPeople.person(with: number, in: &turn.state)
            var note = person.note ?? PersonNote()
            guard body(&note) else { return nil }
            KnownPeople.set(note, of: person.number, in: &turn.state)
            return person.number
        }
        let due: UInt64?
        switch report {
        case .moved(let number, let province, let day):
            due = try change(number, &turn) { $0.move(to: province, on: day) }
            guard due != nil else { return false }
        case .died(let number, let moment):
            due = nil
            guard try change(number, &turn, { $0.die(at: moment) }) != nil else { return false }
        case .missing(let number, let day):
            due = nil
            guard try change(number, &turn, { $0.miss(since: day) }) != nil else { return false }
        case .reissued(let former, let number, let day):
            guard try KnownPeople.replace(former, by: number, on: day, in: &turn.state) else { return false }
            let current = try KnownPeople.person(with: number, in: &turn.state).number
            turn.effects.change(
                .renumbering, subject: former, at: turn.now,
                content: Array(BookSharing.padded(current, to: 12).utf8).span.bytes)
            due = number
        }
        turn.figures.civil.people += 1
        if let due, handsOver, !turn.figures.civil.due.contains(due) { turn.figures.civil.due.append(due) }
        return true
    }
}
