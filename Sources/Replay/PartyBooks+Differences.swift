import PartyCore

extension PartyBooks {
    /// The figures in which books rebuilt today differ from these, as `shared 12 -> 13`. When the first visit was submitted
    /// is the pace's affair and left out.
    func differences(today: PartyBooks) -> [String] {
        let counts: [(String, KeyPath<PartyBooks, Int64>)] = [
            ("submitted", \.ledger.submitted), ("shared", \.ledger.shared), ("refused", \.ledger.refused),
            ("pending", \.ledger.pending), ("withdrawn", \.ledger.withdrawn), ("held", \.ledger.held),
            ("duplicatesIgnored", \.ledger.duplicatesIgnored), ("staleIgnored", \.ledger.staleIgnored),
            ("deadLetters", \.ledger.deadLetters), ("resubmitted", \.figures.submission.resubmitted),
            ("corrected", \.figures.submission.corrected), ("wrongMatches", \.figures.submission.wrongMatches),
            ("nextVisit", \.figures.submission.nextVisit), ("feedbackReduced", \.figures.feedback.reduced),
            ("feedbackRefused", \.figures.feedback.refused),
            ("amended", \.figures.submission.amended), ("superseded", \.figures.book.superseded),
            ("amending", \.figures.book.amending), ("refusedAmendments", \.figures.book.refusedAmendments),
            ("departed", \.figures.book.departed),
        ]
        var found = counts.compactMap { name, path in
            self[keyPath: path] == today[keyPath: path]
                ? nil : "\(name) \(self[keyPath: path]) -> \(today[keyPath: path])"
        }
        if ledger.refusedByReason != today.ledger.refusedByReason { found.append("refused by reason") }
        if figures.signatures != today.figures.signatures { found.append("signatures") }
        if figures.sharedByProvince != today.figures.sharedByProvince { found.append("shared by province") }
        return found
    }
}
