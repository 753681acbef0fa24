import PartyStore
import WarehouseStore

/// Compares a locality's warehouse with what the cases say it must hold.
struct KeptRecords {
    private let warehouse: WarehouseFile

    /// - Throws: ``ConformanceError`` when there is no warehouse that can be read.
    init(path: String) throws {
        do {
            warehouse = try WarehouseFile(path: path)
        } catch let error as StoreError {
            throw ConformanceError("--warehouse: \(error.reason)")
        }
    }

    /// What it has wrong of each of these cases, by name; of those that are right nothing.
    /// - Throws: ``ConformanceError`` when it can no longer be read.
    func findings(_ cases: [ConformanceCase]) throws -> [String: [Finding]] {
        var all: [String: [Finding]] = [:]
        do {
            for one in cases {
                let findings = try one.kept.flatMap { try $0.findings(warehouse.standings(ofRecord: $0.record)) }
                if !findings.isEmpty { all[one.name] = findings }
            }
        } catch let error as StoreError {
            throw ConformanceError("--warehouse: \(error.reason)")
        }
        return all
    }
}

extension CaseResult {
    /// The same with what else is wrong; what was not judged stays so.
    func with(_ findings: [Finding]) -> CaseResult {
        guard !findings.isEmpty else { return self }
        var result = self
        switch outcome {
        case .passed: result.outcome = .failed(findings)
        case .failed(let others): result.outcome = .failed(others + findings)
        case .notJudged, .notApplicable: break
        }
        return result
    }
}
