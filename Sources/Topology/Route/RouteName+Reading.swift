extension RouteName {
    /// Reads `route:` of a topology file.
    static func read(_ value: YAMLValue) -> RouteName? {
        let expected = "a route: name, since, title"
        guard let fields = YAMLFields(value, kind: "route key", keys: ["name", "since", "title"], expected: expected)
        else { return nil }
        let name = fields.required("name", "the route's name")?.text("the route's name")
        let since = fields.required("since", day).flatMap { source -> String? in
            guard let text = source.text(day), isDay(text) else { return source.wrong(expected: day) }
            return text
        }
        let title = fields.required("title", "the route in words")?.text("the route in words")
        guard let name, let since, let title else { return nil }
        return RouteName(name: name, since: since, title: title)
    }

    private static let day = "since when it is in force, as 2026-07-07 or 2026-07"

    private static func isDay(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.map { part in part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) ?? 0 : 0 }
        guard parts.count == 2 || parts.count == 3, parts[0].count == 4, parts.dropFirst().allSatisfy({ $0.count == 2 })
        else { return false }
        return (1900...2199).contains(numbers[0]) && (1...12).contains(numbers[1])
            && (parts.count == 2 || (1...31).contains(numbers[2]))
    }
}
