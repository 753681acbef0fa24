/// What all connections together may keep in memory: requests that have not wholly arrived and replies that have not
/// been taken.
///
/// A small request passes; a large one takes its announced size first. Where that is not there, whoever announced the
/// largest is cut off, if it is larger than the newcomer's; the newcomer waits until there is room. So one
/// client that announces much and sends nothing cannot keep the others waiting.
final class MemoryBudget {
    /// Below this a request is not counted: the number of connections bounds it.
    static let small = 64 * 1_024

    let limit: Int
    private(set) var taken = 0
    /// Bytes of replies that are written but not with the client yet.
    private(set) var outgoing = 0
    private var holders: [ObjectIdentifier: (holder: any BudgetHolder, bytes: Int)] = [:]
    private var waiting: [(holder: any BudgetHolder, bytes: Int)] = []

    init(limit: Int) { self.limit = limit }

    /// Room that a reply may still fill, never nothing: one batch must always pass.
    var replyRoom: Int { max(Self.small, limit - outgoing) }

    /// Takes room for one request of a connection; `false`: ``BudgetHolder/roomIsThere()`` tells when there is some.
    func take(_ bytes: Int, for holder: any BudgetHolder) -> Bool {
        guard bytes > Self.small else { return true }
        if taken + bytes <= limit || taken == 0 {
            grant(holder, bytes)
            return true
        }
        waiting.append((holder, bytes))
        if let largest = holders.values.max(by: { $0.bytes < $1.bytes }), largest.bytes > bytes {
            largest.holder.giveUp(
                "its request of \(largest.bytes) bytes was the largest of more than \(limit) bytes under way")
        }
        return holders[ObjectIdentifier(holder)] != nil
    }

    private func grant(_ holder: any BudgetHolder, _ bytes: Int) {
        taken += bytes
        holders[ObjectIdentifier(holder)] = (holder, bytes)
    }

    /// The request is whole, or its connection is gone.
    func giveBack(_ holder: any BudgetHolder) {
        waiting.removeAll { $0.holder === holder }
        guard let entry = holders.removeValue(forKey: ObjectIdentifier(holder)) else { return }
        taken -= entry.bytes
        // The smallest first: it is soon done, and announcing much wins nothing.
        while let place = waiting.indices.min(by: { waiting[$0].bytes < waiting[$1].bytes }),
            taken + waiting[place].bytes <= limit || taken == 0
        {
            let next = waiting.remove(at: place)
            grant(next.holder, next.bytes)
            next.holder.roomIsThere()
        }
    }

    func sent(_ bytes: Int) { outgoing += bytes }

    func delivered(_ bytes: Int) { outgoing -= bytes }
}

/// A connection that takes part in the budget.
protocol BudgetHolder: AnyObject {
    func roomIsThere()
    func giveUp(_ reason: String)
}
