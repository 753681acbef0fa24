import Glibc

/// Options from a file: each line `NAME=VALUE` stands for `--NAME VALUE`, and `NAME` or `NAME=true` for a flag.
enum OptionsFile {
    struct Problem: Error, CustomStringConvertible {
        var description: String
    }

    /// The arguments with those of the file that `--config` names put before them: of two, the last one counts.
    static func expand(_ arguments: [String]) throws(Problem) -> [String] {
        guard let path = path(in: arguments) else { return arguments }
        guard let file = fopen(path, "r") else {
            throw Problem(description: "cannot read \(path): \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        var found: [String] = []
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(line) }
        while getline(&line, &capacity, file) >= 0 {
            guard let line else { break }
            let text = String(cString: line).split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)[0]
            let parts = text.split(separator: "=", maxSplits: 1).map { Self.trimmed($0) }
            guard let name = parts.first, !name.isEmpty else { continue }
            switch parts.count == 2 ? parts[1] : "true" {
            case "true": found.append("--" + name)
            case "false": continue
            case let value: found += ["--" + name, value]
            }
        }
        return found + arguments
    }

    private static func path(in arguments: [String]) -> String? {
        for (index, argument) in arguments.enumerated() {
            if argument == "--config", arguments.indices.contains(index + 1) { return arguments[index + 1] }
            if argument.hasPrefix("--config=") { return String(argument.dropFirst("--config=".count)) }
        }
        return nil
    }

    private static func trimmed(_ text: Substring) -> String {
        let isSpace = { (character: Character) in character.isWhitespace }
        var rest = text.drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return String(rest)
    }
}
