/// Puts the steps of a record in the order of time, as far as the parties' clocks agree: a message is never received
/// before it was sent, and never sent before what caused it was received.
struct CausalOrder {
    /// The steps in order.
    let sorted: [TraceStep]

    init(_ steps: [TraceStep]) {
        var times = steps.map(\.time)
        var sent: [String: Int] = [:]
        var received: [String: Int] = [:]
        for (place, step) in steps.enumerated() {
            if step.isSent {
                sent[step.message] = sent[step.message] ?? place
            } else {
                let key = step.party + step.message
                received[key] = received[key] ?? place
            }
        }
        // Each round carries a late clock one step further along the chain of causes.
        for _ in steps.indices {
            var moved = false
            for (place, step) in steps.enumerated() {
                let before = step.isSent ? step.cause.flatMap { received[step.party + $0] } : sent[step.message]
                guard let before, times[before] > times[place] else { continue }
                times[place] = times[before]
                moved = true
            }
            if !moved { break }
        }
        sorted = steps.indices.sorted { first, second in
            if times[first] != times[second] { return times[first] < times[second] }
            return Self.precedes(steps[first], steps[second])
        }.map { steps[$0] }
    }

    /// Within a millisecond: the order that a cycle has, and what is sent before it is received.
    private static func precedes(_ first: TraceStep, _ second: TraceStep) -> Bool {
        if first.revision != second.revision { return first.revision < second.revision }
        if first.stage != second.stage { return first.stage < second.stage }
        if first.isSent != second.isSent { return first.isSent }
        return (first.party, first.leaf) < (second.party, second.leaf)
    }
}
