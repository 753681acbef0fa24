import EnvelopeSignature
import Foundation

/// What the portal makes of the signature in CHUKYDONVI. It is mandatory since 1 January 2026 (Decree 188/2025/ND-CP, Article
/// 69(9)); whether the stand-in asks for it, and whose certificates it believes, the settings say.
struct SignatureRule: Sendable {
    /// The first NGAYLAP of which a signature is mandatory by law.
    private static let mandatorySince = "20260101"

    let demand: PortalReadings.Signature
    /// Where the authority of the exchange lies; nil where no certificate is believed.
    let authority: String?

    /// What came of it.
    enum Finding: Equatable {
        /// The file is taken; what is said of its signature.
        case taken(reading: String)
        /// The file is refused: in Vietnamese, and for the log.
        case refused(words: String, verdict: String)
    }

    /// Looks at a file.
    /// - Parameters:
    ///   - facilityCode: Whose file it is.
    ///   - createdOn: NGAYLAP, `yyyymmdd`.
    ///   - now: Unix milliseconds.
    /// - Throws: `SignatureError` when nothing can be looked at.
    func judge(_ bytes: [UInt8], facilityCode: String, createdOn: String, at now: Int64) throws -> Finding {
        guard demand != .off else { return .taken(reading: "signature: not looked at") }
        switch try EnvelopeVerifier.verdict(on: bytes) {
        case .missing:
            guard isMandatory(createdOn) else { return .taken(reading: "signature: none") }
            return .refused(words: "thiếu chữ ký số của đơn vị (CHUKYDONVI)", verdict: "CHUKYDONVI holds no signature")
        case .broken(let fault):
            return .refused(
                words: "chữ ký số của đơn vị không hợp lệ: \(fault.vietnamese)",
                verdict: "the signature does not hold: \(fault)")
        case .valid(let certificate):
            let time = Date(timeIntervalSince1970: Double(now) / 1_000)
            let code: String
            do {
                guard let authority = try authority.flatMap({ try FacilityAuthority.existing(in: $0) }) else {
                    throw FacilityAuthority.Distrust.notIssuedHere
                }
                code = try authority.facilityCode(of: certificate, at: time)
            } catch let distrust as FacilityAuthority.Distrust {
                // A certificate of a real authority is nothing that a test machine could check.
                guard isMandatory(createdOn) else { return .taken(reading: "signature: holds, but \(distrust)") }
                return .refused(
                    words: "chữ ký số của đơn vị không hợp lệ: \(distrust.vietnamese)", verdict: "\(distrust)")
            }
            guard code == facilityCode else {
                return .refused(
                    words: "chữ ký số là của cơ sở \(code), không phải \(facilityCode)",
                    verdict: "signed by facility \(code), and not by \(facilityCode)")
            }
            return .taken(reading: "signature: of facility \(code)")
        }
    }

    private func isMandatory(_ createdOn: String) -> Bool {
        switch demand {
        case .off, .whenPresent: false
        case .byDate: createdOn >= Self.mandatorySince
        case .always: true
        }
    }
}
