import ExchangeSchema
import PartyCore
import Vocabulary

extension MoHCore {
    /// Opens books before any visit, from what C06 and VSS know of people. All of a list or nothing of it is taken in; of
    /// somebody who has such a book already nothing is written again, which whoever keeps the books sees to.
    ///
    /// | list                             | what happens                                                    |
    /// |----------------------------------|-----------------------------------------------------------------|
    /// | every rule holds                 | a book for each person, under the number in force that MoH knows |
    /// | the same command again           | nothing; the answer is the same                                 |
    /// | a rule is broken by one of them  | nothing; the answer says which rule                             |
    /// | has a count of a province        | noted too, unless a newer one is known; its locality is told      |
    func openBooks<State: PartyState>(
        _ command: PartyCommand, in turn: inout Turn<State>
    ) throws -> CommandAnswer where State.Record == MoHRecord {
        guard let request = try? EnrolPeople(decoding: command.payload) else {
            return Self.refusal("the list of people cannot be read; use programs of one version")
        }
        if let known = try turn.state.note(command.identity.uuid) {
            return Self.answer(.duplicate, at: Int64(bitPattern: known.second))
        }
        var numbers: [UInt64] = []
        numbers.reserveCapacity(request.people.count)
        for (place, person) in request.people.enumerated() {
            do throws(BrokenEnrolment) {
                numbers.append(try EnrolmentRules.number(of: person))
            } catch {
                return Self.refusal("person \(place + 1) of the list: \(error.rule)")
            }
        }
        if request.hasCount, let problem = EnrolmentRules.problem(in: request.count) {
            return Self.refusal("the count of the province: \(problem)")
        }
        for (person, number) in zip(request.people, numbers) {
            let current = try KnownPeople.person(with: number, in: &turn.state).number
            turn.effects.change(.enrolment, subject: current, at: turn.now, content: person.encoded.span.bytes)
        }
        if request.hasCount {
            let count = request.count
            turn.figures.coverage.note(
                ProvinceCoverage(residents: count.residents, withBook: count.withBook, countedAt: turn.now),
                of: count.province)
            if tellsCoverage { tell(count, in: &turn) }
        }
        turn.state.setNote(RecordWords(1, UInt64(bitPattern: turn.now), 0, 0, 0), for: command.identity.uuid)
        return Self.answer(.obeyed, at: turn.now)
    }

    /// Tells the province's locality what was counted. The message is about no record; it names nobody.
    private func tell<State: PartyState>(
        _ count: EnrolmentCount, in turn: inout Turn<State>
    ) where State.Record == MoHRecord {
        var notice = ProvinceCoverageNotice()
        notice.province = count.province
        notice.residents = count.residents
        notice.withBook = count.withBook
        notice.countedAt = turn.now
        let identifier = MessageIdentifier(
            .provinceCoverage, about: "\(notice.province)|\(notice.residents)|\(notice.withBook)|\(notice.countedAt)")
        turn.effects.send(
            notice, as: identifier, record: identifier.uuid, key: notice.province,
            province: UInt8(notice.province) ?? 0)
    }

    private static func answer(_ decision: Decision, at time: Int64) -> CommandAnswer {
        var answer = PeopleEnrolled()
        answer.enrolledAt = time
        return CommandAnswer(Verdict(decision), bytes: answer.encoded)
    }

    private static func refusal(_ reason: String) -> CommandAnswer {
        CommandAnswer(Verdict(.notAddressed), bytes: Array("\(reason); nothing was changed".utf8))
    }
}

/// A rule that an enrolment breaks. It repeats no citizen number and no name: the answer may stand in a log.
struct BrokenEnrolment: Error, Equatable {
    let rule: String
}

/// What an enrolment must say. Rules of the field table in `commands.proto`.
enum EnrolmentRules {
    /// - Returns: The citizen number.
    static func number(of person: BookEnrolment) throws(BrokenEnrolment) -> UInt64 {
        guard let number = try? CitizenNumber(parsing: person.citizenNumber) else {
            throw BrokenEnrolment(
                rule: "citizen_number, of \(person.citizenNumber.utf8.count) characters, is no citizen number")
        }
        if let rule = PersonName.violatedRule(person.fullName) {
            throw BrokenEnrolment(rule: "full_name is no name: \(rule.text)")
        }
        guard (try? BirthDate.parse(person.birthDate)) != nil else {
            throw BrokenEnrolment(rule: "birth_date, of \(person.birthDate.utf8.count) characters, is no NGAY_SINH")
        }
        guard Province(code: person.residentProvince) != nil else {
            throw BrokenEnrolment(
                rule: "resident_province is \(UnreadablePayload.quoted(person.residentProvince)), no province code of "
                    + "Decision 19/2025/QD-TTg")
        }
        guard (try? SocialInsuranceNumber(parsing: person.socialInsuranceNumber)) != nil else {
            throw BrokenEnrolment(
                rule:
                    "social_insurance_number, of \(person.socialInsuranceNumber.utf8.count) characters, is none of 10 "
                    + "digits")
        }
        guard
            person.registeredFacility.isEmpty || (try? FacilityCode(parsing: person.registeredFacility)) != nil
        else {
            throw BrokenEnrolment(
                rule:
                    "registered_facility is \(UnreadablePayload.quoted(person.registeredFacility)), no facility's code")
        }
        return number.number
    }

    /// What is wrong with a count; nil for nothing.
    static func problem(in count: EnrolmentCount) -> String? {
        guard Province(code: count.province) != nil else {
            return "province is \(UnreadablePayload.quoted(count.province)), no province code of Decision "
                + "19/2025/QD-TTg"
        }
        guard count.withBook >= 0, count.withBook <= count.residents else {
            return "with_book is \(count.withBook), not 0 to \(count.residents)"
        }
        return nil
    }
}
