/// What a report says at its very top: how things stand, and each cause in the order of its gravity. It is derived from
/// nothing but the figures and findings below it.
public struct ReportVerdict: Sendable, Codable, Equatable {
    /// How things stand.
    public enum Level: String, Sendable, Codable, CaseIterable, Comparable {
        /// Nothing is the matter.
        case green
        /// Records stand still, or a service level was not kept.
        case amber
        /// Evidence was touched, entries went astray, or parties do not agree.
        case red

        private var gravity: Int { self == .green ? 0 : self == .amber ? 1 : 2 }

        /// By gravity.
        public static func < (first: Self, second: Self) -> Bool { first.gravity < second.gravity }
    }

    /// The time to which ages run; Unix milliseconds.
    public var time: Int64
    /// The age in milliseconds from which a record without an outcome stands still.
    public var standsStillAfter: Int64
    /// What is the matter, gravest first; empty for nothing.
    public var causes: [VerdictCause]
    /// All service levels, the kept ones too.
    public var service: [ServiceFigures]

    /// An hour: simulator-defined, for no public text says when a record stands still.
    public static let standsStillAfter: Int64 = 3_600_000

    /// How things stand.
    public var level: Level { causes.map(\.kind.level).max() ?? .green }
}
