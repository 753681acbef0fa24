public import ExchangeSchema

/// What is met while an envelope of health checks is read, in the order of the file.
public enum HealthCheckPart: Sendable {
    /// A health check without a problem.
    case record(HealthCheckRecord)
    /// Something wrong with one, which is kept back.
    case problem(EnvelopeProblem)
}

/// What reading an envelope of health checks to its end gave beside its parts.
public struct HealthCheckSummary: Sendable, Equatable {
    /// MACSKCB of THONGTINDONVI: the 13-digit identifier of who sends.
    public var senderCode: String
    /// NGAYLAP, as written.
    public var createdOn: String
    /// Whether the file is JSON.
    public var isJSON: Bool
    /// HOSO elements found in the file.
    public var recordCount: Int
    /// Those without a problem.
    public var soundCount: Int
    /// What is wrong with the head of the envelope; it keeps no record back.
    public var headProblems: [EnvelopeProblem]
    /// The readings that the file uses.
    public var readings: HealthCheckReadings
    /// Elements of CHUKYDONVI in which something stands, CKS_BENH_VIEN and CKS_NGUOI_KET_LUAN. Not verified here.
    public var signatures: Set<String>
}

/// What reading an envelope of health checks gave.
public struct HealthCheckReport: Sendable, Equatable {
    /// The head, and what was counted.
    public var summary: HealthCheckSummary
    /// The health checks without a problem, in the order of the file.
    public var records: [HealthCheckRecord]
    /// Problems in the order of the file, each with the number of its HOSO; those of the head first.
    public var problems: [EnvelopeProblem]

    /// The sound ones as a facility's inbox takes them, in the order of the file.
    public var submissions: [VisitSubmission] { records.map { VisitSubmission($0) } }
}
