import ExchangeSchema
import Inbox
import PartyCore

/// The line to a party: some lanes to its inbox, and commands in their own types.
struct PartyLine: Sendable {
    /// What a party says when it refuses, or why it cannot be asked.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private let lanes: [InboxLane]

    init(directories: [String], lanes: Int, patience: Duration) {
        self.lanes = (0..<lanes).map { _ in InboxLane(directories: directories, patience: patience) }
    }

    func submit(_ visits: [VisitSubmission], on lane: Int) async throws(Failure) -> [VisitStanding] {
        var request = SubmitVisits()
        request.visits = visits
        return try await standings(.submitVisits, request.encoded, identity: Self.chosen(), visits.count, lane)
    }

    func find(_ visits: [VisitName], on lane: Int) async throws(Failure) -> [VisitStanding] {
        var question = FindVisits()
        question.visits = visits
        return try await standings(.findVisits, question.encoded, identity: (0, 0), visits.count, lane)
    }

    func check(_ questions: [CardQuestion], on lane: Int) async throws(Failure) -> [CardAnswer] {
        var request = CheckCards()
        request.questions = questions
        let bytes = try await ask(.checkCards, request.encoded, Self.chosen(), lane)
        guard let answers = try? CardAnswers(decoding: bytes), answers.answers.count == questions.count else {
            throw Failure(description: "the party's answer cannot be read; use programs of one version")
        }
        return answers.answers
    }

    /// Why the party answers nothing; nil when it does. What is asked leaves nothing in its journal.
    func silence() async -> String? {
        do throws(InboxError) {
            _ = try await lanes[0].ask(
                CommandFrame(kind: PartyCommand.Kind.findVisits.rawValue, identity: (0, 0), payload: []))
            return nil
        } catch {
            // Who refuses a question is there.
            return error.code == .refused ? nil : error.reason
        }
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
