import Composition
import ExchangeSchema
import Foundation
import PartyCore
import PartyStore
public import Supervision
import Topology
import Vocabulary
public import WarehouseStore

/// The warehouses of an exchange, running or not: which locality keeps which province, and where.
public struct ProvinceWarehouses {
    private let layout: ExchangeLayout
    private let topology: Topology

    /// - Throws: ``ProgramFailure`` when the directory holds no exchange.
    public init(layout: ExchangeLayout) throws {
        _ = try layout.requiredRecord()
        self.layout = layout
        topology = try ExchangeFiles.topology(at: layout.topologyPath)
    }

    /// A province in a warehouse.
    public struct Entry: Sendable {
        /// Code.
        public var province: String
        /// Name.
        public var name: String
        /// The locality that keeps it.
        public var locality: String
        /// The file.
        public var path: String
        /// What is in it; nil where there is no file yet.
        public var contents: WarehouseFile.Contents?
    }

    /// All provinces, each at all localities that keep it.
    /// - Throws: `StoreError`.
    public func entries() throws -> [Entry] {
        try ProvinceCode.all.flatMap { code in
            try localities(of: code).map { party in
                let path = path(of: party)
                let file = FileManager.default.fileExists(atPath: path) ? try WarehouseFile(path: path) : nil
                return Entry(
                    province: code, name: Province(code: code)?.name ?? "", locality: party.name, path: path,
                    contents: try file?.contents(ofProvince: code))
            }
        }
    }

    /// The warehouse of a province: of its own locality where it has one, else of the one that serves all.
    /// - Throws: ``ProgramFailure`` when there is no such province, nobody here keeps it, or it has no file; `StoreError`.
    public func file(ofProvince code: String) throws -> WarehouseFile {
        guard let province = Province(code: code) else {
            throw ProgramFailure(
                "\(code) is no province; give list, or two digits of Decision 19/2025/QD-TTg, one of "
                    + ProvinceCode.all.joined(separator: ", "))
        }
        guard let party = localities(of: code).first else {
            throw ProgramFailure("no locality of \(layout.directory) serves \(code), \(province.name)")
        }
        let path = path(of: party)
        guard FileManager.default.fileExists(atPath: path) else {
            throw ProgramFailure(
                "\(party.name) keeps no warehouse at \(path): somebody else runs it, it has not started yet, or an older "
                    + "version ran it")
        }
        return try WarehouseFile(path: path)
    }

    /// The report of a province, with the newest count of its residents that MoH has told it or, where MoH is in this
    /// exchange, has.
    /// - Parameters:
    ///   - month: As `2026-11`; nil for all months.
    ///   - groupings: By what the visits are grouped besides.
    /// - Throws: As ``file(ofProvince:)``.
    public func report(
        ofProvince code: String, month: String?, by groupings: [WarehouseGrouping]
    ) throws -> WarehouseReport {
        let file = try file(ofProvince: code)
        var report = try file.report(ofProvince: code, month: month, by: groupings)
        report.coverage = try Self.newer(file.coverage(ofProvince: code), ministryCoverage()[code])
        return report
    }

    /// The warehouses of all provinces that localities here keep, or of one; of each province the one that ``file(ofProvince:)``
    /// gives. Whoever has no file yet is left out.
    /// - Throws: As ``file(ofProvince:)`` for one province; `StoreError`.
    func files(ofProvince code: String?) throws -> [(province: String, file: WarehouseFile)] {
        if let code { return [(code, try file(ofProvince: code))] }
        var open: [String: WarehouseFile] = [:]
        return try ProvinceCode.all.compactMap { province in
            guard let party = localities(of: province).first else { return nil }
            let path = path(of: party)
            guard let file = try open[path] ?? Self.file(at: path) else { return nil }
            open[path] = file
            return (province, file)
        }
    }

    /// Every warehouse that there is, once.
    /// - Throws: `StoreError`.
    func everyFile() throws -> [WarehouseFile] {
        try topology.parties(role: .locality).compactMap { try Self.file(at: path(of: $0)) }
    }

    private static func file(at path: String) throws -> WarehouseFile? {
        WarehouseFile.exists(at: path) ? try WarehouseFile(path: path) : nil
    }

    /// Of what MoH has told a province and what it has counted, the later.
    static func newer(_ told: WarehouseCoverage?, _ counted: WarehouseCoverage?) -> WarehouseCoverage? {
        [told, counted].compactMap(\.self).max { $0.countedAt < $1.countedAt }
    }

    /// What MoH has counted last, by province; nothing where it has counted nothing, or is not here.
    /// - Throws: `StoreError`.
    func ministryCoverage() throws -> [String: WarehouseCoverage] {
        let directories = topology.parties(role: .moh).flatMap { topology.shards(of: $0) }
            .map { layout.directory(of: $0) }.filter { StoreInspection.isPossible(directory: $0) }
        let figures = try directories.map { try StoreInspection(directory: $0).progress.books.figures }
        return OwnFigures.total(figures).coverage.provinces.mapValues {
            WarehouseCoverage(residents: $0.residents, withBook: $0.withBook, countedAt: $0.countedAt)
        }
    }

    /// Who serves a province, those with provinces of their own first.
    private func localities(of code: String) -> [TopologyParty] {
        let serving = topology.parties(role: .locality).filter { $0.servedProvinces?.contains(code) ?? true }
        return serving.filter { $0.servedProvinces != nil } + serving.filter { $0.servedProvinces == nil }
    }

    private func path(of party: TopologyParty) -> String {
        layout.partyDirectory(party.name) + "/" + WarehouseWriter.fileName
    }
}
