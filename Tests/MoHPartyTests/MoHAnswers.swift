import ExchangeSchema

/// Answers of VSS and C06 as MoH gets them.
struct MoHAnswers {
    func covered(_ record: RecordIdentifier, revision: UInt32 = 1) -> Assessment {
        var message = Assessment()
        message.recordID = record.description
        message.revision = revision
        message.outcome = .covered
        message.cardCheckCode = "000"
        message.benefitPercent = 80
        return message
    }

    func refused(_ record: RecordIdentifier, code: String, revision: UInt32 = 1) -> Assessment {
        var message = covered(record, revision: revision)
        message.outcome = .refused
        message.cardCheckCode = code
        message.benefitPercent = 0
        var contradiction = Contradiction()
        contradiction.field = "MA_THE_BHYT"
        contradiction.value = "X"
        contradiction.rule = "a rule"
        message.contradictions = [contradiction]
        return message
    }

    func match(_ record: RecordIdentifier, revision: UInt32 = 1) -> IdentityResult {
        var message = IdentityResult()
        message.recordID = record.description
        message.revision = revision
        message.outcome = .match
        message.civilStatus = .unchanged
        message.citizenNumber = "001085000001"
        return message
    }

    func noMatch(
        _ record: RecordIdentifier, _ outcome: IdentityOutcome, _ reason: MismatchReason = .unspecified,
        revision: UInt32 = 1
    ) -> IdentityResult {
        var message = match(record, revision: revision)
        message.outcome = outcome
        message.mismatchReason = reason
        message.citizenNumber = ""
        return message
    }
}
