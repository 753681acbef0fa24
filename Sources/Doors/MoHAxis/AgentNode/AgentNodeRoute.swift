import Crypto
import DoorHouse
import ExchangeSchema
import Foundation

/// `/api/integrate/v1/G12`: a file of health records from VSS, as the agent of the National Data Centre takes it.
struct AgentNodeRoute: Sendable {
    let settings: AgentNodeSettings
    let files: FileDesk
    let store: MessageStore
    let desk: PushDesk

    private struct Body: Decodable {
        var fileName: String
        var fileContent: String
    }

    func handle(_ request: DoorRequest) async -> DoorAnswer {
        var account: AgentNodeAccount?
        var readings: [String] = []
        do {
            let entered = try enter(request)
            account = entered
            return try await take(request, entered, &readings)
        } catch let refusal as AgentNodeAnswer.Refusal {
            return refused(refusal, request, readings, account)
        } catch let refusal as AxisRefusal {
            let details = (refusal.details ?? []).compactMap(\.message).prefix(10).joined(separator: "; ")
            let words = details.isEmpty ? refusal.words : "\(refusal.words): \(details)"
            return refused(
                .init(fault: .init(refusal.code), words: words, verdict: refusal.verdict), request, readings, account)
        } catch {
            let verdict = error is TooMuchWaiting ? "too much waits" : "the facility does not take it: \(error)"
            return refused(
                .init(fault: .tryAgain, words: "chưa tiếp nhận được, hãy gửi lại cùng request-id", verdict: verdict),
                request, readings, account)
        }
    }

    /// The rules of the head, in their order.
    private func enter(_ request: DoorRequest) throws(AgentNodeAnswer.Refusal) -> AgentNodeAccount {
        let key = request.headers["authorization"] ?? ""
        guard let account = settings.accounts.first(where: { $0.key == key }) else {
            throw .init(fault: .authorization, words: "authorization không đúng", verdict: "the key is nobody's")
        }
        guard request.headers["x-service"] == account.service else {
            throw .init(
                fault: .service, words: "X-Service phải là \(account.service)",
                verdict: "X-Service is not \(account.service)")
        }
        guard let sent = AxisTime.moment(request.headers["request-time"] ?? "") else {
            throw .init(
                fault: .timeMalformed, words: "request-time phải là ddMMyyyyHHmmss",
                verdict: "request-time is not ddMMyyyyHHmmss")
        }
        // A time without a fraction is that second, whichever part of it.
        let apart = abs(sent / 1_000 - Int64((Double(request.receivedAt) / 1_000).rounded(.down)))
        guard apart <= Int64(settings.clockSeconds) else {
            throw .init(
                fault: .timeOut,
                words: "request-time lệch \(apart) giây so với đồng hồ hệ thống, tối đa \(settings.clockSeconds)",
                verdict:
                    "request-time is \(apart) seconds off the clock here, at most \(settings.clockSeconds) are allowed")
        }
        guard settings.window.holds(request.receivedAt) else {
            throw .init(
                fault: .outsideWindow, words: "chỉ tiếp nhận từ 17:00 đến 07:00",
                verdict: "outside of 17:00 to 07:00, in which alone something is taken")
        }
        return account
    }

    private func take(
        _ request: DoorRequest, _ account: AgentNodeAccount, _ readings: inout [String]
    ) async throws -> DoorAnswer {
        let number = request.headers["request-id"] ?? ""
        guard (1...128).contains(number.utf8.count), number.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw AgentNodeAnswer.Refusal(
                fault: .requestIdentifier, words: "thiếu request-id (1 đến 128 ký tự)",
                verdict: "request-id is missing, or not 1 to 128 printable characters")
        }
        guard !(request.headers["data-type"] ?? "").isEmpty else {
            throw AgentNodeAnswer.Refusal(
                fault: .dataType, words: "thiếu data-type", verdict: "data-type is missing")
        }
        guard let body = try? JSONDecoder().decode(Body.self, from: Data(request.body)),
            let file = Data(base64Encoded: body.fileContent, options: .ignoreUnknownCharacters), !file.isEmpty,
            body.fileContent.first != "<"
        else {
            throw AgentNodeAnswer.Refusal(
                fault: .body, words: "nội dung phải là JSON với fileName và fileContent (Base64)",
                verdict: "the body has no fileName, or no fileContent in base64")
        }
        let identifier = "\(account.service)|\(number)"
        let digest = Array(SHA256.hash(data: file))
        if let entry = try await store.entry(identifier) {
            guard entry.digest == digest else { throw Self.reused }
            if let answer = entry.answer { return repeated(answer, readings, account) }
        }
        // What it sends may be of any facility.
        let sender = AxisAccount(
            username: account.username, password: "", role: .department, senderID: account.service)
        let (pushed, organisation) = try files.read(
            Array(file), kind: .ehr, of: sender, at: request.receivedAt, &readings)
        if let refusal = organisation.refusal { throw refusal }
        let entry = MessageStore.Entry(
            identifier: identifier, account: account.username, digest: digest, facility: pushed.senderCode,
            receivedAt: request.receivedAt, records: pushed.records.map(MessageStore.Record.init), signature: "",
            organisation: organisation.words, answer: nil)
        switch try await desk.hand(.init(entry: entry, records: pushed.records)) {
        case .otherContents: throw Self.reused
        case .answered(let answer): return repeated(answer, readings, account)
        case .taken(let entry, let standings):
            let words = PushWords(standings, faults: pushed.faults, recordCount: pushed.recordCount)
            guard words.takenCount > 0 else {
                throw AgentNodeAnswer.Refusal(
                    fault: .notAccepted, words: words.notice, verdict: "no record can be taken in")
            }
            let body = AgentNodeAnswer.body(nil, words.notice, at: entry.receivedAt)
            let kept = try await store.conclude([(entry.identifier, body)]).first ?? body
            return AgentNodeAnswer.answer(
                status: 200, kept,
                verdict: "200 \(words.takenCount) of \(pushed.recordCount) records taken in\(words.versions)",
                readings: readings, account: account.username)
        }
    }

    private static let reused = AgentNodeAnswer.Refusal(
        fault: .requestReused, words: "request-id này đã dùng cho nội dung khác",
        verdict: "request-id was used before, for another file")

    private func repeated(_ answer: [UInt8], _ readings: [String], _ account: AgentNodeAccount) -> DoorAnswer {
        AgentNodeAnswer.answer(
            status: 200, answer, verdict: "200 answered before, the same again", readings: readings,
            account: account.username)
    }

    private func refused(
        _ refusal: AgentNodeAnswer.Refusal, _ request: DoorRequest, _ readings: [String], _ account: AgentNodeAccount?
    ) -> DoorAnswer {
        AgentNodeAnswer.answer(
            status: settings.status == .asResult ? refusal.fault.status : 200,
            AgentNodeAnswer.body(refusal.fault, refusal.words, at: request.receivedAt),
            verdict: "400 \(refusal.fault.rawValue) \(refusal.verdict)", readings: readings, account: account?.username)
    }
}
