import DoorHouse

/// What the room takes and gives, for its description in OpenAPI.
enum ReadingShapes {
    private typealias Field = OperationShape.Field

    private static let login = Field("Authorization", "Basic, with name and password of an account")
    private static let accept = Field(
        "Accept", "application/json for JSON; anything else, or text/html beside it, for the page", isRequired: false)
    private static let purpose = Field("purpose", "why: 1 to 500 printable characters on one line")
    private static let province = Field(
        "province", "two digits; may be left out by a province, which reads of itself", isRequired: false)
    private static let month = Field("month", "of the discharge, as 2026-11; empty for all", isRequired: false)
    private static let officer = Field("officer", "who looks, at most 100 characters", isRequired: false)
    private static let answers: [(status: Int, meaning: String)] = [
        (200, "what was asked for; it was written down before"), (400, "a field is missing or malformed"),
        (401, "no account"), (403, "another province, or MoH refuses (code is MoH's)"),
        (404, "no such book, or no warehouse yet"), (405, "another method"), (413, "the form is too large"),
        (503, "it cannot be written down, or MoH does not answer: try again"),
    ]

    private static func shape(_ body: [Field], _ reply: [Field]) -> OperationShape {
        var shape = OperationShape(
            bodyTypes: body.isEmpty ? [] : ["application/x-www-form-urlencoded"], headers: [login, accept], body: body,
            answers: answers,
            reply: reply + [
                Field("status", "of an error: the HTTP status", .integer),
                Field("code", "of an error: the same for the same reason"),
                Field("message", "of an error: for people"),
            ])
        shape.otherReplyTypes = ["text/html"]
        return shape
    }

    /// What there is to read.
    static let desk = shape(
        [],
        [
            Field("account", "the account"), Field("reader", "ministry, or province and its code"),
            Field("provinces", "codes of the provinces that it may read", .array),
            Field("groupings", "by what a warehouse can be grouped", .array),
        ])

    /// As `cycle warehouse NN report --json`.
    static let warehouse = shape(
        [province, month, Field("by", "a grouping; may come several times", isRequired: false), officer, purpose],
        [
            Field("province", "code"), Field("provinceName", "name"), Field("month", "left out where it is of all"),
            Field("people", "residents with a visit in the book", .integer),
            Field("total", "visits, correct, complete, clean, live", .object),
            Field("before", "the same of the month before", .object),
            Field("withdrawn", "visits that were withdrawn", .integer),
            Field("superseded", "earlier revisions", .integer),
            Field("groups", "by grouping, rows with key, title and the numbers of total", .object),
            Field("silentFacilities", "facilities that sent nothing in the month", .array),
            Field("definitions", "how each number is defined", .object),
            Field("coverage", "residents, withBook, countedAt, share", .object),
        ])

    /// As `cycle report department --json`.
    static let department = shape(
        [province, month, officer, purpose],
        [
            Field("province", "code"), Field("provinceName", "name"), Field("month", "left out where it is of all"),
            Field("day", "the day of which it says who sent nothing, as 2026-11-29"),
            Field("coverage", "residents, withBook, countedAt, share", .object),
            Field("countedProvinces", "provinces of which there is a count", .array),
            Field("facilities", "on the register, and those that send", .object),
            Field("people", "residents with a visit in a book", .integer),
            Field("withdrawn", "visits that were withdrawn", .integer),
            Field("superseded", "earlier revisions", .integer),
            Field("total", "visits, correct, complete, clean, live", .object),
            Field("before", "the same of the month before", .object),
            Field("kinds", "the same by kind", .array), Field("senders", "the same by facility", .array),
            Field("refusals", "what was returned to facilities", .object),
            Field("repeats", "tests that were done again", .object),
            Field("definitions", "how each number is defined", .object),
        ])

    /// A citizen's book.
    static let book = shape(
        [Field("citizen", "the number of 12 digits"), officer, purpose],
        [
            Field("answeredAt", "when MoH answered, Unix milliseconds", .integer),
            Field("citizen", "the number in force"), Field("formerNumbers", "latest first", .array),
            Field("profile", "name, version, source", .object),
            Field("enrolledAt", "when the book was opened before any visit, Unix milliseconds", .integer),
            Field("administrative", "who the person is: name, label, value", .array),
            Field("visits", "fields, summary, drugs, services, results, sources", .array),
            Field("vaccinations", "fields, sources", .array), Field("healthChecks", "fields, results, sources", .array),
        ])
}
