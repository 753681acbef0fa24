import Testing

@testable import FHIRMapping

/// Prefixes and precision of dates (FHIR R4, "Search", "date").
@Suite struct SearchDateTests {
    private static let now: Int64 = 1_795_000_000_000

    static let cases: [(String, String, Bool)] = [
        ("2026-11-28", "2026-11-28T09:10:00+07:00", true), ("2026-11", "2026-11-28", true), ("2026", "2026-11", true),
        ("eq2026-11-28", "2026-11", false), ("ne2026-11-28", "2026-11-29", true), ("ne2026-11-28", "2026-11-28", false),
        ("gt2026-11-28", "2026-11-28T23:59:00+07:00", false), ("gt2026-11-28", "2026-11-29T00:00:00+07:00", true),
        ("lt2026-11-28", "2026-11-27T23:59:59+07:00", true), ("lt2026-11-28", "2026-11-28", false),
        ("ge2026-11-28", "2026-11-28", true), ("ge2026-11-28", "2026-11-27", false),
        ("le2026-11-28", "2026-11-28", true),
        ("le2026-11-28", "2026-11-29", false), ("sa2026-11-28", "2026-11-29", true),
        ("sa2026-11-28", "2026-11-28", false),
        ("eb2026-11-28", "2026-11-27", true), ("eb2026-11-28", "2026-11-28", false),
        // Another zone, the same moment.
        ("2026-11-28T02:10:00Z", "2026-11-28T09:10:00+07:00", true),
        ("2026-11-28T09:10:00 07:00", "2026-11-28T02:10:00Z", true),
        ("2026-11-28T09:10", "2026-11-28T09:10:59.999+07:00", true), ("ap2026-11-18", "2026-11-18T08:00:00Z", true),
        ("2026-12", "2026-12-31T23:59:00+07:00", true), ("2026-12", "2027-01-01", false),
        ("2024-02-29", "2024-02-29T10:00:00+07:00", true),
    ]

    @Test(arguments: cases) func aPrefixDecides(sought: String, found: String, isFound: Bool) throws {
        let date = try #require(SearchDate(sought, now: Self.now))
        #expect(date.matches(try #require(TimeRange(found))) == isFound)
    }

    @Test func aStayIsFoundByWhatItCovers() throws {
        let stay = try #require(
            TimeRange(.object([.init("start", .text("2026-11-20")), .init("end", .text("2026-11-25T10:00:00+07:00"))])))
        for (sought, isFound) in [
            ("ge2026-11-25", true), ("2026-11-22", false), ("2026-11", true), ("gt2026-11-26", false),
            ("lt2026-11-21", true),
            ("sa2026-11-19", true), ("eb2026-11-26", true), ("ap2026-11-22", true),
        ] {
            #expect(try #require(SearchDate(sought, now: Self.now)).matches(stay) == isFound, "\(sought)")
        }
        let open = try #require(TimeRange(.object([.init("start", .text("2026-11-20"))])))
        #expect(try #require(SearchDate("gt2030", now: Self.now)).matches(open))
    }

    @Test(arguments: [
        "", "26-11-28", "2026-13", "2026-02-30", "2026-11-28T", "2026-11-28T25:00", "xx2026", "ge", "2026-1-1",
        "2026/11/28",
        "2026-11-28X09:00", "٢٠٢٦",
    ])
    func whatIsNoDateIsNone(text: String) { #expect(SearchDate(text, now: Self.now) == nil) }
}
