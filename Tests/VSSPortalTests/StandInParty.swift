import ExchangeSchema
import Foundation
import Inbox
import PartyCore
import Synchronization

/// A party's inbox in a directory of its own, with a clerk behind it who answers as the test says.
final class StandInParty: Sendable {
    let directory: String
    private let server: InboxServer
    private let clerk: Task<Void, Never>
    private let isClosed = Mutex(false)
    private let commands = Mutex<[ReceivedCommand]>([])

    init(_ answer: @escaping @Sendable (PartyCommand.Kind?, [UInt8]) -> [UInt8]?) throws {
        let directory = NSTemporaryDirectory() + "party-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        self.directory = directory
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let server = try InboxServer(directory: directory) { arrival.yield() }
        self.server = server
        clerk = Task {
            for await _ in arrivals {
                for command in server.take() {
                    if let bytes = answer(PartyCommand.Kind(rawValue: command.kind), command.payload) {
                        command.finish(bytes)
                    } else {
                        command.refuse("not now")
                    }
                }
            }
        }
    }

    /// Harmless the second time: a test may end a party in the midst.
    func close() {
        let isFirst = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return !isClosed
        }
        guard isFirst else { return }
        clerk.cancel()
        server.close()
        try? FileManager.default.removeItem(atPath: directory)
    }
}

/// A facility that takes in what is new, and knows what it has.
final class StandInFacility: Sendable {
    private struct State {
        var contents: [String: [UInt8]] = [:]
        var commands = 0
        var phases: [String: VisitPhase] = [:]
        var isBusy = false
    }

    private let state = Mutex(State())

    /// Commands that brought visits.
    var commands: Int { state.withLock { $0.commands } }
    /// Visits that it has.
    var count: Int { state.withLock { $0.contents.count } }

    /// What has become of a visit since.
    func decide(_ episode: String, _ phase: VisitPhase) { state.withLock { $0.phases[episode] = phase } }
    /// Whether it refuses all commands.
    func refuse(_ isBusy: Bool) { state.withLock { $0.isBusy = isBusy } }

    func answer(_ kind: PartyCommand.Kind?, _ payload: [UInt8]) -> [UInt8]? {
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
                    if former == nil { state.contents[key] = visit.encoded }
                    let effect: SubmissionEffect =
                        former == nil ? .submitted : former == visit.encoded ? .known : .conflict
                    standings.visits.append(Self.standing(visit.name, effect, state))
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
        standing.revision = 1
        standing.phase = state.phases[name.episodeCode] ?? .pending
        if standing.phase == .refused {
            standing.code = "vss.010"
            standing.field = "GT_THE_DEN"
            standing.value = "20250101"
            standing.rule = "the card is valid on the day of admission"
        }
        return standing
    }
}
