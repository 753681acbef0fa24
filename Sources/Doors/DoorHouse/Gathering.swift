/// Puts what arrives together into one piece of work: a door gives its party one command for many requests, and the party
/// commits them at once. While some pieces are under way, what comes waits and becomes the next piece; nothing is delayed
/// for company.
public actor Gathering<Item: Sendable, Answer: Sendable> {
    /// What bounds a piece of work, and all that waits.
    public struct Bounds: Sendable {
        /// Most items of one piece.
        public var items: Int
        /// Most weight of one piece; an item that is heavier goes alone.
        public var weight: Int
        /// Most weight that may wait; further items are turned away.
        public var waiting: Int
        /// Pieces under way at once.
        public var lanes: Int

        /// Takes all fields.
        public init(items: Int, weight: Int, waiting: Int, lanes: Int) {
            self.items = items
            self.weight = weight
            self.waiting = waiting
            self.lanes = lanes
        }
    }

    private struct Waiter {
        var item: Item
        var weight: Int
        var continuation: CheckedContinuation<Answer, any Error>
    }

    private let bounds: Bounds
    private let weigh: @Sendable (Item) -> Int
    private let work: @Sendable (_ lane: Int, [Item]) async throws -> [Answer]
    private var waiting: [Waiter] = []
    private var first = 0
    private var waitingWeight = 0
    private var freeLanes: [Int]

    /// - Parameters:
    ///   - weigh: The weight of an item.
    ///   - work: Does one piece on a lane, on which nothing else is under way, and answers for each item in its order.
    public init(
        _ bounds: Bounds, weigh: @escaping @Sendable (Item) -> Int,
        work: @escaping @Sendable (_ lane: Int, [Item]) async throws -> [Answer]
    ) {
        self.bounds = bounds
        self.weigh = weigh
        self.work = work
        freeLanes = Array(0..<max(1, bounds.lanes))
    }

    /// Items that wait.
    var waitingCount: Int { waiting.count - first }

    /// Has an item dealt with.
    /// - Throws: ``TooMuchWaiting``; what the work throws.
    public func deal(with item: Item) async throws -> Answer {
        let weight = weigh(item)
        guard waitingWeight == 0 || waitingWeight + weight <= bounds.waiting else { throw TooMuchWaiting() }
        return try await withCheckedThrowingContinuation { continuation in
            waiting.append(Waiter(item: item, weight: weight, continuation: continuation))
            waitingWeight += weight
            guard let lane = freeLanes.popLast() else { return }
            Task { await self.serve(lane) }
        }
    }

    private func serve(_ lane: Int) async {
        while true {
            let piece = take()
            if piece.isEmpty { break }
            do {
                let answers = try await work(lane, piece.map(\.item))
                guard answers.count == piece.count else { throw UnequalAnswers() }
                for (waiter, answer) in zip(piece, answers) { waiter.continuation.resume(returning: answer) }
            } catch {
                for waiter in piece { waiter.continuation.resume(throwing: error) }
            }
        }
        freeLanes.append(lane)
    }

    private func take() -> ArraySlice<Waiter> {
        var (end, weight) = (first, 0)
        while end < waiting.count, end - first < bounds.items {
            weight += waiting[end].weight
            if weight > bounds.weight, end > first { break }
            end += 1
        }
        let piece = waiting[first..<end]
        waitingWeight -= piece.reduce(0) { $0 + $1.weight }
        first = end
        if first == waiting.count || first > 4_096 {
            waiting.removeFirst(first)
            first = 0
        }
        return piece
    }
}

/// More waits than is allowed; the same may come again.
public struct TooMuchWaiting: Error, Sendable {
    /// Says nothing more.
    public init() {}
}

/// The work has not answered for each item.
struct UnequalAnswers: Error {}
