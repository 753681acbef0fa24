import Vocabulary

/// Reads the parts of a scenario file one by one; what they mean together is checked afterwards.
enum ScenarioReader {
    static let keys = [
        "name", "summary", "topology", "seed", "records", "population", "visits", "load", "faults", "corrections",
        "review", "agreements", "signatures", "endsWhen", "assertions", "timeoutSeconds", "twoHistories",
        "simulatedRoots",
    ]

    /// The scenario, or nil when something required is missing; all errors are reported.
    static func read(_ root: YAMLValue) -> Scenario? {
        let expected = "a scenario: name, summary, seed, records, population"
        guard let fields = YAMLFields(root, kind: "scenario key", keys: keys, expected: expected) else { return nil }
        let name = fields.name(of: "the scenario")?.value
        let summary = fields.required("summary", "one line on what the scenario shows")?.text("one line")
        let topology = fields["topology"].map { $0.text("the path of a topology file") }
        let seed: UInt64? = fields.required("seed", "a whole number, 0 or more")?.integer(in: 0...UInt64.max)
        let records = fields.required("records", "the number of visits")?.integer(in: Scenario.recordRange)
        let population = fields.required("population", "the population: persons, facilities").flatMap(readPopulation)
        let load = fields["load"].map(readLoad) ?? LoadPlan()
        let faults = fields["faults"].map(readFaults) ?? [:]
        let correctionRate = fields["corrections"].map(readCorrections) ?? 0
        let agreements = fields["agreements"].map(readOverrides) ?? []
        let signatures = fields["signatures"]?.list(of: "signatures")?.compactMap(readSignature) ?? []
        let endsWhen = fields["endsWhen"].map { $0.choice(EndCondition.self, kind: "end condition") } ?? .settled
        let assertions = fields["assertions"]?.list(of: "assertions")?.compactMap(readAssertion) ?? []
        let timeout = fields["timeoutSeconds"].map { $0.integer(in: 1...86_400) } ?? 120
        guard let name, let summary, let seed, let records, let population, let endsWhen, let timeout else {
            return nil
        }
        var scenario = Scenario(
            name: name, summary: summary, topologyPath: topology ?? nil, seed: seed, records: records,
            population: population, load: load, faults: faults, correctionRate: correctionRate, agreements: agreements,
            signatures: signatures, endsWhen: endsWhen, assertions: assertions, timeoutSeconds: timeout)
        scenario.reviewAfterSeconds = fields["review"].map(readReview) ?? 0
        scenario.visits = fields["visits"].map(readVisits) ?? VisitsPlan()
        scenario.twoHistories = fields["twoHistories"].flatMap(readTwoHistories)
        scenario.simulatedRoots = fields["simulatedRoots"].map(readRoots) ?? []
        scenario.locations = readLocations(fields)
        if scenario.visits.start == .now {
            scenario.locations.visitsStart = fields["visits"].flatMap {
                YAMLFields($0, kind: "visits key", keys: visitsKeys, expected: "")?["start"]?.location
            }
        }
        return scenario
    }

    private static func readLocations(_ fields: YAMLFields) -> ScenarioLocations {
        var locations = ScenarioLocations(all: fields.value.location)
        if let place = fields["faults"]?.location { locations.faults = place }
        if let place = fields["load"]?.location { locations.maximumPending = place }
        if let place = fields["endsWhen"]?.location { locations.endsWhen = place }
        return locations
    }

    private static func readLoad(_ value: YAMLValue) -> LoadPlan {
        let keys = ["maximumPending", "recordsPerSecond"]
        let expected = "a load: maximumPending, recordsPerSecond"
        guard let fields = YAMLFields(value, kind: "load key", keys: keys, expected: expected) else {
            return LoadPlan()
        }
        return LoadPlan(
            maximumPending: fields["maximumPending"].flatMap(readLimit),
            recordsPerSecond: fields["recordsPerSecond"].flatMap(readLimit))
    }

    private static func readLimit(_ value: YAMLValue) -> Int? {
        value.plain == "unlimited" ? nil : value.integer(in: 1...1_000_000_000, note: ", or unlimited")
    }

    private static func readFaults(_ value: YAMLValue) -> [FaultKind: Double] {
        let keys = FaultKind.allCases.map(\.rawValue)
        let expected = "faults with their rates, such as nameMisspelled: 0.004"
        guard let fields = YAMLFields(value, kind: "fault kind", keys: keys, expected: expected) else { return [:] }
        return FaultKind.allCases.reduce(into: [:]) { rates, fault in
            if let rate = fields[fault.rawValue]?.share() { rates[fault] = rate }
        }
    }

    private static func readCorrections(_ value: YAMLValue) -> Double {
        let fields = YAMLFields(value, kind: "correction key", keys: ["rate"], expected: "corrections: rate")
        return fields?.required("rate", "a number, 0 to 1")?.share() ?? 0
    }

    private static func readReview(_ value: YAMLValue) -> Int {
        let fields = YAMLFields(value, kind: "review key", keys: ["afterSeconds"], expected: "review: afterSeconds")
        return fields?.required("afterSeconds", "seconds, from 0")?.integer(in: 0...604_800) ?? 0
    }

    private static func readOverrides(_ value: YAMLValue) -> [AgreementOverride] {
        guard let members = value.entries else {
            value.reportWrong(expected: "agreements by name, each with signed")
            return []
        }
        return members.compactMap { name, key, member in
            let expected = "signed: a list of parties"
            let fields = YAMLFields(member, kind: "agreement key", keys: ["signed"], expected: expected)
            guard let signed = fields?.required("signed", "a list of parties")?.texts(of: "parties", each: "a party")
            else { return nil }
            return AgreementOverride(agreement: name, signed: signed.map(\.value), location: key.location)
        }
    }

    private static func readSignature(_ value: YAMLValue) -> PlannedSignature? {
        let keys = ["agreement", "party", "when"]
        let expected = "a signature: agreement, party, when"
        guard let fields = YAMLFields(value, kind: "signature key", keys: keys, expected: expected) else { return nil }
        let agreement = fields.required("agreement", "an agreement's name")?.text("an agreement's name")
        let party = fields.required("party", "a party's name")?.text("a party's name")
        let trigger = fields.required("when", "heldAtLeast or submittedAtLeast").flatMap(readTrigger)
        guard let agreement, let party, let trigger else { return nil }
        return PlannedSignature(agreement: agreement, party: party, trigger: trigger, location: value.location)
    }

    private static func readTrigger(_ value: YAMLValue) -> SignatureTrigger? {
        let keys = ["heldAtLeast", "submittedAtLeast"]
        let expected = "one of heldAtLeast, submittedAtLeast with a number"
        guard let fields = YAMLFields(value, kind: "trigger", keys: keys, expected: expected) else { return nil }
        switch (fields["heldAtLeast"], fields["submittedAtLeast"]) {
        case (let held?, nil): return held.integer(in: Scenario.recordRange).map { .heldAtLeast($0) }
        case (nil, let submitted?): return submitted.integer(in: Scenario.recordRange).map { .submittedAtLeast($0) }
        case (nil, nil): value.report(found: "\(value.path) says nothing", expected: expected)
        case (_?, _?): value.report(found: "\(value.path) gives two triggers", expected: expected)
        }
        return nil
    }

    private static func readAssertion(_ value: YAMLValue) -> Assertion? {
        guard let text = value.text("an assertion, such as pending == 0") else { return nil }
        var location = value.location
        if value.plain == nil { location.column += 1 }
        do {
            return try Assertion(text, at: location)
        } catch {
            var located = error
            located.found = "\(value.path): \(error.found)"
            value.errors.report(
                SourceLocation(file: located.file, line: located.line, column: located.column), found: located.found,
                expected: located.expected)
            return nil
        }
    }
}
