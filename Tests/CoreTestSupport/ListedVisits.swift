public import PartyCore

/// Visits written down one by one, each with its revisions.
public struct ListedVisits: VisitSource {
    /// The revisions of each visit; the last one stands for all later ones.
    public var visits: [[VisitContent]]
    /// Visits shared to another person, by index and revision.
    public var wrongMatches: [Int64: UInt32] = [:]

    /// Visits with their revisions.
    public init(_ visits: [[VisitContent]]) { self.visits = visits }

    /// How many there are.
    public var count: Int64 { Int64(visits.count) }

    /// A revision of a visit.
    public func visit(_ index: Int64, revision: UInt32) -> VisitContent {
        let revisions = visits[Int(index)]
        return revisions[min(Int(revision), revisions.count) - 1]
    }

    /// Whether another revision is written down.
    public func isCorrected(_ index: Int64, afterRevision: UInt32) -> Bool {
        Int(afterRevision) < visits[Int(index)].count
    }

    /// The listed visit of a facility whose code and place in the list are the number, as `01013-7`.
    public func index(facilityCode: String, episodeCode: String) -> Int64? {
        visits.indices.first { visits[$0][0].facilityCode == facilityCode && episodeCode == "\(facilityCode)-\($0)" }
            .map(Int64.init)
    }

    /// Whether it is listed as a wrong match.
    public func isWrongMatch(_ index: Int64, revision: UInt32) -> Bool { wrongMatches[index] == revision }
}
