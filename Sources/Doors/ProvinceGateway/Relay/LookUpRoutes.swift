import DoorDesk
import DoorHouse
import ExchangeSchema
import Foundation

/// What has become of messages and records. The facility is asked: it hears what MoH, VSS and C06 refuse.
struct LookUpRoutes: Sendable {
    let gate: ProvinceGate
    let store: RelayStore
    let facility: PartyLine

    private struct Reply: Encodable {
        var maGiaoDich: String
        var tracking: String
        var sender: String
        var message: String
        var state: RelayState
        var tongSo: Int
        var soThanhCong: Int
        var soLoi: Int
        var soDangXuLy: Int
        var byt: RelayedRecord.State
        var thongBao: String?
        var docDuoc: String?
        var dsHoSo: [RelayedRecord]

        enum CodingKeys: String, CodingKey {
            case maGiaoDich, tongSo, soThanhCong, soLoi, soDangXuLy, thongBao, docDuoc, dsHoSo
            case tracking = "tracking_id"
            case sender = "sender_id"
            case message = "msg_id"
            case state = "trangThai"
            case byt = "byt_status"
        }
    }

    /// By maGiaoDich: the four states. Its path is simulator-defined, for the dispatch does not give one.
    func transaction(_ request: DoorRequest) async -> DoorAnswer {
        await answer(request) { account in
            try await store.entry(request.query["maGiaoDich"] ?? "", of: account.username)
        }
    }

    /// By sender_id and msg_id: what the ministry has, for whoever has lost an answer.
    func reconciliation(_ request: DoorRequest) async -> DoorAnswer {
        await answer(request) { account in
            try await store.entry(
                sender: request.query["sender_id"] ?? "", message: request.query["msg_id"] ?? "", of: account.username)
        }
    }

    /// By MA_LK: the record in the last message that brought it.
    func record(_ request: DoorRequest) async -> DoorAnswer {
        do {
            let account = try gate.letIn(request)
            let episode = request.query["ma_lk"] ?? ""
            guard let entry = try await store.entry(episode: episode, of: account.username),
                let record = try await records(of: entry).first(where: { $0.episode == episode })
            else { throw ProvinceRefusal.unknown }
            return ProvinceWriter.answer(
                record, verdict: "\(record.state.rawValue)", account: account.username,
                tracking: PushRoute.tracking(entry.identifier))
        } catch {
            return Self.refusal(error)
        }
    }

    private func answer(
        _ request: DoorRequest, _ find: (ProvinceAccount) async throws -> RelayStore.Entry?
    ) async -> DoorAnswer {
        do {
            let account = try gate.letIn(request)
            guard let entry = try await find(account) else { throw ProvinceRefusal.unknown }
            let records = try await records(of: entry)
            func count(_ states: RelayedRecord.State...) -> Int { records.count { states.contains($0.state) } }
            let state = RelayState(records, isHandedOn: entry.outcome != nil)
            let reply = Reply(
                maGiaoDich: entry.identifier, tracking: PushRoute.tracking(entry.identifier), sender: entry.sender,
                message: entry.message, state: state, tongSo: records.count, soThanhCong: count(.accepted),
                soLoi: count(.rejected, .withdrawn), soDangXuLy: count(.pending),
                byt: state == .underWay ? .pending : state == .failed ? .rejected : .accepted,
                thongBao: entry.outcome?.problem, docDuoc: entry.outcome?.readings, dsHoSo: records)
            let versions = records.count { $0.revision > 1 }
            return ProvinceWriter.answer(
                reply,
                verdict: "\(reply.soThanhCong) shared, \(reply.soLoi) refused of \(reply.tongSo)"
                    + (versions > 0 ? ", \(versions) later versions" : ""),
                readings: entry.outcome.map { [$0.readings] } ?? [], account: account.username,
                tracking: reply.tracking)
        } catch {
            return Self.refusal(error)
        }
    }

    private func records(of entry: RelayStore.Entry) async throws -> [RelayedRecord] {
        guard let outcome = entry.outcome else { return [] }
        let handedOn = outcome.records.filter(\.faults.isEmpty)
        let names = handedOn.map { record in
            var name = VisitName()
            (name.facilityCode, name.episodeCode) = (record.facility, record.episode)
            return name
        }
        let standings = names.isEmpty ? [] : try await facility.find(names, on: 1)
        return standings.map { RelayedRecord($0) }
            + outcome.records.filter { !$0.faults.isEmpty }.map { RelayedRecord(keptBack: $0) }
    }

    private static func refusal(_ error: any Error) -> DoorAnswer {
        if let refusal = error as? ProvinceRefusal { return ProvinceWriter.answer(refusal) }
        return ProvinceWriter.answer(
            ProvinceRefusal(
                status: 504, code: "HOC_BYT_TIMEOUT", words: "chưa tra cứu được, hãy thử lại sau",
                verdict: "the facility does not answer: \(error)"))
    }
}
