import Vocabulary

/// The figures that an assertion may name.
///
/// | figure | meaning at the end of the run |
/// |---|---|
/// | `records` | visits the scenario asks for |
/// | `submitted` | visits submitted; a resubmission of the same visit is not counted again |
/// | `shared` | visits whose book entry reached its locality |
/// | `refused`, `refused.CODE` | visits whose last answer is a refusal, all or with this code (`vss.010`) |
/// | `pending`, `held` | visits without an outcome; those of them held by an agreement |
/// | `withdrawn` | visits taken back by their facility |
/// | `amended`, `refusedAmendments` | revisions that took the place of one not refused; visits that stand as they were, because an amendment was refused |
/// | `resubmitted`, `corrected` | visits resubmitted after a refusal; those of them shared since |
/// | `wrongMatches` | visits shared into the book of another person |
/// | `changes`, `expected.changes` | what C06 has reported of people, and what it has to report |
/// | `handedOver` | records that came to a province because their person moved there |
/// | `claimsReduced` | insured visits of which VSS accepts less than is claimed, with its assessment |
/// | `feedbackReduced`, `feedbackRefused` | visits whose insurance VSS reduces, or refuses, after it has accepted them |
/// | `expected.claimsReduced`, `expected.feedbackReduced`, `expected.feedbackRefused` | from the ground truth |
/// | `expected.wrongMatches`, `expected.withdrawn`, `expected.amended`, `expected.refused.CODE` | the same, from the population's ground truth |
/// | `bookDifferences`, `warehouseDifferences` | where MoH's book, or the provinces' warehouses, are not what follows from the population |
/// | `deadLetters` | messages put into a dead-letter topic |
/// | `duplicatesIgnored`, `duplicatesApplied` | repeated messages without, and with, a second effect |
/// | `splitViews`, `splitViews.PARTY` | forged checkpoints caught by other parties: of all, or of this one |
/// | `cyclesPerSecond`, `elapsedSeconds` | settled visits a second; length of the run |
/// | `hop.TOPIC.count` | messages consumed from a topic, or from the one that carries a kind: `hop.identityCheck.count` |
/// | `hop.TOPIC.p50Milliseconds`, `.p95Milliseconds`, `.p99Milliseconds` | latency of that hop |
public enum FigureName {
    /// Figures without a parameter.
    public static let plain = [
        "records", "submitted", "shared", "refused", "pending", "withdrawn", "held", "resubmitted", "corrected",
        "amended", "refusedAmendments", "wrongMatches", "expected.withdrawn", "expected.amended",
        "expected.wrongMatches", "claimsReduced", "feedbackReduced", "feedbackRefused", "expected.claimsReduced",
        "expected.feedbackReduced", "expected.feedbackRefused", "deadLetters", "duplicatesIgnored", "duplicatesApplied",
        "cyclesPerSecond", "elapsedSeconds", "splitViews", "changes", "expected.changes", "handedOver",
        "bookDifferences", "warehouseDifferences",
    ]

    /// What can be asked of a hop.
    public static let ofHop = ["count", "p50Milliseconds", "p95Milliseconds", "p99Milliseconds"]

    /// Parties whose codes begin a refusal code.
    static let refusers = ["moh", "vss", "c06"]

    /// The topic, or the kind of message, in `hop.TOPIC.MEASURE`; nil for another figure.
    static func hopTopic(of figure: String) -> String? {
        guard figure.hasPrefix("hop."), let dot = figure.lastIndex(of: ".") else { return nil }
        let start = figure.index(figure.startIndex, offsetBy: 4)
        return start < dot ? String(figure[start..<dot]) : nil
    }

    /// The party in `splitViews.PARTY`; nil for another figure.
    static func splitViewParty(of figure: String) -> String? {
        figure.hasPrefix("splitViews.") ? String(figure.dropFirst("splitViews.".count)) : nil
    }

    /// What was expected in place of an unknown figure; nil for a known one.
    static func expectation(for figure: String) -> String? {
        if plain.contains(figure) { return nil }
        for prefix in ["refused.", "expected.refused."] where figure.hasPrefix(prefix) {
            let code = figure.dropFirst(prefix.count).split(separator: ".", omittingEmptySubsequences: false)
            let isCode = code.count >= 2 && !code.contains("") && refusers.contains(String(code[0]))
            return isCode ? nil : "\(prefix)CODE with a code of moh, vss or c06, such as vss.010"
        }
        if figure.hasPrefix("hop.") {
            let measure = figure.split(separator: ".", omittingEmptySubsequences: false).last.map(String.init) ?? ""
            if hopTopic(of: figure) != nil, ofHop.contains(measure) { return nil }
            return "hop.TOPIC.MEASURE with a measure, " + Suggestion.oneOf(ofHop, for: measure, kind: "measure")
        }
        if let party = splitViewParty(of: figure) {
            return YAMLFields.isName(party) ? nil : "splitViews.PARTY with a party's name, such as splitViews.vss"
        }
        let families = ["refused.CODE", "expected.refused.CODE", "hop.TOPIC.MEASURE", "splitViews.PARTY"]
        return Suggestion.oneOf(plain + families, for: figure, kind: "figure")
    }
}

extension Topology {
    /// A figure by the name that reports know: `hop.KIND.MEASURE` with the topic that carries the kind.
    public func nameByTopic(ofFigure figure: String) -> String {
        guard let named = FigureName.hopTopic(of: figure), !declaredTopics.contains(where: { $0.name == named }),
            let topic = MessageType(name: named).flatMap(topic(carrying:))
        else { return figure }
        return figure.replacing("hop.\(named).", with: "hop.\(topic.name).", maxReplacements: 1)
    }
}
