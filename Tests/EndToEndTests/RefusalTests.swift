import Judgement
import PartyRuntime
import ProgramTestSupport
import Testing

@Suite struct RefusalTests {
    /// Every code with which a fault of the population is refused.
    private static let codes = [
        "moh.required-missing", "moh.name-invalid", "moh.birth-date-invalid", "moh.citizen-number-malformed",
        "moh.citizen-number-contradicts", "moh.card-malformed", "moh.diagnosis-malformed", "moh.dates-contradict",
        "moh.amounts-contradict", "moh.unreadable", "vss.010", "vss.050", "vss.052", "vss.053", "vss.060", "vss.061",
        "vss.070", "c06.no-match.name-differs", "c06.no-match.birth-date-differs", "c06.no-match.number-unknown",
        "c06.no-match.number-missing", "c06.number-superseded", "c06.deceased",
    ]

    @Test func everyRefusalReasonComesExactlyAsOftenAsItMust() async throws {
        let expected = try ExpectedFigures(scenario: "refusals", records: 1_500)
        let run = try await ExchangeSlots.run { directory in
            let run = try await CycleRun.start("refusals", in: directory, ["--records", "1500"]).finish()
            try run.expectExact()
            return run
        }
        #expect(run.status == 0, "\(run.output)\n\(run.errors)")
        let report = try run.report
        for code in Self.codes {
            #expect(expected.refused[code] ?? 0 > 0, "\(code) is not in the scenario")
            #expect(report.refusedByReason[code] == expected.refused[code], "\(code)")
        }
        #expect(report.refusedByReason == expected.refused)
        #expect(report.corrected == expected.corrected)
        #expect(report.refused == expected.refused.values.reduce(0, +))
        #expect(report.assertions.allSatisfy(\.holds) && report.assertions.count > 40)
    }

    @Test func misleadingIdentitiesAreCountedAsWrongMatches() async throws {
        let expected = try ExpectedFigures(scenario: "identity-traps", records: 1_200)
        let run = try await ExchangeSlots.run { directory in
            let run = try await CycleRun.start("identity-traps", in: directory, ["--records", "1200"]).finish()
            try run.expectExact()
            return run
        }
        #expect(run.status == 0, "\(run.output)\n\(run.errors)")
        let report = try run.report
        #expect(report.wrongMatches > 0)
        #expect(report.wrongMatches == expected.wrongMatches)
        #expect(report.refusedByReason == expected.refused)
        #expect(report.corrected == 0)
    }

    @Test func correctionsGoBackAndSucceed() async throws {
        var scenario = TestScenario()
        scenario.name = "corrected"
        scenario.records = 400
        scenario.correctionRate = 1
        scenario.faults = [
            "nameMisspelled": 0.1, "cardExpired": 0.1, "citizenNumberUnknown": 0.1, "diagnosisMalformed": 0.1,
            "unreadable": 0.1, "citizenNumberSuperseded": 0.1, "deceased": 0.05,
        ]
        let written = scenario
        try await ExchangeSlots.run { directory in
            let path = try written.write(in: directory)
            let expected = try ExpectedFigures(scenario: path, records: 400)
            let run = try await CycleRun.start(path, in: directory).finish()
            try run.expectExact()
            #expect(run.status == 0, "\(run.output)\n\(run.errors)")
            let report = try run.report
            #expect(report.corrected > 100)
            #expect(report.corrected == expected.corrected)
            #expect(report.resubmitted == expected.corrected)
            // Nobody can correct a visit after death.
            #expect(report.refusedByReason.keys.sorted() == ["c06.deceased"])
            #expect(report.refusedByReason == expected.refused)
            #expect(report.shared == 400 - report.refused)
            #expect(report.hops.first { $0.topic == "moh.corrections" }?.count == report.refused + report.corrected)
        }
    }
}
