package import ExchangeSchema
package import PartyCore
import Synchronization

/// A facility that takes in what is new, amends what it is told to, and knows what it has.
package final class StandInFacility: Sendable {
    private struct State {
        var contents: [String: [UInt8]] = [:]
        var revisions: [String: UInt32] = [:]
        var commands = 0
        var phases: [String: VisitPhase] = [:]
        var reasons: [String: String] = [:]
        var isBusy = false
    }

    private let state = Mutex(State())

    package init() {}

    /// Commands that brought visits.
    package var commands: Int { state.withLock { $0.commands } }
    /// Visits that it has.
    package var count: Int { state.withLock { $0.contents.count } }
    /// The revision of a visit; nil when it has none.
    package func revision(_ episode: String) -> UInt32? { state.withLock { $0.revisions[episode] } }

    /// What has become of a visit since.
    package func decide(_ episode: String, _ phase: VisitPhase, reason: String = "vss.010") {
        state.withLock {
            $0.phases[episode] = phase
            $0.reasons[episode] = reason
        }
    }
    /// What it was given of a visit.
    package func submission(_ episode: String) -> VisitSubmission? {
        state.withLock { $0.contents[episode] }.flatMap { try? VisitSubmission(decoding: $0) }
    }
    /// Whether it refuses all commands.
    package func refuse(_ isBusy: Bool) { state.withLock { $0.isBusy = isBusy } }

    package func answer(_ kind: PartyCommand.Kind?, _ payload: [UInt8]) -> [UInt8]? {
        state.withLock { state in
            if state.isBusy { return nil }
            var standings = VisitStandings()
            switch kind {
            case .submitVisits:
                guard let request = try? SubmitVisits(decoding: payload) else { return nil }
                state.commands += 1
                for visit in request.visits {
                    let key = visit.name.episodeCode
                    let former = state.contents[key]
                    if former == nil {
                        state.contents[key] = visit.encoded
                        state.revisions[key] = 1
                    }
                    let effect: SubmissionEffect =
                        former == nil ? .submitted : former == visit.encoded ? .known : .conflict
                    standings.visits.append(Self.standing(visit.name, effect, state))
                }
            case .amendVisits:
                guard let request = try? AmendVisits(decoding: payload) else { return nil }
                for visit in request.visits {
                    let key = visit.name.episodeCode
                    let held = state.revisions[key] ?? 0
                    if request.revision != 0, request.revision != held + 1 {
                        standings.visits.append(Self.standing(visit.name, .notTheNext, state))
                        continue
                    }
                    state.contents[key] = visit.encoded
                    state.revisions[key] = held + 1
                    if request.revision != 0 { state.phases[key] = .pending }
                    standings.visits.append(Self.standing(visit.name, .amended, state))
                }
            case .withdrawVisits:
                guard let request = try? WithdrawVisits(decoding: payload) else { return nil }
                for visit in request.visits {
                    let key = visit.name.episodeCode
                    state.revisions[key, default: 0] += 1
                    state.phases[key] = .withdrawn
                    standings.visits.append(Self.standing(visit.name, .withdrawn, state))
                }
            case .findVisits:
                guard let question = try? FindVisits(decoding: payload) else { return nil }
                standings.visits = question.visits.map { Self.standing($0, .unspecified, state) }
            default: return nil
            }
            return standings.encoded
        }
    }

    private static func standing(_ name: VisitName, _ effect: SubmissionEffect, _ state: State) -> VisitStanding {
        var standing = VisitStanding()
        standing.name = name
        standing.effect = effect
        guard state.contents[name.episodeCode] != nil else { return standing }
        standing.revision = state.revisions[name.episodeCode] ?? 1
        standing.phase = state.phases[name.episodeCode] ?? .pending
        if standing.phase == .refused {
            standing.code = state.reasons[name.episodeCode] ?? ""
            standing.field = "GT_THE_DEN"
            standing.value = "20250101"
            standing.rule = "the card is valid on the day of admission"
        }
        return standing
    }
}
