extension Topology {
    /// Reads a topology file.
    ///
    /// - Parameters:
    ///   - text: the whole file.
    ///   - fileName: how errors shall name it.
    /// - Throws: ``TopologyErrors`` with everything that is wrong. What concerns the exchange as a whole (a role that
    ///   misses a topic, partitions that do not fit) is checked once the rest is right, and the way of a record after it.
    public static func parse(_ text: String, fileName: String) throws(TopologyErrors) -> Topology {
        let errors = ErrorList(file: fileName)
        let root = try YAMLDocument.root(
            of: text, content: "a topology: name, version, parties, topics", errors: errors)
        let draft = TopologyReader.read(root)
        TopologyNames.check(draft)
        try errors.throwIfAny()
        TopologyRules.check(draft)
        try errors.throwIfAny()
        RouteRules.check(draft)
        try errors.throwIfAny()
        ReleaseRules.check(draft)
        try errors.throwIfAny()
        guard let topology = draft.topology else {
            // Unreachable while every reader reports what it could not read; an error serves better than a trap.
            throw TopologyErrors([TopologyError(root.location, found: "the file is incomplete", expected: "a topology")]
            )
        }
        return topology
    }
}
