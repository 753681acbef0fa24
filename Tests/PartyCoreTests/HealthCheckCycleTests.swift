import C06Party
import CoreTestSupport
import ExchangeSchema
import FacilityParty
import HealthBook
import LocalityParty
import MoHParty
import PartyCore
import ProvinceWarehouse
import Testing
import VSSParty
import Vocabulary

/// Health checks among visits, through all parties on both routes, in good order and in any.
@Suite struct HealthCheckCycleTests {
    private enum Kind: Int, CaseIterable {
        case plain, amended, amendedWrongly, withdrawn, withdrawnAtOnce
        case refusedByMoH, correctedAfterMoH, refusedByC06, afterDeath, beforeDeath, visit
    }

    private static func kind(_ record: RecordIdentifier) -> Kind? {
        Kind(rawValue: Int(((record.low & (1 << 62 - 1)) - 1) % UInt64(Kind.allCases.count)))
    }

    private static func source(_ count: Int) -> ListedVisits {
        var source = ListedVisits([])
        for number in 0..<count {
            let record = RecordIdentifier.sample(UInt64(number) + 1)
            guard let kind = kind(record) else { continue }
            let good = SampleVisit.healthCheck(record)
            var other = good
            var revisions = [good]
            switch kind {
            case .plain: break
            case .visit: revisions = [SampleVisit(record)]
            case .amended:
                other.clinical.healthCheck.xml12CacVanDeSucKhoe = "Sốt nhẹ"
                revisions.append(other)
                source.changes[Int64(number)] = [.init(.amended, .onceShared)]
            case .amendedWrongly:
                other.clinical.healthCheck.ngayVao = "19850316"
                revisions.append(other)
                source.changes[Int64(number)] = [.init(.amended, .onceShared)]
            case .withdrawn: source.changes[Int64(number)] = [.init(.withdrawn(reason: "a"), .onceShared)]
            case .withdrawnAtOnce: source.changes[Int64(number)] = [.init(.withdrawn(reason: "b"), .onceSubmitted)]
            case .refusedByMoH, .correctedAfterMoH:
                other.clinical.healthCheck.xml12PhanLoaiSk = "6"
                revisions = kind == .refusedByMoH ? [other] : [other, good]
            case .refusedByC06:
                other.administrative.hoTen = "NGUYỄN VĂN BA"
                revisions = [other]
            case .afterDeath: revisions = [.healthCheck(record, of: SamplePeople.cuong)]
            case .beforeDeath:
                other = .healthCheck(record, of: SamplePeople.cuong)
                other.clinical.healthCheck.ngayVao = "202501100840"
                revisions = [other]
            }
            source.visits.append(revisions.map(\.content))
        }
        return source
    }

    @Test(arguments: [false, true]) func everyHealthCheckEndsAsItMust(isSince2026: Bool) throws {
        let each = 5
        var exchange = MemoryExchange(
            Self.source(each * Kind.allCases.count), isSince2026: isSince2026, provincial: ChangedVisits.provinces)
        try exchange.runInOrder()
        let ledger = exchange.facility.ledger
        #expect(ledger.submitted == Int64(each * Kind.allCases.count) && ledger.pending == 0)
        #expect(
            ledger.refusedByReason == [
                "moh.code-unknown": 5, "c06.no-match.name-differs": 5, "c06.deceased": 5,
            ])
        #expect(ledger.shared == 30 && ledger.withdrawn == 10)
        #expect(exchange.facility.figures.book.refusedAmendments == 5)
        #expect(exchange.facility.figures.submission.corrected == 5)
        try ChangedAgreement(exchange).expect()
    }

    /// VSS is told of whom, and of nothing that was found; nobody is told of a card.
    @Test func onTheRouteOf2024VSSLearnsNothingOfIt() throws {
        var exchange = MemoryExchange(Self.source(Kind.allCases.count))
        try exchange.runInOrder()
        var told = 0
        for message in exchange.sent.values where message.head.type == .acceptedRecord {
            let accepted: AcceptedRecord = try message.decoded()
            guard !accepted.withdrawn, Self.kind(message.head.record) != .visit else { continue }
            told += 1
            #expect(accepted.insurance.isEmpty && !accepted.administrative.isEmpty && accepted.tables.isEmpty)
        }
        #expect(told > 0)
        for message in exchange.sent.values where message.head.type == .assessment {
            let assessment: Assessment = try message.decoded()
            #expect((assessment.outcome == .notInsured) == (Self.kind(message.head.record) != .visit))
        }
    }

    /// Any order, with copies and late ones: book and warehouses are those of good order.
    @Test(arguments: 1...20, [false, true])
    func anyOrderGivesTheSameBookAndTheSameWarehouse(seed: UInt64, isSince2026: Bool) throws {
        let count = 3 * Kind.allCases.count
        func exchange() -> MemoryExchange {
            MemoryExchange(Self.source(count), isSince2026: isSince2026, provincial: ChangedVisits.provinces)
        }
        var (clean, disordered) = (exchange(), exchange())
        try clean.runInOrder()
        var generator = SeededGenerator(seed: seed)
        try disordered.run(disorder: &generator)
        try ChangedAgreement(disordered).expect()
        #expect(try Self.shown(disordered) == Self.shown(clean))
        #expect(Self.current(disordered) == Self.current(clean))
        #expect(Self.current(clean).count == disordered.facility.ledger.shared)
    }

    private static func shown(_ exchange: MemoryExchange) throws -> [String] {
        var books = HealthBooks()
        books.apply(exchange.moh.readModelChanges)
        return try books.citizens.sorted().flatMap { number in
            let citizen = try #require(CitizenNumber(number: number))
            let book = try #require(try books.book(of: citizen))
            #expect(book.visits.flatMap(\.sources).allSatisfy { kind($0.record) == .visit })
            #expect(book.healthChecks.flatMap(\.sources).allSatisfy { kind($0.record) != .visit })
            return book.healthChecks.flatMap { check in
                check.sources.map { "\($0.record) \($0.revision) \(check.check.xml12CacVanDeSucKhoe)" }
            }.sorted()
        }
    }

    private static func current(_ exchange: MemoryExchange) -> [String] {
        var warehouse = ProvinceWarehouse()
        warehouse.apply(exchange.locality.readModelChanges)
        return warehouse.visits.filter { $0.standing == .current }.map { stored in
            let visit = stored.visit
            #expect((visit.healthCheck != nil) == (kind(visit.record) != .visit))
            return "\(visit.record) \(visit.revision) \(visit.kind) \(visit.healthCheck?.problems ?? "")"
        }
    }
}
