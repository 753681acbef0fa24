import DoorHouse
import ExchangeSchema

/// A question about a card as it was sent: who asks, and whom they ask about.
struct CardRequest {
    let account: PortalAccount
    let question: CardQuestion
    let readings: [String]

    /// Why it is not asked: the result, and a verdict for the log.
    struct Refusal: Error, Equatable {
        var code: String
        var verdict: String
        var account: String?
    }

    /// - Parameters:
    ///   - wantsFullDate: Whether the year of birth alone is too little.
    ///   - withVisits: Whether visits are asked for.
    init(
        _ request: DoorRequest, _ gate: PortalGate, wantsFullDate: Bool, withVisits: Bool
    ) throws(Refusal) {
        let fields: PortalFields
        do throws(PortalGate.Refusal) {
            let entered = try gate.letIn(request)
            account = entered.account
            guard let read = PortalFields(request) else {
                throw .init(result: .parameterWrong, words: "", verdict: "the body is no object of JSON")
            }
            fields = read
            readings = [fields.reading, entered.reading]
            question = try Self.question(fields, account, wantsFullDate: wantsFullDate, withVisits: withVisits)
        } catch {
            throw Refusal(code: error.result.rawValue, verdict: error.verdict)
        }
        try Self.examineOfficer(fields, account)
    }

    private static func question(
        _ fields: PortalFields, _ account: PortalAccount, wantsFullDate: Bool, withVisits: Bool
    ) throws(PortalGate.Refusal) -> CardQuestion {
        func wrong(_ verdict: String) -> PortalGate.Refusal {
            .init(result: .parameterWrong, words: "", verdict: verdict)
        }
        var question = CardQuestion()
        question.card = fields["maThe"].filter { !$0.isWhitespace }.uppercased()
        question.fullName = fields["hoTen"]
        question.account = account.username
        question.officerNumber = fields["cccdCb"]
        question.withVisits = withVisits
        guard !question.card.isEmpty, question.card.utf8.count <= 15 else { throw wrong("maThe is no card") }
        guard !question.fullName.isBlank, question.fullName.utf8.count <= 1_024 else { throw wrong("hoTen is no name") }
        guard let born = BirthText.read(fields["ngaySinh"]), born.isComplete || !wantsFullDate else {
            throw wrong(wantsFullDate ? "ngaySinh is not dd/MM/yyyy" : "ngaySinh is neither dd/MM/yyyy nor yyyy")
        }
        question.birthDate = born.description
        return question
    }

    /// Results 054 and 055: who asks must be on the facility's list, under that name. An account without a list is asked
    /// nothing.
    private static func examineOfficer(_ fields: PortalFields, _ account: PortalAccount) throws(Refusal) {
        guard let officers = account.officers else { return }
        guard let officer = officers.first(where: { $0.number == fields["cccdCb"] }) else {
            throw Refusal(code: "054", verdict: "the officer is not on the account's list", account: account.username)
        }
        guard PersonName.areSame(officer.name, fields["hoTenCb"]) else {
            throw Refusal(code: "055", verdict: "the officer's name is another one", account: account.username)
        }
    }
}

/// ngaySinh as the card check writes it.
enum BirthText {
    /// dd/MM/yyyy, or yyyy alone; nil for anything else.
    static func read(_ text: String) -> CivilDate? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
        }
        if parts.count == 1, text.utf8.count == 4, let year = parts[0] {
            return CivilDate(year: year, month: 0, day: 0)
        }
        guard parts.count == 3, text.utf8.count == 10, let day = parts[0], let month = parts[1], let year = parts[2],
            day > 0, month > 0
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }
}
