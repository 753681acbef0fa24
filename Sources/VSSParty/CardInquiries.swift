import ExchangeSchema
import PartyCore

/// Questions about cards that come from a counter, before there is a visit. They are commands: the journal keeps that they
/// were asked, and who asked stands under the card's holder.
///
/// | question                          | what happens                                               |
/// |-----------------------------------|------------------------------------------------------------|
/// | a usable card                     | its result code, holder, who asked before; noted           |
/// | name and birth date right, no     | the code why, holder, who asked before; noted               |
/// | longer usable                     |                                                            |
/// | not the holder's name or birth    | the code and nothing else; noted under the holder           |
/// | nobody's card, no card            | the code and nothing else                                  |
///
/// That the holder is shown only to those who know name and birth date is simulator-defined.
extension VSSCore {
    func checkCards<State: PartyState>(
        _ command: PartyCommand, in turn: inout Turn<State>
    ) throws -> CommandAnswer where State.Record == VSSRecord {
        guard let request = try? CheckCards(decoding: command.payload) else {
            return CommandAnswer(
                Verdict(.notAddressed),
                bytes: Array(
                    "the list of cards cannot be read; use programs of one version; nothing was looked up".utf8))
        }
        var answers = CardAnswers()
        answers.answers.reserveCapacity(request.questions.count)
        for question in request.questions { answers.answers.append(try answer(question, in: &turn)) }
        return CommandAnswer(Verdict(.obeyed), bytes: answers.encoded)
    }

    private func answer<State: PartyState>(
        _ question: CardQuestion, in turn: inout Turn<State>
    ) throws -> CardAnswer where State.Record == VSSRecord {
        var answer = CardAnswer()
        guard let card = try? InsuranceCard(parsing: question.card) else {
            answer.code = question.card.isBlank ? "205" : "051"
            answer.rule = "a card is 15 characters, or a number of 10 or 12 digits"
            return answer
        }
        let today = LocalDay.of(turn.now)?.description ?? ""
        switch try examine(question, card, on: today).outcome {
        case .notInsured: answer.code = "205"
        case .covered(let code, _): answer.code = code
        case .refused(let refusal):
            answer.code = refusal.reason.cardCheckCode ?? "205"
            answer.rule = refusal.rule
        }
        guard let person = try cardCheck.holder(of: card) else { return answer }
        let memory = CardMemory(of: person.socialInsuranceNumber)
        if Self.codesThatShowTheHolder.contains(answer.code) {
            answer.holder = CardHolder(person)
            answer.inquiries = try memory.inquiries(in: &turn.state)
            if question.withVisits { answer.visits = try memory.visits(in: &turn.state) }
        }
        try memory.note(question, answered: answer.code, at: turn.now, in: &turn.state)
        return answer
    }

    /// Notes under the card's holder that a visit was taken in.
    func remember<State: PartyState>(
        _ found: VisitAssessment, _ record: RecordIdentifier, _ facilityCode: String, _ insurance: ExaminedInsurance,
        in turn: inout Turn<State>
    ) throws where State.Record == VSSRecord {
        guard remembersVisits, let holder = found.holder else { return }
        try CardMemory(of: holder).note(record, at: facilityCode, insurance, in: &turn.state)
    }

    /// The card check of a visit that begins and ends on the day of the question.
    private func examine(_ question: CardQuestion, _ card: InsuranceCard, on day: String) throws -> CardFinding {
        var patient = ExaminedPatient()
        patient.hoTen = question.fullName
        patient.ngaySinh = question.birthDate + "0000"
        var insurance = ExaminedInsurance()
        insurance.maTheBhyt = question.card
        insurance.ngayVao = day + "0000"
        insurance.ngayRa = insurance.ngayVao
        // The number that is made up for a child without a card names a province and no facility.
        if case .full("TE", 1, let province, _) = card { insurance.maDkbd = province + "000" }
        return try cardCheck.examine(patient, insurance)
    }

    /// Name and birth date are right: the card is usable, or was.
    private static var codesThatShowTheHolder: Set<String> {
        ["000", "001", "002", "003", "004", "010", "110", "120", "121", "122", "123", "124"]
    }
}

extension CardHolder {
    fileprivate init(_ person: InsuredPerson) {
        self.init()
        fullName = person.fullName
        birthDate = person.birthDate.description
        card =
            "\(person.subjectCode)\(person.benefitLevel)\(person.issuingProvince)\(person.socialInsuranceNumber)"
        socialInsuranceNumber = person.socialInsuranceNumber.description
        registeredFacility = person.registeredFacility?.description ?? ""
        validFrom = person.validFrom.description
        validTo = person.validTo.description
        issuingProvince = person.issuingProvince
    }
}
