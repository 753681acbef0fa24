/// What is met while an envelope is read, in the order of the file.
public enum EnvelopePart: Sendable {
    /// A visit without a problem.
    case visit(VisitRecord)
    /// Something wrong with a visit, which is kept back.
    case problem(EnvelopeProblem)
    /// Something to know about a visit; it goes all the same.
    case warning(EnvelopeProblem)
}

/// What reading an envelope to its end gave beside its parts.
public struct EnvelopeSummary: Sendable, Equatable {
    /// MACSKCB of THONGTINDONVI: the facility that sends.
    public var facilityCode: String
    /// NGAYLAP, `yyyymmdd`, as written.
    public var createdOn: String
    /// HOSO elements found in the file.
    public var visitCount: Int
    /// Visits without a problem.
    public var soundCount: Int
    /// What is wrong with the head of the envelope; it keeps no visit back.
    public var headProblems: [EnvelopeProblem]
    /// The bytes between the tags of CHUKYDONVI as they stand in the file, or nil when there are none, or more than
    /// 1,000,000. Not verified here.
    public var signature: [UInt8]?
    /// Paths of elements that the layout does not know, each once, in the order met, at most 100. They are skipped.
    public var skippedElements: [String]
}
