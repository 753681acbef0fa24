extension StringProtocol {
    /// The text without the blanks around it.
    var trimmingBlanks: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }

    /// Whether every character is one of the ten ASCII digits.
    var isDigits: Bool { utf8.allSatisfy { $0 &- 0x30 < 10 } }
}
