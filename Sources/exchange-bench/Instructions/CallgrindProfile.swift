/// What callgrind counted ("Callgrind Format Specification"): a name of a function or library is written once, with a number in
/// brackets, and by its number afterwards. A line of cost belongs to the function and the library named last, but for the one
/// after `calls=`, which is the cost of what is called.
struct CallgrindProfile {
    private var calls: [String: Int] = [:]
    private var costs: [String: Int] = [:]

    /// Reads a profile.
    init(_ text: String) {
        var (functions, libraries) = (Names(), Names())
        var (library, called, isCall) = ("", "", false)
        for line in text.split(separator: "\n") {
            if line.hasPrefix("fn=") {
                _ = functions.name(in: line)
            } else if line.hasPrefix("cfn=") {
                called = functions.name(in: line)
            } else if line.hasPrefix("ob=") {
                library = libraries.name(in: line)
            } else if line.hasPrefix("cob=") {
                _ = libraries.name(in: line)
            } else if line.hasPrefix("calls=") {
                calls[called, default: 0] += line.dropFirst(6).split(separator: " ").first.flatMap { Int($0) } ?? 0
                isCall = true
            } else if let first = line.first, first.isNumber || "+-*".contains(first) {
                if !isCall { costs[library, default: 0] += line.split(separator: " ").last.flatMap { Int($0) } ?? 0 }
                isCall = false
            }
        }
    }

    /// Of all libraries and the program.
    var instructions: Int { costs.values.reduce(0, +) }

    /// Instructions in libraries whose path has this in it.
    func instructions(in library: String) -> Int {
        costs.reduce(0) { $1.key.contains(library) ? $0 + $1.value : $0 }
    }

    /// How often a function was called; 0 for one that was not.
    func calls(of function: String) -> Int { calls[function] ?? 0 }

    private struct Names {
        private var known: [Substring: String] = [:]

        /// The name in a line such as `fn=(12) name`, or `fn=(12)` where it was written before.
        mutating func name(in line: Substring) -> String {
            let parts = line.drop { $0 != "(" }.split(separator: " ", maxSplits: 1)
            guard let number = parts.first else { return "" }
            if parts.count == 2 { known[number] = String(parts[1]) }
            return known[number] ?? ""
        }
    }
}
