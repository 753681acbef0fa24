import ExchangeSchema
import Foundation
import PartyCore
import PartyStore
import StoreTestSupport
import Testing
import Vocabulary

@testable import Audit

/// Parties that run while they are verified: each is seen as of a moment of its own.
@Suite struct RunningAuditTests {
    let exchange: SmallExchange

    init() throws {
        exchange = try SmallExchange()
        try exchange.fill()
    }

    /// A clock reading after every store will have been opened.
    private static let later: Int64 = 1 << 46

    private func message(_ type: MessageType, _ number: Int64) -> SmallParty.Message { .init(type, .stored(number)) }

    @Test func whatIsOnItsWayIsNotLost() throws {
        let (moh, vss) = (try SmallParty("moh", exchange), try SmallParty("vss", exchange))
        try moh.commit(sending: [message(.acceptedRecord, 500)])
        try moh.commit(sending: [message(.acceptedRecord, 501)])
        let report = try exchange.verify()
        #expect(report.findings == [] && report.takenAt != nil)
        #expect(report.hops.map(\.underWay) == [2, 0])
        #expect(report.parties[0].signedLeaves == 481 && report.parties[0].leaves == 482)
        #expect(report.text.contains("running: as of ") && report.text.contains("2 under way"))
        try moh.close()
        try vss.close()
        let stopped = try exchange.verify()
        #expect(stopped.findings.map(\.kind) == [.late, .late] && stopped.takenAt == nil)
    }

    @Test func whatWasSentSinceTheSenderWasReadIsNotExtra() throws {
        let moh = try SmallParty("moh", exchange)
        let vss = try SmallParty("vss", exchange, clock: Self.later)
        try vss.commit(receiving: [message(.acceptedRecord, 500)])
        let report = try exchange.verify()
        #expect(report.findings == [])
        #expect(report.hops.map(\.sentSince) == [1, 0] && report.hops.map(\.extra) == [0, 0])
        #expect(report.text.contains("1 sent since the sender's journal was read"))
        // The same once both have stopped: nobody can send it any more.
        try moh.close()
        try vss.close()
        #expect(try exchange.verify().findings.map(\.kind) == [.extra])
    }

    @Test func whatNobodyHadSentBeforeIsExtra() throws {
        let (moh, vss) = (try SmallParty("moh", exchange), try SmallParty("vss", exchange))
        try vss.commit(receiving: [message(.acceptedRecord, 500)])
        #expect(try exchange.verify().findings.map(\.kind) == [.extra])
        try moh.close()
        try vss.close()
    }

    @Test func whatWasOvertakenIsMissing() throws {
        let (moh, vss) = (try SmallParty("moh", exchange), try SmallParty("vss", exchange))
        try moh.commit(sending: [500, 501, 502, 503].map { message(.acceptedRecord, $0) })
        try vss.commit(receiving: [501, 502, 503].map { message(.acceptedRecord, $0) })
        let findings = try exchange.verify().findings
        #expect(findings.map(\.kind) == [.missing] && findings.first?.leaf == 480)
        try moh.close()
        try vss.close()
    }

    @Test func anOlderCopyIsFoundWhileItRuns() throws {
        let copy = exchange.path + "/copy"
        try FileManager.default.copyItem(atPath: exchange.directory("moh"), toPath: copy)
        let moh = try SmallParty("moh", exchange)
        try moh.commit(sending: [message(.acceptedRecord, 500)])
        try moh.close()
        try FileManager.default.removeItem(atPath: exchange.directory("moh"))
        try FileManager.default.moveItem(atPath: copy, toPath: exchange.directory("moh"))
        let older = try SmallParty("moh", exchange)
        #expect(try exchange.verify().findings.contains { $0.kind == .rolledBack && $0.leaf == 480 })
        withExtendedLifetime(older) {}
    }

    @Test func figuresAreThoseThatWereVerified() throws {
        let (moh, vss) = (try SmallParty("moh", exchange), try SmallParty("vss", exchange))
        try moh.commit(sending: [message(.acceptedRecord, 500)])
        try vss.commit(receiving: [message(.acceptedRecord, 500)])
        try moh.commit(sending: [message(.acceptedRecord, 501)])
        let found = try exchange.reconcile()
        #expect(found.takenAt != nil && found.findings == [])
        #expect(found.figures.hops.first?.sent == 241)
        let bound = try exchange.bound(.latest)
        #expect(bound.holds && bound.bindings.map(\.size) == [481, 481] && bound.bindings[0].leaves == 482)
        #expect(bound.figures.hops.first?.sent == 241)
        try moh.close()
        try vss.close()
    }

    @Test func aPartyThatHasJustBegunHasWrittenNothing() throws {
        let fresh = try SmallExchange()
        let moh = try SmallParty("moh", fresh)
        let lock = fresh.directory("vss")
        try FileManager.default.createDirectory(atPath: lock, withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: lock + "/party.sqlite"))
        let held = try DirectoryLock(directory: lock)
        let report = try fresh.verify()
        #expect(report.findings == [] && report.notBegun == ["vss"])
        withExtendedLifetime(held) {}
        try moh.close()
    }
}
