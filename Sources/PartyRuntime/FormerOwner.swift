/// The process that holds a store which another is to go on with.
enum FormerOwner {
    /// How long its end is waited for. A party whose `cycle` was killed ends within two seconds of it; an auditor reads
    /// on to the ends of that moment first, which takes it a quarter of a minute after a run of 200,000 visits.
    static let patience = Duration.seconds(30)
}
