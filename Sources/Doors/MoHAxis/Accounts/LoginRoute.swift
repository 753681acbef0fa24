import DoorHouse
import Foundation

/// `auth/login` (Decision 2062/QD-BYT, Annex 02). The reply bears no signature: it has no message to refer to.
struct LoginRoute: Sendable {
    let gate: AxisGate
    let writer: AxisWriter

    private struct Question: Decodable {
        var username: String
        var password: String
    }

    private struct Reply: Encodable {
        var header: Header
        var data: Session?

        struct Header: Encodable {
            var version = "1.0"
            var success: Bool
            var sendDatetime: String
            var resDatetime: String
            var resCode: ResultCode
            var resMsg: String
        }

        struct Session: Encodable {
            var token: String
            /// No public text gives a path that takes it.
            var refreshToken: String
            /// Seconds.
            var duration: Int
            var role: AxisRole
        }
    }

    func handle(_ request: DoorRequest) -> DoorAnswer {
        guard let question = try? JSONDecoder().decode(Question.self, from: Data(request.body)),
            !question.username.isEmpty
        else {
            return answer(
                .invalidRequest, "nội dung phải là JSON với username và password",
                "the body has no username and password",
                request)
        }
        guard let session = gate.logIn(question.username, question.password, at: request.receivedAt) else {
            return answer(.accountFail, "sai tài khoản hoặc mật khẩu", "account or password is wrong", request)
        }
        return answer(
            .success, "Thành công", "logged in as \(session.account.role.rawValue)", request,
            Reply.Session(
                token: session.token, refreshToken: session.refreshToken, duration: session.duration,
                role: session.account.role), account: question.username)
    }

    private func answer(
        _ code: ResultCode, _ words: String, _ verdict: String, _ request: DoorRequest, _ data: Reply.Session? = nil,
        account: String? = nil
    ) -> DoorAnswer {
        let time = String(request.receivedAt)
        let reply = Reply(
            header: .init(
                success: code == .success, sendDatetime: time, resDatetime: time, resCode: code, resMsg: words),
            data: data)
        return writer.answer(code, AxisWriter.json(reply), verdict: verdict, readings: [], account: account)
    }
}
