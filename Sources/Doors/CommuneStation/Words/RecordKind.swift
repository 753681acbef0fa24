/// What a commune station enters.
enum RecordKind: String, Sendable, CaseIterable {
    case visit
    case vaccination

    /// As a person calls it.
    func name(_ say: Language) -> String {
        switch self {
        case .visit: say("lượt khám", "visit")
        case .vaccination: say("mũi tiêm chủng", "vaccination")
        }
    }
}
