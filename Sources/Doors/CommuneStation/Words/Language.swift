/// The language of a page. It stands in the address, so that no cookie is needed.
enum Language: String, Sendable, CaseIterable {
    case vietnamese = "vi"
    case english = "en"

    /// The words of this language.
    func callAsFunction(_ vietnamese: String, _ english: String) -> String {
        self == .vietnamese ? vietnamese : english
    }

    /// The other one.
    var other: Language { self == .vietnamese ? .english : .vietnamese }

    /// What it calls itself.
    var ownName: String { self("Tiếng Việt", "English") }
}
