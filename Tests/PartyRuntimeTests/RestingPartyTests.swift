import ExchangeSchema
import Foundation
import Logging
import PartyCore
import PartyStore
import StoreTestSupport
import Testing
import Topology
import Vocabulary

@testable import PartyRuntime

/// A party that is told something while no process of it runs: journaled, signed and committed as if it ran.
@Suite struct RestingPartyTests {
    /// Sends a signature when it is told to, and changes what people read of it.
    private struct ObedientParty: PartyCore.Party {
        typealias Record = SampleRecord
        var party: PartyRole { .moh }

        func receive<State: PartyState>(
            _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
        ) throws -> Verdict where State.Record == SampleRecord { Verdict(.notAddressed) }

        func obey<State: PartyState>(
            _ command: PartyCommand, in turn: inout Turn<State>
        ) throws -> CommandAnswer where State.Record == SampleRecord {
            turn.effects.send(AgreementSignature())
            return CommandAnswer(Verdict(.obeyed), bytes: command.payload)
        }
    }

    private let directory = NSTemporaryDirectory() + "resting-\(UUID().uuidString)"
    private let identity = StoreIdentity(party: "moh", exchange: "exchange-1")

    private func party() throws -> RestingParty<ObedientParty> {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../topology/2024-04.yaml")
        let topology = try Topology.parse(
            String(contentsOf: file, encoding: .utf8), fileName: "2024-04.yaml")
        return try RestingParty(
            core: ObedientParty(), wiring: PartyWiring(party: "moh", topology: topology),
            directory: directory, evidence: directory + "/evidence", readModel: nil, logger: Logger(label: "test"))
    }

    private func tell(_ party: RestingParty<ObedientParty>, _ payload: [UInt8]) throws -> CommandAnswer {
        try party.obey(PartyCommand(.enrolPeople, identity: .none, caller: 7, payload: payload))
    }

    @Test func whatItIsToldIsCommittedAndSigned() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try PartyStore<SampleRecord>(directory: directory, identity: identity, durability: .process).close()
        for round in UInt8(1)...2 {
            let party = try party()
            #expect(try tell(party, [round]) == CommandAnswer(Verdict(.obeyed), bytes: [round]))
            #expect(throws: StoreError(.inUse, "")) { _ = try self.party() }
            try party.close()
            let store = try StoreInspection(directory: directory)
            let leaves = Int64(round) * 2
            let journal = try store.journal()
            #expect(journal.leaves == leaves && journal.firstFault == nil && store.progress.nextSequence == leaves)
            #expect(store.progress.books.figures.commands == Int64(round))
            // What it sends waits for the next start, and all that it wrote is signed.
            #expect(store.progress.unsentChunks.count == Int(round))
            #expect(try store.checkpoints().last?.size == leaves)
        }
        #expect(FileManager.default.fileExists(atPath: directory + "/evidence/moh.checkpoint"))
    }

    @Test func aDirectoryWithoutAPartyIsRefused() throws {
        #expect(throws: StoreError.self) { _ = try party() }
        #expect(!FileManager.default.fileExists(atPath: directory))
    }
}
