/// Numbers of people, cards and telephones in a text that a person wrote about something else, for example a reason.
public enum NumberInWords {
    /// Whether such a number stands in the text: nine digits or more in a row, or twelve in groups of three or four with a blank,
    /// a dot or a hyphen between.
    public static func stands(in text: String) -> Bool {
        var groups: [Int] = []  // sizes of the groups of digits that hang together
        var isApart = true  // whether what comes next begins anew
        var previousIsDigit = false
        for scalar in text.unicodeScalars {
            if scalar.properties.numericType == .decimal {
                if previousIsDigit {
                    groups[groups.count - 1] += 1
                } else {
                    if isApart { groups = [] }
                    groups.append(1)
                }
                (previousIsDigit, isApart) = (true, false)
                if groups[groups.count - 1] >= 9 { return true }
            } else {
                if previousIsDigit, isWritten(groups) { return true }
                isApart = !(previousIsDigit && " .-\u{A0}".unicodeScalars.contains(scalar))
                previousIsDigit = false
            }
        }
        return previousIsDigit && isWritten(groups)
    }

    private static func isWritten(_ groups: [Int]) -> Bool {
        groups.suffix(4) == [3, 3, 3, 3] || groups.suffix(3) == [4, 4, 4]
    }
}
