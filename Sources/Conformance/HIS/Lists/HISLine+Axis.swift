/// At MoH's axis, and at the agent before it.
extension HISLine {
    static let axis: [HISLine] = [
        HISLine(
            "axis.login", "it has logged in", by: decision, hint: "POST /api/auth/login with a test account",
            .request { $0.call == "login" && $0.verdict.hasPrefix("CM_SUCCESS logged in") }),
        HISLine(
            "axis.submitted", "it has sent a message of which records were taken in", by: decision,
            hint: "push an envelope to resource-sync/push or data-sync/push",
            .request { $0.call == "push" && hasTakenRecords($0) }),
        HISLine(
            "axis.sent-again", "it has sent a message again under its msg_id, and got the first answer",
            by: "docs/doors.md", hint: "send the very same message once more",
            .request { $0.call == "push" && wasAnsweredBefore($0) }),
        HISLine(
            "axis.new-version", "it has sent a record with other contents under a new msg_id: the next version of it",
            by: "docs/doors.md", hint: "change a record that was taken in, and send it under a new msg_id",
            .request { $0.call == "push" && hasNewVersions($0) }),
        HISLine(
            "axis.verdict", "it has looked up the verdicts on a message, when none was open any more",
            by: "docs/doors.md (simulator-defined)",
            hint: "GET /api/platform/verdict?ref_msg_id= until no record is open",
            .request { $0.call == "verdict" && $0.number(before: "of") == 0 && $0.verdict.contains("records open") }),
        HISLine(
            "axis.signed", "the signature of each of its last three messages held", by: decision,
            hint: "sign as readings.checksum, hash and blanks say, at least three messages",
            .last(where: { $0.call == "push" && (hasTakenRecords($0) || wasAnsweredBefore($0) || isBadlySigned($0)) }) {
                $0.filter(isBadlySigned).map {
                    Finding($0.identifier, expected: "a signature that holds", found: $0.verdict)
                }
            }),
        oneReading("axis"), cleanQuery("axis"),
    ]

    static let agent: [HISLine] = [
        HISLine(
            "agent.submitted", "it has sent a file of which records were taken in", by: agentDecision,
            hint: "POST fileName and fileContent to /api/integrate/v1/G12",
            .request { $0.call == "G12" && hasTakenRecords($0) }),
        HISLine(
            "agent.sent-again", "it has sent a file again under its request-id, and got the first answer",
            by: "docs/doors.md", hint: "send the very same file once more, under the same request-id",
            .request { $0.call == "G12" && wasAnsweredBefore($0) }),
        HISLine(
            "agent.new-version",
            "it has sent a record with other contents under a new request-id: the next version of it",
            by: "docs/doors.md", hint: "change a record that was taken in, and send it under a new request-id",
            .request { $0.call == "G12" && hasNewVersions($0) }),
        oneReading("agent"), cleanQuery("agent"),
    ]

    private static let decision = "Decision 2062/QD-BYT, Annex 02"
    private static let agentDecision = "Decision 1551/QD-BYT, Annex 03"

    private static func hasTakenRecords(_ request: DoorRequestEntry) -> Bool {
        request.verdict.contains(" records taken in")
    }

    private static func wasAnsweredBefore(_ request: DoorRequestEntry) -> Bool {
        request.verdict.contains("answered before, the same again")
    }

    private static func hasNewVersions(_ request: DoorRequestEntry) -> Bool {
        (request.number(before: "new") ?? 0) > 0
    }

    private static func isBadlySigned(_ request: DoorRequestEntry) -> Bool {
        request.verdict.hasPrefix("PS_DS_RSA_SIGNATURE")
    }
}
