/// The parts of a scenario that are about evidence.
extension ScenarioReader {
    static func readTwoHistories(_ value: YAMLValue) -> TwoHistories? {
        let expected = "two histories: party, when"
        guard
            let fields = YAMLFields(value, kind: "key of two histories", keys: ["party", "when"], expected: expected)
        else { return nil }
        let party = fields.required("party", "a party's name")?.text("a party's name")
        let count = fields.required("when", "submittedAtLeast").flatMap { when -> Int? in
            let keys = ["submittedAtLeast"]
            let expected = "submittedAtLeast with a number"
            return YAMLFields(when, kind: "trigger", keys: keys, expected: expected)?
                .required("submittedAtLeast", "a number of visits")?.integer(in: Scenario.recordRange)
        }
        guard let party, let count else { return nil }
        return TwoHistories(party: party, submittedAtLeast: count, location: value.location)
    }

    static func readRoots(_ value: YAMLValue) -> [SimulatedRoot] {
        guard let members = value.entries else {
            value.reportWrong(expected: "roots by party, each 64 hexadecimal digits")
            return []
        }
        return members.compactMap { name, key, member in
            let expected = "the root of a journal, 64 digits of 0-9 and a-f"
            guard let text = member.text(expected) else { return nil }
            let isRoot = text.utf8.count == 64 && text.utf8.allSatisfy { Self.digits.contains($0) }
            guard isRoot else { return member.wrong(expected: expected) }
            return SimulatedRoot(party: name, root: text, location: key.location)
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
