/// The addresses of a station's pages. None has anything of a person in it.
struct StationPaths: Sendable {
    let base: String

    func home(_ say: Language) -> String { "\(base)/\(say.rawValue)" }
    func form(_ kind: RecordKind, _ say: Language) -> String { "\(home(say))/\(kind.rawValue)" }
    func form(_ kind: RecordKind, _ number: String, _ say: Language) -> String {
        "\(form(kind, say))?number=\(number)"
    }
    func amend(_ say: Language) -> String { "\(home(say))/amend" }
    func amend(_ number: String, _ say: Language) -> String { "\(amend(say))?number=\(number)" }
    func withdraw(_ say: Language) -> String { "\(home(say))/withdraw" }
    func withdraw(_ number: String, _ say: Language) -> String { "\(withdraw(say))?number=\(number)" }
    func record(_ number: String, _ say: Language) -> String { "\(home(say))/record?number=\(number)" }
    func lookUp(_ say: Language) -> String { "\(home(say))/look-up" }
}
