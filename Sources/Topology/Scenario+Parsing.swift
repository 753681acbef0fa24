extension Scenario {
    /// Reads a scenario file.
    ///
    /// What concerns the topology as well (names of agreements, parties, topics) is checked by ``topology(from:)``.
    ///
    /// - Parameters:
    ///   - text: the whole file.
    ///   - fileName: how errors shall name it.
    /// - Throws: ``TopologyErrors`` with everything that is wrong.
    public static func parse(_ text: String, fileName: String) throws(TopologyErrors) -> Scenario {
        let errors = ErrorList(file: fileName)
        let root = try YAMLDocument.root(
            of: text, content: "a scenario: name, summary, seed, records, population", errors: errors)
        let scenario = ScenarioReader.read(root)
        if let scenario { ScenarioRules.check(scenario, errors) }
        try errors.throwIfAny()
        guard let scenario else {
            // Unreachable while every reader reports what it could not read; an error serves better than a trap.
            throw TopologyErrors([TopologyError(root.location, found: "the file is incomplete", expected: "a scenario")]
            )
        }
        return scenario
    }
}
