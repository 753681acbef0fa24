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

/// What must hold once nothing is on its way: the parties say the same of each record, and so do the book and the warehouses.
struct ChangedAgreement {
    private let exchange: MemoryExchange

    init(_ exchange: MemoryExchange) { self.exchange = exchange }

    func expect() throws {
        try exchange.checkRows()
        try records()
        figures()
        try views()
    }

    /// Facility, MoH and localities of each record; nobody who knew of a withdrawn one goes on with it.
    private func records() throws {
        let (facility, moh, locality) = (exchange.facility, exchange.moh, exchange.locality)
        #expect(moh.ledger.shared == facility.ledger.shared && locality.ledger.shared == facility.ledger.shared)
        for (record, visit) in facility.state.records {
            let entry = locality.state.record(record)
            #expect((entry?.phase == .shared) == (visit.phase == .shared), "\(record)")
            if let known = moh.state.record(record) {
                #expect((known.phase == .withdrawn) == (visit.phase == .withdrawn), "\(record)")
                #expect((known.phase == .shared) == (visit.phase == .shared), "\(record)")
                #expect(UInt32(known.book?.revision ?? 0) == (visit.phase == .shared ? visit.bookRevision : 0))
            }
            guard visit.phase == .withdrawn else {
                #expect(entry == nil || entry?.revision == visit.bookRevision, "\(record)")
                continue
            }
            for phase in [exchange.vss.state.record(record)?.phase, exchange.c06.state.record(record)?.phase] {
                #expect(phase == nil || phase == .withdrawn, "\(record)")
            }
        }
    }

    private func figures() {
        let (facility, moh, vss) = (exchange.facility.figures, exchange.moh.figures, exchange.vss.figures)
        #expect(facility.book.amending == 0 && moh.book.amending == 0)
        #expect(exchange.moh.state.keptCount == Int(moh.feedback.told), "nothing waits, but words for the facility")
        let all = OwnFigures.total([facility, moh, vss, exchange.c06.figures])
        #expect(all.notices.sent == all.notices.takenIn && all.notices.sent > 0)
        func said(_ figures: OwnFigures) -> [Int64] {
            [
                figures.feedback.reduced + figures.formerFeedback.reduced,
                figures.feedback.refused + figures.formerFeedback.refused,
            ]
        }
        #expect(vss.feedback.waiting == 0 && said(vss) == said(moh) && moh.formerFeedback.early == 0)
        #expect(moh.feedback.told + moh.formerFeedback.told == said(facility).reduce(0, +))
        let localities = OwnFigures.total(exchange.provincial.map(\.figures))
        let shared = exchange.provincial.reduce(0) { $0 + $1.ledger.shared } - localities.book.departed
        #expect(shared == exchange.facility.ledger.shared)
        #expect(localities.sharedByProvince == exchange.locality.figures.sharedByProvince)
        #expect(localities.civil.handovers == moh.civil.handovers)
        #expect(exchange.locality.figures.civil.handovers == moh.civil.handovers)
    }

    /// The book and the warehouses show what the facility knows as shared, in that revision, and nothing else.
    private func views() throws {
        var expected: [RecordIdentifier: UInt32] = [:]
        for (record, visit) in exchange.facility.state.records where visit.phase == .shared {
            expected[record] = visit.bookRevision
        }
        #expect(try inBooks() == expected)
        #expect(current(in: exchange.locality) == expected)
        var union: [RecordIdentifier: UInt32] = [:]
        for locality in exchange.provincial {
            union.merge(current(in: locality)) { _, _ in 0 }
        }
        #expect(union == expected, "each record in one province")
    }

    private func visits(in locality: Rig<LocalityCore>) -> [ProvinceWarehouse.StoredVisit] {
        var warehouse = ProvinceWarehouse()
        warehouse.apply(locality.readModelChanges)
        return warehouse.visits
    }

    private func current(in locality: Rig<LocalityCore>) -> [RecordIdentifier: UInt32] {
        let current = visits(in: locality).filter { $0.standing == .current }.map(\.visit)
        return Dictionary(current.map { ($0.record, $0.revision) }) { _, _ in 0 }
    }

    private func inBooks() throws -> [RecordIdentifier: UInt32] {
        var found: [RecordIdentifier: UInt32] = [:]
        for source in try books().flatMap(\.sources) {
            found[source.record] = found[source.record] == nil ? source.revision : 0
        }
        return found
    }

    /// One for each person.
    private func books() throws -> [HealthBook] {
        var books = HealthBooks()
        books.apply(exchange.moh.readModelChanges)
        var found: [HealthBook] = []
        for number in books.citizens.sorted() {
            let citizen = try #require(CitizenNumber(number: number))
            let book = try #require(try books.book(of: citizen))
            if !found.contains(where: { $0.numbers == book.numbers }) { found.append(book) }
        }
        return found
    }

    /// What a warehouse has of each record whose history does not hang on which of two revisions was faster.
    func standings(of locality: Rig<LocalityCore>) -> [String] {
        visits(in: locality).filter { ChangedVisits.kind(of: $0.visit.record)?.hasRacingHistory == false }
            .map { "\($0.visit.record) \($0.visit.revision) \($0.standing) \($0.visit.citizen) \($0.visit.province)" }
    }

    /// What the books show of the records whose end does not.
    func shown() throws -> [String] {
        try books().flatMap { book in
            let current = book.visits.flatMap(\.sources).map { ($0.record, "\($0.record) \($0.revision)") }
            let past = book.past.filter { past in
                RecordIdentifier(past.entry.recordID).flatMap(ChangedVisits.kind(of:))?.hasRacingHistory == false
            }
            return current.filter { ChangedVisits.kind(of: $0.0)?.isRace == false }.map { "\(book.numbers) \($0.1)" }
                + past.map { "\(book.numbers) \($0.entry.recordID) \($0.entry.revision) \($0.state)" }
        }.sorted()
    }
}
