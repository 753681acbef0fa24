/// Chooses among the resources of one book.
public struct ResourceSearch: Sendable {
    /// The parameters, with their values, in the order in which they were given. Several of one name must all hold.
    public var criteria: [(parameter: SearchParameter, value: String)]

    /// Takes them.
    public init(_ criteria: [(parameter: SearchParameter, value: String)]) { self.criteria = criteria }

    /// Those that all criteria want, in their order.
    /// - Throws: ``SearchProblem`` where a value is none.
    public func choose(_ resources: [MappedResource], now: Int64) throws(SearchProblem) -> [MappedResource] {
        // Also where there is nothing to choose from: a value that is none is said to be none.
        for (parameter, value) in criteria { _ = try parameter.matches(.null, value, now: now) }
        var chosen: [MappedResource] = []
        for resource in resources {
            var isWanted = true
            for (parameter, value) in criteria where isWanted {
                isWanted = try parameter.matches(resource.value, value, now: now)
            }
            if isWanted { chosen.append(resource) }
        }
        return chosen
    }

    /// Of everything of a person, what happened in a span; what has no time of its own stays (FHIR R4, "$everything", start and
    /// end).
    /// - Throws: ``SearchProblem``.
    public static func happened(
        _ resources: [MappedResource], since start: String?, until end: String?, now: Int64
    ) throws(SearchProblem) -> [MappedResource] {
        func range(_ name: String, _ text: String?) throws(SearchProblem) -> TimeRange? {
            guard let text else { return nil }
            guard let range = TimeRange(text) else {
                throw SearchProblem(parameter: name, problem: "is no date of FHIR")
            }
            return range
        }
        let (from, to) = (try range("start", start), try range("end", end))
        return resources.filter { resource in
            // The book itself is of no day; its date says when what stands came about last.
            let isBook = resource.key == ResourceKey(.composition)
            guard let date = SearchParameter.clinicalDate(of: resource.key.type), !isBook,
                let value = date.path.reduce(Optional(resource.value), { $0?[$1] }), let time = TimeRange(value)
            else { return true }
            return time.end > from?.start ?? .min && time.start < to?.end ?? .max
        }
    }
}
