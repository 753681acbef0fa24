import ExchangeSchema
import PartyCore
import Vocabulary

/// A facility asks MoH for the shared history of a patient of its own, because somebody there wants it for treatment. A
/// request is no record: no ledger counts it.
///
/// | event                              | request is  | what happens                          |
/// |------------------------------------|-------------|---------------------------------------|
/// | command, every rule holds          | new         | asked; HistoryRequest to MoH          |
/// | the same command again             | known       | nothing; the answer says how it stands |
/// | command, a rule is broken          | new         | nothing; the answer says which        |
/// | SharedHistory                      | asked       | answered; kept for whoever asked      |
/// | SharedHistory                      | answered    | nothing: a copy                       |
/// | SharedHistory                      | not known   | nothing                               |
/// | question                           | any         | says how it stands                    |
extension FacilityCore {
    func requestHistory<State: PartyState>(
        _ command: PartyCommand, in turn: inout Turn<State>
    ) throws -> CommandAnswer where State.Record == SubmittedVisit {
        guard let order = try? RequestHistory(decoding: command.payload) else {
            return Self.historyRefusal("the request cannot be read; use programs of one version")
        }
        if let rule = Self.brokenRule(of: order) { return Self.historyRefusal(rule) }
        let identifier = MessageIdentifier(.historyRequest, about: command.identity.description).uuid
        if try turn.state.note(identifier) != nil {
            turn.ledger.duplicatesIgnored += 1
            return CommandAnswer(Verdict(.duplicate), bytes: try standing(of: identifier, in: &turn).encoded)
        }
        var request = HistoryRequest()
        request.requestID = identifier.description
        request.facilityCode = order.facilityCode
        request.citizenNumber = order.citizenNumber
        request.purpose = order.purpose
        request.officer = order.officer
        request.askedAt = turn.now
        turn.effects.send(
            request, as: MessageIdentifier(.historyRequest, record: identifier, revision: 1), record: identifier,
            key: order.citizenNumber, source: "/" + order.facilityCode)
        turn.state.setNote(HistoryNote(askedAt: turn.now).words, for: identifier)
        return CommandAnswer(Verdict(.obeyed), bytes: try standing(of: identifier, in: &turn).encoded)
    }

    func findHistory<State: PartyState>(
        _ command: PartyCommand, in turn: inout Turn<State>
    ) throws -> CommandAnswer where State.Record == SubmittedVisit {
        guard let question = try? FindHistory(decoding: command.payload) else {
            return Self.historyRefusal("the question cannot be read; use programs of one version")
        }
        guard let request = RecordIdentifier(question.requestID) else {
            return CommandAnswer(Verdict(.obeyed), bytes: HistoryStanding().encoded)
        }
        return CommandAnswer(Verdict(.obeyed), bytes: try standing(of: request, in: &turn).encoded)
    }

    /// MoH answers.
    func receiveHistory<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == SubmittedVisit {
        let history = try SharedHistory(decoding: payload, about: head.record)
        guard let words = try turn.state.note(head.record), var note = HistoryNote(words: words) else {
            turn.ledger.staleIgnored += 1
            return Verdict(.unknownRecord)
        }
        guard note.keptAt == 0 else {
            turn.ledger.duplicatesIgnored += 1
            return Verdict(.duplicate)
        }
        // Nobody waits for it here, so that it has no age.
        note.keptAt = turn.state.keep(payload.withUnsafeBytes { Array($0) }, for: head.record, since: .max)
        turn.state.setNote(note.words, for: head.record)
        return Verdict(.accepted, ReasonCode(text: history.refusalCode))
    }

    /// As far as it is known here.
    private func standing<State: PartyState>(
        of request: RecordIdentifier, in turn: inout Turn<State>
    ) throws -> HistoryStanding where State.Record == SubmittedVisit {
        var standing = HistoryStanding()
        guard let words = try turn.state.note(request), let note = HistoryNote(words: words) else { return standing }
        standing.requestID = request.description
        standing.askedAt = note.askedAt
        if note.keptAt > 0, let bytes = try turn.state.kept(at: note.keptAt),
            let history = try? SharedHistory(decoding: bytes)
        {
            standing.history = history
        }
        return standing
    }

    /// What MoH would refuse for its form is not sent. No number is repeated: the text may stand in a log.
    private static func brokenRule(of order: RequestHistory) -> String? {
        guard (try? FacilityCode(parsing: order.facilityCode)) != nil else {
            return "\(UnreadablePayload.quoted(order.facilityCode)) is no code of a facility"
        }
        do {
            _ = try CitizenNumber(parsing: order.citizenNumber)
        } catch {
            return "this is no citizen number: \(error.rule.text)"
        }
        guard PrintableText.isLine(order.purpose, upTo: HistoryRequest.longestPurpose) else {
            return "the purpose is 1 to \(HistoryRequest.longestPurpose) printable characters on one line"
        }
        guard order.officer.isEmpty || PrintableText.isLine(order.officer, upTo: HistoryRequest.longestOfficer) else {
            return "the officer is at most \(HistoryRequest.longestOfficer) printable characters on one line"
        }
        return nil
    }

    private static func historyRefusal(_ rule: String) -> CommandAnswer {
        CommandAnswer(Verdict(.notAddressed), bytes: Array("\(rule); nothing was asked".utf8))
    }
}

/// What a facility notes of a request, under its identifier.
private struct HistoryNote {
    private static let mark: UInt64 = 2

    /// When it was sent; Unix milliseconds.
    var askedAt: Int64
    /// Where MoH's answer is kept; 0 while there is none.
    var keptAt: Int64 = 0

    init(askedAt: Int64) { self.askedAt = askedAt }

    /// Nil for a note about something else.
    init?(words: RecordWords) {
        guard words.first == Self.mark else { return nil }
        askedAt = Int64(bitPattern: words.second)
        keptAt = Int64(bitPattern: words.third)
    }

    var words: RecordWords {
        RecordWords(Self.mark, UInt64(bitPattern: askedAt), UInt64(bitPattern: keptAt), 0, 0)
    }
}
