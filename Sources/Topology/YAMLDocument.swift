import Yams

/// Turns text into YAML nodes, and the YAML library's errors into ours.
enum YAMLDocument {
    /// The root of the only document in `text`; `content` is what the file should hold.
    static func root(of text: String, content: String, errors: ErrorList) throws(TopologyErrors) -> YAMLValue {
        do {
            guard let node = try compose(yaml: text, .default, .default, .utf8) else {
                let start = SourceLocation(file: errors.file, line: 1, column: 1)
                throw TopologyErrors([TopologyError(start, found: "the file is empty", expected: content)])
            }
            return YAMLValue(node: node, path: "", errors: errors)
        } catch let error as TopologyErrors {
            throw error
        } catch {
            throw TopologyErrors([translate(error, text: text, file: errors.file)])
        }
    }

    private static func translate(_ error: any Error, text: String, file: String) -> TopologyError {
        func make(_ line: Int, _ column: Int, _ found: String, _ expected: String = "valid YAML") -> TopologyError {
            TopologyError(file: file, line: max(1, line), column: max(1, column), found: found, expected: expected)
        }
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            let hint = startsWithTab(line: mark.line, of: text) ? "spaces, not tabs, before a key" : "valid YAML"
            return make(mark.line, mark.column, phrase(problem, context), hint)
        case .composer(_, let problem, let mark, _):
            let isSecond = problem.contains("another document")
            return make(mark.line, mark.column, phrase(problem, nil), isSecond ? "one document a file" : "valid YAML")
        case .reader(let problem, let offset, _, _):
            let line = text.prefix(max(0, offset ?? 0)).count { $0.isNewline } + 1
            return make(line, 1, phrase(problem, nil), "printable text in UTF-8")
        case .duplicatedKeysInMapping(let keys, let context):
            let key = keys.first ?? ""
            let second = DuplicateKey.secondPlace(
                of: key, line: context.mark.line, column: context.mark.column, in: text)
            let found = "the key \(key) is given twice (first in line \(context.mark.line))"
            return make(second.line, second.column, found, "each key once")
        default:
            return make(1, 1, "the YAML cannot be read: \(error)")
        }
    }

    private static func phrase(_ problem: String, _ context: YamlError.Context?) -> String {
        guard let context, !context.text.isEmpty else { return "the YAML cannot be read: \(problem)" }
        return "the YAML cannot be read: \(problem), \(context.text) that begins in line \(context.mark.line)"
    }

    private static func startsWithTab(line: Int, of text: String) -> Bool {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.indices.contains(line - 1) else { return false }
        return lines[line - 1].prefix { $0 == " " || $0 == "\t" }.contains("\t")
    }
}

/// Finds the second of two equal keys: the YAML library tells only the place of the first.
enum DuplicateKey {
    /// The place of the second key, or that of the first where the text is too unusual to tell.
    static func secondPlace(
        of key: String, line: Int, column: Int, in text: String
    ) -> (line: Int, column: Int) {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        guard lines.indices.contains(line - 1) else { return (line, column) }
        for index in line..<lines.count {
            let indent = lines[index].prefix { $0 == " " }.count
            let rest = lines[index].dropFirst(indent)
            if rest.isEmpty || rest.first == "#" { continue }
            // A line further left ends the block mapping that holds the first key.
            if indent < column - 1 { break }
            if indent == column - 1, begins(rest, with: key) { return (index + 1, column) }
        }
        // Not in block style: look along the line of the first key, as in { a: 1, a: 2 }.
        var tail = lines[line - 1].unicodeScalars.dropFirst(column - 1 + key.unicodeScalars.count)
        while let separator = tail.firstIndex(where: { $0 == "," || $0 == "{" }) {
            tail = tail[tail.index(after: separator)...].drop { $0 == " " }
            if begins(Substring(tail), with: key) {
                let before = lines[line - 1].unicodeScalars
                return (line, before.distance(from: before.startIndex, to: tail.startIndex) + 1)
            }
        }
        return (line, column)
    }

    private static func begins(_ text: Substring, with key: String) -> Bool {
        [key, "\"\(key)\"", "'\(key)'"].contains { text.hasPrefix($0) && text.dropFirst($0.count).first == ":" }
    }
}
