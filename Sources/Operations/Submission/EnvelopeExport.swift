import Composition
import ExchangeSchema
import Foundation
import HealthStandards
import ProgramStart
import SyntheticPopulation
import Topology

/// Writes synthetic visits of one facility as an envelope, as a hospital's system would send them.
public struct EnvelopeExport {
    /// Name or path of the scenario.
    public var scenario: String
    /// Most visits to write, at least 1.
    public var records: Int
    /// Seed in place of the scenario's.
    public var seed: UInt64?
    /// MA_CSKCB; nil for the facility with the most visits.
    public var facility: String?
    /// The file to write.
    public var output: String

    /// Takes all fields.
    public init(scenario: String, records: Int, seed: UInt64? = nil, facility: String?, output: String) {
        self.scenario = scenario
        self.records = records
        self.seed = seed
        self.facility = facility
        self.output = output
    }

    /// Writes the file and says what is in it.
    /// - Throws: `ExitCode` 2 when it could not; the reason is then on standard error.
    public func run() throws {
        try ProgramFailure.reported(by: "facility export") { try write() }
    }

    private func write() throws {
        let path = try ExchangeFiles().scenarioPath(scenario)
        let loaded = try ExchangeFiles.scenario(at: path).scenario.with(seed: seed)
        let population = try SyntheticPopulation(configuration: PopulationConfiguration(loaded))
        let index = try facilityIndex(in: population)
        let code = population.facility(index).code.description
        var visits: [VisitRecord] = []
        var createdAt: Int64 = 0
        for number in 0..<UInt64(loaded.records) where visits.count < records {
            let truth = population.truth(ofVisit: number)
            // This envelope has visits and nothing else.
            guard truth.facilityIndex == index, truth.kind == .visit else { continue }
            let visit = population.visit(number)
            let record = VisitRecord(
                administrative: visit.administrative, insurance: visit.insurance, clinical: visit.clinical,
                details: visit.details, tables: population.tables(ofVisit: number).compactMap(TableRows.init))
            guard isWritable(record, code) else { continue }
            visits.append(record)
            createdAt = max(createdAt, visit.sentAt)
        }
        guard !visits.isEmpty else {
            throw ProgramFailure("facility \(code) has no visits among the \(loaded.records) of \(scenario)")
        }
        let bytes = try EnvelopeWriter.write(visits, facilityCode: code, createdOn: Self.day(createdAt))
        try OutputFile(output).write(Data(bytes))
        print("\(output): \(visits.count) visits of facility \(code), \(population.facility(index).name)")
        if visits.count < records {
            StandardError.say(
                "facility export: the scenario has no more visits of this facility; --facility CODE names another")
        }
    }

    private func facilityIndex(in population: SyntheticPopulation) throws -> Int {
        let all = (0..<population.configuration.facilities).map(population.facility)
        guard let facility else {
            return all.max { $0.visitsPartsPerMillion < $1.visitsPartsPerMillion }?.index ?? 0
        }
        guard let found = all.first(where: { $0.code.description == facility }) else {
            let codes = all.prefix(8).map(\.code.description).joined(separator: ", ")
            throw ProgramFailure("the scenario has no facility \(facility); it has \(codes), …")
        }
        return found.index
    }

    /// A fault of the scenario may have put a character into a name that XML cannot carry: such a visit is left out.
    private func isWritable(_ visit: VisitRecord, _ code: String) -> Bool {
        do {
            _ = try EnvelopeWriter.write([visit], facilityCode: code, createdOn: "20260101")
            return true
        } catch {
            StandardError.say("facility export: left out: \(error)")
            return false
        }
    }

    /// The day in Viet Nam, `yyyymmdd`.
    private static func day(_ milliseconds: Int64) -> String {
        var bytes: [UInt8] = []
        EventHeaders.appendTime(milliseconds + 7 * 3_600_000, to: &bytes)
        return String(decoding: bytes.prefix(10).filter { $0 != UInt8(ascii: "-") }, as: UTF8.self)
    }
}
