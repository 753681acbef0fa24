import ExchangeSchema
import PartyCore
import Testing
import Topology
import Vocabulary

@testable import Audit

/// How figures are counted.
@Suite struct FigureCountTests {
    @Test func takenInTurnsTheFiguresAreTheSame() throws {
        let exchange = try SmallExchange()
        try exchange.fill()
        let parties = ScopedParty.all(
            try exchange.audit.inspect().snapshot.parties.map { try ScopedJournal($0.subject, $0.store, leaves: nil) })
        let atOnce = try FigureCount(parties, facilities: UnknownFacilities(), at: nil).figures
        let inTurns = try FigureCount(parties, facilities: UnknownFacilities(), at: nil, recordsAtOnce: 7).figures
        #expect(inTurns == atOnce && atOnce.hops[0].sent == 240)
    }

    @Test func percentilesAreByNearestRank() throws {
        var counts = DurationCounts()
        #expect(counts.figures == nil)
        for value in 1...200 { counts.note(Int64(value)) }
        #expect(
            counts.figures == DurationFigures(count: 200, min: 1, median: 100, p95: 190, p99: 198, max: 200))
        counts = DurationCounts()
        counts.note(-5)
        counts.note(.max)
        let figures = try #require(counts.figures)
        #expect(figures.min == 0 && figures.median == 0 && figures.max == .max)
    }

    @Test func longDurationsAreWithinATwentiethOfAPercent() throws {
        for value: Int64 in [4_097, 10_001, 86_400_001, 3_000_000_007] {
            var counts = DurationCounts()
            for other in [value, value, value * 2] { counts.note(other) }
            let median = try #require(counts.figures?.median)
            #expect(median <= value && value - median <= value / 2_000, "\(value) became \(median)")
        }
    }

    @Test func throughputHasAtMostSixtyBucketsOfRoundWidth() {
        for (length, width) in [(1, 1), (60, 1), (61, 2), (121, 5), (2_800, 50), (86_400_000, 2_000_000)] {
            let figures = ThroughputFigures(.init(first: 1_000, last: 1_000 + Int64(length) - 1))
            #expect(figures.width == Int64(width) && figures.submitted.count <= ThroughputFigures.buckets)
        }
        let far = ThroughputFigures(.init(first: .min, last: .max))
        #expect(far.submitted.count <= ThroughputFigures.buckets)
    }

    private func leaf(_ decision: Decision, _ type: MessageType, _ reason: ReasonCode? = nil) -> JournalLeaf {
        JournalLeaf(
            decision: decision, type: type.rawValue, reason: reason?.rawValue ?? 0, topic: 0, partition: 0, offset: 0,
            message: .none, cause: .none, time: 0, digest: PayloadDigest(of: []))
    }

    /// What a party's leaves say of one record, each with its revision, and where it then stands.
    private static let ways: [(PartyRole, [(Decision, MessageType, UInt16, ReasonCode?)], RecordPhase?)] = [
        (.facility, [(.sent, .facilityRecord, 1, nil)], .pending),
        (.facility, [(.sent, .facilityRecord, 1, nil), (.refused, .correction, 1, .vssCardExpired)], .refused),
        (
            .facility,
            [
                (.sent, .facilityRecord, 1, nil), (.accepted, .correction, 1, .vssCardExpired),
                (.sent, .facilityRecord, 2, nil), (.accepted, .sharingNotice, 2, nil),
            ], .shared
        ),
        (
            .facility,
            [(.sent, .facilityRecord, 1, nil), (.accepted, .sharingNotice, 1, nil), (.sent, .facilityRecord, 1, nil)],
            .shared
        ),
        (.moh, [(.unreadable, .facilityRecord, 1, .mohUnreadable)], .refused),
        (
            .moh,
            [(.accepted, .facilityRecord, 1, nil), (.unreadable, .facilityRecord, 1, .mohUnreadable)],
            .pending
        ),
        (.moh, [(.accepted, .facilityRecord, 1, nil), (.refused, .identityResult, 1, .c06Deceased)], .refused),
        (.moh, [(.accepted, .facilityRecord, 1, nil), (.sent, .bookEntry, 1, nil)], .shared),
        (.c06, [(.held, .identityCheck, 1, nil)], .held),
        (.c06, [(.held, .identityCheck, 1, nil), (.sent, .identityResult, 1, nil)], .shared),
        (.c06, [(.held, .identityCheck, 1, .c06Deceased), (.sent, .identityResult, 1, nil)], .refused),
        (.c06, [(.held, .identityCheck, 2, nil), (.sent, .identityResult, 1, nil)], .held),
        (.vss, [(.accepted, .acceptedRecord, 1, nil), (.duplicate, .acceptedRecord, 1, nil)], .shared),
        (.locality, [(.notAddressed, .bookEntry, 1, nil)], nil),
        // On the route of July 2026 records come to VSS first.
        (.vss, [(.accepted, .facilityRecord, 1, nil)], .shared),
        (.vss, [(.unreadable, .facilityRecord, 1, .vssUnreadable)], .refused),
        (
            .vss,
            [(.accepted, .facilityRecord, 1, nil), (.unreadable, .facilityRecord, 1, .vssUnreadable)],
            .shared
        ),
        (
            .vss,
            [(.accepted, .facilityRecord, 1, nil), (.unreadable, .facilityRecord, 2, .vssUnreadable)],
            .refused
        ),
        (.moh, [(.unreadable, .assessedRecord, 1, nil)], nil),
        (.moh, [(.accepted, .assessedRecord, 1, nil), (.accepted, .identityResult, 1, nil)], .pending),
        (.moh, [(.accepted, .assessedRecord, 1, nil), (.sent, .bookEntry, 1, nil)], .shared),
    ]

    @Test(arguments: ways.indices) func leavesTellWhereARecordStands(place: Int) {
        let (role, leaves, phase) = Self.ways[place]
        let duties = role.duties(reading: leaves.map(\.1)) ?? role.duties[0]
        var standing = RecordStanding()
        for (decision, type, revision, reason) in leaves {
            standing.take(leaf(decision, type, reason), revision: revision, type: type, duties: duties)
        }
        #expect(standing.phase == phase)
    }
}
