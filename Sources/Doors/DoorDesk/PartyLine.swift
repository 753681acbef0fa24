public import ExchangeSchema
import HealthStandards
import Inbox
import PartyCore

/// The line from a door to a party: some lanes to its inbox, and commands in their own types.
public struct PartyLine: Sendable {
    /// What a party says when it refuses, or why it cannot be asked.
    public struct Failure: Error, CustomStringConvertible {
        /// For the log: what the party says.
        public var description: String

        /// Says it.
        public init(description: String) { self.description = description }
    }

    /// Most visits of one command, and most bytes of their contents: the party does other work between two.
    public static let commandVisits = 200
    /// In bytes.
    public static let commandBytes = 1 << 20

    private let lanes: [InboxLane]

    /// - Parameters:
    ///   - directories: Where the party's inbox can be.
    ///   - lanes: Commands that may be under way at once.
    ///   - patience: How long a party that does not run is waited for.
    public init(directories: [String], lanes: Int, patience: Duration) {
        self.lanes = (0..<lanes).map { _ in InboxLane(directories: directories, patience: patience) }
    }

    /// Has visits submitted; answered when the facility has committed them, one for each and in the same order. Many visits
    /// go in several commands.
    public func submit(_ visits: [VisitSubmission], on lane: Int) async throws(Failure) -> [VisitStanding] {
        try await inPieces(visits) { piece throws(Failure) in
            var request = SubmitVisits()
            request.visits = piece
            return try await standings(.submitVisits, request.encoded, identity: Self.chosen(), piece.count, lane)
        }
    }

    /// Has visits sent in their next revision, likewise.
    /// - Parameter revision: The revision that they are to be; 0 for the next one, whichever it is.
    public func amend(
        _ visits: [VisitSubmission], as revision: UInt32 = 0, on lane: Int
    ) async throws(Failure) -> [VisitStanding] {
        try await inPieces(visits) { piece throws(Failure) in
            var request = AmendVisits()
            request.visits = piece
            request.revision = revision
            return try await standings(.amendVisits, request.encoded, identity: Self.chosen(), piece.count, lane)
        }
    }

    /// Has a visit taken back, for good.
    /// - Parameter reason: 1 to 500 printable characters on one line.
    public func withdraw(_ name: VisitName, reason: String, on lane: Int) async throws(Failure) -> VisitStanding {
        var visit = VisitWithdrawal()
        visit.name = name
        visit.reason = reason
        var request = WithdrawVisits()
        request.visits = [visit]
        return try await standings(.withdrawVisits, request.encoded, identity: Self.chosen(), 1, lane)[0]
    }

    /// Asks how visits stand.
    public func find(_ visits: [VisitName], on lane: Int) async throws(Failure) -> [VisitStanding] {
        var question = FindVisits()
        question.visits = visits
        return try await standings(.findVisits, question.encoded, identity: (0, 0), visits.count, lane)
    }

    /// Has cards looked up.
    public func check(_ questions: [CardQuestion], on lane: Int) async throws(Failure) -> [CardAnswer] {
        var request = CheckCards()
        request.questions = questions
        let bytes = try await ask(.checkCards, request.encoded, Self.chosen(), lane)
        guard let answers = try? CardAnswers(decoding: bytes), answers.answers.count == questions.count else {
            throw Failure(description: "the party's answer cannot be read; use programs of one version")
        }
        return answers.answers
    }

    /// Has a book read; answered when MoH has committed who asked and why.
    public func read(_ request: ReadBook, on lane: Int) async throws(Failure) -> BookExtract {
        let bytes = try await ask(.readBook, request.encoded, Self.chosen(), lane)
        guard let extract = try? BookExtract(decoding: bytes) else {
            throw Failure(description: "the party's answer cannot be read; use programs of one version")
        }
        return extract
    }

    /// Has verdicts of MoH's axis written down; answered when MoH has committed them, with the number of the leaf of each.
    public func note(_ verdicts: [AxisVerdict], on lane: Int) async throws(Failure) -> [Int64] {
        var request = NoteVerdicts()
        request.verdicts = verdicts
        let bytes = try await ask(.noteVerdicts, request.encoded, Self.chosen(), lane)
        guard let noted = try? VerdictsNoted(decoding: bytes), noted.leaves.count == verdicts.count else {
            throw Failure(description: "the party's answer cannot be read; use programs of one version")
        }
        return noted.leaves
    }

    /// Why the party answers nothing; nil when it does. What is asked leaves nothing in its journal.
    public func silence() async -> String? {
        do throws(InboxError) {
            _ = try await lanes[0].ask(
                CommandFrame(kind: PartyCommand.Kind.findVisits.rawValue, identity: (0, 0), payload: []))
            return nil
        } catch {
            // Who refuses a question is there.
            return error.code == .refused ? nil : error.reason
        }
    }

    private func inPieces(
        _ visits: [VisitSubmission], _ give: ([VisitSubmission]) async throws(Failure) -> [VisitStanding]
    ) async throws(Failure) -> [VisitStanding] {
        var standings: [VisitStanding] = []
        standings.reserveCapacity(visits.count)
        var (first, bytes) = (0, 0)
        for (index, visit) in visits.enumerated() {
            let size = visit.contentBytes
            if index > first, bytes + size > Self.commandBytes || index - first == Self.commandVisits {
                standings += try await give(Array(visits[first..<index]))
                (first, bytes) = (index, 0)
            }
            bytes += size
        }
        if first < visits.count { standings += try await give(Array(visits[first...])) }
        return standings
    }

    private func standings(
        _ kind: PartyCommand.Kind, _ payload: [UInt8], identity: (high: UInt64, low: UInt64), _ count: Int, _ lane: Int
    ) async throws(Failure) -> [VisitStanding] {
        let bytes = try await ask(kind, payload, identity, lane)
        guard let standings = try? VisitStandings(decoding: bytes), standings.visits.count == count else {
            throw Failure(description: "the party's answer cannot be read; use programs of one version")
        }
        return standings.visits
    }

    private func ask(
        _ kind: PartyCommand.Kind, _ payload: [UInt8], _ identity: (high: UInt64, low: UInt64), _ lane: Int
    ) async throws(Failure) -> [UInt8] {
        do throws(InboxError) {
            return try await lanes[lane % lanes.count]
                .ask(CommandFrame(kind: kind.rawValue, identity: identity, payload: payload))
        } catch {
            throw Failure(description: error.reason)
        }
    }

    /// The identity of a new command.
    private static func chosen() -> (high: UInt64, low: UInt64) {
        (.random(in: .min ... .max), .random(in: .min ... .max))
    }
}
