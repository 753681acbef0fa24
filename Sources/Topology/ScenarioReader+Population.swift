import Vocabulary

extension ScenarioReader {
    /// The people and facilities.
    static func readPopulation(_ value: YAMLValue) -> PopulationPlan? {
        let keys = ["persons", "facilities", "uninsuredShare", "register", "enrolledShare", "tables"]
        let expected = "a population: persons, facilities"
        guard let fields = YAMLFields(value, kind: "population key", keys: keys, expected: expected) else { return nil }
        let persons = fields.required("persons", "the number of people")?.integer(in: 1...100_000_000)
        let facilities = fields.required("facilities", "the number of facilities")?.integer(in: 1...20_000)
        let share = fields["uninsuredShare"].map { $0.share() } ?? 0.06
        let enrolled = fields["enrolledShare"].map { $0.share() } ?? 1
        guard let persons, let facilities, let share, let enrolled else { return nil }
        var plan = PopulationPlan(persons: persons, facilities: facilities, uninsuredShare: share)
        plan.register = fields["register"].flatMap { readRegister($0, senders: facilities) }
        plan.enrolledShare = enrolled
        plan.writesTables = fields["tables"]?.boolean() ?? false
        return plan
    }

    private static func readRegister(_ value: YAMLValue, senders: Int) -> FacilityRegisterPlan? {
        let keys = ["units", "connectedShare", "electronicRecordsShare"]
        let expected = "a register: units, connectedShare, electronicRecordsShare"
        guard let fields = YAMLFields(value, kind: "register key", keys: keys, expected: expected) else { return nil }
        let units = fields.required("units", "the number of facilities on the register")?.integer(in: 1...10_000)
        let connected = fields["connectedShare"].map { $0.share() } ?? 1
        let electronic = fields["electronicRecordsShare"].map { $0.share() } ?? 0
        guard let units, let connected, let electronic else { return nil }
        let plan = FacilityRegisterPlan(
            units: units, connectedShare: connected, electronicRecordsShare: electronic)
        guard plan.connected >= senders else {
            value.report(
                found: "\(value.path) has \(plan.connected) connected facilities of \(units), and \(senders) submit",
                expected: "at least as many connected as submit")
            return nil
        }
        return plan
    }
}
