import ExchangeSchema
import Foundation
import Testing

@testable import HealthStandards

/// One file with visits of both sides of midnight on 1 July 2026: each is judged by the day on which it ended, wherever it
/// stands in the file.
@Suite struct MidnightTests {
    private func visit(_ code: String, discharge: String) throws -> [SampleEnvelope.File] {
        let share = try SampleEnvelope.changed(code, "XML2", field: "MUC_HUONG", to: "47.5")
        let day = try SampleEnvelope.changed(code, "XML1", field: "NGAY_RA", to: discharge)
        return share.map { file in file.kind == "XML1" ? day[0] : file }
    }

    @Test func eachVisitIsJudgedByItsOwnDay() throws {
        var file = SampleEnvelope()
        let visits = [
            ("A", "202606302359"), ("B", "202607010000"), ("C", "202606302300"), ("D", "202607010001"),
            ("E", "202512312359"), ("F", "202612312359"),
        ]
        for (code, discharge) in visits { file.add(try visit(code, discharge: discharge)) }
        let report = try EnvelopeReader.read(file.bytes, profile: .annex)
        let wrong = report.problems.map(\.description).filter { $0.contains("MUC_HUONG") }
        #expect(
            wrong.map { String($0.split(separator: ")")[0].suffix(1)) } == ["A", "C", "E"], "\(wrong)")
        #expect(wrong.allSatisfy { $0.hasSuffix("\"47.5\" has 4 characters, at most 3 are allowed") })
    }
}
