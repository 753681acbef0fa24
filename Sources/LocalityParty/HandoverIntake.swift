import ExchangeSchema
import PartyCore
import Vocabulary

extension LocalityCore {
    /// A record passes on. The province that gives it away keeps it, marked; neither counts it in the law again, which has
    /// it where its entry came first.
    func receiveHandover<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == LocalityRecord {
        let message = try BookHandover(decoding: payload, about: head.record)
        let incoming = try Self.note(message)
        if let provinces, !provinces.contains(message.addressedProvince) { return Verdict(.notAddressed) }
        guard try turn.state.note(head.message.uuid) == nil else {
            turn.ledger.duplicatesIgnored += 1
            return Verdict(.duplicate)
        }
        turn.state.setNote(RecordWords(1, 0, 0, 0, 0), for: head.message.uuid)
        turn.figures.civil.handovers += 1
        if message.amended {
            try depart(head.record, message, in: &turn)
            return Verdict(.accepted)
        }
        if !message.formerProvince.isEmpty {
            if message.addressedProvince == message.residentProvince {
                turn.figures.civil.received[message.addressedProvince, default: 0] += 1
            } else {
                turn.figures.civil.given[message.addressedProvince, default: 0] += 1
            }
        }
        let known = try turn.state.note(head.record).map(HandoverNote.init(words:))
        turn.state.setNote((known?.merged(with: incoming) ?? incoming).words, for: head.record)
        return Verdict(.accepted)
    }

    private static func note(_ message: BookHandover) throws(UnreadablePayload) -> HandoverNote {
        func broken(_ rule: String) -> UnreadablePayload { UnreadablePayload(.bookHandover, rule) }
        guard let number = try? CitizenNumber(parsing: message.citizenNumber) else {
            throw broken("citizen_number, of \(message.citizenNumber.utf8.count) characters, is no citizen number")
        }
        guard let province = Province(code: message.residentProvince), let digits = UInt8(province.code) else {
            throw broken(
                "resident_province is \(UnreadablePayload.quoted(message.residentProvince)), no province code of "
                    + "Decision 19/2025/QD-TTg")
        }
        let sides = [message.amended ? "" : message.residentProvince, message.formerProvince]
        guard Province(code: message.addressedProvince) != nil, sides.contains(message.addressedProvince) else {
            throw broken(
                "addressed_province is \(UnreadablePayload.quoted(message.addressedProvince)); it is resident_province "
                    + "or former_province")
        }
        func day(_ text: String, _ field: String) throws(UnreadablePayload) -> Int32 {
            if text.isEmpty { return 0 }
            guard text.utf8.count == 8, let date = CivilMoment(text)?.date, date.isComplete else {
                throw broken("\(field) is \(UnreadablePayload.quoted(text)), no day yyyyMMdd")
            }
            return date.number
        }
        return HandoverNote(
            province: digits, movedOn: try day(message.movedOn, "moved_on"), citizenNumber: number.number,
            numberSince: try day(message.numberSince, "number_since"))
    }
}
