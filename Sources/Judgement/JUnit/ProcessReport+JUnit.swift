import Foundation
import JUnitReport
import Supervision

extension ProcessReport {
    /// The program as a case: it fails where it could not go on. One that was killed and started again has done its work.
    func testCase(_ command: String) -> TestCase {
        let use = String(
            format: "%.0f MiB at most, %.2f s of processor time, started again %d times",
            Double(peakResidentBytes) / 1_048_576, processorSeconds, restarts)
        guard let failure else { return TestCase(name, .passed, output: use) }
        return TestCase(
            name,
            .failed(String(failure.prefix { $0 != "\n" }), details: "\(failure)\nto repeat it: \(command)"), output: use
        )
    }
}
