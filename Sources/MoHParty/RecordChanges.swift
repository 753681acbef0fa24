import ExchangeSchema
import PartyCore

/// A record goes on in a later revision, or comes to its end.
extension MoHCore {
    /// The record in its new revision. What is kept of the one before goes. What stands in a book stays there until the new
    /// revision is decided.
    func takenUp<State: PartyState>(
        _ revision: UInt32, _ held: MoHRecord?, _ head: MessageHead, in turn: inout Turn<State>
    ) throws -> MoHRecord where State.Record == MoHRecord {
        if let held {
            leave(held, in: &turn)
            if held.phase == .shared { turn.figures.book.beginAmending(afterRefusal: held.reason != 0) }
        }
        if turn.figures.formerFeedback.early > 0 {
            try forgetEarly(about: head.record, after: held?.revision ?? 0, before: revision, in: &turn)
        }
        return MoHRecord(revision: revision, succeeding: held)
    }

    /// Another revision takes the place of this one: what is kept of it goes, and what VSS has said of it is said of none
    /// that stands.
    private func leave<State: PartyState>(
        _ held: MoHRecord, in turn: inout Turn<State>
    ) where State.Record == MoHRecord {
        turn.state.drop(held.keptAt)
        guard held.feedback != .none else { return }
        turn.figures.feedback.count(held.feedback, -1)
        turn.figures.formerFeedback.count(held.feedback, 1)
        if held.isTold {
            turn.figures.feedback.told -= 1
            turn.figures.formerFeedback.told += 1
        }
    }

    /// A later revision has come into the book. The book that had the earlier one loses it where it is another person's,
    /// and the province where it is another.
    func succeed<State: PartyState>(
        _ former: BookPlace, by place: BookPlace, _ identifier: RecordIdentifier, in turn: inout Turn<State>
    ) throws where State.Record == MoHRecord {
        turn.figures.book.endAmending()
        let revision = UInt32(place.revision)
        if try KnownPeople.person(with: former.citizenNumber, in: &turn.state).number
            != KnownPeople.person(with: place.citizenNumber, in: &turn.state).number
        {
            turn.effects.change(
                .departure, subject: former.citizenNumber, record: identifier, revision: revision, at: turn.now,
                content: [UInt8]().span.bytes)
        }
        guard handsOver, former.entryProvince != place.entryProvince else { return }
        var message = BookHandover()
        message.recordID = identifier.description
        message.revision = revision
        message.citizenNumber = BookSharing.padded(place.citizenNumber, to: 12)
        if former.citizenNumber != place.citizenNumber {
            message.formerNumber = BookSharing.padded(former.citizenNumber, to: 12)
        }
        message.residentProvince = BookSharing.padded(UInt64(place.entryProvince), to: 2)
        message.formerProvince = BookSharing.padded(UInt64(former.entryProvince), to: 2)
        message.addressedProvince = message.formerProvince
        message.handedOverAt = turn.now
        message.amended = true
        turn.effects.send(
            message, as: message.identifier, record: identifier, key: message.citizenNumber,
            province: former.entryProvince)
        turn.figures.civil.handovers += 1
    }

    /// Takes a record back: out of the book where it is in one, and from whom it was passed on to. The reason goes into
    /// what people read of the book's history, and to no other party.
    func withdraw<State: PartyState>(
        _ head: MessageHead, _ pending: MoHRecord, facilityCode: String, reason: String, in turn: inout Turn<State>
    ) -> Verdict where State.Record == MoHRecord {
        var record = pending
        turn.figures.notices.takenIn += 1
        if record.isPassedOn { passOnWithdrawal(head, record.revision, facilityCode, in: &turn) }
        if let place = record.book {
            let entry = BookSharing.withdrawal(
                head.record.description, revision: record.revision, facilityCode: facilityCode, from: place,
                now: turn.now)
            turn.effects.sendWithdrawal(
                entry, record: head.record, revision: record.revision, key: entry.citizenNumber,
                province: place.entryProvince)
            turn.effects.change(
                .withdrawal, subject: place.citizenNumber, record: head.record, revision: record.revision,
                at: turn.now, content: reason.utf8.span.bytes)
            turn.effects.sendWithdrawal(
                BookSharing.notice(of: entry), record: head.record, revision: record.revision, key: facilityCode)
            turn.figures.book.endAmending()
            turn.figures.notices.sent += 1
            record.book = nil
        }
        record.phase = .withdrawn
        turn.state.set(record, for: head.record)
        turn.ledger.withdraw()
        return Verdict(.withdrawn, .facilityWithdrew)
    }

    /// To whom the record was passed on, without a word of its contents.
    private func passOnWithdrawal<State: PartyState>(
        _ head: MessageHead, _ revision: UInt32, _ facilityCode: String, in turn: inout Turn<State>
    ) where State.Record == MoHRecord {
        turn.figures.notices.sent += 1
        guard awaitsAssessment else {
            let check = IdentityCheck(withdrawing: head.record.description, revision: revision)
            return turn.effects.sendWithdrawal(check, record: head.record, revision: revision)
        }
        var accepted = AcceptedRecord()
        accepted.recordID = head.record.description
        accepted.revision = revision
        accepted.facilityCode = facilityCode
        accepted.acceptedAt = turn.now
        accepted.withdrawn = true
        turn.effects.sendWithdrawal(accepted, record: head.record, revision: revision)
    }
}

extension MoHRecord {
    /// Whether the facility was told of what VSS has said of the revision held: where that stands in the book.
    var isTold: Bool { feedback != .none && phase == .shared && reason == 0 }
}
