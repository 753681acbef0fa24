/// At a province's gateway.
extension HISLine {
    static let province: [HISLine] = [
        HISLine(
            "province.login", "it has logged in", by: dispatch7286, hint: "POST a login with a test account",
            .request { ["login", "token"].contains($0.call) && $0.verdict.hasPrefix("200 logged in") }),
        HISLine(
            "province.submitted", "it has sent a message that was stored", by: dispatch7286,
            hint: "POST KHAMSUCKHOE as header and data{content} to kham-suc-khoe",
            .request { isStored($0) && !$0.verdict.contains("stored before") }),
        HISLine(
            "province.sent-again", "it has sent a message again under its msg_id, and got the same maGiaoDich",
            by: "docs/doors.md", hint: "send the very same message once more",
            .request { isStored($0) && $0.verdict.contains("stored before") }),
        HISLine(
            "province.looked-up", "it has looked up a message of which every record had its end", by: "docs/doors.md",
            hint: "ask giao-dich or doi-soat-byt until no record is under way",
            .request { hasEnded($0) }),
        HISLine(
            "province.refusal-seen", "it has looked up a message of which a record was refused", by: "docs/doors.md",
            hint: "send a record that MoH, VSS or C06 refuses, and look its message up",
            .request { hasEnded($0) && ($0.number(before: "refused") ?? 0) > 0 }),
        HISLine(
            "province.new-version",
            "it has sent a record with other contents under a new msg_id, and looked it up as a later version",
            by: "docs/doors.md", hint: "change a record, send it under a new msg_id, and look that message up",
            .request { ($0.number(before: "later") ?? 0) > 0 }),
        oneReading("province"), cleanQuery("province"),
    ]

    private static let dispatch7286 = "dispatch 7286/SYT-QLBHYTCNTT (22 July 2026)"

    private static func isStored(_ request: DoorRequestEntry) -> Bool {
        request.call == "kham-suc-khoe" && [200, 202].contains(request.status)
    }

    /// `200 4 shared, 2 refused of 6` says that all six have their end.
    private static func hasEnded(_ request: DoorRequestEntry) -> Bool {
        guard let shared = request.number(before: "shared"), let refused = request.number(before: "refused"),
            let all = request.number(after: "of")
        else { return false }
        return all > 0 && shared + refused == all
    }
}
