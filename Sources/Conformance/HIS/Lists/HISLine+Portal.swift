/// At the portal of VSS.
extension HISLine {
    static let portal: [HISLine] = [
        HISLine(
            "his.token", "it has taken a token", by: dispatch, hint: "POST /api/token/take with a test account",
            .request { $0.call == "take" && $0.verdict.hasPrefix("200 ") }),
        HISLine(
            "his.submitted", "it has sent an envelope that was taken in", by: dispatch,
            hint: "POST an envelope to guiHoSoXmlQD3176 or guiHoSoXmlQD4750", .request { isTakenInByPortal($0) }),
        HISLine(
            "his.sent-again", "it has sent a file again, and got the first answer with the same maGiaoDich",
            by: "docs/doors.md", hint: "send the very same file once more",
            .request { isPortalSubmission($0) && $0.verdict.hasPrefix("200 answered before") }),
        HISLine(
            "his.looked-up", "it has looked up a transaction of which a visit was refused", by: "docs/doors.md",
            hint: "send a visit that VSS or C06 refuses, and ask nhanChiTietLoiHS for its maGiaoDich",
            .request { hasLookedUpRefusal($0) }),
        HISLine(
            "his.corrected", "it has sent visits after that, and they were taken in", by: "docs/doors.md",
            hint: "correct the refused visit, and send it",
            .later(than: { hasLookedUpRefusal($0) }, { isTakenInByPortal($0) })),
        HISLine(
            "his.card", "it has checked a card", by: "dispatch 1923/BHXH-CNTT, annex",
            hint: "ask KQNhanLichSuKCB2024 or Lskcb2025 about a card",
            .request {
                ["KQNhanLichSuKCB2024", "Lskcb2025"].contains($0.call) && $0.status == 200 && hasCardCode($0)
            }),
        HISLine(
            "his.check-in", "it has checked a patient in", by: dispatch,
            hint: "send XML0 to checkInKcbQd3176, Qd4750 or Qd130",
            .request { $0.call.hasPrefix("checkInKcb") && $0.verdict.hasPrefix("200 ") }),
        oneReading("his"), cleanQuery("his"),
    ]

    private static let dispatch = "dispatch 1245/BHXH-CNTT (3 May 2024)"

    private static func isPortalSubmission(_ request: DoorRequestEntry) -> Bool {
        request.call.hasPrefix("guiHoSoXml") && request.status == 200
    }

    private static func isTakenInByPortal(_ request: DoorRequestEntry) -> Bool {
        isPortalSubmission(request) && request.verdict.hasPrefix("200 ") && request.verdict.contains("taken in")
    }

    private static func hasLookedUpRefusal(_ request: DoorRequestEntry) -> Bool {
        request.call == "nhanChiTietLoiHS" && (request.number(before: "refused") ?? 0) > 0
    }

    /// A result of the card check, and not one of the portal's own (205, 401, 500 and so on) for a bad call.
    private static func hasCardCode(_ request: DoorRequestEntry) -> Bool {
        let code = request.verdict.prefix { $0.isNumber }
        return code.count == 3 && !["054", "055", "100", "101", "205", "401", "500"].contains(code)
    }
}
