import Composition
import ExchangeSchema
import Foundation
import Judgement
import KafkaClient
import Operations
import PartyCore
import PartyRuntime
import PartyStore
import ProgramTestSupport
import Replay
import Supervision
import Testing
import Topology
import VSSParty
import Vocabulary

/// A finished run, with refusals, corrections, an agreement held and processes killed, replayed and rerun.
@Suite struct ReplayTests {
    private static let parties = ["facility", "moh", "vss", "c06", "locality"]

    @Test func aFinishedRunIsReplayedAndRerun() async throws {
        try await ExchangeSlots.run { directory in
            try await Self.record(in: directory)
            let source = try await StartedBroker.start(on: directory.data + "/broker", in: directory)
            try await Self.expectSameOutcome(directory, source)
            try await Self.expectRuleChange(directory, source)
            try await Self.expectReplay(directory, source)
        }
    }

    private static func record(in directory: TemporaryDirectory) async throws {
        var scenario = TestScenario()
        scenario.name = "recorded"
        scenario.records = 400
        scenario.load = "maximumPending: 150, recordsPerSecond: 200"
        scenario.faults = [
            "sentTwice": 0.05, "nameMisspelled": 0.05, "cardExpired": 0.05, "citizenNumberUnknown": 0.05,
            "unreadable": 0.03, "diagnosisMalformed": 0.04, "deceased": 0.02,
        ]
        scenario.correctionRate = 0.5
        scenario.signed = ["moh", "c06"]
        scenario.assertions += ["pending == 0", "held == 0"]
        let yaml =
            scenario.yaml + "signatures:\n"
            + "  - { agreement: coordination-regulation, party: vss, when: { heldAtLeast: 60 } }\n"
        let path = directory.path + "/recorded.yaml"
        try yaml.write(toFile: path, atomically: true, encoding: .utf8)
        let going = try CycleRun.start(path, in: directory)
        try await going.until("visits are on their way") {
            going.status("facility")?.figures.submission.nextVisit ?? 0 >= 80
        }
        for party in ["moh", "facility", "c06"] { try await going.disturb(party, SIGKILL) }
        let run = await going.finish()
        try run.expectExact()
        #expect(run.status == 0, "\(run.output)\n\(run.errors)")
        let report = try run.report
        #expect(report.refused > 0 && report.corrected > 0)
    }

    private static func replay(
        _ directory: TemporaryDirectory, _ arguments: [String]
    ) async throws -> (status: Int32, output: String, errors: String) {
        let program = try Program(
            BuiltPrograms.path("cycle"), ["replay", directory.data] + arguments, in: directory.path)
        let status = await program.exit(within: .seconds(60))
        return (status, program.output, program.errors)
    }

    private static func expectSameOutcome(_ directory: TemporaryDirectory, _ source: StartedBroker) async throws {
        for party in parties {
            let rerun = try await replay(
                directory, ["--rerun", party, "--diff", "--from-broker", source.settings.bootstrapServers])
            #expect(rerun.status == 0, "\(rerun.output)\(rerun.errors)")
            #expect(rerun.output.hasPrefix("\(party): same outcome: "), "\(rerun.output)")
            let leaves = try StoreInspection(directory: directory.data + "/" + party).progress.nextSequence
            #expect(rerun.output.contains(" \(leaves) leaves "), "\(rerun.output)")
        }
        let json = try await replay(
            directory, ["--rerun", "c06", "--json", "--from-broker", source.settings.bootstrapServers])
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect(object["same"] as? Bool == true && object["party"] as? String == "c06")
        let nobody = try await replay(
            directory, ["--rerun", "nobody", "--from-broker", source.settings.bootstrapServers])
        #expect(nobody.status == 2 && nobody.errors.contains("there is no party nobody"))
    }

    /// One rule changed: VSS does not read records whose identifier ends with 0.
    private static func expectRuleChange(_ directory: TemporaryDirectory, _ source: StartedBroker) async throws {
        let traffic = try await source.traffic(["moh.records", "vss.assessments", "vss.identity-checks"])
        var concerned: Set<RecordIdentifier> = []
        for record in traffic.records where record.topic == "moh.records" {
            let subject = record.header("ce_subject").flatMap { RecordIdentifier(utf8: $0.span.bytes) }
            if let subject, subject.low & 15 == 0 { concerned.insert(subject) }
        }
        #expect(concerned.count > 5)
        let layout = ExchangeLayout(directory.data)
        let setup = try PartySetup(
            topology: layout.topologyPath, scenario: layout.scenarioPath, records: 400,
            files: ExchangeFiles(folder: BuiltPrograms.topologyFolder))
        let core = Shortsighted(core: try PartyCores(setup).vss(try #require(setup.topology.party(named: "vss"))))
        var replay = PartyReplay(
            core: core, budget: .messages(2_000), shard: Shard(party: "vss"), topology: setup.topology,
            directory: layout.partyDirectory("vss"))
        replay.keys = SignatoryKeys(
            evidence: layout.evidenceDirectory, secret: layout.partyDirectory("vss") + "/keys/journal.key",
            topology: setup.topology)
        let report = try replay.run(traffic.traffic)
        #expect(!report.holds && Set(report.differences.compactMap(\.record)) == concerned)
        #expect(report.differences.allSatisfy { $0.record != nil && $0.revision != nil && $0.leaf != nil })
        #expect(report.summary.allSatisfy { $0.kind.hasSuffix("-> unreadable") || $0.kind.hasSuffix("-> not sent") })
    }

    private static func expectReplay(_ directory: TemporaryDirectory, _ source: StartedBroker) async throws {
        let target = try await StartedBroker.start(on: directory.path + "/target", in: directory)
        let address = target.settings.bootstrapServers
        let into = ["--into", address, "--from-broker", source.settings.bootstrapServers, "--purpose", "a test"]
        for wrong in [["--speed", "fast"], ["--from", "noon"], ["--topic", "no.such"]] {
            let refused = try await replay(directory, into + wrong)
            #expect(refused.status == 2 && refused.errors.split(separator: "\n").count == 1, "\(refused.errors)")
        }
        #expect(try await target.topics() == [])
        let own = try await replay(
            directory, ["--into", source.settings.bootstrapServers] + into.dropFirst(2) + ["--speed", "max"])
        #expect(own.status == 2 && own.errors.contains("holds this run"), "\(own.errors)")

        let first = try await replay(directory, into + ["--speed", "max"])
        #expect(first.status == 0 && first.output.contains("records replayed"), "\(first.errors)")
        let topics = try Topology.parse(
            try String(contentsOfFile: directory.data + "/topology.yaml", encoding: .utf8), fileName: "t"
        ).topics.map(\.name)
        #expect(Set(try await target.topics()) == Set(topics))
        let (recorded, replayed) = (try await source.traffic(topics).records, try await target.traffic(topics).records)
        #expect(first.output.hasPrefix("\(recorded.count) records replayed"))
        func key(_ record: TrafficRecord) -> String { "\(record.topic)/\(record.partition)" }
        let then = Dictionary(grouping: recorded, by: key).mapValues { $0.sorted { $0.offset < $1.offset } }
        let now = Dictionary(grouping: replayed, by: key).mapValues { $0.sorted { $0.offset < $1.offset } }
        #expect(then.mapValues(\.count) == now.mapValues(\.count))
        for (place, list) in then {
            for (old, new) in zip(list, now[place] ?? []) {
                guard old.key == new.key, old.value == new.value, old.timestamp == new.timestamp,
                    old.headers == Array(new.headers.dropLast()), new.headers.last?.name == "replay_of",
                    String(decoding: new.headers.last?.value ?? [], as: UTF8.self).hasSuffix("/" + old.place)
                else {
                    Issue.record("\(old.place) was replayed otherwise")
                    return
                }
            }
        }
        try await expectRefusalOfASecondTime(directory, target, into, count: replayed.count, topics)
    }

    private static func expectRefusalOfASecondTime(
        _ directory: TemporaryDirectory, _ target: StartedBroker, _ into: [String], count: Int, _ topics: [String]
    ) async throws {
        let second = try await replay(directory, into + ["--speed", "max"])
        #expect(second.status == 2 && second.errors.contains("holds a replay of this run"), "\(second.errors)")
        #expect(second.errors.split(separator: "\n").count == 1)
        #expect(try await target.traffic(topics).records.count == count)
        let again = try await replay(
            directory, into + ["--speed", "1000x", "--again", "--topic", "exchange.agreements", "--until", "+1h"])
        #expect(again.status == 0 && again.output.hasPrefix("1 records replayed"), "\(again.errors)")
        #expect(try await target.traffic(topics).records.count == count + 1)
    }
}

/// VSS with one rule more: it does not read records whose identifier ends with 0.
private struct Shortsighted<Core: PartyCore.Party>: PartyCore.Party {
    typealias Record = Core.Record

    var core: Core

    var party: PartyRole { core.party }

    func receive<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == Core.Record {
        guard head.type == .agreementSignature || head.record.low & 15 != 0 else {
            throw UnreadablePayload(head.type, "too far away")
        }
        return try core.receive(head, payload, in: &turn)
    }

    func obey<State: PartyState>(
        _ command: PartyCommand, in turn: inout Turn<State>
    ) throws -> CommandAnswer where State.Record == Core.Record {
        try core.obey(command, in: &turn)
    }
}
