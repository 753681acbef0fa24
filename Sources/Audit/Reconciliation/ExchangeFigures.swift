/// All figures of an exchange, counted from the leaves of its parties' journals up to a given number each.
public struct ExchangeFigures: Sendable, Codable, Equatable {
    /// Clock reading that ages are counted to; Unix milliseconds.
    public var at: Int64
    /// First and last clock reading of the leaves; nil without leaves.
    public var span: Span?
    /// The conservation law at each party.
    public var parties: [PartyFigures] = []
    /// The conservation law on each hop.
    public var hops: [HopFigures] = []
    /// What has no outcome, by who holds it and why.
    public var waiting: [WaitingFigures] = []
    /// Ages of all that has no outcome, since it was first submitted.
    public var pendingAges: DurationFigures?
    /// Those ages in five classes.
    public var pendingHistogram: [Int64] = Array(repeating: 0, count: AgeClass.allCases.count)
    /// Refusals by reason.
    public var reasons: [ReasonFigures] = []
    /// The conservation law by facility. Records that nobody can place are among them, so that all together are the
    /// ``total``.
    public var facilities: [FacilityFigures] = []
    /// The same by the province in which the facility lies, longest stuck first.
    public var provinces: [ProvinceFigures] = []
    /// What became of what is to be done within a time, in the order of ``ServiceLevel``.
    public var service: [ServiceFigures] = []
    /// Quality of what was submitted, and of what became of it.
    public var quality = QualityFigures()
    /// From the facility's first sending to the entry's receipt at a locality.
    public var cycle: DurationFigures?
    /// Records over time.
    public var throughput = ThroughputFigures()

    /// Signatures that parties took in, in the order of the parties.
    public var signatures: [SignatureReceipt] = []

    /// First and last clock reading; Unix milliseconds.
    public struct Span: Sendable, Codable, Equatable {
        /// Of the first leaf.
        public var first: Int64
        /// Of the last leaf.
        public var last: Int64
    }
}

extension ExchangeFigures {
    /// All records, each once, whoever knows them: the sum over ``facilities``.
    public var total: FacilityFigures {
        facilities.reduce(into: FacilityFigures(facility: "")) { total, facility in
            total.submitted += facility.submitted
            total.shared += facility.shared
            total.refused += facility.refused
            total.pending += facility.pending
            total.withdrawn += facility.withdrawn
            total.corrected += facility.corrected
            total.refusals.merge(facility.refusals, uniquingKeysWith: +)
            total.pendingSince = [total.pendingSince, facility.pendingSince].compactMap(\.self).min()
        }
    }
}

/// Refusals with one reason.
public struct ReasonFigures: Sendable, Codable, Equatable {
    /// The code.
    public var code: String
    /// Records whose last answer it is.
    public var standing: Int64
    /// Refusals with it, corrected ones among them.
    public var ever: Int64
}

/// A signature under an agreement, as one party took it in.
public struct SignatureReceipt: Sendable, Codable, Equatable {
    /// The message, which is computed from the agreement's and the signatory's name.
    public var message: String
    /// Who took it in.
    public var reader: String
    /// Number of the leaf.
    public var leaf: Int64
    /// Clock reading; Unix milliseconds.
    public var time: Int64
}
