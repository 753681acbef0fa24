/// The errors of one file while it is read: reading goes on after each, so that all are reported at once.
final class ErrorList {
    let file: String
    private(set) var errors: [TopologyError] = []

    init(file: String) {
        self.file = file
    }

    func report(_ location: SourceLocation, found: String, expected: String) {
        errors.append(TopologyError(location, found: found, expected: expected))
    }

    func throwIfAny() throws(TopologyErrors) {
        if !errors.isEmpty { throw TopologyErrors(errors) }
    }
}
