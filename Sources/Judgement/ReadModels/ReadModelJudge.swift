import BookStore
import Composition
import ExchangeSchema
import HealthBook
import PartyCore
import PartyStore
import ProvinceWarehouse
import Simulation
import Supervision
import SyntheticPopulation
import Topology
import Vocabulary
import WarehouseStore

/// Goes over the book and the warehouses that a run has left, and says where they are not what follows from the population.
struct ReadModelJudge {
    private let setup: PartySetup
    private let outside: Set<String>
    private let population: SyntheticPopulation

    /// - Parameter outside: Parties that somebody else ran: what they keep is not here.
    /// - Throws: ``ProgramFailure`` without a scenario, `PopulationError` when its population cannot be.
    init(setup: PartySetup, outside: Set<String> = []) throws {
        self.setup = setup
        self.outside = outside
        population = try setup.population("an evaluation")
    }

    private func comparison() -> ReadModelComparison {
        ReadModelComparison(
            truth: ReadModelTruth(
                population: population, records: setup.records, asking: setup.topology.route.examiners,
                reviews: setup.topology.topic(carrying: .assessmentFeedback) != nil))
    }

    /// Numbers that C06 reports as given up in this scenario, each with the one that came after it.
    private func renumbered() -> [UInt64: UInt64] {
        guard setup.topology.topic(carrying: .civilStatus) != nil else { return [:] }
        let changes = PlannedChanges(population: population, visits: setup.records)
        return (0..<changes.count).reduce(into: [:]) { known, place in
            guard let change = changes.change(place), case .reissued(let former) = change.kind else { return }
            known[former.number] = change.citizenNumber.number
        }
    }

    /// Of processes that have stopped: reads their files.
    /// - Throws: `StoreError`.
    func differences(in layout: ExchangeLayout) throws -> ReadModelDifferences {
        var all = comparison()
        let ministries = setup.topology.parties(role: .moh).filter { !outside.contains($0.name) }
        let scans = try ministries.flatMap { setup.topology.shards(of: $0) }.compactMap {
            try StoreInspection.open(directory: layout.directory(of: $0)).store.map(BookScan.init)
        }
        var successors: [UInt64: UInt64] = [:]
        for scan in scans {
            try scan.forEachRecord { all.takeBook($0, $1) }
            let stray = try scan.strayRows()
            if stray > 0 { all.addToBook("book: \(stray) rows are in nobody's index") }
            successors.merge(try scan.successors()) { first, _ in first }
        }
        if !scans.isEmpty { all.finishBook(successors: successors, expecting: renumbered()) }
        for localities in sets {
            var comparison = WarehouseComparison(records: setup.records)
            for locality in localities {
                let path = layout.partyDirectory(locality.name) + "/" + WarehouseWriter.fileName
                guard WarehouseFile.exists(at: path) else {
                    all.addToWarehouse("warehouse of \(locality.name): there is no file \(path)")
                    continue
                }
                let file = try WarehouseFile(path: path)
                try file.forEachRecord {
                    comparison.take($0, of: locality.name, serving: locality.servedProvinces, &all)
                }
                try file.forEachPerson { PersonComparison.take($0, of: locality.name, &all) }
                for (table, count) in try file.strayRows().sorted(by: { $0.key < $1.key }) {
                    all.addToWarehouse("warehouse of \(locality.name): \(count) rows of \(table) hang on no visit")
                }
            }
            finish(localities, comparison, hasBook: !scans.isEmpty, &all)
        }
        return all.differences
    }

    /// Of a simulation: reads the models that its parties kept in memory.
    func differences(in result: SimulationResult) -> ReadModelDifferences {
        var all = comparison()
        let books = setup.topology.parties(role: .moh).compactMap {
            result.parties[$0.name]?.tables.readModel as? HealthBooks
        }
        for book in books {
            for (record, told) in book.itemsByRecord.sorted(by: { $0.key < $1.key }) {
                all.takeBook(record, told.map { BookScan.Told(citizen: $0.citizen, item: $0.item) })
            }
        }
        let successors = books.reduce(into: [:]) { $0.merge($1.newerNumbers) { first, _ in first } }
        if !books.isEmpty { all.finishBook(successors: successors, expecting: renumbered()) }
        for localities in sets {
            var comparison = WarehouseComparison(records: setup.records)
            for locality in localities {
                guard let model = result.parties[locality.name]?.tables.readModel as? ProvinceWarehouse else {
                    all.addToWarehouse("warehouse of \(locality.name): was not kept")
                    continue
                }
                for record in model.scannedRecords {
                    comparison.take(record, of: locality.name, serving: locality.servedProvinces, &all)
                }
            }
            finish(localities, comparison, hasBook: !books.isEmpty, &all)
        }
        return all.differences
    }

    /// Warehouses that have every province once between them.
    private var sets: [[TopologyParty]] {
        let here = setup.topology.parties(role: .locality).filter { !outside.contains($0.name) }
        let own = here.filter { $0.servedProvinces != nil }
        return here.filter { $0.servedProvinces == nil }.map { [$0] } + (own.isEmpty ? [] : [own])
    }

    private func finish(
        _ localities: [TopologyParty], _ comparison: WarehouseComparison, hasBook: Bool,
        _ all: inout ReadModelComparison
    ) {
        let served =
            localities.contains { $0.servedProvinces == nil }
            ? nil : localities.reduce(into: Set<String>()) { $0.formUnion($1.servedProvinces ?? []) }
        comparison.finish(
            of: localities.map(\.name).joined(separator: ", "), serving: served, hasBook: hasBook, &all)
    }
}

extension ProvinceWarehouse {
    /// All that it holds, as the tables of a file would have it.
    fileprivate var scannedRecords: [ScannedRecord] {
        var records: [ScannedRecord] = []
        for stored in visits {
            let revision = ScannedRecord.Revision(columns: stored.columns, lines: stored.visit.lineColumns)
            let record = stored.visit.record.description
            if records.last?.record == record {
                records[records.count - 1].revisions.append(revision)
            } else {
                records.append(
                    ScannedRecord(
                        record: record, revisions: [revision],
                        withdrawnIn: withdrawal(of: stored.visit.record).map { Int64($0) }))
            }
        }
        return records
    }
}
