import ExchangeSchema

extension MessageStore.Record {
    /// The record of a submission.
    init(_ submission: VisitSubmission) {
        facility = submission.name.facilityCode
        episode = submission.name.episodeCode
    }
}
