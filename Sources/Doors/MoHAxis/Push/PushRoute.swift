import Crypto
import DoorDesk
import DoorHouse
import EnvelopeSignature
import ExchangeSchema
import Foundation
import Synchronization

/// `data-sync/push` and `resource-sync/push` (Decision 2062/QD-BYT, Annexes 02 and 03): a signed message with a file, which is
/// looked at in the order of the axis: who sends it, its header, its signature, its organisation's signature; what is sound then
/// goes to the facility.
struct PushRoute: Sendable {
    let kind: AxisHeader.Kind
    let roles: [AxisRole]
    let axis: AxisParts

    /// The two letters with which txn_id begins: XX for the service, of which no list is public.
    var service: String { kind == .checkup ? "DS" : "RS" }

    func handle(_ request: DoorRequest) async -> DoorAnswer {
        let account: AxisAccount
        do throws(AxisRefusal) {
            account = try axis.gate.letIn(request)
        } catch {
            return axis.writer.answer(
                error, to: AxisHeader(), service: service, account: nil, at: request.receivedAt)
        }
        var message: AxisMessage?
        var readings: [String] = []
        do {
            let read = try AxisMessage(request.body)
            message = read
            return try await take(read, request, account, &readings)
        } catch let refusal as AxisRefusal {
            return axis.writer.answer(
                refusal, to: message?.header ?? AxisHeader(), service: service, readings: readings,
                account: account.username, at: request.receivedAt)
        } catch {
            let isBusy = error is TooMuchWaiting
            let silent =
                error is VerdictDesk.Silence ? "MoH does not write the verdicts down" : "the facility does not take it"
            return axis.writer.answer(
                AxisRefusal(
                    code: .systemError,
                    words: isBusy
                        ? "hệ thống đang quá tải, hãy gửi lại cùng msg_id"
                        : "hệ thống chưa tiếp nhận được, hãy gửi lại cùng msg_id",
                    verdict: isBusy ? "too much waits" : "\(silent): \(error)"),
                to: message?.header ?? AxisHeader(), service: service, readings: readings, account: account.username,
                at: request.receivedAt)
        }
    }

    private func take(
        _ message: AxisMessage, _ request: DoorRequest, _ account: AxisAccount, _ readings: inout [String]
    ) async throws -> DoorAnswer {
        let data = try examine(message, request, account)
        readings.append("data: \(data.shape.rawValue)")
        readings.append("receiver_id: \(AxisHeader.shown(message.header.receiverID))")
        let parts = SignedParts(header: message.headerText, data: data)
        let identifier = "\(message.header.senderID)|\(message.header.messageID)"
        let digest = Array(
            SHA256.hash(data: Data(SHA256.hash(data: Data(parts.header))) + Data(SHA256.hash(data: Data(data.raw)))))
        let verdicts = MessageVerdicts(
            senderID: message.header.senderID, messageID: message.header.messageID, digest: digest)
        let signed: ChecksumReading
        do {
            signed = try axis.signatures.judge(message.signature, over: parts, of: account)
        } catch {
            guard let found = verdicts.signature(refused: error) else { throw error }
            throw try await refuse(error, [found], identifier, request)
        }
        readings += signed.logged
        if let entry = try await axis.store.entry(identifier) {
            guard entry.digest == digest else { throw Self.otherContents }
            if let answer = entry.answer { return repeated(answer, readings, account) }
        }
        let (file, organisation): (PushedFile, OrganisationFinding)
        do {
            (file, organisation) = try axis.files.read(
                data, kind: kind, dataType: message.header.dataType, of: account, at: request.receivedAt, &readings)
        } catch let refusal as AxisRefusal {
            // The file is none that can be read: of it nothing can be said, and its organisation has signed nothing yet.
            throw try await refuse(refusal, [verdicts.signature(by: signed)], identifier, request)
        }
        let found = [verdicts.signature(by: signed), verdicts.organisation(organisation)].map {
            verdicts.about(file.records, $0)
        }
        if let refusal = organisation.refusal { throw try await refuse(refusal, found, identifier, request) }
        let entry = MessageStore.Entry(
            identifier: identifier, account: account.username, digest: digest, facility: file.senderCode,
            receivedAt: request.receivedAt, records: file.records.map(MessageStore.Record.init),
            signature: signed.description, organisation: organisation.words,
            verdicts: try await axis.verdicts.note(found), answer: nil)
        switch try await axis.desk.hand(.init(entry: entry, records: file.records)) {
        case .otherContents: throw Self.otherContents
        case .answered(let answer): return repeated(answer, readings, account)
        case .taken(let entry, let standings):
            return try await answer(message.header, entry, file, standings, readings, account)
        }
    }

    /// Has MoH write down the verdicts on a message that is not taken in.
    /// - Returns: The refusal, which tells them with their leaves.
    /// - Throws: Why MoH has not written them down: then the refusal may not be told.
    private func refuse(
        _ refusal: AxisRefusal, _ found: [FoundVerdict], _ identifier: String, _ request: DoorRequest
    ) async throws -> AxisRefusal {
        var refusal = refusal
        let verdicts = try await axis.verdicts.note(found)
        try await axis.store.refuse(verdicts, on: identifier, at: request.receivedAt)
        refusal.verdicts = RecordVerdicts.refused(verdicts)
        return refusal
    }

    /// The rules of the header, and the shape of `data`.
    private func examine(
        _ message: AxisMessage, _ request: DoorRequest, _ account: AxisAccount
    ) throws(AxisRefusal) -> MessageData {
        guard roles.contains(account.role) else {
            throw AxisRefusal(
                code: .permission, words: "vai trò \(account.role.rawValue) không được gọi \(request.path)",
                verdict: "the role \(account.role.rawValue) may not call this")
        }
        guard message.header.senderID == account.senderID else {
            throw AxisRefusal(
                code: .permission, words: "sender_id không phải của tài khoản, phải là \(account.senderID)",
                verdict: "sender_id is not the account's")
        }
        guard request.headers["service-type"] == "100" else {
            throw .invalid("thiếu service-type: 100", "the field service-type of the head is not 100")
        }
        let faults = message.header.faults(of: account, kind: kind, receivers: axis.settings.readings.receiver)
        guard faults.isEmpty else {
            throw .invalid(faults.map(\.words).joined(separator: "; "), faults.map(\.verdict).joined(separator: "; "))
        }
        guard let text = message.dataText else { throw .invalid("thiếu data", "data is missing") }
        let data = try MessageData(text)
        let taken = axis.settings.readings.data
        guard taken.contains(data.shape) else {
            let wanted = taken.map(\.rawValue).joined(separator: ", ")
            throw .invalid(
                "data được gửi ở dạng \(data.shape.rawValue); cổng này nhận \(wanted)",
                "data was sent as \(data.shape.rawValue); wanted is \(wanted)")
        }
        return data
    }

    private static let otherContents = AxisRefusal.invalid(
        "msg_id này đã dùng cho nội dung khác; nội dung mới cần msg_id mới",
        "msg_id was used before, for other contents")

    private func repeated(_ answer: [UInt8], _ readings: [String], _ account: AxisAccount) -> DoorAnswer {
        axis.writer.answer(
            .success, answer, verdict: "answered before, the same again", readings: readings, account: account.username)
    }

    private func answer(
        _ header: AxisHeader, _ entry: MessageStore.Entry, _ file: PushedFile, _ standings: [VisitStanding],
        _ readings: [String], _ account: AxisAccount
    ) async throws -> DoorAnswer {
        let words = PushWords(standings, faults: file.faults, recordCount: file.recordCount)
        var data = AxisReply.Payload()
        data.messageCheckCa = entry.organisation
        data.messageNotify = words.notice
        data.details = words.details.isEmpty ? nil : words.details
        guard words.takenCount > 0 else {
            throw AxisRefusal(
                code: .saveFail, words: words.notice, verdict: "no record can be taken in", details: words.details)
        }
        data.dataStateMsg = "Đã tiếp nhận"
        var code = ResultCode.success
        if axis.settings.readings.verdicts == .firstReply {
            let verdicts = try await axis.verdicts(on: entry)
            code = verdicts.openCount == 0 ? verdicts.code : .success
            if code == .saveSuccess { code = .success }
            data.verdicts = verdicts.list
            data.details = verdicts.details + file.faults
            data.dataStateMsg = verdicts.openCount == 0 ? "Đã xử lý" : "Đã tiếp nhận, chưa có đủ kết quả"
        }
        let body = axis.writer.body(
            code, code == .success ? "Thành công" : "Có hồ sơ không đạt, xem details", to: header, service: service,
            data,
            receivedAt: entry.receivedAt, at: axis.clock())
        let kept = try await axis.store.conclude([(entry.identifier, body)]).first ?? body
        return axis.writer.answer(
            code, kept,
            verdict: "\(words.takenCount) of \(file.recordCount) records taken in\(words.versions), "
                + "\(file.faults.count) faults named",
            readings: readings, account: account.username)
    }
}
