import Synchronization

/// One request as `/plug-in/log` shows it.
public struct LoggedRequest: Sendable, Codable, Equatable {
    /// As in `X-Request-Id`.
    public var identifier: String
    /// When its head was read; Unix milliseconds.
    public var receivedAt: Int64
    /// Which dialect it was for; empty for the house's own pages.
    public var dialect: String
    /// Method and path. No query: it may hold tokens and passwords.
    public var request: String
    /// Bytes of its body.
    public var bytes: Int
    /// Whose account it was; empty where nobody was recognised.
    public var account: String
    /// HTTP status; 0 where the sender was cut off.
    public var status: Int
    /// What was decided.
    public var verdict: String
    /// Which readings of contradictory texts the sender used.
    public var readings: [String]
    /// Milliseconds from head to answer.
    public var milliseconds: Int64
}

/// The last requests, latest first. Numbers that may name a person are masked when they come in, so that none is kept.
final class RequestLog: Sendable {
    /// Most requests that are kept.
    static let capacity = 200

    private struct State {
        var ring: [LoggedRequest] = []
        var next = 0
    }

    private let state = Mutex(State())

    /// Keeps a request.
    func note(_ request: LoggedRequest) {
        var request = request
        request.request = PersonalDataMask.masked(request.request)
        request.account = PersonalDataMask.masked(request.account)
        request.verdict = PersonalDataMask.masked(request.verdict)
        request.readings = request.readings.map(PersonalDataMask.masked)
        state.withLock { state in
            if state.ring.count < Self.capacity {
                state.ring.append(request)
            } else {
                state.ring[state.next] = request
            }
            state.next = (state.next + 1) % Self.capacity
        }
    }

    /// The last ones, latest first.
    var latest: [LoggedRequest] {
        state.withLock { state in
            let older = state.ring.count < Self.capacity ? [] : state.ring[state.next...]
            let newer = state.ring.count < Self.capacity ? state.ring[...] : state.ring[..<state.next]
            return Array((older + newer).reversed())
        }
    }
}
