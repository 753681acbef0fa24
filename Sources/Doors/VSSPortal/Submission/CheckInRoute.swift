import DoorDesk
import DoorHouse
import ExchangeSchema
import Foundation
import HealthStandards

/// `checkInKcbQd3176`, `Qd4750` and `Qd130`: XML0, loaiHoSo 0, who has come with which card. VSS is asked about each card,
/// and the answer says what it found; a check-in is no record of the exchange, so that nothing else becomes of it.
struct CheckInRoute: Sendable {
    let gate: PortalGate
    let writer: PortalWriter
    let desk: CardDesk
    let store: TransactionStore
    let days: Int

    private struct Reply: Encodable {
        var maKetQua = PortalResult.accepted
        var maGiaoDich: String
        var thoiGianTiepNhan: String
        var thongDiep: String
        var dsKetQua: [Finding]

        struct Finding: Encodable {
            var maLk: String
            /// Of the card check; empty where there is no card.
            var maKetQua: String
            var ghiChu: String
        }
    }

    func handle(_ request: DoorRequest) async -> DoorAnswer {
        let posted: PostedFile
        do throws(PortalGate.Refusal) {
            posted = try PostedFile(request, kind: "0", gate)
        } catch {
            return writer.refusal(error)
        }
        let username = posted.account.username
        let (people, problems) = CheckInReader.read(posted.bytes)
        guard problems.isEmpty else {
            var reply = PortalReply(.contentWrong, "hồ sơ check-in có lỗi, xem dsLoi")
            reply.dsLoi = problems.map(PortalReply.Fault.init)
            return writer.answer(
                reply, status: PortalResult.contentWrong.status, verdict: "202 \(problems.count) faults in XML0",
                readings: posted.readings, account: username)
        }
        guard !people.isEmpty else {
            return writer.refusal(.empty, "không có ai", "nobody in XML0", readings: posted.readings, account: username)
        }
        guard people.allSatisfy({ $0["MA_CSKCB"] == posted.facilityCode }) else {
            return writer.refusal(
                .unauthorised, "MA_CSKCB trong hồ sơ không phải \(posted.facilityCode)",
                "MA_CSKCB of the file is not that of the form", readings: posted.readings, account: username)
        }
        let entry = TransactionStore.Entry(
            identifier: SubmittedFile.transaction(of: username, kind: "0", posted.bytes), account: username,
            facility: posted.facilityCode, receivedAt: request.receivedAt, episodes: [], answer: nil)
        do {
            return try await take(people, entry, posted)
        } catch {
            return writer.refusal(
                .serverError, "hệ thống chưa tiếp nhận được, hãy gửi lại sau", "not taken in: \(error)",
                readings: posted.readings, account: username)
        }
    }

    private func take(
        _ people: [CheckInReader.CheckIn], _ entry: TransactionStore.Entry, _ posted: PostedFile
    ) async throws -> DoorAnswer {
        let oldest = entry.receivedAt - Int64(days) * 86_400_000
        let kept = try await store.begin([entry], forgettingBefore: oldest).first ?? entry
        if let answer = kept.answer {
            return writer.answer(
                stored: answer, verdict: "200 answered before, the same again", readings: posted.readings,
                account: entry.account)
        }
        var findings: [Reply.Finding] = []
        for person in people {
            let code = await cardCode(of: person, account: entry.account)
            if code == "100" || code == "101" { throw PartyLine.Failure(description: CardCodes.words(code)) }
            findings.append(
                .init(maLk: person["MA_LK"], maKetQua: code, ghiChu: code.isEmpty ? "" : CardCodes.words(code)))
        }
        let reply = Reply(
            maGiaoDich: kept.identifier, thoiGianTiepNhan: PortalTime.stamp(kept.receivedAt),
            thongDiep: "Đã tiếp nhận \(people.count) lượt", dsKetQua: findings)
        let body = PortalWriter.json(reply)
        try await store.conclude([(kept.identifier, body)])
        return writer.answer(
            stored: body,
            verdict: "200 \(people.count) checked in, cards: \(findings.map(\.maKetQua).joined(separator: " "))",
            readings: posted.readings, account: entry.account)
    }

    private func cardCode(of person: CheckInReader.CheckIn, account: String) async -> String {
        guard let card = person["MA_THE_BHYT"].split(separator: ";").first else { return "" }
        var question = CardQuestion()
        question.card = String(card)
        question.fullName = person["HO_TEN"]
        question.birthDate = String(person["NGAY_SINH"].prefix(8))
        question.account = account
        return await desk.ask(question).code
    }
}
