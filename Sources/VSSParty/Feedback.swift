import ExchangeSchema
import PartyCore
import Vocabulary

extension VSSCore {
    /// Notes what becomes of the claim of a record that passes.
    func note<State: PartyState>(
        _ found: VisitAssessment, about identifier: RecordIdentifier, _ facilityCode: String,
        _ record: inout VSSRecord, in turn: inout Turn<State>
    ) where State.Record == VSSRecord {
        if !found.assessment.lines.isEmpty {
            record.isReduced = true
            turn.figures.feedback.reducedAtOnce += 1
        }
        if let feedback = found.feedback { wait(feedback, about: identifier, facilityCode, &record, in: &turn) }
    }

    /// Keeps feedback until the time of the review. Entries of the queue are due in its order, since all wait equally long.
    private func wait<State: PartyState>(
        _ feedback: AssessmentFeedback, about identifier: RecordIdentifier, _ facilityCode: String,
        _ record: inout VSSRecord, in turn: inout Turn<State>
    ) where State.Record == VSSRecord {
        var feedback = feedback
        feedback.recordID = identifier.description
        feedback.revision = record.revision
        feedback.facilityCode = facilityCode
        record.feedback = .waiting
        // The visit is not pending, so that nobody counts how long this waits.
        record.keptAt = turn.state.keep(feedback.encoded, for: identifier, since: .max)
        turn.figures.feedback.count(.waiting, 1)
        if turn.figures.feedback.nextAt == 0 { turn.figures.feedback.nextAt = record.assessedAt + reviewAfter }
    }

    /// Another revision takes the place of this one: what waits of it goes, and what was said of it counts no more.
    func leave<State: PartyState>(
        _ held: VSSRecord?, in turn: inout Turn<State>
    ) where State.Record == VSSRecord {
        guard let held else { return }
        if held.isReduced { turn.figures.feedback.reducedAtOnce -= 1 }
        guard held.feedback != .none else { return }
        turn.figures.feedback.count(held.feedback, -1)
        turn.figures.formerFeedback.count(held.feedback, 1)
        if held.keptAt > 0 { turn.state.drop(held.keptAt) }
        if turn.figures.feedback.waiting == 0 { turn.figures.feedback.nextAt = 0 }
    }

    /// Sends what is due, oldest first.
    /// - Returns: Whether more is due now.
    func review<State: PartyState>(
        in turn: inout Turn<State>, budget: Int
    ) throws -> Bool where State.Record == VSSRecord {
        turn.figures.feedback.nextAt = 0
        let entries = try turn.state.oldestKept(limit: budget + 1)
        for (count, entry) in entries.enumerated() {
            guard var record = try turn.state.record(entry.record), record.feedback == .waiting,
                record.keptAt == entry.position
            else {
                turn.state.drop(entry.position)
                continue
            }
            let due = record.assessedAt + reviewAfter
            guard due <= turn.now, count < budget else {
                turn.figures.feedback.nextAt = due
                return due <= turn.now
            }
            turn.state.drop(entry.position)
            guard let feedback = try? AssessmentFeedback(decoding: entry.bytes) else {
                throw DamagedFeedback(position: entry.position)
            }
            turn.figures.feedback.count(.waiting, -1)
            record.feedback = feedback.outcome == .refused ? .refused : .reduced
            record.keptAt = 0
            turn.figures.feedback.count(record.feedback, 1)
            turn.state.set(record, for: entry.record)
            turn.cause = intake.map { MessageIdentifier($0, record: entry.record, revision: record.revision) }
            turn.effects.send(feedback, record: entry.record, revision: record.revision)
        }
        return false
    }
}

/// Feedback that waits cannot be read: the data directory was altered.
struct DamagedFeedback: Error, Equatable, CustomStringConvertible {
    /// Where it is kept.
    var position: Int64

    /// For people.
    var description: String {
        "the feedback kept at position \(position) is damaged; the data directory was altered, restore it from a copy"
    }
}
