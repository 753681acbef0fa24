import DoorHouse

/// `token/take`: name and password in, two tokens out.
struct TokenRoute: Sendable {
    let gate: PortalGate
    let writer: PortalWriter

    private struct Reply: Encodable {
        var maKetQua = PortalResult.accepted
        var key: Key

        enum CodingKeys: String, CodingKey {
            case maKetQua
            case key = "APIKey"
        }

        struct Key: Encodable {
            var access: String
            var identity: String
            var type = "Bearer"
            var username: String
            /// The moment in UTC.
            var expires: String

            enum CodingKeys: String, CodingKey {
                case access = "access_token"
                case identity = "id_token"
                case type = "token_type"
                case username
                case expires = "expires_in"
            }
        }
    }

    func handle(_ request: DoorRequest) -> DoorAnswer {
        guard let fields = PortalFields(request) else {
            return writer.refusal(
                .parameterWrong, "nội dung không phải form hoặc JSON", "the body is no form and no JSON")
        }
        let username = fields["username"]
        guard !username.isEmpty, !fields["password"].isEmpty else {
            return writer.refusal(
                .parameterWrong, "thiếu username hoặc password", "username or password is missing",
                readings: [fields.reading])
        }
        do throws(PortalGate.Refusal) {
            let found = try gate.logIn(username, fields["password"], at: request.receivedAt)
            let key = Reply.Key(
                access: found.tokens.access, identity: found.tokens.identity, username: username,
                expires: PortalTime.universal(found.tokens.expires))
            return writer.answer(
                Reply(key: key), status: 200, verdict: "200 logged in", readings: [fields.reading, found.reading],
                account: username)
        } catch {
            return writer.refusal(error)
        }
    }
}
