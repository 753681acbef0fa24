public import BookStore
import Composition
import ExchangeSchema
import Foundation
import PartyStore
public import ReportPage
public import Supervision
import Topology
import Vocabulary
import WarehouseStore

/// Makes the report of a department out of what an exchange keeps, whether it runs or not: the warehouses of its localities,
/// what MoH has counted, what was returned to facilities, and the register of facilities.
public struct DepartmentReports {
    private let layout: ExchangeLayout
    private let setup: PartySetup
    private let warehouses: ProvinceWarehouses
    private let outside: Set<String>

    /// Days within which a test counts as repeated where nobody says otherwise; simulator-defined.
    public static let usualDays = 30

    /// - Throws: ``ProgramFailure`` when the directory holds no exchange.
    public init(layout: ExchangeLayout) throws {
        let record = try layout.requiredRecord()
        self.layout = layout
        let hasScenario = FileManager.default.fileExists(atPath: layout.scenarioPath)
        var setup = try PartySetup(
            topology: layout.topologyPath, scenario: hasScenario ? layout.scenarioPath : nil,
            records: hasScenario ? Int(record.records) : nil, seed: hasScenario ? record.seed : nil)
        setup.facilities = record.facilities(layout)
        self.setup = setup
        outside = Set(record.outside ?? [])
        warehouses = try ProvinceWarehouses(layout: layout)
    }

    /// The report.
    /// - Parameters:
    ///   - province: Residents and facilities of this one; nil for all that localities here keep.
    ///   - month: As `2026-11`; nil for all.
    ///   - day: Of which it says who has sent nothing, as `2026-11-29`; nil for today.
    ///   - days: A test is repeated when its result is at most so many days older.
    /// - Throws: ``ProgramFailure`` when there is no such province, day, or warehouse; `StoreError`.
    public func report(
        ofProvince province: String?, month: String?, day: String?, within days: Int = usualDays
    ) throws -> DepartmentReport {
        let day = day ?? LocalDays.day(of: Date())
        guard let today = LocalDays.span(ofDay: day) else {
            throw ProgramFailure("\(day) is no day; write it as 2026-11-29")
        }
        let files = try warehouses.files(ofProvince: province)
        var report = DepartmentReport(
            provinceName: province.flatMap { Province(code: $0)?.name } ?? "All provinces", day: day)
        (report.province, report.month) = (province, month)
        let units = try FacilityUnits(setup).units
        try addVisits(files, units, month: month, days: days, to: &report)
        try addCoverage(files, to: &report)
        let (refusals, unknown) = try returned()
        report.refusals.unknown = unknown
        try addRefusals(refusals, units, month: month, to: &report)
        try addFacilities(units, refusals, today, month: month, to: &report)
        return report
    }

    /// The records behind a number of refusals, the latest first.
    /// - Throws: ``ProgramFailure`` when the month is none; `StoreError`.
    public func refused(
        code: String?, facility: String?, month: String?, limit: Int
    ) throws -> [RefusedRecord] {
        try returned().reader
            .records(code: code, facility: facility, in: try Self.span(month), limit: limit)
    }

    private static func span(_ month: String?) throws -> Range<Int64> {
        guard let month else { return Int64.min..<Int64.max }
        guard let span = LocalDays.span(ofMonth: month) else {
            throw ProgramFailure("\(month) is no month; write it as 2026-11")
        }
        return span
    }

    private func addVisits(
        _ files: [(province: String, file: WarehouseFile)], _ units: [FacilityUnits.Unit], month: String?, days: Int,
        to report: inout DepartmentReport
    ) throws {
        var kinds: [String: WarehouseRow] = [:]
        var senders: [String: WarehouseRow] = [:]
        var tests: [String: RepeatRow] = [:]
        let names = Dictionary(units.map { ($0.code, $0.name) }) { first, _ in first }
        report.before = month == nil ? nil : WarehouseRow(key: "all")
        report.repeats.days = days
        for (province, file) in files {
            let own = try file.report(ofProvince: province, month: month, by: [.kind, .facility])
            report.people += own.people
            report.total.add(own.total)
            if let before = own.before { report.before?.add(before) }
            report.withdrawn += own.withdrawn
            report.superseded += own.superseded
            report.definitions = own.definitions
            for row in own.groups["kind"] ?? [] {
                kinds[row.key, default: WarehouseRow(key: row.key, title: row.title)].add(row)
            }
            for row in own.groups["facility"] ?? [] {
                senders[row.key, default: WarehouseRow(key: row.key, title: names[row.key] ?? "")].add(row)
            }
            let repeats = try file.repeats(ofProvince: province, month: month, within: days, limit: 1)
            report.repeats.total.add(repeats.total)
            for row in repeats.tests { tests[row.key, default: RepeatRow(key: row.key, title: row.title)].add(row) }
        }
        report.kinds = kinds.values.sorted { ($1.visits, $0.key) < ($0.visits, $1.key) }
        report.senders = senders.values.sorted { ($1.visits, $0.key) < ($0.visits, $1.key) }
        report.repeats.tests = tests.values.sorted { ($1.repeats, $1.tests, $0.key) < ($0.repeats, $0.tests, $1.key) }
    }

    private func addCoverage(
        _ files: [(province: String, file: WarehouseFile)], to report: inout DepartmentReport
    ) throws {
        var counts: [WarehouseCoverage] = []
        let counted = try warehouses.ministryCoverage()
        for (province, file) in files {
            let told = try file.coverage(ofProvince: province)
            guard let coverage = ProvinceWarehouses.newer(told, counted[province]) else { continue }
            counts.append(coverage)
            report.countedProvinces.append(province)
        }
        guard !counts.isEmpty else { return }
        report.coverage = WarehouseCoverage(
            residents: counts.reduce(0) { $0 + $1.residents }, withBook: counts.reduce(0) { $0 + $1.withBook },
            countedAt: counts.map(\.countedAt).max() ?? 0)
    }

    private func addRefusals(
        _ reader: RefusalReader, _ units: [FacilityUnits.Unit], month: String?, to report: inout DepartmentReport
    ) throws {
        let province = report.province
        let here = Set(units.filter { $0.province == province }.map(\.code))
        func counts(_ month: String?) throws -> [RefusalCount] {
            let all = try reader.counts(in: try Self.span(month))
            return province == nil ? all : all.filter { here.contains($0.facility) }
        }
        report.refusals.counts = try counts(month)
        report.refusals.ever = report.refusals.counts.reduce(0) { $0 + $1.ever }
        report.refusals.standing = report.refusals.counts.reduce(0) { $0 + $1.standing }
        if let earlier = month.flatMap(WarehouseMonth.before) {
            report.refusals.before = try counts(earlier).reduce(0) { $0 + $1.ever }
        }
    }

    private func addFacilities(
        _ all: [FacilityUnits.Unit], _ refusals: RefusalReader, _ day: Range<Int64>, month: String?,
        to report: inout DepartmentReport
    ) throws {
        let units = all.filter { report.province == nil || $0.province == report.province }
        var ofDay = try refusals.facilities(in: day)
        var ofMonth = try refusals.facilities(in: try Self.span(month))
        // A facility's patients live anywhere: all warehouses are asked.
        for file in try warehouses.everyFile() {
            ofDay.formUnion(try file.facilities(sentIn: day))
            ofMonth.formUnion(try file.facilities(ofMonth: month))
        }
        let connected = units.filter(\.isConnected)
        var standings = DepartmentReport.FacilityStandings()
        standings.registered = Int64(units.count)
        standings.connected = Int64(connected.count)
        if !units.isEmpty, units.allSatisfy({ $0.hasElectronicRecords != nil }) {
            standings.electronicRecords = Int64(units.count { $0.hasElectronicRecords == true })
        }
        standings.sending = Int64(connected.count { ofMonth.contains($0.code) })
        standings.silent = connected.filter { !ofDay.contains($0.code) }
            .map { DepartmentReport.SilentFacility(code: $0.code, name: $0.name) }
        let known = Set(all.map(\.code))
        standings.unregistered =
            report.province == nil ? ofMonth.filter { !known.contains($0) && !$0.isEmpty }.sorted() : []
        report.facilities = standings
    }

    /// What those keep who return records to facilities on this route, and the names of those of whom there is nothing here.
    private func returned() throws -> (reader: RefusalReader, unknown: [String]) {
        let writers = setup.topology.topic(carrying: .correction)?.writers ?? []
        var (stores, unknown): ([StoreInspection], [String]) = ([], [])
        for party in setup.topology.parties where writers.contains(party.name) {
            let found =
                outside.contains(party.name)
                ? []
                : try setup.topology.shards(of: party).compactMap {
                    try StoreInspection.open(directory: layout.directory(of: $0)).store
                }
            stores += found
            if found.isEmpty { unknown.append(party.name) }
        }
        return (try RefusalReader(stores), unknown)
    }
}
