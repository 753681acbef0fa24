import DoorHouse

/// What the calls of the portal take and give, for their description in OpenAPI.
enum PortalShapes {
    private typealias Field = OperationShape.Field

    private static let bodyTypes = ["application/x-www-form-urlencoded", "application/json"]
    private static let result = Field("maKetQua", "the result, three digits")
    private static let words = Field("thongDiep", "the result in words")
    private static let answers: [(status: Int, meaning: String)] = [
        (200, "taken, or answered"), (400, "a parameter, or the file, is not as it must be (201, 202, 205)"),
        (401, "name, password or token is wrong, or the token has expired"),
        (403, "the account may not speak for that facility"), (404, "nothing is there (204)"),
        (405, "another method"), (413, "the body is too large"),
        (503, "maintenance, overload, or a party does not answer: send the same again"),
    ]
    private static let credentials = [
        Field("token", "access_token of the login"), Field("id_token", "id_token of the login"),
        Field("username", "the account"), Field("password", "MD5 of the password, upper case"),
    ]

    /// `token/take`.
    static let token = OperationShape(
        bodyTypes: bodyTypes,
        body: [Field("username", "the account"), Field("password", "MD5 of the password, upper case")],
        answers: answers, reply: [result, words, Field("APIKey", "access_token, id_token, expires_in", .object)])

    /// Calls that carry a file.
    static let file = OperationShape(
        bodyTypes: bodyTypes,
        headers: [
            Field("accessToken", "access_token of the login"), Field("tokenId", "id_token of the login"),
            Field("passwordHash", "MD5 of the password, upper case"),
        ],
        body: [
            Field("username", "the account"), Field("loaiHoSo", "0 for check-in, 130 for visits"),
            Field("maTinh", "first two digits of maCSKCB"), Field("maCSKCB", "the facility, five digits"),
            Field("fileHSBase64", "the file, in base64"),
        ], answers: answers,
        reply: [
            result, words, Field("maGiaoDich", "the transaction"), Field("thoiGianTiepNhan", "yyyyMMddHHmmss"),
            Field("dsLoi", "what is wrong with the file (simulator-defined)", .array),
            Field("dsKetQua", "check-in: the card check of each person", .array),
        ])

    /// `nhanChiTietLoiHS`.
    static let lookUp = OperationShape(
        bodyTypes: bodyTypes, query: credentials, body: [Field("maGiaoDich", "the transaction of a submission")],
        answers: answers,
        reply: [
            result, words, Field("tongSo", "visits of the file", .integer),
            Field("soHSThanhCong", "shared", .integer), Field("soHSLoi", "refused", .integer),
            Field("soHSChoKetQua", "without a result", .integer), Field("dsHoSo", "each visit", .array),
        ])

    /// `KQNhanLichSuKCB2024`.
    static let card = cards("year alone or dd/MM/yyyy", "dsLichSuKCB2018", "dsLichSuKT2018")
    /// `Lskcb2025`.
    static let history = cards("dd/MM/yyyy", "dsLichSuKCB2025", "dsLichSuKT2025")

    private static func cards(_ birth: String, _ visits: String, _ inquiries: String) -> OperationShape {
        OperationShape(
            bodyTypes: bodyTypes, query: credentials,
            body: [
                Field("maThe", "the card"), Field("hoTen", "name of its holder"), Field("ngaySinh", birth),
                Field("hoTenCb", "name of the officer who asks"), Field("cccdCb", "number of the officer"),
            ], answers: answers,
            reply: [
                result, Field("ghiChu", "the result in words"), Field(visits, "visits of the holder", .array),
                Field(inquiries, "who asked before", .array),
            ])
    }
}
