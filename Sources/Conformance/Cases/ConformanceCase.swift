package import ExchangeSchema

/// One thing that is tried: what the others send to the party, stage by stage. What the party must answer stands nowhere:
/// our own core of it says so when it is handed the same.
package struct ConformanceCase: Sendable {
    /// Its name, for example `vss.card-expired`; the same from run to run.
    package let name: String
    /// What is expected, in one sentence.
    package let sentence: String
    /// Where that stands.
    package let source: String
    /// What is sent. A stage is sent when what the one before must lead to is there.
    package let stages: [[CaseMessage]]
    /// Why it cannot be judged here; nil where it can.
    package var obstacle: CaseObstacle?
    /// What the party's warehouse must hold of the records at the end; empty where none is looked at.
    var kept: [KeptRecord] = []
    /// Whether it opens the gate that all other answers wait for.
    package var opensGate = false
    /// The refusal that it is about, as the journal of our own party calls it; nil for none.
    package var reason: ReasonCode?

    /// - Parameter reason: What our own core must say of the first message: so a case cannot come to mean something else.
    init(
        _ name: String, _ sentence: String, source: String, reason: ReasonCode? = nil, _ stages: [CaseMessage]...
    ) {
        self.init(name, sentence, source: source, reason: reason, stages: stages)
    }

    /// The same with a list of stages.
    init(
        _ name: String, _ sentence: String, source: String, reason: ReasonCode? = nil, stages: [[CaseMessage]]
    ) {
        self.name = name
        self.sentence = sentence
        self.source = source
        self.reason = reason
        self.stages = stages
    }

    /// A case that says why nothing is tried.
    init(_ name: String, _ sentence: String, source: String, obstacle: CaseObstacle) {
        self.name = name
        self.sentence = sentence
        self.source = source
        self.obstacle = obstacle
        stages = []
    }

    /// The same where something stands in its way.
    func hindered(by obstacle: CaseObstacle) -> ConformanceCase {
        ConformanceCase(name, sentence, source: source, obstacle: obstacle)
    }

    /// The records that it is about.
    package var subjects: Set<RecordIdentifier> { Set(stages.joined().map(\.subject)) }
}

/// Why a case is not tried.
package enum CaseObstacle: Sendable, Equatable {
    /// There is nothing to try on this route, or with what was given: why.
    case notApplicable(String)
    /// It ought to be tried, and cannot be here: why, and what to do.
    case notJudged(String)

    /// What comes of the case.
    var outcome: CaseOutcome {
        switch self {
        case .notApplicable(let why): .notApplicable(why)
        case .notJudged(let why): .notJudged(why)
        }
    }
}

/// Where what a case expects is written down.
enum CaseSource {
    static let cardCheck = "dispatch 1923/BHXH-CNTT, annex, maKetQua"
    static let fields = "Decision 130/QD-BYT, annex, as amended by Decision 4750/QD-BYT"
    static let copies = "docs/conformance.md, \"Copies, late messages and revisions\""
    static let headers = "docs/conformance.md, \"Headers\"; CloudEvents 1.0.2, Kafka protocol binding, section 3.2"
    static let deadLetters = "docs/conformance.md, \"What cannot be read\""
    static let leastData = "Decree 69/2024/ND-CP, Articles 18 and 19; the topology's `release`"
    static let bytes = "blocks.proto: a block is passed on byte for byte"
    static let withdrawal = "withdrawals.proto (simulator-defined)"
    static let feedback = "assessments.proto, AssessmentFeedback (simulator-defined)"
    static let vaccination = "vaccinations.proto (simulator-defined)"
    static let healthCheck = "Decision 2062/QD-BYT, Annex 02, section 6; health_checks.proto"
    static let identity = "identity.proto; Decree 70/2024/ND-CP, Article 11(7)"
    static let agreement = "docs/your-own-party.md, \"Signing an agreement from outside\""
    static let intake = "docs/conformance.md, \"What MoH refuses\" (simulator-defined)"
    static let book = "book.proto"
}
