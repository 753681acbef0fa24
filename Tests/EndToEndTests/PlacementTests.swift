import Composition
import Foundation
import KafkaClient
import PartyCore
import PartyRuntime
import ProgramTestSupport
import Supervision
import Testing
import Topology

/// A client of somebody else that places records as librdkafka does by default (CRC-32 of the key), where the parties
/// place by murmur2.
@Suite struct PlacementTests {
    private static let records = 100
    private static let partitions: UInt32 = 4

    @Test(arguments: [1, 3])
    func whatAClientPlacesOtherwiseArrives(instances: Int) async throws {
        try await ExchangeSlots.run { directory in
            let visits = try await Self.visits()
            let topology = try WrittenTopology.write(
                "2024-04.yaml", instances: instances, of: ["moh"], to: directory)
            let exchange = try HandMadeExchange(
                in: directory, scenario: "clean", records: Self.records, topology: topology)
            try await exchange.startBroker()
            for party in ["vss", "c06", "locality"] { try await exchange.start(party: party) }
            let moh = try (1...instances).map { try exchange.launch(instance: "moh-\($0)", of: "moh", []) }
            try await exchange.publish(visits)
            try await exchange.until("all have arrived") {
                exchange.status("locality")?.ledger.shared ?? 0 >= Int64(Self.records)
            }
            let plan = try ExchangeFiles.topology(at: topology)
            let party = try #require(plan.party(named: "moh"))
            let misplaced = visits.count { $0.partition != Self.home($0) }
            #expect(misplaced > 50, "else this tests nothing")
            // What a shard has counted ends when it moves to another instance, as shards do at the start.
            if instances == 1 {
                try await exchange.until("the status is written") {
                    exchange.layout.status(of: party, in: plan, running: exchange.running)?.misplaced
                        == Int64(misplaced)
                }
            }
            let counts = try await exchange.counts(["facility.records", "facility.records.dlt"])
            #expect(counts["facility.records.dlt"] == 0)
            let copies = instances > 1 ? misplaced : 0
            // A shard that moves in between sends again what was not confirmed.
            #expect(counts["facility.records"] ?? 0 >= Int64(Self.records + copies), "each is handed on")
            #expect(exchange.status("locality")?.ledger.shared == Int64(Self.records))
            for program in moh { #expect(await program.stop().status == 0, "\(program.errors)") }
            let warnings = moh.map { $0.errors.components(separatedBy: "does not place by murmur2").count - 1 }
            #expect(warnings.reduce(0, +) > 0)
            // Once of a sender, of whom there are as many as facilities.
            #expect(warnings.reduce(0, +) < misplaced)
            for name in ["vss", "c06", "locality", "broker"] { _ = try await exchange.program(name).stop() }
        }
    }

    /// Visits as the facility writes them, each moved to where CRC-32 of its key puts it.
    private static func visits() async throws -> [Traffic] {
        let directory = try TemporaryDirectory()
        let exchange = try HandMadeExchange(in: directory, scenario: "clean", records: records)
        try await exchange.startBroker()
        try await exchange.start(party: "facility")
        try await exchange.until("all are submitted") {
            guard let status = exchange.status("facility") else { return false }
            return status.figures.submission.nextVisit >= Int64(records) && status.unconfirmed == 0
        }
        var visits = try await exchange.read(["facility.records"])
        #expect(visits.count == records)
        for place in visits.indices {
            visits[place].partition = Int32(crc32(visits[place].key ?? []) % Self.partitions)
        }
        for name in ["facility", "broker"] { _ = try await exchange.program(name).stop() }
        return visits
    }

    private static func home(_ visit: Traffic) -> Int32 {
        murmur2Partition(key: visit.key ?? [], count: Int32(partitions))
    }

    /// CRC-32 as in zlib.
    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var crc = ~UInt32(0)
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }
}
