/// What reading an envelope gave: the sound visits, and every problem of the others.
public struct EnvelopeReport: Sendable, Equatable {
    /// The envelope with its sound visits.
    public var envelope: Envelope
    /// Problems in the order of the file. A visit with a problem is not among the visits; a problem without a visit
    /// ordinal concerns the head of the envelope and keeps no visit back.
    public var problems: [EnvelopeProblem]
    /// What is to be known of visits and keeps none back: tables that are not carried, declarations that are not true.
    public var warnings: [EnvelopeProblem]
    /// HOSO elements found in the file: sound visits plus refused ones.
    public var visitCount: Int

    /// The visits without a problem, in the order of the file.
    public var visits: [VisitRecord] { envelope.visits }

    /// HOSO elements that were refused.
    public var refusedCount: Int { visitCount - envelope.visits.count }

    /// Makes a report of its parts.
    public init(
        envelope: Envelope, problems: [EnvelopeProblem], warnings: [EnvelopeProblem] = [], visitCount: Int
    ) {
        self.envelope = envelope
        self.problems = problems
        self.warnings = warnings
        self.visitCount = visitCount
    }
}
