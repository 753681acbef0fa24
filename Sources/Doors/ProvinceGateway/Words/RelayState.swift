import ExchangeSchema

/// How a message stands: dispatch 7286/SYT-QLBHYTCNTT has four states.
enum RelayState: String, Encodable {
    case succeeded = "Thành công"
    case partly = "Thành công 1 phần"
    case failed = "Lỗi"
    case underWay = "Đang xử lý"

    /// Of records that stand like this; none is a message of which nothing could be read.
    init(_ records: [RelayedRecord], isHandedOn: Bool) {
        let states = records.map(\.state)
        if !isHandedOn || states.contains(.pending) {
            self = .underWay
        } else if !states.isEmpty, states.allSatisfy({ $0 == .accepted }) {
            self = .succeeded
        } else {
            self = states.contains(.accepted) ? .partly : .failed
        }
    }
}

/// How one record of a message stands, in the names of the Vĩnh Long gateway. `BYT_REJECTED` and `BYT_WITHDRAWN` are
/// simulator-defined; res_code is one of Decision 2062/QD-BYT, Annex 02.
struct RelayedRecord: Encodable, Equatable {
    enum State: String, Encodable {
        case pending = "PENDING"
        case accepted = "BYT_ACCEPTED"
        case rejected = "BYT_REJECTED"
        case withdrawn = "BYT_WITHDRAWN"
    }

    var episode: String
    var channel = "BYT_PROXY"
    var validation: String
    var state: State
    var code: String?
    /// What the refusing party says.
    var reason: String?
    var message: String?
    var revision: UInt32

    enum CodingKeys: String, CodingKey {
        case episode = "ma_lk"
        case channel = "source_channel"
        case validation = "hoc_validation_status"
        case state = "byt_status"
        case code = "byt_res_code"
        case reason = "ma_loi"
        case message = "thong_bao"
        case revision = "lan_gui"
    }

    /// A record that was kept back.
    init(keptBack record: RelayStore.Record) {
        (episode, validation, state, revision) = (record.episode, "INVALID", .rejected, 0)
        message = record.faults.joined(separator: "; ")
    }

    /// A record that was handed on.
    init(_ standing: VisitStanding) {
        (episode, validation, revision) = (standing.name.episodeCode, "VALID", standing.revision)
        switch standing.phase {
        case .shared: (state, code) = (.accepted, "PS_DS_SAVE_SUCCESS")
        case .refused:
            state = .rejected
            code = standing.code.hasPrefix("c06.") ? "PS_DS_VERIFY_FAIL" : "CM_INVALID_REQUEST"
        case .withdrawn: state = .withdrawn
        default: state = .pending
        }
        guard !standing.code.isEmpty else { return }
        reason = standing.code
        message = standing.field.isEmpty ? standing.rule : "\(standing.field): \(standing.rule)"
    }
}
