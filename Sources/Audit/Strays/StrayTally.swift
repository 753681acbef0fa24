import PartyCore

/// Messages of one topic that a journal says no party of the topology sent.
struct StrayCount {
    /// How many.
    var messages: Int64 = 0
    /// In how many leaves.
    var leaves: Int64 = 0
    /// Clock readings of the first and the last leaf; Unix milliseconds.
    var firstAt: Int64 = 0
    var lastAt: Int64 = 0
    /// The first leaf, and where its first message stood.
    var first: (leaf: Int64, place: MessagePlace)?

    /// Takes a run that a leaf says.
    mutating func take(_ run: StrayRun, at time: Int64, leaf number: Int64) {
        take(run.count, at: run.place, time, leaf: number)
    }

    /// Takes one message that was received.
    mutating func take(_ entry: CrossEntry) { take(1, at: entry.place, entry.time, leaf: entry.number) }

    /// They come in any order.
    private mutating func take(_ messages: Int64, at place: MessagePlace, _ time: Int64, leaf number: Int64) {
        if first.map({ number < $0.leaf }) ?? true {
            first = (number, place)
            firstAt = time
        }
        self.messages = self.messages.addingReportingOverflow(messages).partialValue
        leaves += 1
        lastAt = max(lastAt, time)
    }
}
