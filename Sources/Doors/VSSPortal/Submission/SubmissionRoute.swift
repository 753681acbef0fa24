import DoorHouse
import EnvelopeSignature
import ExchangeSchema
import Foundation
import HealthStandards

/// `guiHoSoXmlQD4750` and `guiHoSoXmlQD3176`: an envelope with visits, loaiHoSo 130. What is sound goes to the facility; the
/// call is answered when the facility has it.
struct SubmissionRoute: Sendable {
    let gate: PortalGate
    let writer: PortalWriter
    let desk: SubmissionDesk
    let signatures: SignatureRule

    func handle(_ request: DoorRequest) async -> DoorAnswer {
        var posted: PostedFile
        do throws(PortalGate.Refusal) {
            posted = try PostedFile(request, kind: "130", gate)
        } catch {
            return writer.refusal(error)
        }
        let file: SubmittedFile
        do throws(EnvelopeError) {
            file = try SubmittedFile(reading: posted.bytes)
        } catch {
            return refuse(.malformed, "không đọc được hồ sơ: \(error)", "the file is no envelope", posted)
        }
        guard file.facilityCode == posted.facilityCode else {
            return refuse(
                .unauthorised, "MACSKCB trong hồ sơ không phải \(posted.facilityCode)",
                "MACSKCB of the file is not that of the form", posted)
        }
        do {
            let finding = try signatures.judge(
                posted.bytes, facilityCode: file.facilityCode, createdOn: file.createdOn, at: request.receivedAt)
            switch finding {
            case .taken(let reading): posted.readings.append(reading)
            case .missing(let words, let verdict), .refused(let words, let verdict):
                return refuse(.contentWrong, words, verdict, posted)
            }
        } catch {
            return refuse(
                .serverError, "hệ thống chưa kiểm tra được chữ ký số", "no signature can be looked at: \(error)", posted
            )
        }
        guard file.visitCount > 0 else { return refuse(.empty, "không có hồ sơ nào", "there is no visit", posted) }
        guard !file.visits.isEmpty else {
            var reply = PortalReply(.contentWrong, SubmissionWords.summary(taken: 0, of: file.visitCount))
            reply.dsLoi = file.faults
            return writer.answer(
                reply, status: PortalResult.contentWrong.status,
                verdict: "202 none of \(file.visitCount) visits is sound", readings: posted.readings,
                account: posted.account.username)
        }
        return await hand(file, posted, at: request.receivedAt)
    }

    private func hand(_ file: SubmittedFile, _ posted: PostedFile, at now: Int64) async -> DoorAnswer {
        let username = posted.account.username
        let entry = TransactionStore.Entry(
            identifier: SubmittedFile.transaction(of: username, kind: "130", posted.bytes), account: username,
            facility: file.facilityCode, receivedAt: now, episodes: file.visits.map(\.name.episodeCode), answer: nil)
        do {
            let outcome = try await desk.hand(
                .init(entry: entry, visits: file.visits, visitCount: file.visitCount, faults: file.faults))
            return outcome.result == .accepted
                ? writer.answer(
                    stored: outcome.body, verdict: outcome.verdict, readings: posted.readings, account: username)
                : writer.answer(
                    storedRefusal: outcome.body, status: outcome.result.status, verdict: outcome.verdict,
                    readings: posted.readings, account: username)
        } catch is TooMuchWaiting {
            return refuse(.serverError, "hệ thống đang quá tải, hãy gửi lại sau", "too much waits", posted)
        } catch {
            return refuse(
                .serverError, "hệ thống chưa tiếp nhận được, hãy gửi lại sau",
                "the facility does not take it: \(error)",
                posted)
        }
    }

    private func refuse(
        _ result: PortalResult, _ words: String, _ verdict: String, _ posted: PostedFile
    ) -> DoorAnswer {
        writer.refusal(result, words, verdict, readings: posted.readings, account: posted.account.username)
    }
}

/// A file as the calls of the portal carry one: credentials in the head, the rest in a form (VSS dispatch 1245/BHXH-CNTT).
struct PostedFile {
    let account: PortalAccount
    /// maCSKCB of the form.
    let facilityCode: String
    /// The file, decoded.
    let bytes: [UInt8]
    var readings: [String]

    /// - Parameter kind: loaiHoSo that the call takes.
    /// - Throws: Why it is not taken.
    init(_ request: DoorRequest, kind: String, _ gate: PortalGate) throws(PortalGate.Refusal) {
        guard let fields = PortalFields(request) else {
            throw Self.wrong("nội dung không phải form hoặc JSON", "the body is neither a form nor JSON")
        }
        let entered = try gate.letIn(
            access: request.headers["accesstoken"] ?? "", identity: request.headers["tokenid"] ?? "",
            username: fields["username"], password: request.headers["passwordhash"] ?? "", at: request.receivedAt)
        account = entered.account
        readings = [fields.reading, entered.reading]
        guard fields["loaiHoSo"] == kind else {
            throw Self.wrong("loaiHoSo phải là \(kind)", "loaiHoSo is not \(kind)")
        }
        facilityCode = fields["maCSKCB"]
        guard (try? FacilityCode(parsing: facilityCode)) != nil else {
            throw Self.wrong("maCSKCB phải có 5 chữ số", "maCSKCB is no code of a facility")
        }
        guard fields["maTinh"] == facilityCode.prefix(2) else {
            throw Self.wrong("maTinh phải là hai số đầu của maCSKCB", "maTinh is not the province of maCSKCB")
        }
        guard account.speaks(for: facilityCode) else {
            throw PortalGate.Refusal(
                result: .unauthorised, words: "tài khoản không được gửi cho cơ sở \(facilityCode)",
                verdict: "the account is not that facility's")
        }
        guard fields.has("fileHSBase64") else {
            throw PortalGate.Refusal(result: .empty, words: "thiếu fileHSBase64", verdict: "fileHSBase64 is missing")
        }
        guard let decoded = fields.file("fileHSBase64"), !decoded.isEmpty else {
            throw PortalGate.Refusal(
                result: .malformed, words: "fileHSBase64 không phải base64", verdict: "fileHSBase64 is no base64")
        }
        bytes = decoded
    }

    private static func wrong(_ words: String, _ verdict: String) -> PortalGate.Refusal {
        PortalGate.Refusal(result: .parameterWrong, words: words, verdict: verdict)
    }
}
