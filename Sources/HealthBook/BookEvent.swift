/// Something beside visits that stands in a book: that a person was vaccinated, or examined without being ill.
protocol BookEvent {
    /// By what two are the same.
    associatedtype Identity: Hashable

    /// By what it is told from others.
    var identity: Identity { get }
    /// When it was, as the facility wrote it.
    var time: String { get }
    /// Who reported it, the first first.
    var sources: [BookVisit.Source] { get set }
}

extension BookEvent {
    /// Each once, the latest first: one that came as two records stands once with both sources, whoever reports it.
    /// Simulator-defined.
    static func merged(_ events: [Self]) -> [Self] {
        var result: [Self] = []
        var places: [Identity: Int] = [:]
        for event in events.sorted(by: { $0.sources[0].isBefore($1.sources[0]) }) {
            let identity = event.identity
            if let place = places[identity] {
                result[place].sources += event.sources
            } else {
                places[identity] = result.count
                result.append(event)
            }
        }
        return result.sorted { one, other in
            one.time != other.time ? one.time > other.time : other.sources[0].isBefore(one.sources[0])
        }
    }
}
