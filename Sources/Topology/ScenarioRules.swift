/// Checks that the parts of a scenario make a run that can end.
enum ScenarioRules {
    static func check(_ scenario: Scenario, _ errors: ErrorList) {
        let sum = scenario.faults.values.sorted().reduce(0, +)
        // Rates are decimal fractions: thirty of them that make 1 on paper may differ from it in the last bits.
        if sum > 1 + 1e-9 {
            let rounded = (sum * 10_000).rounded() / 10_000
            errors.report(
                scenario.locations.faults, found: "the rates under faults add up to \(rounded)",
                expected: "at most 1, for a visit has one fault at most")
        }
        if scenario.endsWhen == .held, let limit = scenario.load.maximumPending, limit < scenario.records {
            errors.report(
                scenario.locations.maximumPending,
                found: "load.maximumPending is \(limit) while records is \(scenario.records) and endsWhen is held",
                expected: "at least as many as records, or unlimited: held records stay pending")
        }
        if let plan = scenario.twoHistories, plan.submittedAtLeast > scenario.records {
            errors.report(
                plan.location, found: "twoHistories.when.submittedAtLeast is \(plan.submittedAtLeast)",
                expected: "at most records, which is \(scenario.records)")
        }
        for (index, signature) in scenario.signatures.enumerated() { check(signature, index, scenario, errors) }
    }

    private static func check(
        _ signature: PlannedSignature, _ index: Int, _ scenario: Scenario, _ errors: ErrorList
    ) {
        let path = "signatures[\(index)].when"
        switch signature.trigger {
        case .submittedAtLeast(let count):
            if count > scenario.records {
                errors.report(
                    signature.location, found: "\(path).submittedAtLeast is \(count)",
                    expected: "at most records, which is \(scenario.records)")
            }
        case .heldAtLeast(let count):
            let limit = min(scenario.records, scenario.load.maximumPending ?? scenario.records)
            if count > limit {
                let name = limit == scenario.records ? "records" : "load.maximumPending"
                errors.report(
                    signature.location, found: "\(path).heldAtLeast is \(count)",
                    expected: "at most \(name), which is \(limit)")
            }
        }
    }
}
