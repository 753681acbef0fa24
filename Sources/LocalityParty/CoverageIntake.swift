import ExchangeSchema
import PartyCore
import Vocabulary

extension LocalityCore {
    /// MoH says how many residents of a province have a book. Of several counts the one that was made last stands.
    func receiveCoverage<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == LocalityRecord {
        let notice = try ProvinceCoverageNotice(reading: payload)
        if let provinces, !provinces.contains(notice.province) { return Verdict(.notAddressed) }
        guard try turn.state.note(head.message.uuid) == nil else {
            turn.ledger.duplicatesIgnored += 1
            return Verdict(.duplicate)
        }
        turn.state.setNote(RecordWords(1, 0, 0, 0, 0), for: head.message.uuid)
        turn.figures.coverage.note(ProvinceCoverage(notice), of: notice.province)
        turn.effects.change(.coverage, subject: 0, at: turn.now, content: payload)
        return Verdict(.accepted)
    }
}

extension ProvinceCoverageNotice {
    /// Reads a count.
    /// - Throws: ``UnreadablePayload`` with the rule that it breaks.
    fileprivate init(reading payload: RawSpan) throws(UnreadablePayload) {
        do {
            try self.init(decoding: payload)
        } catch {
            throw UnreadablePayload(
                .provinceCoverage, "its \(payload.byteCount) bytes are no encoded message of this type")
        }
        guard Province(code: province) != nil else {
            throw UnreadablePayload(
                .provinceCoverage,
                "province is \(UnreadablePayload.quoted(province)), no province code of Decision 19/2025/QD-TTg")
        }
        guard withBook >= 0, withBook <= residents else {
            throw UnreadablePayload(.provinceCoverage, "with_book is \(withBook), not 0 to \(residents)")
        }
    }
}
