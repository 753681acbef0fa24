/// Words for "what was expected", with the nearest known name for a misspelled one.
enum Suggestion {
    /// Longest list that is printed whole although a near name was found.
    static let listLimit = 16

    /// For instance `one of a, b or c (did you mean b?)`. A long list gives way to a near name, if there is one.
    static func oneOf(_ names: [String], for word: String, kind: String) -> String {
        if names.isEmpty { return "a declared \(kind)" }
        let near = nearest(to: word, in: names)
        let hint = near.map { " (did you mean \($0)?)" } ?? ""
        if near != nil, names.count > listLimit { return "one of the \(names.count) \(kind)s" + hint }
        return list(names) + hint
    }

    /// `a`, or `one of a, b`.
    static func list(_ names: [String]) -> String {
        (names.count == 1 ? "" : "one of ") + names.joined(separator: ", ")
    }

    /// The name with the fewest edits, if these are few enough for a slip of the keyboard.
    static func nearest(to word: String, in names: [String]) -> String? {
        // A word of any length may come from outside; no known name is this long.
        guard word.count <= 64 else { return nil }
        let measured = names.map { (name: $0, edits: distance($0.lowercased(), word.lowercased())) }
        guard let best = measured.min(by: { $0.edits < $1.edits }) else { return nil }
        return best.edits <= max(1, min(word.count, best.name.count) / 3) ? best.name : nil
    }

    /// Edits (insert, remove, replace, swap neighbours) that lead from one word to the other.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left), right = Array(right)
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
                var edits = min(last[column + 1] + 1, current[column] + 1, replaced)
                let isSwap = row > 0 && column > 0 && left[row] == right[column - 1] && left[row - 1] == right[column]
                if isSwap { edits = min(edits, beforeLast[column - 1] + 1) }
                current.append(edits)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
