import Audit
import Topology

/// The verdict as JSON: what the page says at its top, in both languages.
struct VerdictDocument: Encodable {
    /// Words in both languages.
    struct Words: Encodable {
        /// In English.
        var en: String
        /// In Vietnamese.
        var vi: String

        init(_ words: (PageLanguage) -> String) {
            en = words(.english)
            vi = words(.vietnamese)
        }
    }

    /// One cause, with its sentences.
    struct Cause: Encodable {
        /// What is the matter.
        var kind: VerdictCause.Kind
        /// How grave it is.
        var level: ReportVerdict.Level
        /// How much: findings, records, or cases of a service level.
        var count: Int64
        /// Out of how many; left out where that has no meaning.
        var total: Int64?
        /// Where: the parties in whose evidence it is, or at which records stand.
        var parties: [String]
        /// The topics concerned.
        var topics: [String]
        /// Since when; Unix milliseconds, left out when the evidence does not say.
        var since: Int64?
        /// The parties that have to act.
        var actors: [String]
        /// The agreement that holds records; left out for none.
        var agreement: String?
        /// Those who have not signed it.
        var unsigned: [String]
        /// Why records wait; left out where none do.
        var waiting: WaitingCause?
        /// The service level; left out for none.
        var service: ServiceLevel?
        /// Of a broken service level, how many are not done yet.
        var open: Int64?
        /// The first findings, a line each.
        var examples: [String]
        /// What is the matter, in one sentence.
        var sentence: Words
        /// What has to be done.
        var action: Words

        init(_ cause: VerdictCause, _ topology: Topology) {
            kind = cause.kind
            level = cause.kind.level
            count = cause.count
            total = cause.total
            parties = cause.parties
            topics = cause.topics
            since = cause.since
            actors = cause.actors
            agreement = cause.agreement
            unsigned = cause.unsigned
            waiting = cause.waiting
            service = cause.service
            open = cause.open
            examples = cause.examples
            sentence = Words { CauseWords(cause: cause, names: PartyNames(topology: topology, say: $0)).sentence }
            action = Words { CauseWords(cause: cause, names: PartyNames(topology: topology, say: $0)).action }
        }
    }

    /// How things stand.
    var level: ReportVerdict.Level
    /// The time to which ages run; Unix milliseconds.
    var time: Int64
    /// The age in milliseconds from which a record without an outcome stands still.
    var standsStillAfter: Int64
    /// What is the matter, gravest first; empty for nothing.
    var causes: [Cause]

    init(_ verdict: ReportVerdict, topology: Topology) {
        level = verdict.level
        time = verdict.time
        standsStillAfter = verdict.standsStillAfter
        causes = verdict.causes.map { Cause($0, topology) }
    }
}
