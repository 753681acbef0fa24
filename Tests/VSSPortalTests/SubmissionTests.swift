import DoorHouse
import DoorTestSupport
import ExchangeSchema
import Foundation
import PartyCore
import Testing

@testable import VSSPortal

/// Submissions, by table: each fault its own result, and nothing stored; what is sound is stored once.
@Suite struct SubmissionTests {
    @Test(arguments: ["/api/qd130/guiHoSoXmlQD3176", "/api/qd130/guiHoSoXmlQD4750"])
    func aFileIsAcceptedWhenTheFacilityHasIt(path: String) async throws {
        let rig = try PortalRig()
        defer { rig.close() }
        let session = try await rig.logIn()
        let reply = try await rig.submit(try PortalRig.envelope(), session, path: path)
        #expect(reply.status == 200 && reply.code == "200", "\(reply.object)")
        #expect(reply.text("maGiaoDich").count == 32 && reply.text("thoiGianTiepNhan") == "20261118180640")
        #expect(rig.facility.count == 10 && rig.facility.commands == 1)
        #expect(reply.answer.account == "BV")
        #expect(reply.answer.readings == ["fields: form", "password: md5-upper", "signature: none"])
    }

    @Test func theSameFileGetsTheFirstAnswerAlsoAfterARestart() async throws {
        let rig = try PortalRig()
        defer { rig.close() }
        let first = try await rig.submit(try PortalRig.envelope(), try await rig.logIn())
        let later = try await rig.submit(try PortalRig.envelope(), try await rig.logIn(), at: PortalRig.now + 5_000)
        #expect(later.body == first.body && rig.facility.commands == 1)
        let again = try PortalRig(store: rig.store)
        defer { again.close() }
        let third = try await again.submit(try PortalRig.envelope(), try await again.logIn())
        #expect(third.body == first.body && again.facility.commands == 0)
    }

    @Test func aFileThatTheFacilityHasButNobodyWasToldOfIsAnsweredAsTheFirstTime() async throws {
        let rig = try PortalRig()
        defer { rig.close() }
        let session = try await rig.logIn()
        // The process ended between the facility's commit and the answer: the entry is there, and no answer.
        let file = try SubmittedFile(reading: try PortalRig.envelope())
        let identifier = SubmittedFile.transaction(of: "BV", kind: "130", try PortalRig.envelope())
        let store = try TransactionStore(path: rig.store)
        _ = try await store.begin(
            [
                .init(
                    identifier: identifier, account: "BV", facility: "01999", receivedAt: PortalRig.now - 60_000,
                    episodes: file.visits.map(\.name.episodeCode), answer: nil)
            ], forgettingBefore: 0)
        var request = SubmitVisits()
        request.visits = file.visits
        _ = rig.facility.answer(.submitVisits, request.encoded)
        let reply = try await rig.submit(try PortalRig.envelope(), session)
        #expect(reply.code == "200" && reply.text("maGiaoDich") == identifier)
        #expect(reply.text("thoiGianTiepNhan") == "20261118180540", "the first time counts")
        #expect(rig.facility.count == 10 && reply.list("dsLoi").isEmpty)
    }

    @Test func aHalfGoodFileStoresTheGoodAndNamesTheBad() async throws {
        let rig = try PortalRig()
        defer { rig.close() }
        let file = try Self.spoilt(visit: "PX0003")
        let reply = try await rig.submit(file, try await rig.logIn())
        #expect(reply.status == 200 && reply.code == "200", "\(reply.object)")
        #expect(rig.facility.count == 9)
        let fault = try #require(reply.list("dsLoi").first)
        #expect(fault["maLk"] as? String == "PX0003" && fault["truong"] as? String == "GIOI_TINH", "\(fault)")
        #expect(fault["bang"] as? String == "XML1")
    }

    @Test func otherContentsOfAVisitThatIsOnItsWayAreNamedAndNotStored() async throws {
        let rig = try PortalRig()
        defer { rig.close() }
        let session = try await rig.logIn()
        _ = try await rig.submit(try PortalRig.envelope(), session)
        let changed = try Self.changed { $0.replacingOccurrences(of: "TRẦN THỊ HAI THẺ", with: "TRẦN THỊ HAI") }
        let reply = try await rig.submit(changed, session)
        #expect(reply.code == "200" && reply.list("dsLoi").map { $0["maLk"] as? String } == ["PX0001"])
        #expect(rig.facility.count == 10)
    }

    @Test(arguments: [
        (["loaiHoSo": "0"], 400, "205"), (["maCSKCB": "1999"], 400, "205"), (["maTinh": "02"], 400, "205"),
        (["maCSKCB": "01013"], 403, "403"), (["fileHSBase64": ""], 404, "204"),
        (["fileHSBase64": "<xml/>"], 400, "201"),
        (["fileHSBase64": "PGE+PC9hPg=="], 400, "201"), (["fileHSBase64": "bm8geG1s"], 400, "201"),
        (["username": "ANY"], 401, "401"),
    ])
    func aFaultOfTheFormHasItsOwnResult(change: [String: String], status: Int, code: String) async throws {
        let rig = try PortalRig()
        defer { rig.close() }
        let reply = try await rig.submit(try PortalRig.envelope(), try await rig.logIn(), change)
        #expect(reply.status == status && reply.code == code, "\(reply.object)")
        #expect(!reply.text("thongDiep").isEmpty && rig.facility.commands == 0)
    }

    @Test func aFacilityCannotSpeakForAnother() async throws {
        let rig = try PortalRig()
        defer { rig.close() }
        let session = try await rig.logIn("ANY", "any")
        let reply = try await rig.submit(try PortalRig.envelope(), session, ["maCSKCB": "01013"])
        #expect(reply.status == 403 && reply.code == "403" && rig.facility.commands == 0)
    }

    @Test func aFileWithoutASoundVisitStoresNothing() async throws {
        let rig = try PortalRig()
        defer { rig.close() }
        let file = Array(
            """
            <GIAMDINHHS><THONGTINDONVI><MACSKCB>01999</MACSKCB></THONGTINDONVI><THONGTINHOSO><NGAYLAP>20261103</NGAYLAP>\
            <SOLUONGHOSO>1</SOLUONGHOSO><DANHSACHHOSO><HOSO><FILEHOSO><LOAIHOSO>XML1</LOAIHOSO><NOIDUNGFILE>PGE+PC9hPg==\
            </NOIDUNGFILE></FILEHOSO></HOSO></DANHSACHHOSO></THONGTINHOSO><CHUKYDONVI/></GIAMDINHHS>
            """.utf8)
        let reply = try await rig.submit(file, try await rig.logIn())
        #expect(reply.status == 400 && reply.code == "202" && !reply.list("dsLoi").isEmpty && rig.facility.count == 0)
    }

    @Test func aFacilityThatDoesNotAnswerIsSaidSoAndTheSameFileGoesLater() async throws {
        let rig = try PortalRig()
        defer { rig.close() }
        let session = try await rig.logIn()
        rig.facility.refuse(true)
        let busy = try await rig.submit(try PortalRig.envelope(), session)
        #expect(busy.status == 503 && busy.code == "500" && busy.text("maGiaoDich").isEmpty)
        rig.facility.refuse(false)
        let reply = try await rig.submit(try PortalRig.envelope(), session)
        #expect(reply.code == "200" && rig.facility.count == 10)
        rig.facilityInbox.close()
        let gone = try await rig.submit(try Self.spoilt(visit: "PX0001"), session)
        #expect(gone.status == 503 && gone.code == "500")
        #expect(await rig.portal.obstacles().count == 1)
    }

    @Test func manyFilesAtOnceGoInFewCommands() async throws {
        let rig = try PortalRig()
        defer { rig.close() }
        let session = try await rig.logIn()
        let files = try (0..<60).map { number in
            try Self.changed { $0.replacingOccurrences(of: "PX00", with: "N\(number)X") }
        }
        let codes = try await withThrowingTaskGroup(of: String.self) { group in
            for file in files { group.addTask { try await rig.submit(file, session).code } }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(codes == Array(repeating: "200", count: 60) && rig.facility.count == 600)
        #expect(rig.facility.commands < 60, "\(rig.facility.commands)")
    }

    @Test func whatCameOfAFileCanBeLookedUp() async throws {
        let rig = try PortalRig()
        defer { rig.close() }
        let session = try await rig.logIn()
        let identifier = try await rig.submit(try PortalRig.envelope(), session).text("maGiaoDich")
        rig.facility.decide("PX0001", .shared)
        rig.facility.decide("PX0002", .refused)
        func lookUp(_ identifier: String, _ session: PortalRig.Session, at now: Int64) async throws -> PortalRig.Reply {
            try await rig.ask(
                "/api/egw/nhanChiTietLoiHS", query: rig.query(session),
                body: Array(try JSONEncoder().encode(["maGiaoDich": identifier])), at: now)
        }
        let reply = try await lookUp(identifier, session, at: PortalRig.now + 1_000)
        #expect(reply.code == "200" && reply.object["tongSo"] as? Int == 10)
        #expect(reply.object["soHSThanhCong"] as? Int == 1 && reply.object["soHSLoi"] as? Int == 1)
        let refused = try #require(reply.list("dsHoSo").first { $0["maLk"] as? String == "PX0002" })
        #expect(refused["trangThai"] as? Int == 2 && refused["maLoi"] as? String == "vss.010")
        #expect(refused["truong"] as? String == "GT_THE_DEN")

        let other = try await rig.logIn("ANY", "any")
        #expect(try await lookUp(identifier, other, at: PortalRig.now).code == "204", "not another account's")
        #expect(try await lookUp("no", session, at: PortalRig.now).code == "205")
        let day: Int64 = 86_400_000
        let (before, after) = (PortalRig.now + 60 * day - 1, PortalRig.now + 60 * day)
        #expect(try await lookUp(identifier, try await rig.logIn(at: before), at: before).code == "200")
        let late = try await lookUp(identifier, try await rig.logIn(at: after), at: after)
        #expect(late.code == "204" && late.text("thongDiep").contains("60"))
    }

    static func changed(_ change: (String) -> String) throws -> [UInt8] {
        let text = String(decoding: try PortalRig.envelope(), as: UTF8.self)
        let parts = text.components(separatedBy: "<NOIDUNGFILE>")
        return Array(
            parts.enumerated().map { index, part in
                guard index > 0, let end = part.range(of: "</NOIDUNGFILE>"),
                    let inner = Data(base64Encoded: String(part[..<end.lowerBound]), options: .ignoreUnknownCharacters)
                else { return part }
                let table = change(String(decoding: inner, as: UTF8.self))
                return Data(table.utf8).base64EncodedString() + part[end.lowerBound...]
            }.joined(separator: "<NOIDUNGFILE>").utf8)
    }

    static func spoilt(visit: String) throws -> [UInt8] {
        try changed { table in
            table.contains(visit) && table.contains("<GIOI_TINH>")
                ? table.replacing(#/<GIOI_TINH>.<\/GIOI_TINH>/#, with: "<GIOI_TINH>x</GIOI_TINH>") : table
        }
    }
}
