import ExchangeSchema
import Foundation
import PartyCore
import PartyRuntime
import ProgramTestSupport
import Testing
import Vocabulary

/// What no party would send is sent by the test.
@Suite struct BadMessageTests {
    private static let record = RecordIdentifier(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0001)
    private static let garbage: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x80]

    /// One bad message: which topic, what is bad, and what the reason must say.
    struct Bad: Sendable {
        var name: String
        var traffic: Traffic
        var reason: String
        var reader: String
    }

    private static func bad(
        _ name: String, _ type: MessageType, _ topic: String, reader: String, reason: String,
        value: [UInt8]? = garbage, without: String? = nil, setting: [(String, [UInt8])] = []
    ) -> Bad {
        let writer = topic == "facility.records" ? "facility/01001" : topic.prefix { $0 != "." }
        var traffic = Traffic.message(type, to: topic, record: record, source: "/" + writer, value: value)
        traffic.headers.removeAll { header in header.name == without || setting.contains { $0.0 == header.name } }
        traffic.headers += setting.map { ($0.0, $0.1) }
        traffic.headers.append(("x-case", Array(name.utf8)))
        return Bad(name: name, traffic: traffic, reason: reason, reader: reader)
    }

    private static let toMoH: [Bad] = [
        Bad(
            name: "no headers at all",
            traffic: Traffic(
                topic: "facility.records", key: nil, value: Array("hello".utf8),
                headers: [("x-case", Array("no headers at all".utf8))]), reason: "header ce_id is missing",
            reader: "moh"),
        bad(
            "no type", .facilityRecord, "facility.records", reader: "moh", reason: "header ce_type is missing",
            without: "ce_type"),
        bad(
            "another type", .bookEntry, "facility.records", reader: "moh",
            reason: "this topic carries exchange.v1.Facility"),
        bad(
            "no subject", .facilityRecord, "facility.records", reader: "moh", reason: "header ce_subject is missing",
            without: "ce_subject"),
        bad(
            "an identifier that is none", .facilityRecord, "facility.records", reader: "moh",
            reason: "ce_id is not a UUID",
            setting: [("ce_id", [0xFF, 0xFE, 0x00])]),
        bad(
            "an endless subject", .facilityRecord, "facility.records", reader: "moh", reason: "not a record id",
            setting: [("ce_subject", [UInt8](repeating: 0x61, count: 20_000))]),
        bad(
            "a foreign source", .facilityRecord, "facility.records", reader: "moh",
            reason: "ce_source is \"/test/01001\"; this topic is written by /facility",
            setting: [("ce_source", Array("/test/01001".utf8))]),
        bad(
            "no source", .facilityRecord, "facility.records", reader: "moh", reason: "header ce_source is missing",
            without: "ce_source"),
        bad(
            "garbage", .facilityRecord, "facility.records", reader: "moh", reason: "not a readable exchange.v1.Facility"
        ),
        bad(
            "a tombstone", .facilityRecord, "facility.records", reader: "moh",
            reason: "not a readable exchange.v1.Facility", value: nil),
        bad(
            "an empty value", .facilityRecord, "facility.records", reader: "moh",
            reason: "not a readable exchange.v1.Facility", value: []),
        bad(
            "half a megabyte of nothing", .facilityRecord, "facility.records", reader: "moh",
            reason: "not a readable exchange.v1.Facility", value: [UInt8](repeating: 0xFF, count: 500_000)),
    ]

    /// Of those to MoH, the ones that no party of the topology can have sent.
    private static let strays: Int64 = 8

    private static let toOthers: [Bad] = [
        bad("garbage to vss", .acceptedRecord, "moh.records", reader: "vss", reason: "exchange.v1.AcceptedRecord"),
        bad("garbage from vss", .assessment, "vss.assessments", reader: "moh", reason: "exchange.v1.Assessment"),
        bad(
            "garbage to c06", .identityCheck, "vss.identity-checks", reader: "c06", reason: "exchange.v1.IdentityCheck"),
        bad(
            "garbage from c06", .identityResult, "c06.identity-results", reader: "moh", reason: "exchange.v1.IdentityR"),
        bad(
            "garbage to facilities", .correction, "moh.corrections", reader: "facility",
            reason: "exchange.v1.Correction"),
        bad(
            "garbage into the book", .bookEntry, "moh.book-entries.01", reader: "locality",
            reason: "exchange.v1.BookEntry"
        ),
    ]

    @Test func badMessagesGoToTheDeadLettersAndGoodOnesStillPass() async throws {
        try await ExchangeSlots.run { directory in
            let exchange = try HandMadeExchange(in: directory, scenario: "clean", records: 60)
            try await exchange.startBroker()
            try await exchange.start(parties: ["moh", "vss", "c06", "locality"])
            let all = Self.toMoH + Self.toOthers
            try await exchange.publish(all.map(\.traffic))
            try await exchange.until("all bad messages are put away") {
                exchange.status("moh")?.ledger.deadLetters == Int64(Self.toMoH.count + 2) - Self.strays
                    && exchange.status("moh")?.ledger.strays == Self.strays
                    && ["vss", "c06", "locality"].allSatisfy { exchange.status($0)?.ledger.deadLetters == 1 }
            }
            try await exchange.start(party: "facility")
            try await exchange.settle()
            #expect(exchange.status("locality")?.ledger.shared == 60)
            #expect(exchange.status("facility")?.ledger.shared == 60)
            // The four that bear a facility's name and a record's are one record, and refused; what nobody of the topology
            // sent is no record.
            let moh = try #require(exchange.status("moh")).ledger
            #expect(moh.refusedByReason == ["moh.unreadable": 1])
            #expect(moh.conserves && moh.submitted == 61)
            try await Self.expectDeadLetters(all, exchange)
            try await exchange.stopAll()
        }
    }

    private static func expectDeadLetters(_ all: [Bad], _ exchange: HandMadeExchange) async throws {
        let topics = Set(all.map(\.traffic.topic)).sorted()
        let sources = try await exchange.read(topics)
        let letters = try await exchange.read(topics.map { $0 + ".dlt" })
        #expect(letters.count == all.count)
        for bad in all {
            let found = letters.filter { $0.header("x-case") == bad.name && $0.header("dlt_reader") == bad.reader }
            #expect(found.count == 1, "\(bad.name)")
            guard let letter = found.first else { continue }
            #expect(letter.topic == bad.traffic.topic + ".dlt")
            #expect(letter.value == bad.traffic.value, "\(bad.name)")
            #expect(letter.key == bad.traffic.key, "\(bad.name)")
            let own = letter.headers.filter { !$0.name.hasPrefix("dlt_") }
            #expect(own.map(\.name) == bad.traffic.headers.map(\.name), "\(bad.name)")
            #expect(own.map(\.value) == bad.traffic.headers.map(\.value), "\(bad.name)")
            #expect(
                letter.header("dlt_reason")?.contains(bad.reason) == true, "\(letter.header("dlt_reason") ?? "none")")
            #expect(letter.header("dlt_topic") == bad.traffic.topic)
            let source = sources.first { $0.header("x-case") == bad.name }
            #expect(letter.header("dlt_partition") == source?.partition.map { String($0) })
            #expect(letter.header("dlt_offset") == source.map { String($0.offset) })
        }
    }

    /// Answers that can be read but say what cannot be, about records that are pending or unknown.
    @Test func answersThatMakeNoSenseChangeNothing() async throws {
        try await ExchangeSlots.run { directory in
            let exchange = try HandMadeExchange(in: directory, scenario: "clean", records: 30)
            try await exchange.startBroker()
            // Without vss every record stays pending at MoH.
            try await exchange.start(parties: ["moh", "c06", "locality", "facility"])
            try await exchange.until("MoH has all records") { exchange.status("moh")?.ledger.pending == 30 }
            let submitted = try await exchange.read(["facility.records"])
            let subject = try #require(submitted.first?.header("ce_subject"))
            let record = try #require(RecordIdentifier(subject))
            let absurd = Self.absurdAnswers(record)
            try await exchange.publish(absurd)
            try await exchange.until("all are put away") {
                exchange.status("moh")?.ledger.deadLetters == Int64(absurd.count)
            }
            #expect(exchange.status("moh")?.ledger.pending == 30)
            var answer = Assessment()
            answer.recordID = Self.record.description
            answer.revision = 1
            answer.outcome = .notInsured
            try await exchange.publish([
                .message(
                    .assessment, to: "vss.assessments", record: Self.record, source: "/vss", value: answer.encoded)
            ])
            try await exchange.until("the answer about nothing is ignored") {
                exchange.status("moh")?.ledger.staleIgnored == 1
            }
            try await exchange.start(party: "vss")
            try await exchange.settle()
            #expect(exchange.status("locality")?.ledger.shared == 30)
            #expect(exchange.status("moh")?.ledger.refused == 0)
            try await exchange.stopAll()
        }
    }

    private static func absurdAnswers(_ record: RecordIdentifier) -> [Traffic] {
        var noOutcome = Assessment()
        noOutcome.recordID = record.description
        noOutcome.revision = 1
        var unknownCode = noOutcome
        unknownCode.outcome = .refused
        unknownCode.cardCheckCode = "999"
        var noNumber = IdentityResult()
        noNumber.recordID = record.description
        noNumber.revision = 1
        noNumber.outcome = .match
        noNumber.citizenNumber = "12345678901234567890123"
        var noReason = noNumber
        noReason.outcome = .UNRECOGNIZED(77)
        let assessments = [noOutcome, unknownCode].map {
            Traffic.message(.assessment, to: "vss.assessments", record: record, source: "/vss", value: $0.encoded)
        }
        let results = [noNumber, noReason].map {
            Traffic.message(
                .identityResult, to: "c06.identity-results", record: record, source: "/c06", value: $0.encoded)
        }
        return assessments + results
    }
}
