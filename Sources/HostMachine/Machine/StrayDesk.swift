import ExchangeSchema
import PartyCore

/// Gathers messages that no party of the topology sent until they are written down: as one run, once a message of a party
/// stands behind them in their partition, or ``patience`` after the first was read. So they cost at most one leaf a second for each
/// partition, and one for each message of a party, however many there are. Until then they are not committed, and the next start
/// reads them again.
struct StrayDesk: Sendable {
    /// Milliseconds for which a run is open.
    static let patience: Int64 = 1_000
    /// Messages of a run that go to the dead letters whole; of the rest one letter says where and how many they are.
    static let wholeLetters = 10

    /// A run, and what goes to the dead letters of it.
    struct Gathered: Sendable {
        var run: StrayRun
        /// Why the first one is nobody's.
        var reason: String
        /// Of the first ones.
        var letters: [DeadLetter]
        var since: Int64
    }

    /// At most one of each partition, in the order in which they began.
    private var open: [Gathered] = []

    /// Whether nothing is waiting to be written down.
    var isEmpty: Bool { open.isEmpty }

    /// Takes a message.
    /// - Parameters:
    ///   - digest: Of its value.
    ///   - letter: What goes to the dead letters of it, asked for the first ones only.
    /// - Returns: The run before it, where there is a gap between them.
    mutating func take(
        _ place: MessagePlace, _ reason: String, _ digest: PayloadDigest, now: Int64, letter: () -> DeadLetter
    ) -> Gathered? {
        if let index = index(of: place), open[index].run.last == place.offset - 1 {
            open[index].run.add(digest)
            if open[index].letters.count < Self.wholeLetters { open[index].letters.append(letter()) }
            return nil
        }
        let former = close(place)
        open.append(Gathered(run: StrayRun(at: place, digest), reason: reason, letters: [letter()], since: now))
        return former
    }

    /// Ends the run of a partition, because something else stands behind it; nil where there is none.
    mutating func close(_ place: MessagePlace) -> Gathered? { index(of: place).map { open.remove(at: $0) } }

    /// Ends the runs that have been open long enough.
    mutating func takeDue(now: Int64) -> [Gathered] {
        guard open.contains(where: { now - $0.since >= Self.patience }) else { return [] }
        defer { open.removeAll { now - $0.since >= Self.patience } }
        return open.filter { now - $0.since >= Self.patience }
    }

    private func index(of place: MessagePlace) -> Int? {
        open.firstIndex { $0.run.place.topic == place.topic && $0.run.place.partition == place.partition }
    }
}
