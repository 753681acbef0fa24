import ExchangeSchema
import PartyCore
import Vocabulary

extension MoHCore {
    /// VSS answers.
    func receiveAssessment<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == MoHRecord {
        let plain = payload.withBytes { AssessmentAnswers.plainAnswer($0, about: head.record) }
        if let plain {
            return try turn.answer(
                of: plain.revision, about: head.record, isAnswered: { $0.assessment != nil }
            ) { held, turn in
                var record = held
                record.assessment = plain.answer
                return try settle(head.record, record, in: &turn)
            }
        }
        let message = try Assessment(decoding: payload, about: head.record)
        return try turn.answer(
            of: message.revision, about: head.record, isAnswered: { $0.assessment != nil }
        ) { held, turn in
            switch try AssessmentAnswers.answer(in: message) {
            case .positive(let assessment):
                var record = held
                record.assessment = assessment
                if InsuranceReduction(of: message) != nil { try keep(message, of: &record, head, in: &turn) }
                return try settle(head.record, record, in: &turn)
            case .refused(let refusal):
                return try refuse(head.record, held, refusal, by: .vss, in: &turn)
            }
        }
    }

    /// C06 answers.
    func receiveIdentity<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == MoHRecord {
        let plain = payload.withBytes { IdentityAnswers.plainMatch($0, about: head.record) }
        if let plain {
            return try turn.answer(
                of: plain.revision, about: head.record, isAnswered: { $0.identity != nil }
            ) { held, turn in
                var record = held
                record.identity = plain.answer
                return try settle(head.record, record, in: &turn)
            }
        }
        let message = try IdentityResult(decoding: payload, about: head.record)
        return try turn.answer(
            of: message.revision, about: head.record, isAnswered: { $0.identity != nil }
        ) { held, turn in
            switch try IdentityAnswers.answer(in: message) {
            case .positive(let statement):
                try noteMove(statement, in: &turn)
                if let refusal = try refusal(of: held, statement, in: &turn) {
                    return try refuse(head.record, held, refusal, by: .moh, in: &turn)
                }
                var record = held
                record.identity = statement.answer
                return try settle(head.record, record, in: &turn)
            case .refused(let refusal):
                return try refuse(head.record, held, refusal, by: .c06, in: &turn)
            }
        }
    }

    /// Why the visit may not stand in this person's book by its date. The visit is read only where C06 says that something
    /// has happened.
    private func refusal<State: PartyState>(
        of record: MoHRecord, _ statement: IdentityStatement, in turn: inout Turn<State>
    ) throws -> Refusal? where State.Record == MoHRecord {
        guard statement.death != nil || statement.replacement != nil else { return nil }
        let submission = try kept(record, in: &turn)
        let content = RecordContent(try ClinicalBlock(decoding: submission.clinical))
        let began =
            try content.time ?? ("NGAY_VAO", InsuranceBlock(decoding: submission.insurance).ngayVao)
        return IdentityByDate.refusal(
            of: statement, visitBegan: try VisitTime(parsing: began.value, field: began.field), field: began.field)
    }

    /// Refuses a record whose submission is kept, and so knows its facility and the value concerned.
    private func refuse<State: PartyState>(
        _ identifier: RecordIdentifier, _ record: MoHRecord, _ refusal: Refusal, by party: RefusingParty,
        in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == MoHRecord {
        let submission = try kept(record, in: &turn)
        var refusal = refusal
        if refusal.value.isEmpty, let block = try? AdministrativeBlock(decoding: submission.administrative) {
            switch refusal.field {
            case "SO_CCCD": refusal.value = block.soCccd
            case "HO_TEN": refusal.value = block.hoTen
            case "NGAY_SINH": refusal.value = block.ngaySinh
            default: break
            }
        }
        return refuse(identifier, record, refusal, by: party, facilityCode: submission.facilityCode, in: &turn)
    }

    /// Puts a record into the book once both answers are there.
    private func settle<State: PartyState>(
        _ identifier: RecordIdentifier, _ record: MoHRecord, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == MoHRecord {
        var record = record
        guard let assessment = record.assessment, let identity = record.identity else {
            turn.state.set(record, for: identifier)
            return Verdict(.accepted)
        }
        let bytes = try keptBytes(of: record, in: &turn)
        let standing = try standing(of: identity, written: record.residence, in: &turn)
        let sharing = BookSharing(
            assessment: assessment, citizen: standing.number, province: standing.province, now: turn.now)
        var feedback: AssessmentFeedback?
        if let submission = EncodedRecord(.assessed, bytes.span, about: identifier),
            AssessmentAnswers.isNothingReduced(bytes.span, within: submission.assessment)
        {
            share(
                identifier, record, of: submission.facilityCode.string(in: bytes.span), by: sharing, in: &turn,
                entry: { sharing.writeEntry(of: submission, bytes.span, releasing: $0, to: &$1) },
                notice: { sharing.writeNotice(of: submission, bytes.span, to: &$0) })
        } else {
            // One with tables, or with what VSS does not accept.
            let submission = try KeptSubmission(decoding: bytes)
            let entry = sharing.entry(submission, releasing: releases[.locality])
            share(
                identifier, record, of: submission.facilityCode, by: sharing, in: &turn,
                entry: { parts, message in
                    let isSent = parts == releases[.locality]
                    message.write(
                        encoded: (isSent ? entry : sharing.entry(submission, releasing: parts)).encoded)
                },
                notice: { $0.write(encoded: BookSharing.notice(of: entry).encoded) })
            if submission.hasFeedback { feedback = submission.feedback }
        }
        turn.state.drop(record.keptAt)
        let place = BookPlace(
            citizenNumber: standing.number, province: standing.province, revision: record.revision)
        if let former = record.book { try succeed(former, by: place, identifier, in: &turn) }
        record.book = place
        record.phase = .shared
        record.keptAt = 0
        record.identity = nil
        if let feedback { tell(feedback, identifier, &record, in: &turn) }
        turn.state.set(record, for: identifier)
        turn.ledger.share()
        return Verdict(.accepted)
    }

    /// Sends the entry, puts it into the book, and tells the facility.
    /// - Parameters:
    ///   - entry: Writes the entry with these parts.
    ///   - notice: Writes what the facility is told.
    private func share<State: PartyState>(
        _ identifier: RecordIdentifier, _ record: MoHRecord, of facilityCode: String, by sharing: BookSharing,
        in turn: inout Turn<State>, entry: (RecordPartSet, inout MessageWriter) -> Void,
        notice: (inout MessageWriter) -> Void
    ) where State.Record == MoHRecord {
        turn.effects.send(
            written: .bookEntry, record: identifier, revision: record.revision, key: sharing.citizenText,
            province: sharing.province
        ) { entry(releases[.locality], &$0) }
        if releases[.book] == releases[.locality] {
            turn.effects.changeByLastMessage(
                .entry, subject: sharing.citizen, record: identifier, revision: record.revision, at: turn.now)
        } else {
            var kept = MessageWriter()
            entry(releases[.book], &kept)
            turn.effects.change(
                .entry, subject: sharing.citizen, record: identifier, revision: record.revision, at: turn.now,
                content: kept.bytes.span.bytes)
        }
        turn.effects.send(
            written: .sharingNotice, record: identifier, revision: record.revision, key: facilityCode, notice)
    }

    /// What is kept of a pending record.
    func kept<State: PartyState>(
        _ record: MoHRecord, in turn: inout Turn<State>
    ) throws -> KeptSubmission where State.Record == MoHRecord {
        try KeptSubmission(decoding: keptBytes(of: record, in: &turn))
    }

    /// The same, encoded.
    private func keptBytes<State: PartyState>(
        of record: MoHRecord, in turn: inout Turn<State>
    ) throws -> [UInt8] where State.Record == MoHRecord {
        guard let bytes = try turn.state.kept(at: record.keptAt) else {
            throw MissingSubmission(position: record.keptAt)
        }
        return bytes
    }

    /// Keeps what VSS does not accept with the submission, for the entry of the book.
    private func keep<State: PartyState>(
        _ assessment: Assessment, of record: inout MoHRecord, _ head: MessageHead, in turn: inout Turn<State>
    ) throws where State.Record == MoHRecord {
        var submission = try kept(record, in: &turn)
        submission.assessment = assessment
        keepAgain(submission, of: &record, head.record, in: &turn)
    }

    /// Keeps a submission with what was added to it. It waits as long as it has waited.
    func keepAgain<State: PartyState>(
        _ submission: KeptSubmission, of record: inout MoHRecord, _ identifier: RecordIdentifier,
        in turn: inout Turn<State>
    ) where State.Record == MoHRecord {
        turn.state.drop(record.keptAt)
        record.keptAt = turn.state.keep(
            submission.encoded, for: identifier, since: min(submission.submittedAt, turn.now))
    }
}

/// A pending record's submission is gone from the store: the data directory was altered.
public struct MissingSubmission: Error, Equatable, CustomStringConvertible {
    /// Where it should have been.
    public var position: Int64

    /// For people.
    public var description: String {
        "the submission kept at position \(position) is missing; the data directory was altered, restore it from a copy"
    }
}
