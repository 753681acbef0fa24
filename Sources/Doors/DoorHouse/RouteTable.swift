/// All routes of all dialects, found by method and path.
struct RouteTable: Sendable {
    struct Entry: Sendable {
        var dialect: any Dialect
        var route: DoorRoute
    }

    enum Finding {
        case route(Entry)
        /// The path is there, by other methods.
        case otherMethod(any Dialect, allowed: [String])
        case nothing
    }

    private var byPath: [String: [String: Entry]] = [:]

    /// - Throws: ``HouseError`` when two dialects want the same path, or one of the house's own.
    init(_ dialects: [any Dialect]) throws(HouseError) {
        for dialect in dialects {
            for route in dialect.routes {
                let path = dialect.basePath + route.path
                guard !HousePages.owns(path) else {
                    throw HouseError("\(dialect.name) wants \(path), which is the house's own; give it a base path")
                }
                if let other = byPath[path]?.values.first(where: { $0.dialect.name != dialect.name }) {
                    throw HouseError(
                        "\(dialect.name) and \(other.dialect.name) both want \(path); give one of them a base path")
                }
                byPath[path, default: [:]][route.method] = Entry(dialect: dialect, route: route)
            }
        }
    }

    /// Whoever stands for all paths below one, the longest of them.
    private func below(_ path: String) -> [String: Entry]? {
        var rest = path[...]
        while let slash = rest.lastIndex(of: "/") {
            rest = rest[..<slash]
            if let methods = byPath[rest + "/*"] { return methods }
        }
        return nil
    }

    /// A slash at the end of a path makes no difference.
    func find(_ method: String, _ path: String) -> Finding {
        let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        guard let methods = byPath[path] ?? below(path) else { return .nothing }
        if let entry = methods[method] { return .route(entry) }
        guard let dialect = methods.values.first?.dialect else { return .nothing }
        return .otherMethod(dialect, allowed: methods.keys.sorted())
    }
}
