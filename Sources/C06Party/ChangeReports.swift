import ExchangeSchema
import PartyCore
import Vocabulary

/// C06 reports what happens to people by itself: each change once, in its order, when C06 has been asked about so many
/// people that its turn has come. It counts reports and not hours, so that two runs report the same at the same place.
struct ChangeReports: Sendable {
    let changes: any CivilChanges

    /// Reports what is due.
    /// - Returns: Whether more is due than the budget allows.
    func report<State: PartyState>(in turn: inout Turn<State>, budget: Int) throws -> Bool {
        var sent = 0
        turn.cause = nil
        while turn.figures.civil.next < changes.count,
            changes.isDue(turn.figures.civil.next, afterChecks: turn.ledger.submitted)
        {
            guard sent < budget else { return true }
            if let change = try changes.change(turn.figures.civil.next) {
                let message = CivilStatusChange(change, reportedAt: turn.now)
                // It is about no record. Its own identifier as `ce_subject` gives it a key of its own in the auditor's vault,
                // so that it can be erased alone.
                let identifier = message.identifier
                turn.effects.send(message, as: identifier, record: identifier.uuid, key: message.citizenNumber)
                turn.figures.civil.changes += 1
                sent += 1
            }
            turn.figures.civil.next += 1
        }
        return false
    }
}

extension CivilStatusChange {
    init(_ change: CivilChange, reportedAt: Int64) {
        self.init()
        citizenNumber = change.citizenNumber.description
        happenedOn = change.moment.description
        self.reportedAt = reportedAt
        switch change.kind {
        case .moved(let from, let to):
            kind = .moved
            province = to.code
            formerProvince = from.code
        case .died: kind = .died
        case .missing: kind = .missing
        case .reissued(let former):
            kind = .numberReissued
            formerNumber = former.description
        }
    }

    /// Equal for every report of the same change.
    var identifier: MessageIdentifier {
        MessageIdentifier(
            .civilStatus, about: "\(kind.rawValue)|\(citizenNumber)|\(happenedOn)|\(province)|\(formerNumber)")
    }
}
