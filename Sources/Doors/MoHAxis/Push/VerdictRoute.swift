import DoorHouse

/// The verdicts that come later. That a message of type 102 comes later the texts say; no public text says by which path, so this
/// one is simulator-defined: `GET /api/platform/verdict?ref_msg_id=`.
struct VerdictRoute: Sendable {
    let axis: AxisParts

    func handle(_ request: DoorRequest) async -> DoorAnswer {
        var header = AxisHeader()
        var account: AxisAccount?
        do {
            let entered = try axis.gate.letIn(request)
            account = entered
            header.senderID = entered.senderID
            header.messageID = request.query["ref_msg_id"] ?? ""
            guard !header.messageID.isEmpty else {
                throw AxisRefusal.invalid("thiếu ref_msg_id", "ref_msg_id is missing")
            }
            let identifier = "\(header.senderID)|\(header.messageID)"
            let oldest = request.receivedAt - Int64(axis.settings.lookUpDays) * 86_400_000
            guard let entry = try await axis.store.entry(identifier), entry.receivedAt > oldest else {
                if let refusal = try await axis.store.refusal(identifier), refusal.receivedAt > oldest {
                    return refused(header, refusal.verdicts, request, entered)
                }
                throw AxisRefusal.invalid(
                    "không có thông điệp này trong \(axis.settings.lookUpDays) ngày", "no such message of this sender")
            }
            let verdicts = RecordVerdicts(entry, try await axis.desk.standings(of: entry))
            var data = AxisReply.Payload()
            data.dataStateMsg = verdicts.openCount == 0 ? "Đã xử lý" : "Chưa có đủ kết quả"
            data.messageCheckCa = entry.organisation
            data.messageNotify = verdicts.list.map(\.message).joined(separator: "; ")
            data.details = verdicts.details
            data.verdicts = verdicts.list
            let body = axis.writer.body(
                verdicts.code, data.dataStateMsg, to: header, service: "QR", data, receivedAt: request.receivedAt,
                at: request.receivedAt)
            return axis.writer.answer(
                verdicts.code, body, verdict: "\(verdicts.openCount) of \(entry.records.count) records open",
                readings: [],
                account: entered.username)
        } catch let refusal as AxisRefusal {
            return axis.writer.answer(
                refusal, to: header, service: "QR", account: account?.username, at: request.receivedAt)
        } catch {
            return axis.writer.answer(
                AxisRefusal(
                    code: .systemError, words: "chưa tra cứu được, hãy thử lại sau",
                    verdict: "the facility does not answer: \(error)"), to: header, service: "QR",
                account: account?.username, at: request.receivedAt)
        }
    }

    /// What is told of a message whose signatures were looked at, and which was not taken in.
    private func refused(
        _ header: AxisHeader, _ signatures: [CheckVerdict], _ request: DoorRequest, _ account: AxisAccount
    ) -> DoorAnswer {
        let failed = signatures.first { $0.state == .failed }
        let code = failed?.resCode ?? .invalidRequest
        var data = AxisReply.Payload()
        data.dataState = "1"
        data.dataStateMsg = "Không tiếp nhận"
        data.messageCheckCa = signatures.first { $0.check == .organisation }?.message ?? ""
        data.messageNotify = failed?.message ?? "thông điệp không được tiếp nhận"
        data.verdicts = RecordVerdicts.refused(signatures)
        let body = axis.writer.body(
            code, data.dataStateMsg, to: header, service: "QR", data, receivedAt: request.receivedAt,
            at: request.receivedAt)
        return axis.writer.answer(
            code, body, verdict: "the message was not taken in", readings: [], account: account.username)
    }
}
