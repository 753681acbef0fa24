import DoorDesk
import DoorHouse
import ExchangeSchema

/// `nhanChiTietLoiHS`: what has come of a submission. The name is that of the batch calls of Decision 4210/QD-BYT; what is
/// asked and answered is simulator-defined. The facility is asked: it hears what VSS and MoH refuse.
struct LookUpRoute: Sendable {
    private static let lanes = 2

    private let gate: PortalGate
    private let writer: PortalWriter
    private let store: TransactionStore
    private let days: Int
    private let facility: PartyLine
    private let gathering: Gathering<[VisitName], [VisitStanding]>

    init(gate: PortalGate, writer: PortalWriter, store: TransactionStore, facility: PartyLine, days: Int) {
        self.gate = gate
        self.writer = writer
        self.store = store
        self.days = days
        self.facility = facility
        gathering = Gathering(
            .init(items: 64, weight: 1_000, waiting: 100_000, lanes: Self.lanes), weigh: { $0.count + 1 },
            work: { lane, questions in
                var standings = try await facility.find(questions.flatMap { $0 }, on: lane)[...]
                return questions.map { names in
                    defer { standings = standings.dropFirst(names.count) }
                    return Array(standings.prefix(names.count))
                }
            })
    }

    /// Why the facility is not asked just now.
    func obstacles() async -> [String] { await facility.silence().map { ["the facility: \($0)"] } ?? [] }

    func handle(_ request: DoorRequest) async -> DoorAnswer {
        guard let fields = PortalFields(request) else {
            return writer.refusal(.parameterWrong, "nội dung không phải form hoặc JSON", "the body is no object")
        }
        let account: PortalAccount
        let readings: [String]
        do throws(PortalGate.Refusal) {
            let entered = try gate.letIn(request)
            account = entered.account
            readings = [fields.reading, entered.reading]
        } catch {
            return writer.refusal(error)
        }
        func refuse(_ result: PortalResult, _ words: String, _ verdict: String) -> DoorAnswer {
            writer.refusal(result, words, verdict, readings: readings, account: account.username)
        }
        let identifier = fields["maGiaoDich"]
        guard identifier.utf8.count == 32 else {
            return refuse(.parameterWrong, "maGiaoDich không đúng", "maGiaoDich is not one")
        }
        do {
            guard let entry = try await store.entry(identifier), entry.account == account.username else {
                return refuse(.empty, "không có giao dịch này", "no such transaction")
            }
            guard request.receivedAt - entry.receivedAt < Int64(days) * 86_400_000 else {
                return refuse(.empty, "chỉ tra cứu được trong \(days) ngày", "older than \(days) days")
            }
            let names = entry.episodes.map { episode in
                var name = VisitName()
                name.facilityCode = entry.facility
                name.episodeCode = episode
                return name
            }
            let reply = SubmissionResults(entry, try await gathering.deal(with: names))
            return writer.answer(
                reply, status: 200,
                verdict: "200 \(reply.soHSThanhCong) shared, \(reply.soHSLoi) refused of \(reply.tongSo)",
                readings: readings, account: account.username)
        } catch {
            return refuse(.serverError, "chưa tra cứu được, hãy thử lại sau", "the facility does not answer: \(error)")
        }
    }
}

extension PortalGate {
    /// Lets in a call that carries its credentials in the query (VSS dispatch 1923/BHXH-CNTT, annex).
    func letIn(_ request: DoorRequest) throws(Refusal) -> (account: PortalAccount, reading: String) {
        try letIn(
            access: request.query["token"] ?? "", identity: request.query["id_token"] ?? "",
            username: request.query["username"] ?? "", password: request.query["password"] ?? "",
            at: request.receivedAt)
    }
}

/// What has come of a submission. tongSo, soHSThanhCong and soHSLoi are names of Decision 4210's daily service.
struct SubmissionResults: Encodable {
    var maKetQua = PortalResult.accepted
    var maGiaoDich: String
    var thoiGianTiepNhan: String
    var tongSo: Int
    var soHSThanhCong = 0
    var soHSLoi = 0
    /// Those of which nobody has said anything yet.
    var soHSChoKetQua = 0
    var dsHoSo: [Visit] = []

    /// How one visit stands.
    struct Visit: Encodable, Equatable {
        var maLk: String
        /// 0 waits, 1 shared, 2 refused, 3 withdrawn, 4 never taken in. Simulator-defined.
        var trangThai: Int
        var lanGui: UInt32
        /// As the refusing party says it: `vss.` and three official digits, or a simulator-defined code.
        var maLoi: String?
        var truong: String?
        var giaTri: String?
        var thongBao: String?
        /// What VSS pays after its review, in dong, where it has spoken since.
        var tienBHTTChapNhan: Int64?
    }

    init(_ entry: TransactionStore.Entry, _ standings: [VisitStanding]) {
        maGiaoDich = entry.identifier
        thoiGianTiepNhan = PortalTime.stamp(entry.receivedAt)
        tongSo = standings.count
        for standing in standings {
            let visit = Visit(standing)
            switch visit.trangThai {
            case 0: soHSChoKetQua += 1
            case 1: soHSThanhCong += 1
            default: soHSLoi += 1
            }
            dsHoSo.append(visit)
        }
    }
}

extension SubmissionResults.Visit {
    init(_ standing: VisitStanding) {
        maLk = standing.name.episodeCode
        lanGui = standing.revision
        trangThai =
            switch standing.phase {
            case .pending: 0
            case .shared: 1
            case .refused: 2
            case .withdrawn: 3
            default: 4
            }
        if !standing.code.isEmpty {
            maLoi = standing.code
            truong = standing.field
            giaTri = standing.value
            thongBao = standing.rule
        }
        if standing.hasInsurance { tienBHTTChapNhan = standing.insurance.amountAccepted / 100 }
    }
}
