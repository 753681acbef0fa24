import EnvelopeSignature
import Foundation
import ProgramTestSupport
import Testing

/// The commands, and Debian's own `xmlsec1` and `openssl`: each believes what the other has signed.
@Suite struct OtherProgramsTests {
    private static let visits = BuiltPrograms.topologyFolder + "/people/visits.xml"

    /// Runs a program of the system; its exit code and all that it wrote.
    private static func system(
        _ words: [String], in directory: TemporaryDirectory
    ) throws -> (code: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.currentDirectoryURL = URL(fileURLWithPath: directory.path)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    private static func makeKeys(in directory: TemporaryDirectory) async throws {
        let made = try await ProgramRun.of(
            "cycle", ["keys", "make", "facility", "01013", "--data", "data"], in: directory)
        try #require(made.code == 0, "\(made.errors)")
    }

    private static func authorityCertificate(in directory: TemporaryDirectory) throws {
        let file = directory.path + "/data/authority/authority.pem"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let begin = try #require(text.range(of: "-----BEGIN CERTIFICATE-----"))
        _ = try directory.write(String(text[begin.lowerBound...]), to: "authority.crt")
    }

    @Test func xmlsecAndOpensslBelieveOurs() async throws {
        let directory = try TemporaryDirectory()
        try await Self.makeKeys(in: directory)
        try Self.authorityCertificate(in: directory)
        let sign = try await ProgramRun.of(
            "cycle",
            ["keys", "sign", Self.visits, "--key", "01013.key", "--certificate", "01013.crt", "-o", "signed.xml"],
            in: directory)
        #expect(sign.code == 0, "\(sign.errors)")
        let chain = try Self.system(["openssl", "verify", "-CAfile", "authority.crt", "01013.crt"], in: directory)
        #expect(chain.code == 0, "\(chain.text)")
        let verified = try Self.system(
            ["xmlsec1", "--verify", "--trusted-pem", "authority.crt", "signed.xml"], in: directory)
        #expect(verified.code == 0 && verified.text.contains("OK"), "\(verified.text)")
        let ours = try await ProgramRun.of("cycle", ["keys", "verify", "signed.xml", "--data", "data"], in: directory)
        #expect(ours.code == 0 && ours.output.contains("signed by facility 01013"), "\(ours.output) \(ours.errors)")
        let key = try FileManager.default.attributesOfItem(atPath: directory.path + "/01013.key")
        #expect(key[.posixPermissions] as? Int == 0o600)
        // The visits are still those that they were.
        let judged = try await ProgramRun.of("facility", ["validate", "signed.xml"], in: directory)
        #expect(judged.code == 0, "\(judged.output)")
    }

    @Test func weBelieveWhatXmlsecSigned() async throws {
        let directory = try TemporaryDirectory()
        try await Self.makeKeys(in: directory)
        let space = "http://www.w3.org/2000/09/xmldsig#"
        _ = try directory.write(
            """
            <GIAMDINHHS><A>é</A><CHUKYDONVI><Signature xmlns="\(space)"><SignedInfo>
            <CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
            <SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
            <Reference URI=""><Transforms><Transform Algorithm="\(space)enveloped-signature"/></Transforms>
            <DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue/></Reference></SignedInfo>
            <SignatureValue/><KeyInfo><X509Data><X509Certificate/></X509Data></KeyInfo></Signature></CHUKYDONVI></GIAMDINHHS>
            """, to: "template.xml")
        let signed = try Self.system(
            ["xmlsec1", "--sign", "--privkey-pem", "01013.key,01013.crt", "--output", "signed.xml", "template.xml"],
            in: directory)
        #expect(signed.code == 0, "\(signed.text)")
        let ours = try await ProgramRun.of("cycle", ["keys", "verify", "signed.xml", "--data", "data"], in: directory)
        #expect(ours.code == 0 && ours.output.contains("signed by facility 01013"), "\(ours.output) \(ours.errors)")
        let other = try await ProgramRun.of(
            "cycle", ["keys", "make", "facility", "01014", "--data", "other"], in: directory)
        #expect(other.code == 0)
        let stranger = try await ProgramRun.of(
            "cycle", ["keys", "verify", "signed.xml", "--data", "other"], in: directory)
        #expect(stranger.code == 1 && stranger.output.contains("was not issued for this exchange"))
    }

    @Test func filesAreNeverWrittenOverAndWrongUseIsTold() async throws {
        let directory = try TemporaryDirectory()
        try await Self.makeKeys(in: directory)
        let before = try String(contentsOfFile: directory.path + "/01013.key", encoding: .utf8)
        let again = try await ProgramRun.of(
            "cycle", ["keys", "make", "facility", "01013", "--data", "data"], in: directory)
        #expect(again.code == 2 && again.errors.contains("is there already"))
        #expect(try String(contentsOfFile: directory.path + "/01013.key", encoding: .utf8) == before)
        let code = try await ProgramRun.of(
            "cycle", ["keys", "make", "facility", "../x", "--data", "data"], in: directory)
        #expect(code.code == 64)
        let none = try await ProgramRun.of("cycle", ["keys", "verify", Self.visits, "--data", "data"], in: directory)
        #expect(none.code == 1 && none.output.contains("holds no signature"))
        let key = try await ProgramRun.of(
            "cycle",
            ["keys", "sign", Self.visits, "--key", "01013.crt", "--certificate", "01013.crt", "-o", "x.xml"],
            in: directory)
        #expect(key.code == 2 && key.errors.contains("key or certificate cannot be read"), "\(key.errors)")
    }
}
