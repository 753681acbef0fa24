import Testing
import Vocabulary

@testable import Topology

@Suite struct ScenarioTests {
    private func sample() throws -> Scenario { try Scenario.parse(Samples.scenario, fileName: "s.yaml") }

    private func topology() throws -> Topology { try Topology.parse(Samples.topology, fileName: "t.yaml") }

    @Test func readsEveryValueOfAFile() throws {
        let scenario = try sample()
        #expect(scenario.name == "small")
        #expect(scenario.summary == "A small run")
        #expect(scenario.topologyPath == "../small.yaml")
        #expect(scenario.seed == .max)
        #expect(scenario.records == 1000)
        #expect(scenario.population == PopulationPlan(persons: 5000, facilities: 3, uninsuredShare: 0.5))
        #expect(scenario.load == LoadPlan(maximumPending: 200, recordsPerSecond: nil))
        #expect(scenario.faults == [.nameMisspelled: 0.25, .deceased: 0.001])
        #expect(scenario.correctionRate == 0.75)
        #expect(scenario.agreements.map(\.agreement) == ["pact"])
        #expect(scenario.agreements.map(\.signed) == [[]])
        #expect(scenario.signatures.map(\.party) == ["moh", "vss"])
        #expect(scenario.signatures.map(\.trigger) == [.heldAtLeast(100), .submittedAtLeast(150)])
        #expect(scenario.endsWhen == .settled)
        #expect(scenario.assertions.map(\.text) == ["submitted == 1000", "shared >= 0.5 * records"])
        #expect(scenario.assertions.map(\.line) == [17, 18])
        #expect(scenario.timeoutSeconds == 30)
    }

    @Test func usesDefaultsForWhatAFileLeavesOut() throws {
        let text = "name: a\nsummary: b\nseed: 0\nrecords: 1\npopulation: { persons: 1, facilities: 1 }"
        let scenario = try Scenario.parse(text, fileName: "s.yaml")
        #expect(scenario.topologyPath == nil)
        #expect(scenario.population.uninsuredShare == 0.06)
        #expect(scenario.load == LoadPlan(maximumPending: nil, recordsPerSecond: nil))
        #expect(scenario.faults.isEmpty && scenario.correctionRate == 0 && scenario.assertions.isEmpty)
        #expect(scenario.endsWhen == .settled && scenario.timeoutSeconds == 120)
    }

    @Test(arguments: [true, false]) func tablesAreASwitchOfThePopulation(isOn: Bool) throws {
        let text =
            "name: a\nsummary: b\nseed: 0\nrecords: 1\npopulation: { persons: 1, facilities: 1, tables: \(isOn) }"
        #expect(try Scenario.parse(text, fileName: "s.yaml").population.writesTables == isOn)
        #expect(Samples.scenarioErrors(text.replacing("tables: \(isOn)", with: "tables: 1")).count == 1)
    }

    @Test func readsARegisterAndWhenVisitsAre() throws {
        let text = """
            name: a
            summary: b
            seed: 0
            records: 1
            population:
              persons: 1
              facilities: 900
              register: { units: 1500, connectedShare: 0.995, electronicRecordsShare: 0.102 }
              enrolledShare: 0.8
            visits: { lateShare: 0.05, start: now, vaccinations: 0.1, checkups: 0.2 } # now and then
            """
        let scenario = try Scenario.parse(text, fileName: "s.yaml")
        let register = try #require(scenario.population.register)
        #expect((register.units, register.connected, register.electronicRecords) == (1_500, 1_493, 153))
        #expect(scenario.population.enrolledShare == 0.8)
        #expect(
            scenario.visits
                == VisitsPlan(start: .now, lateShare: 0.05, vaccinationShare: 0.1, healthCheckShare: 0.2))
        let started = scenario.text(text, startedAt: 1_795_000_000_000)
        #expect(started == text.replacing("start: now", with: "start: 1795000000000"))
        let again = try Scenario.parse(started, fileName: "s.yaml")
        var later = scenario.visits
        later.start = .at(1_795_000_000_000)
        #expect(again.visits == later)
        #expect(again.text(started, startedAt: 5) == started, "what has started starts no other time")
        let plain = try sample()
        #expect(plain.visits == VisitsPlan() && plain.text(Samples.scenario, startedAt: 5) == Samples.scenario)
        #expect(plain.population.register == nil && plain.population.enrolledShare == 1)
    }

    @Test func startsTheTopologyWithItsOwnSignatures() throws {
        let started = try sample().topology(from: topology())
        #expect(started.agreement(named: "pact")?.signed == [])
        #expect(try topology().agreement(named: "pact")?.signed == ["moh"])
    }

    @Test func answersRecordsItselfAndJudgesEveryAssertion() throws {
        let results = try sample().with(records: 600).evaluate { ["submitted": 1000, "shared": 299][$0] }
        #expect(results.map(\.result) == [.holds(left: 1000, right: 1000), .fails(left: 299, right: 300)])
    }

    @Test func takesRecordsAndSeedFromTheCommandLine() throws {
        let changed = try sample().with(records: 150, seed: 3)
        #expect(changed.records == 150 && changed.seed == 3)
        #expect(throws: TopologyErrors.self) { try sample().with(records: 149) }
        #expect(throws: TopologyErrors.self) { try sample().with(records: 0) }
    }

    static let misfits: [BrokenFile] = [
        BrokenFile(
            "pact: {", "pakt: {",
            "s.yaml:11:3: agreements.pakt is no agreement of small; expected pact (did you mean pact?)",
            "s.yaml:13:5: signatures[0].party is moh, which has signed already; expected a party that has not: vss"),
        BrokenFile(
            "signed: []", "signed: [c06]",
            "s.yaml:11:3: agreements.pact.signed has c06, which is no signatory; expected one of moh, vss"),
        BrokenFile(
            "agreement: pact, party: vss", "agreement: peace, party: vss",
            "s.yaml:14:5: signatures[1].agreement is no agreement of small; expected pact"),
        BrokenFile(
            "party: vss", "party: hanoi",
            "s.yaml:14:5: signatures[1].party is hanoi, which is no signatory; expected one of moh, vss"),
        BrokenFile(
            "party: vss", "party: moh",
            "s.yaml:14:5: signatures[1].party is moh, which has signed already; "
                + "expected a party that has not: one of moh, vss"),
        BrokenFile(
            "\n  - { agreement: pact, party: vss, when: { submittedAtLeast: 150 } }", "",
            "s.yaml:14:11: endsWhen is settled, but vss never signs pact; expected held, or a signature of each"),
        BrokenFile(
            "submitted == 1000", "hop.m.bok.count == 1000",
            "s.yaml:17:5: hop.m.bok.count names m.bok, which is no topic; expected one of f.records, m.records, "
                + "v.assessments, v.checks, c.results, m.book, m.corrections, pacts, m.answers (did you mean m.book?)"),
    ]

    @Test(arguments: misfits)
    func namesWhatDoesNotFitTheTopology(file: BrokenFile) throws {
        let text = try Samples.breaking(Samples.scenario, file.old, file.new)
        let scenario = try Scenario.parse(text, fileName: "s.yaml")
        do throws(TopologyErrors) {
            _ = try scenario.topology(from: Topology.parse(Samples.topology, fileName: "t.yaml"))
            Issue.record("accepted")
        } catch {
            #expect(error.errors.map(\.description) == file.messages)
        }
    }
}
