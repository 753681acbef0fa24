extension Assertion {
    /// Reads one assertion.
    ///
    /// - Parameters:
    ///   - text: the comparison.
    ///   - location: where its first character stands.
    /// - Throws: ``TopologyError`` with the column of the part that is wrong.
    public init(_ text: String, at location: SourceLocation) throws(TopologyError) {
        var reader = AssertionReader(text: text, location: location)
        let left = try reader.figure()
        let comparison = try reader.comparison()
        let right = try reader.operand()
        try reader.end()
        self.init(text: text, location: location, left: left, comparison: comparison, right: right)
    }
}

/// Reads an assertion word by word.
private struct AssertionReader {
    let location: SourceLocation
    let text: String
    private var words: [(text: String, offset: Int)] = []
    private var next = 0

    init(text: String, location: SourceLocation) {
        self.location = location
        self.text = text
        var last: Character?
        for (offset, character) in text.enumerated() {
            if character.isWhitespace {
                last = nil
                continue
            }
            if let previous = last, AssertionReader.group(previous) == AssertionReader.group(character) {
                words[words.count - 1].text.append(character)
            } else {
                words.append((String(character), offset))
            }
            last = character
        }
    }

    /// Characters of one group that stand together make one word.
    private static func group(_ character: Character) -> Int {
        switch character {
        case "=", "!", "<", ">": 1
        case "*": 2
        default: 0
        }
    }

    mutating func figure() throws(TopologyError) -> String {
        guard let word = take() else { throw error("ends early", expected: "a figure") }
        if let expected = FigureName.expectation(for: word.text) {
            let shown = YAMLValue.cut(word.text)
            throw TopologyError(place(word.offset), found: "\(shown) is not a figure", expected: expected)
        }
        return word.text
    }

    mutating func comparison() throws(TopologyError) -> Comparison {
        let expected = Suggestion.list(Comparison.allCases.map(\.rawValue))
        guard let word = take() else { throw error("ends early", expected: expected) }
        guard let comparison = Comparison(rawValue: word.text) else {
            let shown = YAMLValue.cut(word.text)
            throw TopologyError(place(word.offset), found: "\(shown) is not a comparison", expected: expected)
        }
        return comparison
    }

    mutating func operand() throws(TopologyError) -> Assertion.Operand {
        guard next < words.count else { throw error("ends early", expected: "a number or a figure") }
        guard let number = Double.written(words[next].text) else { return .figure(try figure()) }
        next += 1
        guard next < words.count, words[next].text == "*" else { return .number(number) }
        next += 1
        return .product(number, try figure())
    }

    mutating func end() throws(TopologyError) {
        guard let word = take() else { return }
        throw TopologyError(
            place(word.offset), found: "\(YAMLValue.cut(word.text)) follows a complete assertion",
            expected: "FIGURE OP NUMBER, FIGURE OP FIGURE or FIGURE OP NUMBER * FIGURE")
    }

    private mutating func take() -> (text: String, offset: Int)? {
        guard next < words.count else { return nil }
        next += 1
        return words[next - 1]
    }

    private func error(_ what: String, expected: String) -> TopologyError {
        let shown = text.isEmpty ? "an empty assertion" : "the assertion \(YAMLValue.cut(text))"
        return TopologyError(place(text.count), found: "\(shown) \(what)", expected: expected)
    }

    private func place(_ offset: Int) -> SourceLocation {
        SourceLocation(file: location.file, line: location.line, column: location.column + offset)
    }
}
