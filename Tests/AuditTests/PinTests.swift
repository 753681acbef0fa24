import Audit
import ExchangeSchema
import Foundation
import PartyStore
import StoreTestSupport
import Testing
import Vocabulary

/// What somebody has carried away finds what nobody in the exchange can find: all directories put back together, and a
/// history written anew with the right keys.
@Suite struct PinTests {
    let exchange: SmallExchange
    private let folder: String

    init() throws {
        exchange = try SmallExchange()
        folder = exchange.path + "-pins"
        try exchange.fill()
    }

    private func more(_ first: Int64) throws {
        let moh = try SmallParty("moh", exchange, clock: 9_000_000)
        try moh.commit(sending: (first..<first + 40).map { .init(.acceptedRecord, .stored($0)) })
        try moh.close()
    }

    private func pin() throws -> Pins {
        try? FileManager.default.removeItem(atPath: folder)
        let outcomes = try PinMaker(exchange.subjects.map { JournalSource($0) }).write(to: folder)
        #expect(outcomes.map(\.name) == ["moh", "vss"] && outcomes.map(\.witnesses) == [1, 1])
        return try Pins(folder: folder)
    }

    private func verify(_ pins: Pins) throws -> AuditReport {
        var audit = exchange.audit
        audit.pins = pins
        return try audit.verify()
    }

    /// Everything as it was before, in place of what is there.
    private func puttingBack(_ body: () throws -> Void) throws {
        let copy = exchange.path + "-before"
        defer { try? FileManager.default.removeItem(atPath: copy) }
        try FileManager.default.copyItem(atPath: exchange.path, toPath: copy)
        try body()
        try FileManager.default.removeItem(atPath: exchange.path)
        try FileManager.default.copyItem(atPath: copy, toPath: exchange.path)
    }

    @Test func whatGoesOnHolds() throws {
        let pins = try pin()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let same = try verify(pins)
        #expect(same.holds && same.pins.map(\.leaves) == [480, 480])
        try more(240)
        _ = try KeyRotation(directory: exchange.directory("moh"), evidence: exchange.evidence, now: 9_900_000)
        let report = try verify(pins)
        #expect(!report.findings.contains { $0.kind == .pin }, "\(report.findings)")
        #expect(report.pins.map(\.pinned) == [480, 480] && report.pins.map(\.leaves) == [521, 480])
        #expect(report.text.contains("pin of moh: 480 leaves, cosigned by 0 then; continued, 521 today"))
        #expect(throws: EvidenceError.self) { try PinMaker([]).write(to: folder) }
    }

    @Test func allPutBackTogetherIsFoundByAPinAlone() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var pins: Pins?
        try puttingBack {
            try more(240)
            pins = try pin()
        }
        #expect(try exchange.verify().holds, "nothing in the exchange tells of it")
        let report = try verify(try #require(pins))
        #expect(report.findings.map(\.kind) == [.pin] && report.findings.map(\.party) == ["moh"])
        #expect(report.findings.first?.text.hasPrefix("rolled back from 520 leaves to 480: ") == true)
        // Another history in place of what was taken back.
        try more(500)
        let forked = try verify(try #require(pins)).findings.filter { $0.kind == .pin }
        #expect(forked.map(\.party) == ["moh"] && forked[0].text.hasPrefix("two histories: of 520 leaves "))
    }

    @Test func anExchangeMadeAnewIsNotTheOneThatWasPinned() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let pins = try pin()
        try FileManager.default.removeItem(atPath: exchange.path)
        try FileManager.default.createDirectory(atPath: exchange.path, withIntermediateDirectories: true)
        try exchange.fill()
        #expect(try exchange.verify().holds)
        let findings = try verify(pins).findings
        #expect(
            findings.allSatisfy { $0.kind == .pin }
                && findings.count { $0.text.contains("keys of today do not continue") } == 2)
        try FileManager.default.removeItem(atPath: exchange.directory("vss"))
        #expect(
            try verify(pins).findings.contains { $0.kind == .pin && $0.text.contains("is not here to be compared") })
    }

    @Test func aPinThatWasChangedDoesNotHoldByItself() throws {
        _ = try pin()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/moh.checkpoint"
        let text = try String(contentsOfFile: path, encoding: .utf8).replacing("\n480\n", with: "\n481\n")
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        #expect {
            try Pins(folder: folder)
        } throws: {
            "\($0)".contains("moh.checkpoint does not hold by itself")
        }
        #expect {
            try Pins(folder: exchange.path + "/nothing")
        } throws: {
            "\($0)".contains("there are no pins in")
        }
    }
}
