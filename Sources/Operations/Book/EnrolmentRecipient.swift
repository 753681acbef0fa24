import BookStore
import Composition
import ExchangeSchema
import Foundation
import Logging
import MoHParty
import PartyCore
import PartyRuntime
import PartyStore
import ProgramLog
import Supervision
import Topology

/// MoH as whoever brings it lists of people finds it: by its inbox while it runs, else by its directory.
struct EnrolmentRecipient {
    private let directories: [String]
    private let inbox: PartyInbox?
    private let resting: RestingParty<MoHCore>?

    /// - Throws: `StoreError` when MoH does not run and its directory cannot be had.
    init(_ party: TopologyParty, setup: PartySetup, layout: ExchangeLayout) throws {
        let shards = setup.topology.shards(of: party)
        directories = shards.map { layout.directory(of: $0) }
        guard !layout.isInUse, let first = shards.first else {
            inbox = PartyInbox(layout: layout, party: party.name, topology: setup.topology)
            resting = nil
            return
        }
        inbox = nil
        resting = try RestingParty(
            core: try PartyCores(setup).moh(party), wiring: PartyWiring(shard: first, topology: setup.topology),
            directory: layout.directory(of: first), evidence: layout.evidenceDirectory, readModel: BookTables.plan,
            logger: ProgramLog.logger(first.name, level: .warning))
    }

    /// Those who have a book now.
    /// - Throws: `StoreError` when a store cannot be read; of a MoH that is being started again, when it cannot for long.
    func withBook(_ citizens: [UInt64]) throws -> Set<UInt64> {
        let deadline = ContinuousClock.now + PartyInbox.patience
        while true {
            do {
                // A shard that has just been started has nothing in it yet.
                return try BookCensus(
                    try directories.compactMap {
                        let opening = try StoreInspection.open(directory: $0)
                        if case .interrupted(let error) = opening { throw error }
                        return opening.store
                    }
                ).withBook(citizens)
            } catch let error as StoreError {
                guard inbox != nil, [.inUse, .interrupted, .database].contains(error.code),
                    ContinuousClock.now < deadline
                else { throw error }
                // The kernel tells nobody of a store that is about to be opened.
                usleep(50_000)
            }
        }
    }

    /// Gives a list, and waits until it is saved. Given again after a restart of MoH it has no second effect.
    /// - Throws: ``ProgramFailure`` when MoH does not run or refuses; `StoreError`.
    func give(_ request: EnrolPeople) throws -> PeopleEnrolled {
        let identity = MessageIdentifier(
            RecordIdentifier(high: .random(in: .min ... .max), low: .random(in: .min ... .max)))
        let bytes: [UInt8]
        if let resting {
            let command = PartyCommand(
                .enrolPeople, identity: identity, caller: CallingPerson.current.identifier, payload: request.encoded)
            let answer = try resting.obey(command)
            guard answer.verdict.decision == .obeyed else {
                throw ProgramFailure("MoH: \(String(decoding: answer.bytes, as: UTF8.self))")
            }
            bytes = answer.bytes
        } else {
            bytes = try inbox?.give(.enrolPeople, request.encoded, identity: identity) ?? []
        }
        guard let answer = try? PeopleEnrolled(decoding: bytes) else {
            throw ProgramFailure("MoH answers what cannot be read; use programs of one version")
        }
        return answer
    }

    /// Gives MoH's directory back.
    func close() throws { try resting?.close() }
}
