import DoorHouse
import DoorTestSupport
import EnvelopeSignature
import Foundation
import Testing

@testable import VSSPortal

/// What the portal makes of signatures, by table; what it refuses reaches nobody.
@Suite struct SignatureRuleTests {
    /// How a file is signed.
    enum Signing: String, CaseIterable, Sendable {
        case none, own, ofAnother, ofStrangers, changed
    }

    private static let place = NSTemporaryDirectory() + "closed-cycle-authority-\(UUID().uuidString)"
    private static let now = Date(timeIntervalSince1970: Double(PortalRig.now) / 1_000)

    private static func file(_ signing: Signing, _ authority: FacilityAuthority) throws -> [UInt8] {
        let envelope = try PortalRig.envelope()
        switch signing {
        case .none: return envelope
        case .own, .changed:
            let signed = try EnvelopeSigner.sign(envelope, with: authority.issue(facilityCode: "01999", now: now))
            guard signing == .changed else { return signed }
            let text = String(decoding: signed, as: UTF8.self)
            let changed = text.replacingOccurrences(of: "<GIAMDINHHS>", with: "<GIAMDINHHS><X/>")
            try #require(changed != text)
            return Array(changed.utf8)
        case .ofAnother:
            return try EnvelopeSigner.sign(envelope, with: authority.issue(facilityCode: "01013", now: now))
        case .ofStrangers:
            return try EnvelopeSigner.sign(
                envelope, with: FacilityAuthority(now: now).issue(facilityCode: "01999", now: now))
        }
    }

    private static func isTaken(_ signing: Signing, _ demand: SignatureDemand) -> Bool {
        switch (signing, demand) {
        case (_, .off), (.own, _), (.none, .whenPresent), (.ofStrangers, .whenPresent): true
        default: false
        }
    }

    /// The shipped envelope is of 2026, so that by date a signature is mandatory.
    @Test(arguments: Signing.allCases, SignatureDemand.allCases)
    func isTakenOrRefusedBeforeAnythingIsStored(signing: Signing, demand: SignatureDemand) async throws {
        let place = Self.place + "-\(signing)-\(demand.rawValue)"
        defer { try? FileManager.default.removeItem(atPath: place) }
        let authority = try FacilityAuthority.kept(in: place, now: Self.now)
        let rig = try PortalRig({ $0.readings.signature = demand }, authority: place)
        defer { rig.close() }
        let reply = try await rig.submit(try Self.file(signing, authority), try await rig.logIn())
        let isTaken = Self.isTaken(signing, demand)
        #expect(reply.code == (isTaken ? "200" : "202"), "\(reply.object)")
        #expect(rig.facility.count == (isTaken ? 10 : 0))
        if isTaken {
            #expect(reply.answer.readings.count { $0.hasPrefix("signature: ") } == 1)
        } else {
            #expect(reply.text("thongDiep").contains("chữ ký"), "\(reply.object)")
        }
    }

    @Test(arguments: [("20251231", true), ("20260101", false)])
    func byDateIsByTheDayOfTheFile(createdOn: String, isTaken: Bool) throws {
        let rule = SignatureRule(demand: .byDate, authority: nil)
        let finding = try rule.judge(
            try PortalRig.envelope(), facilityCode: "01999", createdOn: createdOn, at: PortalRig.now)
        #expect((finding == .taken(reading: "signature: none")) == isTaken)
    }
}
