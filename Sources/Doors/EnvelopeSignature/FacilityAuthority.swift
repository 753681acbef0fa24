public import Foundation
import SwiftASN1
import X509
import _CryptoExtras

/// Who vouches for the certificates of facilities in this exchange: a stand-in for the authorities that real certificates
/// come from. All names in it are simulator-defined.
public struct FacilityAuthority: Sendable {
    private let key: Certificate.PrivateKey
    private let root: Certificate

    /// A key pair with its certificate, as PEM.
    public struct Credentials: Sendable, Equatable {
        /// The private key, PKCS #8.
        public var key: String
        /// The certificate.
        public var certificate: String

        /// Takes both.
        public init(key: String, certificate: String) {
            self.key = key
            self.certificate = certificate
        }
    }

    /// Why a certificate is not believed.
    public enum Distrust: Error, Sendable, Equatable, CustomStringConvertible {
        /// It cannot be read.
        case unreadable
        /// Somebody else has issued it.
        case notIssuedHere
        /// It is not valid yet, or not any more.
        case outOfTime
        /// It names no facility.
        case namesNoFacility

        /// What is wrong, and what to do.
        public var description: String {
            switch self {
            case .unreadable: "the certificate cannot be read"
            case .notIssuedHere:
                "the certificate was not issued for this exchange; cycle keys make facility CODE issues one"
            case .outOfTime: "the certificate is not valid at this time"
            case .namesNoFacility: "the certificate names no facility"
            }
        }
    }

    /// How long certificates are valid, seconds: a year and a day.
    private static let lifetime: TimeInterval = 366 * 86_400
    private static let organisation = "Closed Cycle test authority"

    /// A new one.
    public init(now: Date) throws {
        key = Certificate.PrivateKey(try _RSA.Signing.PrivateKey(keySize: .bits2048))
        let name = try DistinguishedName { CommonName(Self.organisation) }
        root = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
            notValidBefore: now.addingTimeInterval(-60), notValidAfter: now.addingTimeInterval(10 * Self.lifetime),
            issuer: name, subject: name, signatureAlgorithm: .sha256WithRSAEncryption,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true))
            }, issuerPrivateKey: key)
    }

    /// One that was kept.
    /// - Throws: An error of the parser when it cannot be read.
    public init(_ credentials: Credentials) throws {
        key = try Certificate.PrivateKey(pemEncoded: credentials.key)
        root = try Certificate(pemEncoded: credentials.certificate)
    }

    /// To keep it.
    public var credentials: Credentials {
        get throws {
            Credentials(
                key: try key.serializeAsPEM().pemString, certificate: try root.serializeAsPEM().pemString)
        }
    }

    /// A key pair for a facility: RSA of 2,048 bits, with a certificate for signing that names it (common name).
    /// - Parameter facilityCode: MA_CSKCB.
    public func issue(facilityCode: String, now: Date) throws -> Credentials {
        let own = Certificate.PrivateKey(try _RSA.Signing.PrivateKey(keySize: .bits2048))
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: own.publicKey,
            notValidBefore: now.addingTimeInterval(-60), notValidAfter: now.addingTimeInterval(Self.lifetime),
            issuer: root.subject,
            subject: try DistinguishedName {
                OrganizationName("Closed Cycle test facility")
                CommonName(facilityCode)
            }, signatureAlgorithm: .sha256WithRSAEncryption,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true, nonRepudiation: true))
            }, issuerPrivateKey: key)
        return Credentials(
            key: try own.serializeAsPEM().pemString, certificate: try certificate.serializeAsPEM().pemString)
    }

    /// The facility that a certificate names.
    /// - Parameter certificate: DER.
    /// - Throws: ``Distrust``.
    public func facilityCode(of certificate: [UInt8], at now: Date) throws(Distrust) -> String {
        guard let certificate = try? Certificate(derEncoded: certificate) else { throw .unreadable }
        guard certificate.issuer == root.subject,
            root.publicKey.isValidSignature(certificate.signature, for: certificate)
        else { throw .notIssuedHere }
        guard certificate.notValidBefore <= now, now <= certificate.notValidAfter else { throw .outOfTime }
        let names = certificate.subject.flatMap(\.self).filter { $0.type == .RDNAttributeType.commonName }
        guard let name = names.first.flatMap({ String($0.value) }), !name.isEmpty, name != Self.organisation else {
            throw .namesNoFacility
        }
        return name
    }
}
