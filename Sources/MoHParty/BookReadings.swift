import ExchangeSchema
import PartyCore
import Vocabulary

/// Somebody asks by a door what may be had of a person's book. Who asked is a leaf of the journal and stands in the book,
/// and both are committed with the answer: it leaves MoH only then. What is said the book decides
/// (``PartyCore/ReadModelQuestion``).
///
/// | request                          | what happens                                                             |
/// |----------------------------------|--------------------------------------------------------------------------|
/// | its form breaks a rule           | an extract that says which                                               |
/// | of a facility that may not ask   | an extract that says why                                                 |
/// | any other                        | an extract, filled or refused by the book, and noted there               |
/// | the same request again           | answered again; the book notes it once                                   |
extension MoHCore {
    func readBook<State: PartyState>(
        _ command: PartyCommand, in turn: inout Turn<State>
    ) throws -> CommandAnswer where State.Record == MoHRecord {
        guard var request = try? ReadBook(decoding: command.payload), RecordIdentifier(request.requestID) != nil else {
            return CommandAnswer(
                Verdict(.notAddressed),
                bytes: Array("the request cannot be read; use programs of one version; nothing was looked up".utf8))
        }
        if let refusal = try BookReadingRules.refusal(of: request, by: facilities) {
            return answer(request, refusal, at: turn.now)
        }
        let asked = try CitizenNumber(parsing: request.citizenNumber).number
        let person = try KnownPeople.person(with: asked, in: &turn.state)
        request.residentProvince = Province(number: Int(person.note?.province ?? 0))?.code ?? ""
        turn.effects.fillAnswer(
            to: command.identity,
            by: ReadModelQuestion(
                .bookExtract, subject: asked, time: turn.now, releasing: released(to: request),
                content: request.encoded))
        var answer = answer(
            request, Refusal(.mohNoBook, field: "", value: "", rule: "a book is kept where it is asked for"),
            at: turn.now)
        answer.verdict = Verdict(.obeyed)
        return answer
    }

    /// Which parts of a visit a reader may have: the ministry whatever its book keeps.
    private func released(to request: ReadBook) -> RecordPartSet {
        if !request.facilityCode.isEmpty { return releases[.facility] }
        return request.province.isEmpty ? releases[.book] : releases[.locality]
    }

    private func answer(_ request: ReadBook, _ refusal: Refusal, at time: Int64) -> CommandAnswer {
        var extract = BookExtract()
        extract.requestID = request.requestID
        extract.citizenNumber = request.citizenNumber
        extract.refusalCode = refusal.reason.text
        extract.rule = refusal.rule
        extract.answeredAt = time
        return CommandAnswer(Verdict(.obeyed, refusal.reason), bytes: extract.encoded)
    }
}

/// What somebody who reads a book must say before it is opened. Simulator-defined, as is what a facility must say that asks
/// for a shared history (``HistoryRequestRules``).
enum BookReadingRules {
    /// - Parameter register: Nil where MoH takes facilities as they come.
    /// - Returns: The refusal; nil when there is none. It repeats no number of a person.
    /// - Throws: The register's error when it cannot be read.
    static func refusal(of request: ReadBook, by register: (any FacilityRegistry)?) throws -> Refusal? {
        var asked = HistoryRequest()
        asked.facilityCode = request.facilityCode
        asked.citizenNumber = request.citizenNumber
        asked.purpose = request.purpose
        asked.officer = request.officer
        guard request.facilityCode.isEmpty else { return try HistoryRequestRules.refusal(of: asked, by: register) }
        guard request.province.isEmpty || Province(code: request.province) != nil else {
            return Refusal(
                .mohProvinceUnknown, field: "province", value: request.province,
                rule: "a province code of Decision 19/2025/QD-TTg")
        }
        return HistoryRequestRules.refusalOfForm(asked)
    }
}
