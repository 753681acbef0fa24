import Foundation

/// When an envelope must bear its organisation's signature (CHUKYDONVI).
public enum SignatureDemand: String, Sendable, Codable, CaseIterable {
    /// Never; none is looked at.
    case off
    /// Never; one that is there must hold, and where it names a facility of this exchange, be that facility's.
    case whenPresent = "when-present"
    /// From 1 January 2026 on, by NGAYLAP (Decree 188/2025/ND-CP, Article 69(9)).
    case byDate = "by-date"
    /// Always.
    case always
}

/// What a door makes of the signature in CHUKYDONVI. It is mandatory since 1 January 2026 (Decree 188/2025/ND-CP, Article
/// 69(9)); whether a stand-in asks for it, and whose certificates it believes, its settings say.
public struct SignatureRule: Sendable {
    /// The first NGAYLAP of which a signature is mandatory by law.
    private static let mandatorySince = "20260101"

    private let demand: SignatureDemand
    private let authority: KeptAuthority?

    /// - Parameter authority: Where the authority of the exchange lies; nil where no certificate is believed.
    public init(demand: SignatureDemand, authority: String?) {
        self.demand = demand
        self.authority = authority.map { KeptAuthority(directory: $0) }
    }

    /// What came of it.
    public enum Finding: Sendable, Equatable {
        /// The file is taken; what is said of its signature.
        case taken(reading: String)
        /// The file is refused, because there is no signature: in Vietnamese, and for the log.
        case missing(words: String, verdict: String)
        /// The file is refused, because the signature is not good: likewise.
        case refused(words: String, verdict: String)
    }

    /// Looks at a file, which was read before: whether it is an envelope is not asked here.
    /// - Parameters:
    ///   - facilityCode: Whose file it is.
    ///   - createdOn: NGAYLAP, `yyyymmdd`.
    ///   - now: Unix milliseconds.
    /// - Throws: `SignatureError` when nothing can be looked at.
    public func judge(_ bytes: [UInt8], facilityCode: String, createdOn: String, at now: Int64) throws -> Finding {
        guard demand != .off else { return .taken(reading: "signature: not looked at") }
        switch try EnvelopeVerifier.mayHoldSignature(bytes) ? EnvelopeVerifier.verdict(on: bytes) : .missing {
        case .missing:
            guard isMandatory(createdOn) else { return .taken(reading: "signature: none") }
            return .missing(words: "thiếu chữ ký số của đơn vị (CHUKYDONVI)", verdict: "CHUKYDONVI holds no signature")
        case .broken(let fault):
            return .refused(
                words: "chữ ký số của đơn vị không hợp lệ: \(fault.vietnamese)",
                verdict: "the signature does not hold: \(fault)")
        case .valid(let certificate):
            let time = Date(timeIntervalSince1970: Double(now) / 1_000)
            let code: String
            do {
                guard let authority = try authority?.authority() else {
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
