/// The requests this broker serves, with the versions of each.
///
/// Everything a client may ask for is here and nowhere else: ApiVersions lists it, the dispatcher switches over it.
enum APIKey: Int16, CaseIterable, Sendable {
    case produce = 0
    case fetch = 1
    case listOffsets = 2
    case metadata = 3
    case offsetCommit = 8
    case offsetFetch = 9
    case findCoordinator = 10
    case apiVersions = 18
    case createTopics = 19
    case initProducerId = 22
    case describeConfigs = 32

    var versions: ClosedRange<Int16> {
        switch self {
        case .produce: 3...9
        case .fetch: 4...11
        case .listOffsets: 1...5
        case .metadata: 0...9
        case .offsetCommit: 2...7
        case .offsetFetch: 1...7
        case .findCoordinator: 0...3
        case .apiVersions: 0...3
        case .createTopics: 0...5
        case .initProducerId: 0...4
        case .describeConfigs: 0...2
        }
    }

    /// The first version with compact strings and tagged fields (KIP-482).
    var firstFlexibleVersion: Int16 {
        switch self {
        case .produce, .metadata: 9
        case .fetch: 12
        case .listOffsets, .offsetFetch: 6
        case .offsetCommit: 8
        case .findCoordinator, .apiVersions: 3
        case .createTopics: 5
        case .initProducerId: 2
        case .describeConfigs: 4
        }
    }

    func isFlexible(_ version: Int16) -> Bool { version >= firstFlexibleVersion }
}
