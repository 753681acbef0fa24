import DoorHouse

/// What the calls of the axis and of the agent take and give, for their description in OpenAPI.
enum AxisShapes {
    private typealias Field = OperationShape.Field

    private static let bearer = Field("Authorization", "Bearer and the token of the login")
    private static let answers: [(status: Int, meaning: String)] = [
        (200, "read res_code: taken in, or refused by the organisation's signature, C06 or MoH"),
        (400, "not to the standard, or the signature does not hold"), (401, "name, password or token is wrong"),
        (403, "the role or the sender may not do this"), (405, "another method"), (413, "the body is too large"),
        (500, "the facility does not answer: send the same again"), (503, "overload: likewise"),
    ]
    private static let reply = [
        Field("header", "sender and receiver swapped, msg_type 102, txn_id, ref_msg_id, res_code, res_msg", .object),
        Field(
            "data", "data_state, data_state_msg, message_check_ca, message_notify; details (simulator-defined)", .object
        ),
        Field("signature", "RSA over A.B with the axis's key"),
    ]

    /// `auth/login`.
    static let login = OperationShape(
        bodyTypes: ["application/json"],
        body: [Field("username", "the account"), Field("password", "its password")], answers: answers,
        reply: [
            Field("header", "success, res_code, res_msg", .object),
            Field("data", "token, refresh_token, duration in seconds, role", .object),
        ])

    /// Both calls that push.
    static let push = OperationShape(
        bodyTypes: ["application/json"], headers: [bearer, Field("service-type", "100")],
        body: [
            Field(
                "header", "version, sender_id, receiver_id, txn_type, msg_id, msg_type 101, data_type, send_datetime",
                .object),
            Field("data", "the file in base64; another shape where a reading says so"),
            Field("signature", "RSA over A.B, hexadecimal in upper case; otherwise where a reading says so"),
        ], answers: answers, reply: reply)

    /// `platform/verdict`.
    static let verdict = OperationShape(
        headers: [bearer], query: [Field("ref_msg_id", "msg_id of the message")], answers: answers, reply: reply)

    /// `integrate/v1/G12`.
    static let agent = OperationShape(
        bodyTypes: ["application/json"],
        headers: [
            Field("authorization", "the key of the National Data Centre"), Field("X-Service", "G12"),
            Field("data-type", "the service"), Field("request-id", "unique at the sender"),
            Field("request-time", "ddMMyyyyHHmmss in Viet Nam's time"),
        ],
        body: [Field("fileName", "name of the file"), Field("fileContent", "GIAMDINHHS in base64")],
        answers: [
            (200, "taken in"), (400, "a field or the file is not as it must be"), (401, "the key is nobody's"),
            (405, "another method"), (413, "the body is too large"), (503, "send the same again"),
        ],
        reply: [
            Field("statusCode", "200 or 400"), Field("data", "an error code (simulator-defined), or nothing"),
            Field("responseTime", "ddMMyyyyHHmmss"),
        ], replyType: "application/xml")
}
