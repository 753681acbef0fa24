import Dispatch
import Supervision

/// The figures of the exchange for `/metrics`: looked up at most once a second however many ask, and on a thread of its own,
/// because the broker is asked and may be slow.
actor ExchangeFigures {
    private let layout: ExchangeLayout
    private var latest: (at: ContinuousClock.Instant, figures: Task<String, any Error>)?

    init(_ layout: ExchangeLayout) { self.layout = layout }

    /// - Throws: `ProgramFailure` when the exchange cannot be looked at.
    func text() async throws -> String {
        if let latest, ContinuousClock.now - latest.at < .seconds(1) { return try await latest.figures.value }
        let layout = layout
        let figures = Task {
            try await withCheckedThrowingContinuation { continuation in
                DispatchQueue.global().async {
                    continuation.resume(with: Result { try ExchangeMetrics(layout: layout).text })
                }
            }
        }
        latest = (.now, figures)
        return try await figures.value
    }
}
