import Composition
import ExchangeSchema
import Foundation
import HealthStandards
import PartyCore
import Registers
import Supervision

/// Hands visits to a facility, some at a time, asks what came of them, and says of each what is known in the end. It
/// remembers only those that have no outcome yet, so that a file may be as large as it likes.
final class VisitDesk {
    /// Most bytes of contents in one command, and most visits: the facility does other work between two.
    private static let commandBytes = 1 << 20
    private static let commandVisits = 200

    /// What the facility is to do with the visits of a file.
    enum Order: Equatable {
        /// Take in what is new, and what was refused and has changed.
        case submit
        /// Send what has changed in its next revision, or in this one and no other.
        case amend(revision: UInt32?)
    }

    private let inbox: PartyInbox
    private let order: Order
    private let facilityCode: String
    private let isWaiting: Bool
    private let commands: VisitOutcome.Commands
    private let say: (String) -> Void
    private var visits: [VisitSubmission] = []
    private var bytes = 0
    /// Visits without an outcome: MA_LK, and whether they had been sent before.
    private var open: [(episodeCode: String, wasKnown: Bool)] = []
    /// How many visits stand how.
    private(set) var tally: [VisitOutcome.Standing: Int] = [:]

    /// - Parameters:
    ///   - commands: What somebody calls to send such visits, and to amend them.
    ///   - isWaiting: Whether an outcome is waited for; otherwise a visit is done with when the facility has it.
    ///   - say: Takes the line about a visit.
    init(
        inbox: PartyInbox, order: Order, facilityCode: String, commands: VisitOutcome.Commands = .ofEnvelopes,
        isWaiting: Bool, say: @escaping (String) -> Void
    ) {
        self.commands = commands
        self.inbox = inbox
        self.order = order
        self.facilityCode = facilityCode
        self.isWaiting = isWaiting
        self.say = say
    }

    /// Adds a visit, and hands over what is enough for a command.
    func submit(_ visit: VisitRecord) throws {
        try submit(VisitSubmission(visit, facilityCode: facilityCode))
    }

    /// Adds a vaccination, likewise.
    func submit(_ vaccination: VaccinationEntry) throws {
        var submission = VisitSubmission()
        submission.name.facilityCode = facilityCode
        submission.name.episodeCode = vaccination.number
        submission.administrative = .init(vaccination.patient.encoded)
        submission.clinical = .init(vaccination.clinical.encoded)
        try submit(submission)
    }

    /// Adds a health check, likewise.
    func submit(_ check: HealthCheckRecord) throws {
        try submit(VisitSubmission(check))
    }

    private func submit(_ submission: VisitSubmission) throws {
        let size = submission.contentBytes
        if bytes + size > Self.commandBytes { try hand() }
        visits.append(submission)
        bytes += size
        if visits.count >= Self.commandVisits { try hand() }
    }

    /// Hands over what is left.
    func hand() throws {
        guard !visits.isEmpty else { return }
        let answer = try give()
        for standing in try Self.standings(answer, count: visits.count) {
            let outcome = VisitOutcome(standing, wasKnown: standing.effect == .known, commands)
            if isWaiting, outcome.standing == .sent {
                open.append((standing.name.episodeCode, standing.effect == .known))
            } else {
                conclude(outcome)
            }
        }
        visits = []
        bytes = 0
    }

    private func give() throws -> [UInt8] {
        switch order {
        case .submit:
            var request = SubmitVisits()
            request.visits = visits
            return try inbox.give(.submitVisits, request.encoded, identity: .chosen())
        case .amend(let revision):
            var request = AmendVisits()
            request.visits = visits
            request.revision = revision ?? 0
            return try inbox.give(.amendVisits, request.encoded, identity: .chosen())
        }
    }

    /// Asks until every visit that is on its way has an outcome, or the time is up.
    func awaitOutcomes(seconds: Double) throws {
        let deadline = ContinuousClock.now + .milliseconds(Int64(seconds * 1_000))
        var pause: UInt32 = 20_000
        while !open.isEmpty {
            let isLast = ContinuousClock.now >= deadline
            var left: [(String, Bool)] = []
            for start in stride(from: 0, to: open.count, by: Self.commandVisits) {
                left += try ask(open[start..<min(start + Self.commandVisits, open.count)], isLast: isLast)
            }
            open = left
            if open.isEmpty || isLast { return }
            // The answer is a matter of milliseconds, or of a signature that somebody gives some day.
            usleep(pause)
            pause = min(pause * 2, 250_000)
        }
    }

    /// - Returns: Those that still have no outcome.
    private func ask(
        _ visits: ArraySlice<(episodeCode: String, wasKnown: Bool)>, isLast: Bool
    ) throws -> [(String, Bool)] {
        var question = FindVisits()
        question.visits = visits.map { visit in
            var name = VisitName()
            name.facilityCode = facilityCode
            name.episodeCode = visit.episodeCode
            return name
        }
        let answer = try inbox.give(.findVisits, question.encoded, identity: .none)
        var left: [(String, Bool)] = []
        for (visit, standing) in zip(visits, try Self.standings(answer, count: visits.count)) {
            let outcome = VisitOutcome(standing, wasKnown: visit.wasKnown, commands)
            if outcome.standing == .sent, !isLast {
                left.append(visit)
            } else {
                conclude(outcome)
            }
        }
        return left
    }

    private func conclude(_ outcome: VisitOutcome) {
        tally[outcome.standing, default: 0] += 1
        say(outcome.line)
    }

    /// What has become of all of them, in a line, and whether all is as it should be.
    /// - Parameter what: What they are called.
    func conclusion(of what: String) -> (line: String, isGood: Bool) {
        func count(_ standing: VisitOutcome.Standing) -> Int { tally[standing] ?? 0 }
        var parts = ["\(count(.shared)) shared", "\(count(.refused)) refused", "\(count(.sent)) without an answer"]
        if count(.notAmended) > 0 { parts.append("\(count(.notAmended)) not amended, and shared as before") }
        let line = "\(tally.values.reduce(0, +)) \(what): \(parts.joined(separator: ", "))"
        let isGood = count(.refused) + count(.notDone) + count(.notAmended) == 0
        return (line, isGood && (!isWaiting || count(.sent) == 0))
    }

    /// Takes visits back.
    func withdraw(_ visits: [(facility: String, episode: String)], reason: String) throws {
        var request = WithdrawVisits()
        request.visits = visits.map { facility, episode in
            var visit = VisitWithdrawal()
            visit.name.facilityCode = facility
            visit.name.episodeCode = episode
            visit.reason = reason
            return visit
        }
        let answer = try inbox.give(.withdrawVisits, request.encoded, identity: .chosen())
        for standing in try Self.standings(answer, count: visits.count) {
            conclude(VisitOutcome(standing, wasKnown: false, commands))
        }
    }

    private static func standings(_ answer: [UInt8], count: Int) throws -> [VisitStanding] {
        guard let standings = try? VisitStandings(decoding: answer), standings.visits.count == count else {
            throw ProgramFailure("the facility's answer cannot be read; use programs of one version")
        }
        return standings.visits
    }
}

extension MessageIdentifier {
    /// The identity of a new command.
    fileprivate static func chosen() -> MessageIdentifier {
        MessageIdentifier(RecordIdentifier(high: .random(in: .min ... .max), low: .random(in: .min ... .max)))
    }
}
