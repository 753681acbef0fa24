import Testing

@testable import Topology

@Suite struct ScenarioFileErrorTests {
    @Test func theSampleItselfIsRight() {
        #expect(Samples.scenarioErrors(Samples.scenario) == [])
    }

    static let broken: [BrokenFile] = [
        BrokenFile(
            "summary: A small run\n", "", "s.yaml:1:1: summary is missing; expected one line on what the scenario shows"
        ),
        BrokenFile("summary: A small run", "summary:", "s.yaml:2:9: summary is empty; expected one line"),
        BrokenFile(
            "seed: 18446744073709551615", "seed: 18446744073709551616",
            "s.yaml:4:7: seed is 18446744073709551616; expected a whole number, 0 to 18446744073709551615"),
        BrokenFile(
            "seed: 18446744073709551615", "sead: 1",
            "s.yaml:1:1: seed is missing; expected a whole number, 0 or more",
            "s.yaml:4:1: sead is not a scenario key; expected one of the 18 scenario keys (did you mean seed?)"),
        BrokenFile(
            "records: 1_000", "records: 1_000\ntwoHistories: { party: vss, when: { heldAtLeast: 3 } }",
            "s.yaml:6:35: twoHistories.when.submittedAtLeast is missing; expected a number of visits",
            "s.yaml:6:37: twoHistories.when.heldAtLeast is not a trigger; expected submittedAtLeast"),
        BrokenFile(
            "records: 1_000", "records: 1_000\ntwoHistories: { party: vss, when: { submittedAtLeast: 1001 } }",
            "s.yaml:6:15: twoHistories.when.submittedAtLeast is 1001; expected at most records, which is 1000"),
        BrokenFile(
            "records: 1_000", "records: 1_000\nsimulatedRoots: { vss: abc }",
            "s.yaml:6:24: simulatedRoots.vss is abc; expected the root of a journal, 64 digits of 0-9 and a-f"),
        BrokenFile(
            "records: 1_000", "records: many",
            "s.yaml:5:10: records is many; expected a whole number, 1 to 100000000"),
        BrokenFile(
            "records: 1_000", "records: [1]",
            "s.yaml:5:10: records is a list; expected a whole number, 1 to 100000000"),
        BrokenFile(
            "records: 1_000", "records: 1_000\nvisits: { start: soon, lateShare: 2 }",
            "s.yaml:6:18: visits.start is soon; expected a whole number, 946771200000 to 4070822400000 Unix milliseconds, "
                + "or now",
            "s.yaml:6:35: visits.lateShare is 2; expected a number, 0 to 1"),
        BrokenFile(
            "persons: 5000, ", "persons: 5000, register: { units: 2 }, ",
            "s.yaml:6:40: population.register has 2 connected facilities of 2, and 3 submit; expected at least as many "
                + "connected as submit"),
        BrokenFile(
            "persons: 5000, ", "persons: 5000, register: { units: 4, connectedShare: 0.5 }, ",
            "s.yaml:6:40: population.register has 2 connected facilities of 4, and 3 submit; expected at least as many "
                + "connected as submit"),
        BrokenFile(
            "persons: 5000, ", "",
            "s.yaml:6:13: population.persons is missing; expected the number of people"),
        BrokenFile(
            "uninsuredShare: 0.5", "uninsuredShare: 50%",
            "s.yaml:6:61: population.uninsuredShare is 50%; expected a number, 0 to 1"),
        BrokenFile(
            "uninsuredShare: 0.5", "uninsuredShare: nan",
            "s.yaml:6:61: population.uninsuredShare is nan; expected a number, 0 to 1"),
        BrokenFile(
            "recordsPerSecond: unlimited", "recordsPerSecond: unlimted",
            "s.yaml:7:48: load.recordsPerSecond is unlimted; "
                + "expected a whole number, 1 to 1000000000, or unlimited"),
        BrokenFile(
            "nameMisspelled: 0.25", "nameMispelled: 0.25",
            "s.yaml:8:11: faults.nameMispelled is not a fault kind; "
                + "expected one of the 59 fault kinds (did you mean nameMisspelled?)"),
        BrokenFile(
            "nameMisspelled: 0.25", "nameMisspelled: 1.25",
            "s.yaml:8:27: faults.nameMisspelled is 1.25; expected a number, 0 to 1"),
        BrokenFile(
            "nameMisspelled: 0.25", "nameMisspelled: 0.9999",
            "s.yaml:8:9: the rates under faults add up to 1.0009; expected at most 1, for a visit has one fault at most"
        ),
        BrokenFile(
            "corrections: { rate: 0.75 }", "corrections: 0.75",
            "s.yaml:9:14: corrections is 0.75; expected corrections: rate"),
        BrokenFile(
            "pact: { signed: [] }", "pact: signed",
            "s.yaml:11:9: agreements.pact is signed; expected signed: a list of parties"),
        BrokenFile(
            "heldAtLeast: 100", "heldAtLeast: 201",
            "s.yaml:13:5: signatures[0].when.heldAtLeast is 201; expected at most load.maximumPending, which is 200"),
        BrokenFile(
            "submittedAtLeast: 150", "submittedAtLeast: 1001",
            "s.yaml:14:5: signatures[1].when.submittedAtLeast is 1001; expected at most records, which is 1000"),
        BrokenFile(
            "{ heldAtLeast: 100 }", "{ heldAtLeast: 1, submittedAtLeast: 1 }",
            "s.yaml:13:42: signatures[0].when gives two triggers; "
                + "expected one of heldAtLeast, submittedAtLeast with a number"),
        BrokenFile(
            "{ heldAtLeast: 100 }", "{}",
            "s.yaml:13:42: signatures[0].when says nothing; "
                + "expected one of heldAtLeast, submittedAtLeast with a number"),
        BrokenFile(
            "endsWhen: settled", "endsWhen: setled",
            "s.yaml:15:11: endsWhen is setled; expected one of settled, held (did you mean settled?)"),
        BrokenFile(
            "endsWhen: settled", "endsWhen: held",
            "s.yaml:7:7: load.maximumPending is 200 while records is 1000 and endsWhen is held; "
                + "expected at least as many as records, or unlimited: held records stay pending"),
        BrokenFile(
            "submitted == 1000", "submited == 1000",
            "s.yaml:17:5: assertions[0]: submited is not a figure; "
                + "expected one of the 36 figures (did you mean submitted?)"),
        BrokenFile(
            "submitted == 1000", "submitted = 1000",
            "s.yaml:17:15: assertions[0]: = is not a comparison; expected one of ==, !=, <=, >=, <, >"),
        BrokenFile(
            "\"shared >= 0.5 * records\"", "\"shared >= 0.5 * recods\"",
            "s.yaml:18:22: assertions[1]: recods is not a figure; "
                + "expected one of the 36 figures (did you mean records?)"),
        BrokenFile(
            "submitted == 1000", "{ submitted: 1000 }",
            "s.yaml:17:5: assertions[0] is a mapping; expected an assertion, such as pending == 0"),
        BrokenFile(
            "timeoutSeconds: 30", "timeoutSeconds: 0",
            "s.yaml:19:17: timeoutSeconds is 0; expected a whole number, 1 to 86400"),
    ]

    @Test(arguments: broken)
    func namesFileLineAndWhatWasExpected(file: BrokenFile) throws {
        let text = try Samples.breaking(Samples.scenario, file.old, file.new)
        #expect(Samples.scenarioErrors(text) == file.messages)
    }

    @Test func reportsAllErrorsAtOnce() throws {
        var text = try Samples.breaking(Samples.scenario, "records: 1_000", "records: 0")
        text = try Samples.breaking(text, "deceased: 1e-3", "deceasd: 2")
        text = try Samples.breaking(text, "timeoutSeconds: 30", "timeoutSeconds: soon")
        text = try Samples.breaking(text, "pact: { signed: [] }", "pact: {}")
        #expect(Samples.scenarioErrors(text).map { $0.split(separator: ":")[1] } == ["5", "8", "11", "19"])
    }
}
