import EnvelopeSignature
import Foundation
import ProgramTestSupport
import Testing

/// Signatures in CHUKYDONVI: what holds, what does not, and that other programs see it alike.
@Suite struct EnvelopeSignatureTests {
    private static let envelope = Array(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <GIAMDINHHS><THONGTINDONVI><MACSKCB>01013</MACSKCB></THONGTINDONVI>
          <THONGTINHOSO><NGAYLAP>20260715</NGAYLAP><NOTE>Trần &amp; Nguyễn</NOTE></THONGTINHOSO><CHUKYDONVI/></GIAMDINHHS>
        """.utf8)
    private static let now = Date(timeIntervalSince1970: 1_784_000_000)
    private static let authority = Result { try FacilityAuthority(now: now) }
    private static let credentials = Result { try authority.get().issue(facilityCode: "01013", now: now) }
    private static let signed = Result { try EnvelopeSigner.sign(envelope, with: credentials.get()) }

    private static func verdict(_ change: (String) -> String) throws -> SignatureVerdict {
        let text = String(decoding: try signed.get(), as: UTF8.self)
        let changed = change(text)
        try #require(changed != text)
        return try EnvelopeVerifier.verdict(on: Array(changed.utf8))
    }

    @Test func signedEnvelopeHoldsAndNamesItsFacility() throws {
        let verdict = try EnvelopeVerifier.verdict(on: try Self.signed.get())
        guard case .valid(let certificate) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(try Self.authority.get().facilityCode(of: certificate, at: Self.now) == "01013")
        // Layout between attributes is not part of what was signed; contents are.
        #expect(try Self.verdict { $0.replacingOccurrences(of: "<GIAMDINHHS>", with: "<GIAMDINHHS >") } == verdict)
    }

    @Test func envelopeWithoutSignatureSaysSo() throws {
        #expect(try EnvelopeVerifier.verdict(on: Self.envelope) == .missing)
        #expect(try EnvelopeVerifier.verdict(on: Array("<GIAMDINHHS/>".utf8)) == .missing)
        // One that stands elsewhere is not the organisation's.
        #expect(
            try Self.verdict {
                $0.replacingOccurrences(of: "CHUKYDONVI", with: "KHAC")
            } == .missing)
    }

    /// What cannot hold a signature need not be looked at; whatever might, is.
    @Test func aDocumentThatMayHoldASignatureIsTold() throws {
        let signed = try Self.signed.get()
        #expect(!EnvelopeVerifier.mayHoldSignature(Self.envelope) && EnvelopeVerifier.mayHoldSignature(signed))
        for text in ["<x:Signature", "Signature", "SSignature>", "<S><Signature "] {
            #expect(EnvelopeVerifier.mayHoldSignature(Array(text.utf8)), "\(text)")
            let wide = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
            #expect(EnvelopeVerifier.mayHoldSignature([0xFF, 0xFE] + wide), "\(text) in UTF-16")
        }
        for text in ["", "S", "<Signatur", "signature", "<SIGNATURE>"] {
            #expect(!EnvelopeVerifier.mayHoldSignature(Array(text.utf8)), "\(text)")
        }
    }

    @Test(arguments: ["", "nonsense", "<a>", "<!DOCTYPE a [<!ENTITY b \"c\">]><GIAMDINHHS>&b;</GIAMDINHHS>"])
    func whatIsNoDocumentCannotBeLookedAt(text: String) throws {
        #expect(try EnvelopeVerifier.verdict(on: Array(text.utf8)) == .broken(.unreadable))
        #expect(throws: SignatureError.unreadableDocument) {
            try EnvelopeSigner.sign(Array(text.utf8), with: try Self.credentials.get())
        }
    }

    /// Every change of contents is found, wherever it is.
    @Test(arguments: [
        ("01013", "01014"), ("<NGAYLAP>20260715", "<NGAYLAP>20260716"), ("Trần", "Tràn"), ("</NOTE>", "</NOTE><X/>"),
        ("<THONGTINHOSO>", "<THONGTINHOSO a=\"1\">"), ("\n  <THONG", "\n <THONG"), ("<CHUKYDONVI>", "<CHUKYDONVI> "),
    ])
    func changedContentsAreFound(old: String, new: String) throws {
        #expect(
            try Self.verdict { text in
                guard let place = text.range(of: old) else { return text }
                return text.replacingCharacters(in: place, with: new)
            } == .broken(.otherContents))
    }

    @Test func keyOfSomebodyElseIsFound() throws {
        let other = try Self.authority.get().issue(facilityCode: "01013", now: Self.now)
        let body = other.certificate.split(separator: "\n").filter { !$0.hasPrefix("-") }.joined()
        let verdict = try Self.verdict { text in
            text.replacingOccurrences(
                of: "<X509Certificate>[^<]*</X509Certificate>", with: "<X509Certificate>\(body)</X509Certificate>",
                options: .regularExpression)
        }
        #expect(verdict == .broken(.otherKey))
    }

    /// What could make another document count as the one that was signed.
    @Test(arguments: [
        ("URI=\"\"", "URI=\"#a\"", SignatureVerdict.Fault.coversPart(uri: "#a")),
        ("URI=\"\"", "", .coversPart(uri: "nothing")),
        ("URI=\"\"", "URI=\"file:///etc/hostname\"", .coversPart(uri: "file:///etc/hostname")),
        (
            "<Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>",
            "<Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>", .notAccepted
        ),
        (
            "<Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>",
            "<Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>"
                + "<Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"><XPath>1</XPath></Transform>",
            .notAccepted
        ),
        ("http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha1", .notAccepted),
        ("xmldsig-more#rsa-sha256", "xmldsig-more#hmac-sha256", .notAccepted),
        ("<Reference", "<Reference URI=\"\"/><Reference", .references(count: 2)),
        ("KeyInfo", "Other", .noCertificate),
        ("<X509Certificate>", "<X509Certificate>AAAA", .noCertificate),
    ])
    func onlyTheWholeDocumentBySoundMethodsCounts(old: String, new: String, fault: SignatureVerdict.Fault) throws {
        #expect(try Self.verdict { $0.replacingOccurrences(of: old, with: new) } == .broken(fault))
    }

    @Test func twoSignaturesAreNone() throws {
        let verdict = try Self.verdict { text in
            guard let begin = text.range(of: "<Signature "), let end = text.range(of: "</Signature>") else {
                return text
            }
            let whole = String(text[begin.lowerBound..<end.upperBound])
            return text.replacingOccurrences(of: "</CHUKYDONVI>", with: whole + "</CHUKYDONVI>")
        }
        #expect(verdict == .broken(.several))
        #expect(throws: SignatureError.isSigned) {
            try EnvelopeSigner.sign(try Self.signed.get(), with: try Self.credentials.get())
        }
    }

    @Test func certificateIsBelievedFromThisAuthorityInItsTimeAlone() throws {
        guard case .valid(let certificate) = try EnvelopeVerifier.verdict(on: try Self.signed.get()) else {
            Issue.record("it does not hold")
            return
        }
        let authority = try Self.authority.get()
        let other = try FacilityAuthority(now: Self.now)
        #expect(throws: FacilityAuthority.Distrust.notIssuedHere) {
            try other.facilityCode(of: certificate, at: Self.now)
        }
        for days in [-1.0, 367] {
            #expect(throws: FacilityAuthority.Distrust.outOfTime) {
                try authority.facilityCode(of: certificate, at: Self.now.addingTimeInterval(days * 86_400))
            }
        }
        #expect(throws: FacilityAuthority.Distrust.unreadable) {
            try authority.facilityCode(of: Array(certificate.dropLast(3)), at: Self.now)
        }
        // The authority's own certificate is nobody's facility.
        let own = try authority.credentials
        let signed = try EnvelopeSigner.sign(Self.envelope, with: own)
        guard case .valid(let root) = try EnvelopeVerifier.verdict(on: signed) else {
            Issue.record("it does not hold")
            return
        }
        #expect(throws: FacilityAuthority.Distrust.namesNoFacility) {
            try authority.facilityCode(of: root, at: Self.now)
        }
    }

    @Test func authorityIsKeptForItsOwnerAndFoundAgain() throws {
        let directory = try TemporaryDirectory()
        let place = directory.path + "/authority"
        #expect(try FacilityAuthority.existing(in: place) == nil)
        let made = try FacilityAuthority.kept(in: place, now: Self.now)
        let again = try FacilityAuthority.kept(in: place, now: Self.now)
        #expect(try made.credentials == again.credentials)
        let file = place + "/authority.pem"
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try Data("spoilt".utf8).write(to: URL(fileURLWithPath: file))
        #expect(throws: SignatureError.unreadableKey) { try FacilityAuthority.existing(in: place) }
    }
}
