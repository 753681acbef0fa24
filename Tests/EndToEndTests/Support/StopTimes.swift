import Testing

/// How long programs took to stop when asked. The machine may hold up one of them for seconds; when half of them are
/// slow, it is they.
struct StopTimes {
    private var times: [(program: String, took: Duration)] = []

    mutating func note(_ program: String, _ took: Duration) { times.append((program, took)) }

    func expectPrompt(within limit: Duration = .seconds(2), sourceLocation: SourceLocation = #_sourceLocation) {
        let sorted = times.sorted { $0.took < $1.took }
        #expect(sorted[sorted.count / 2].took < limit, "\(sorted)", sourceLocation: sourceLocation)
    }
}
