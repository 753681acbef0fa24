import PartyCore

extension Ledger {
    /// The figures in which a ledger rebuilt today differs from this one, as `shared 12 -> 13`. When the first visit was
    /// submitted is the pace's affair and left out.
    func differences(today: Ledger) -> [String] {
        let figures: [(String, KeyPath<Ledger, Int64>)] = [
            ("submitted", \.submitted), ("shared", \.shared), ("refused", \.refused), ("pending", \.pending),
            ("held", \.held), ("duplicatesIgnored", \.duplicatesIgnored), ("staleIgnored", \.staleIgnored),
            ("deadLetters", \.deadLetters), ("resubmitted", \.resubmitted), ("corrected", \.corrected),
            ("wrongMatches", \.wrongMatches), ("nextVisit", \.nextVisit),
        ]
        var found = figures.compactMap { name, path in
            self[keyPath: path] == today[keyPath: path]
                ? nil : "\(name) \(self[keyPath: path]) -> \(today[keyPath: path])"
        }
        if refusedByReason != today.refusedByReason { found.append("refused by reason") }
        if signatures != today.signatures { found.append("signatures") }
        if sharedByProvince != today.sharedByProvince { found.append("shared by province") }
        return found
    }
}
