import ExchangeSchema
import Foundation
import Judgement
import KafkaClient
import PartyCore
import PartyRuntime
import PartyStore
import Supervision
import Testing
import TransparencyLog
import Vocabulary

/// Who may put an agreement into force, and who cannot.
@Suite struct SignatureTests {
    /// Any client can write to the topic; nothing is let go for it, and every reader names what it refuses.
    @Test func aSignatureForgedByAKafkaClientReleasesNothing() async throws {
        let written = TestScenario.held("forged", records: 120)
        try await ExchangeSlots.run { directory in
            let run = try await CycleRun.up(in: directory, ["--scenario", try written.write(in: directory)])
            try await run.until("everything is held") { run.status("c06")?.ledger.held == 120 }
            try await blocking { try Self.forge(in: run.layout) }
            for party in ["moh", "vss", "c06"] {
                try await run.until("\(party) has refused three signatures") {
                    run.status(party)?.ledger.deadLetters == 3
                }
                #expect(run.status(party)?.figures.signatures.isEmpty == true)
            }
            #expect(run.status("c06")?.ledger.held == 120 && run.status("locality")?.ledger.shared == 0)
            let letters = try await Self.cycle(
                run, ["tail", "exchange.agreements.dlt", "--from-beginning", "--count", "9", "--purpose", "a test"])
            #expect(letters.components(separatedBy: "it has no signed note").count == 4, "\(letters)")
            #expect(letters.components(separatedBy: "is not believed").count == 7, "\(letters)")

            #expect(try await Self.cycle(run, ["agreement", "sign", "vss"]).contains("vss has signed"))
            #expect(try await Self.cycle(run, ["agreement", "sign", "vss"]).contains("vss had signed"))
            try await run.until("everything is shared") { run.status("locality")?.ledger.shared == 120 }
            // A look at the dead letters and two signatures: an auditor takes its time.
            try await run.until("the auditor has read what people did") {
                let store = try StoreInspection.open(directory: run.layout.partyDirectory("auditor")).store
                let read = (store?.progress.offsets ?? []).filter { $0.topic == "audit.access" }
                return read.reduce(0) { $0 + $1.next } >= 3
            }
            run.program.send(SIGTERM)
            #expect(await run.program.exit(within: .seconds(30)) == 0)
            // Whoever has a party sign does something too, also where it had signed.
            let acts = try await Self.cycle(run, ["audit", "access"]).split(separator: "\n")
            let signing = acts.filter {
                $0.contains("  sign  the agreement in the name of vss  (to sign an agreement)")
            }
            #expect(signing.count == 2 && signing.allSatisfy { $0.contains("sealed]") }, "\(acts)")
            for party in ["moh", "vss", "c06"] {
                let store = try StoreInspection(directory: run.layout.partyDirectory(party))
                let text = try #require(
                    store.progress.figures.signing.notes["coordination-regulation"]?["vss"], "\(party)")
                let keys = try #require(
                    FileManager.default.contents(atPath: run.layout.evidenceDirectory + "/vss.keys"))
                let note = try AgreementNote(Array(text.utf8))
                #expect(try note.signer(under: KeyList(Array(keys))).name == note.origin)
            }
        }
    }

    /// A party that rests holds on to what it has; it goes on when it is told to.
    @Test func aPartyThatRestsLetsNothingGo() async throws {
        let written = TestScenario.held("resting", records: 40)
        try await ExchangeSlots.run { directory in
            let run = try await CycleRun.up(in: directory, ["--scenario", try written.write(in: directory)])
            try await run.until("everything is held") { run.status("c06")?.ledger.held == 40 }
            #expect(try await Self.cycle(run, ["party", "pause", "c06"]) == "c06 rests\n")
            _ = try await Self.cycle(run, ["agreement", "sign", "vss"])
            try await run.until("c06 has heard of it") {
                run.status("c06")?.figures.signatures["coordination-regulation"] == ["vss"]
            }
            #expect(run.status("c06")?.ledger.held == 40 && run.status("c06")?.figures.isPaused == true)
            #expect(try await Self.cycle(run, ["party", "resume", "c06"]) == "c06 goes on\n")
            try await run.until("everything is shared") { run.status("locality")?.ledger.shared == 40 }
            run.program.send(SIGTERM)
            #expect(await run.program.exit(within: .seconds(30)) == 0)
        }
    }

    /// Unsigned; signed with a key of nobody's in VSS's name; and MoH's log in VSS's name.
    private static func forge(in layout: ExchangeLayout) throws {
        let record = try #require(try layout.record())
        let exchange = try StoreIdentityText.exchange(layout)
        var generator = SystemRandomNumberGenerator()
        var messages = [AgreementSignature(), AgreementSignature(), AgreementSignature()]
        let names = ["closed-cycle/\(exchange)/vss", "closed-cycle/\(exchange)/moh"]
        for (index, name) in names.enumerated() {
            let key = try SignerKey(name: ExactText(name), kind: .ed25519, using: &generator)
            let note = try AgreementNote(agreement: "coordination-regulation", time: 5, signedBy: key)
            messages[index + 1].note = Data(note.bytes)
        }
        let topic = "exchange.agreements"
        let producer = try KafkaProducer(
            settings: KafkaSettings(bootstrapServers: record.broker, clientIdentifier: "anybody"), topics: [topic])
        defer { producer.close() }
        var headers = HeaderBlock(names: [])
        for place in messages.indices {
            messages[place].agreement = "coordination-regulation"
            messages[place].party = "vss"
            messages[place].signedAt = 5
            headers.clear()
            let identifier = MessageIdentifier(.agreementSignature, about: "forged \(place)").description
            for (name, value) in [
                ("ce_specversion", "1.0"), ("ce_id", identifier), ("ce_source", "/vss"),
                ("ce_type", MessageType.agreementSignature.eventType), ("ce_subject", "coordination-regulation"),
            ] { headers.append(name: name, value: Array(value.utf8)) }
            try producer.enqueue(
                topic: 0, key: Array("coordination-regulation".utf8), value: messages[place].encoded, headers: headers,
                batch: 1)
        }
        #expect(producer.flush(deadlineMilliseconds: 10_000).reduce(0) { $0 + $1.delivered } == 3)
    }

    private static func cycle(_ run: CycleRun, _ arguments: [String]) async throws -> String {
        let program = try Program(
            BuiltPrograms.path("cycle"), arguments + ["--data", run.directory.data], in: run.directory.path)
        let status = await program.exit(within: .seconds(60))
        #expect(status == 0, "\(arguments): \(program.errors)")
        return program.output
    }
}

/// The exchange's name, as it stands in the name of a published key.
enum StoreIdentityText {
    static func exchange(_ layout: ExchangeLayout) throws -> String {
        let text = try String(contentsOfFile: layout.evidenceDirectory + "/vss.pub", encoding: .utf8)
        return String(try #require(text.split(separator: "/").dropFirst().first))
    }
}
