import ExchangeSchema
public import PartyCore

/// What C06 says of an identified person beside the number: facts with their dates. What follows from them for a visit is
/// not its business, for it is not told when the visit was.
struct CivilStanding: Equatable {
    /// When the person died; nil for the living.
    var death: CivilMoment?
    /// Whether nobody knows where the person is.
    var isMissing = false
    /// Where the person lives since a registered move, and where before.
    var move: Move?
    /// Since when the number in force replaces the one asked for; nil where it is the one asked for.
    var replacement: Replacement?

    struct Move: Equatable {
        var to: Province
        var from: Province?
        var on: CivilDate?
    }

    struct Replacement: Equatable {
        var since: CivilDate?
    }

    init() {}

    init(_ person: RegisteredPerson) {
        death = person.death
        isMissing = person.missingSince != nil
        if person.movedOn != nil || person.formerProvince != nil {
            move = Move(to: person.residentProvince, from: person.formerProvince, on: person.movedOn)
        }
        if person.isSuperseded { replacement = Replacement(since: person.numberSince) }
    }

    /// The one word for it: of several that hold, the gravest.
    var status: CivilStatus {
        death != nil ? .died : isMissing ? .missing : move != nil ? .moved : .unchanged
    }

    /// Writes it into an answer.
    func write(into result: inout IdentityResult) {
        result.civilStatus = status
        if let death { result.diedOn = death.description }
        if let move {
            result.movedToProvince = move.to.code
            result.movedFromProvince = move.from?.code ?? ""
            result.movedOn = move.on?.description ?? ""
        }
        if let replacement {
            result.numberReplaced = true
            result.numberSince = replacement.since?.description ?? ""
        }
    }
}

extension RegisteredPerson {
    /// Whether a number is the one that the person will be given, by a change that C06 has not reported yet.
    func isIssuedLater(_ number: String, afterReports reported: Int64) -> Bool {
        guard let unreported, unreported.index >= reported, case .reissued = unreported.change.kind else {
            return false
        }
        return number == unreported.change.citizenNumber.description
    }

    /// The person as C06 knows it while it has reported only the first changes of all that it has to report: what it has
    /// not reported has not happened for it.
    public func known(afterReports reported: Int64) -> RegisteredPerson {
        guard let unreported, unreported.index >= reported else { return self }
        var person = self
        switch unreported.change.kind {
        case .moved(let from, _):
            person.residentProvince = from
            (person.formerProvince, person.movedOn) = (nil, nil)
        case .died: person.death = nil
        case .missing: person.missingSince = nil
        case .reissued(let former):
            person.citizenNumber = former
            (person.isSuperseded, person.numberSince) = (false, nil)
        }
        return person
    }
}
