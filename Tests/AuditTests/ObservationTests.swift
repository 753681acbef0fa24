import Audit
import ExchangeSchema
import Foundation
import StoreTestSupport
import Testing
import Vocabulary

/// Party against party against what the auditor saw on the broker.
@Suite struct ObservationTests {
    private let exchange: SmallExchange

    init() throws { exchange = try SmallExchange() }

    private let last = RecordIdentifier.stored(239)

    @Test func whatAllSayAlikeHolds() throws {
        let report = try exchange.witnessed { observer in
            try observer.observe(Array(SmallExchange.traffic.prefix(100)))
            try observer.observe(Array(SmallExchange.traffic.dropFirst(100)))
        }
        #expect(report.findings == [])
        #expect(report.parties.map(\.party) == ["moh", "vss", "auditor"] && report.parties[2].leaves == 480)
        #expect(report.observed?.sent == 480 && report.observed?.seen == 480 && report.observed?.receipts == 480)
        #expect(report.text.contains("auditor: saw 480 of 480 messages sent, and 480 receipts at their places"))
    }

    @Test func anAuditorThatIsBehindIsNamedOnceForEachPartition() throws {
        let report = try exchange.witnessed { observer in
            try observer.observe(SmallExchange.traffic.filter { $0.record != last || $0.type != .assessment })
        }
        #expect(report.findings.map(\.kind) == [.unobserved] && report.findings.map(\.party) == ["auditor"])
        #expect(
            report.findings[0].text.contains("vss.assessments/1 up to offset 119, and parties up to 120: 1 receipts"))
        #expect(report.observed?.ahead == 1 && report.observed?.unobserved == 0)
        let hardly = try SmallExchange().witnessed { try $0.observe(Array(SmallExchange.traffic.prefix(1))) }
        #expect(hardly.findings.map(\.kind) == [.unobserved, .unobserved, .unobserved, .unobserved])
        #expect(hardly.observed?.ahead == 479 && hardly.text.contains("479 receipts beyond what it has read"))
    }

    @Test func anotherPayloadThanTheAuditorSawIsAltered() throws {
        let report = try exchange.witnessed { observer in
            try observer.observe(
                SmallExchange.traffic.map { message in
                    var message = message
                    if message.record == .stored(77), message.type == .acceptedRecord { message.payload = [1, 2] }
                    return message
                })
        }
        #expect(report.findings.map(\.kind) == [.altered, .altered])
        #expect(Set(report.findings.map(\.party)) == ["auditor", "vss"])
        #expect(report.findings.allSatisfy { $0.message == Self.message(77) })
    }

    private static func message(_ number: Int64) -> String {
        MessageIdentifier(.acceptedRecord, record: .stored(number), revision: 1).description
    }

    @Test func whatOnlyTheAuditorSawIsExtra() throws {
        let report = try exchange.witnessed { observer in
            try observer.observe(SmallExchange.traffic + [.init(.acceptedRecord, .stored(900))])
        }
        #expect(report.findings.map(\.kind) == [.extra] && report.findings[0].party == "auditor")
        #expect(report.findings[0].message == Self.message(900) && report.findings[0].leaf == 480)
    }

    @Test func anotherPlaceThanTheAuditorSawIsFound() throws {
        var traffic = SmallExchange.traffic
        // Records 10 and 12 are in the same partition.
        traffic.swapAt(20, 24)
        let report = try exchange.witnessed { try $0.observe(traffic) }
        #expect(report.findings.map(\.kind) == [.unobserved, .unobserved])
        #expect(report.findings.allSatisfy { $0.party == "vss" && $0.text.contains("saw something else") })
    }

    @Test func whatWasDeletedBeforeTheAuditorCameIsFound() throws {
        let report = try exchange.witnessed { try $0.observe(SmallExchange.traffic, from: 3) }
        let gaps = report.findings.filter { $0.kind == .offset && $0.party == "auditor" }
        #expect(gaps.count == 4 && gaps[0].text.contains("goes from offset -1 to 3"))
    }

    @Test(arguments: [
        ("DELETE FROM vault WHERE first = 100", "payload"),
        ("UPDATE vault_key SET key = randomblob(32) WHERE record = (SELECT min(record) FROM vault_key)", "payload"),
        ("DELETE FROM vault_key WHERE record = (SELECT max(record) FROM vault_key)", "payload"),
        ("UPDATE vault_key SET key = zeroblob(32) WHERE record = (SELECT min(record) FROM vault_key)", "payload"),
        ("INSERT INTO access VALUES (3, X'7B7D')", "access"),
    ]) func whatIsChangedInTheVaultIsFound(sql: String, kind: String) throws {
        _ = try exchange.witnessed { observer in
            try observer.observe(Array(SmallExchange.traffic.prefix(100)))
            try observer.observe(Array(SmallExchange.traffic.dropFirst(100)))
        }
        try exchange.alter("auditor", sql)
        let report = try exchange.verifyWithAuditor()
        #expect(Set(report.findings.map(\.kind.rawValue)) == [kind])
        #expect(report.findings.allSatisfy { $0.party == "auditor" })
    }

    @Test func aDamagedAuditorIsAFindingAndTheOthersAreStillCompared() throws {
        _ = try exchange.witnessed { try $0.observe(SmallExchange.traffic) }
        try Data("nonsense".utf8).write(to: URL(fileURLWithPath: exchange.directory("auditor") + "/party.sqlite"))
        let report = try exchange.verifyWithAuditor()
        #expect(report.findings.map(\.kind) == [.unreadable] && report.findings[0].party == "auditor")
        #expect(report.hops.map(\.received) == [240, 240])
    }
}
