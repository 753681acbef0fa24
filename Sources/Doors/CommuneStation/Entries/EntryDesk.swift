import DoorDesk
import ExchangeSchema

/// Gives what was entered to the facility, and asks how it stands. What it says to be taken in, the facility has committed.
struct EntryDesk: Sendable {
    /// What came of giving a record to the facility.
    enum Outcome: Sendable {
        /// It has these contents, now or since before.
        case taken(VisitStanding)
        /// It has others, or another revision: nothing was done.
        case otherwise(VisitStanding)
    }

    /// Commands that may be under way at once.
    static let lanes = 2

    let store: EntryStore
    let facility: PartyLine
    /// Days for which entries are kept.
    let days: Int

    /// Enters a new record.
    /// - Throws: ``PartyLine/Failure``, or what the store throws: nothing is known to be taken in then.
    func enter(_ judged: JudgedRecord, _ typed: TypedRecord, at now: Int64) async throws -> Outcome {
        let name = judged.submission.name
        let (standing, entry) = try await look(name)
        guard standing.revision == 0 else {
            return entry?.sent == typed.values ? .taken(standing) : .otherwise(standing)
        }
        try await offer(typed, name, as: 1, at: now)
        return try await conclude(
            try await facility.submit([judged.submission], on: lane), typed, name, as: 1)
    }

    /// Sends a record in its next revision.
    /// - Parameter revision: The one that it is to be: another one is not sent.
    /// - Throws: As ``enter(_:_:at:)``.
    func amend(
        _ judged: JudgedRecord, _ typed: TypedRecord, as revision: UInt32, at now: Int64
    ) async throws -> Outcome {
        let name = judged.submission.name
        let (standing, entry) = try await look(name)
        guard standing.revision + 1 == revision, standing.phase != .withdrawn else {
            return standing.revision == revision && entry?.sent == typed.values
                ? .taken(standing) : .otherwise(standing)
        }
        try await offer(typed, name, as: revision, at: now)
        return try await conclude(
            try await facility.amend([judged.submission], as: revision, on: lane), typed, name, as: revision)
    }

    /// Takes a record back.
    func withdraw(_ name: VisitName, reason: String) async throws -> VisitStanding {
        try await facility.withdraw(name, reason: reason, on: lane)
    }

    /// How a record stands, and what is kept of it.
    func look(_ name: VisitName) async throws -> (standing: VisitStanding, entry: EntryStore.Entry?) {
        let standing = try await facility.find([name], on: lane).first ?? VisitStanding()
        return (standing, try await settle(standing, name))
    }

    /// How several stand, in their order.
    func find(_ entries: [EntryStore.Entry]) async throws -> [VisitStanding] {
        try await facility.find(entries.map { Self.name($0.number, of: $0.facility) }, on: lane)
    }

    static func name(_ number: String, of facility: String) -> VisitName {
        var name = VisitName()
        name.facilityCode = facility
        name.episodeCode = number
        return name
    }

    /// A withdrawal is a revision without contents.
    private func settle(_ standing: VisitStanding, _ name: VisitName) async throws -> EntryStore.Entry? {
        let last = standing.phase == .withdrawn ? standing.revision - min(1, standing.revision) : standing.revision
        return try await store.settle(name.episodeCode, at: last)
    }

    private var lane: Int { Int.random(in: 0..<Self.lanes) }

    private func offer(_ typed: TypedRecord, _ name: VisitName, as revision: UInt32, at now: Int64) async throws {
        try await store.offer(
            typed, of: name.facilityCode, as: revision, at: now,
            forgettingBefore: now - Int64(days) * 86_400_000)
    }

    private func conclude(
        _ standings: [VisitStanding], _ typed: TypedRecord, _ name: VisitName, as revision: UInt32
    ) async throws -> Outcome {
        guard let standing = standings.first else {
            throw PartyLine.Failure(description: "the facility has answered nothing")
        }
        switch standing.effect {
        case .submitted, .resubmitted, .amended, .known:
            try await store.take(typed, as: standing.revision)
            return .taken(standing)
        default:
            // Another request with the same form was faster.
            let entry = try await settle(standing, name)
            return standing.revision == revision && entry?.sent == typed.values
                ? .taken(standing) : .otherwise(standing)
        }
    }
}
