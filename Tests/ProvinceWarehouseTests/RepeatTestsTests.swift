import ExchangeSchema
import ProvinceWarehouse
import Testing

/// Which results repeat which, and whether anybody could have known.
@Suite struct RepeatTestsTests {
    /// A result of the code 23.0075 / GLU, resulted on a day of November 2026 at 09:00, of a visit that began at 08:00 and
    /// was in the book so many days after.
    private static func result(
        _ record: UInt64, _ day: Int, test: String = "GLU", sharedAfter days: Int64 = 1, time: String? = nil
    ) -> RepeatTests.Result {
        let written = day < 10 ? "0\(day)" : "\(day)"
        // 2026-11-01 09:00 in Viet Nam.
        let first: Int64 = 1_793_498_400_000
        return RepeatTests.Result(
            record: RecordIdentifier(high: 0, low: record), facility: "0101\(record)", service: "23.0075", code: test,
            admitted: "2026-11-\(written) 08:00", resulted: time ?? "2026-11-\(written) 09:00",
            sharedAt: first + (Int64(day) - 1 + days) * 86_400_000)
    }

    private struct Case: CustomTestStringConvertible {
        var name: String
        var results: [RepeatTests.Result]
        /// Of each result: place of the earlier one, days, whether it was known.
        var expected: [(Int, Int, Bool)?]
        var testDescription: String { name }
    }

    private static let cases: [Case] = [
        Case(name: "nothing", results: [], expected: []),
        Case(name: "one", results: [result(1, 3)], expected: [nil]),
        Case(name: "again and known", results: [result(1, 3), result(2, 6)], expected: [nil, (0, 3, true)]),
        Case(
            name: "again, and the first was not in the book yet",
            results: [result(1, 3, sharedAfter: 9), result(2, 6)],
            expected: [nil, (0, 3, false)]),
        Case(
            name: "the order of the list does not matter", results: [result(2, 6), result(1, 3)],
            expected: [(1, 3, true), nil]),
        Case(name: "another test", results: [result(1, 3), result(2, 6, test: "CRE")], expected: [nil, nil]),
        Case(name: "exactly ten days", results: [result(1, 3), result(2, 13)], expected: [nil, (0, 10, true)]),
        Case(
            name: "a minute more than ten days",
            results: [result(1, 3), result(2, 13, time: "2026-11-13 09:01")], expected: [nil, nil]),
        Case(
            name: "a series within a stay", results: [result(1, 3), result(1, 4), result(1, 5)],
            expected: [nil, nil, nil]
        ),
        Case(
            name: "the latest of a series counts", results: [result(1, 3), result(1, 5), result(2, 6)],
            expected: [nil, nil, (1, 1, false)]),
        Case(
            name: "each repeats the one before", results: [result(1, 3), result(2, 6), result(3, 8)],
            expected: [nil, (0, 3, true), (1, 2, true)]),
        Case(
            name: "two visits by turns", results: [result(1, 3), result(2, 4), result(1, 5), result(2, 6)],
            expected: [nil, (0, 1, false), (1, 1, false), (2, 1, false)]),
        Case(
            name: "no time", results: [result(1, 3, time: ""), result(2, 6)], expected: [nil, nil]),
        Case(
            name: "a day without hour is its first minute",
            results: [result(1, 3, time: "2026-11-03"), result(2, 13, time: "2026-11-13")],
            expected: [nil, (0, 10, true)]),
        Case(
            name: "no such day", results: [result(1, 3, time: "2026-11-31 09:00"), result(2, 6)], expected: [nil, nil]),
    ]

    @Test(arguments: cases) private func findsWhatRepeats(_ example: Case) {
        let found = RepeatTests.findings(example.results, within: 10)
        #expect(found.count == example.expected.count)
        for (finding, expected) in zip(found, example.expected) {
            #expect(finding?.earlier == expected?.0 && finding?.days == expected?.1 && finding?.wasKnown == expected?.2)
        }
    }

    @Test func whatHasNoCodeIsNotCompared() {
        var results = [Self.result(1, 3, test: ""), Self.result(2, 6, test: "")]
        for place in results.indices { results[place].service = "" }
        #expect(RepeatTests.findings(results, within: 30) == [nil, nil])
    }
}
