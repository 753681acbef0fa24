/// The language of a page.
public enum PageLanguage: String, Sendable, CaseIterable {
    case english = "en"
    case vietnamese = "vi"

    /// The words of this language.
    func callAsFunction(_ english: String, _ vietnamese: String) -> String {
        self == .english ? english : vietnamese
    }

    /// Names one after the other, with “and” before the last.
    func list(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + self(" and ", " và ") + last
    }
}
