/// Which route of the records a topology describes: the law has changed it more than once.
public struct RouteName: Sendable, Hashable, Codable {
    /// The month of the route, for instance `2026-07`.
    public var name: String
    /// The day, or the month, since when it is in force, as `2026-07-07` or `2024-04`.
    public var since: String
    /// The route in words, with what it rests on.
    public var title: String

    /// Takes all fields.
    public init(name: String, since: String, title: String) {
        self.name = name
        self.since = since
        self.title = title
    }
}
