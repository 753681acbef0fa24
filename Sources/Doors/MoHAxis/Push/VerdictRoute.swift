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
            guard let entry = try await axis.store.entry("\(header.senderID)|\(header.messageID)"),
                request.receivedAt - entry.receivedAt < Int64(axis.settings.lookUpDays) * 86_400_000
            else {
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
}
