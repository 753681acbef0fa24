/// When a closed segment may go. Without any setting nothing is ever deleted.
struct RetentionRule: Equatable {
    /// Delete what is older than this, by the newest record of a segment; `nil`: never by age.
    var milliseconds: Int64?
    /// Delete the oldest while what stays is at least this much; `nil`: never by size.
    var bytes: Int64?
    /// Consumer groups that must have committed past a segment before it may go, whatever the rule says.
    var consumers: [String] = []
}

extension PartitionLog {
    /// Deletes the closed segments that `rule` releases and returns how many.
    ///
    /// - Parameters:
    ///   - now: milliseconds since 1970.
    ///   - consumedUpTo: the smallest offset that the rule's consumers have committed; `nil` where it names none. A
    ///     consumer that has committed nothing counts as 0.
    func applyRetention(_ rule: RetentionRule, now: Int64, consumedUpTo: Int64?) throws(StorageError) -> Int {
        func isExpired(_ segment: Segment) -> Bool {
            guard let age = rule.milliseconds, !segment.isEmpty else { return false }
            return now - segment.maxTimestamp > age
        }
        func isConsumed(_ segment: Segment) -> Bool { consumedUpTo.map { $0 >= segment.nextOffset } ?? true }

        // A quiet partition would otherwise keep its last segment for ever: it closes when all in it is due.
        if isExpired(active) && isConsumed(active) && !isReadOnly { try roll() }
        var deleted = 0
        while let oldest = segments.first, oldest !== active, isConsumed(oldest) {
            let isSurplus = rule.bytes.map { Int64(size - oldest.size) >= $0 } ?? false
            guard isExpired(oldest) || isSurplus else { break }
            try oldest.delete()
            places.forget(oldest)
            segments.removeFirst()
            deleted += 1
        }
        return deleted
    }
}
