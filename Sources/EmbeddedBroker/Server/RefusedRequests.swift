/// Which client asked for which version of what that is not served: each is worth one line, not one a second.
struct RefusedRequests {
    private static let maximum = 256
    private var known: Set<String> = []

    /// Whether this was not said before. Whatever else is wrong with a request is news each time.
    mutating func note(_ problem: ProtocolError) -> Bool {
        guard case .unsupported = problem else { return true }
        if known.count == Self.maximum { known.removeAll() }
        return known.insert(problem.description).inserted
    }
}
