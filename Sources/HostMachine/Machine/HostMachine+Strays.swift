import ExchangeSchema
import PartyCore

extension HostMachine {
    /// The attributes of a message of a party of the topology.
    /// - Throws: Why it is none.
    func headOfParty<Batch: MessageBatch>(
        _ batch: inout Batch, _ index: Int, _ place: MessagePlace
    ) throws(UnreadableHead) -> MessageHead {
        let head = try batch.head(at: index)
        guard !plan.reads[Int(place.topic)].isWritten(by: head.source) else { return head }
        let writers = plan.reads[Int(place.topic)].sources.joined(separator: ", ")
        let name = EventAttribute.source.header
        throw UnreadableHead(
            head.source.isEmpty
                ? "header \(name) is missing"
                : "header \(name) is \(UnreadablePayload.quoted(head.source)); this topic is written by \(writers)")
    }

    /// Puts a message aside that no party of the topology sent.
    /// - Returns: A run before it that has come to its end.
    mutating func putAside<Batch: MessageBatch>(
        _ batch: Batch, _ index: Int, _ place: MessagePlace, _ reason: String, now: Int64
    ) -> StrayDesk.Gathered? {
        let digest = batch.withPayload(at: index) { PayloadDigest(of: $0, type: nil, salt: .none) }
        let plan = plan
        return strays.take(place, reason, digest, now: now) {
            Self.letter(batch.copy(at: index), place, reason, plan)
        }
    }

    /// What goes to the dead letters of a run: the first ones whole, and how many more there were.
    func letters(_ gathered: StrayDesk.Gathered) -> [DeadLetter] {
        let rest = gathered.run.count - Int64(gathered.letters.count)
        guard rest > 0 else { return gathered.letters }
        var place = gathered.run.place
        place.offset += Int64(gathered.letters.count)
        var letter = Self.letter(
            RecordCopy(key: nil, value: nil, headers: []), place,
            "\(rest) more messages that no party of the topology sent: they are not copied", plan)
        letter.headers.append(DeadLetterHeader("dlt_count", Array(String(rest).utf8)))
        letter.headers.append(DeadLetterHeader("dlt_last_offset", Array(String(gathered.run.last).utf8)))
        return gathered.letters + [letter]
    }

    /// The line for people about a run.
    func remark(_ gathered: StrayDesk.Gathered) -> HostRemark {
        let run = gathered.run
        let place = "\(plan.reads[Int(run.place.topic)].name)/\(run.place.partition)/\(run.place.offset)"
        let text =
            run.count == 1
            ? "\(place) to the dead letters, no party of the topology sent it: \(gathered.reason)"
            : "\(place) to \(run.last): \(run.count) messages that no party of the topology sent, to the dead letters; the "
                + "first: \(gathered.reason)"
        return HostRemark(.warning, text)
    }
}
