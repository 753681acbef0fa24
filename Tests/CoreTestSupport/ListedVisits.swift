public import PartyCore

/// Visits written down one by one, each with its revisions.
public struct ListedVisits: VisitSource {
    /// The revisions of each visit; the last one stands for all later ones.
    public var visits: [[VisitContent]]
    /// Visits shared to another person, by index and revision.
    public var wrongMatches: [Int64: UInt32] = [:]

    /// What the facility changes by itself, by index and the revision that has come so far.
    public var changes: [Int64: [Change]] = [:]

    /// A change at a moment of a revision.
    public struct Change: Sendable {
        var moment: VisitMoment
        var revision: UInt32
        var change: VisitChange

        /// Takes all fields.
        public init(_ change: VisitChange, _ moment: VisitMoment, revision: UInt32 = 1) {
            self.moment = moment
            self.revision = revision
            self.change = change
        }
    }

    /// Visits with their revisions.
    public init(_ visits: [[VisitContent]]) { self.visits = visits }

    /// How many there are.
    public var count: Int64 { Int64(visits.count) }

    /// A revision of a visit.
    public func visit(_ index: Int64, revision: UInt32) -> VisitContent {
        let revisions = visits[Int(index)]
        return revisions[min(Int(revision), revisions.count) - 1]
    }

    /// Whether another revision is written down, and it is no amendment.
    public func isCorrected(_ index: Int64, afterRevision: UInt32) -> Bool {
        changes[index] == nil && Int(afterRevision) < visits[Int(index)].count
    }

    /// As it is listed.
    public func change(_ index: Int64, _ moment: VisitMoment, revision: UInt32) -> VisitChange? {
        changes[index]?.first { $0.moment == moment && $0.revision == revision }?.change
    }

    /// The listed visit of a facility whose code and place in the list are the number, as `01013-7`.
    public func index(facilityCode: String, episodeCode: String) -> Int64? {
        visits.indices.first { visits[$0][0].facilityCode == facilityCode && episodeCode == "\(facilityCode)-\($0)" }
            .map(Int64.init)
    }

    /// Whether it is listed as a wrong match.
    public func isWrongMatch(_ index: Int64, revision: UInt32) -> Bool { wrongMatches[index] == revision }
}
