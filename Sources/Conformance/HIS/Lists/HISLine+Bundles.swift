/// At the facility's door of FHIR, which takes Bundles of visits. It is told of no reading, so there is no line of one.
extension HISLine {
    static let bundles: [HISLine] = [
        HISLine(
            "fhir.submitted", "it has sent a Bundle of which visits were taken in", by: standard,
            hint: "POST a Bundle of type transaction with a facility's token",
            .request { $0.status == 200 && ($0.number(before: "of") ?? 0) > 0 }),
        HISLine(
            "fhir.sent-again", "it has sent a Bundle again, without a second effect", by: "docs/fhir.md",
            hint: "send the very same Bundle once more",
            .request {
                guard let before = $0.number(before: "as") else { return false }
                return before > 0 && before == $0.number(after: "of")
            }),
        HISLine(
            "fhir.corrected", "it has sent a visit that was refused with other contents, and it was taken in",
            by: "docs/fhir.md", hint: "correct a visit that VSS, C06 or MoH refused, and send it",
            .request { ($0.number(before: "corrected") ?? 0) > 0 }),
        cleanQuery("fhir"),
    ]

    private static let standard = "FHIR R4, \"RESTful API\", \"batch/transaction\""
}
