import Audit
import ExchangeSchema
import PartyCore
import Vocabulary

/// What the files of a package hold, to the byte.
extension PackageReadme {
    static let leaf = """

        A leaf, 112 bytes, numbers big-endian
          byte   0       03, the version
                 1       what was decided: \(wrapped(decisions))
                 2       kind of message, as below; of a command and of a person's act another list
                 3       place of the topic in "topics"; 255 for none, 254 for a command
                 4-5     why something was refused, 0 for no reason: \(wrapped(reasons))
                 6-11    the leaf before it about the same record in this log: 0 for the first one, its number plus 1, all ones
                         for a leaf that is about nothing which others could be about
                 12-15   partition it was read from; of a message sent -1, or the code of the province whose topic it went to
                 16-23   offset it was read from; -1 of a message sent
                 24-31   clock reading of the party, milliseconds since 1970
                 32-47   the message's identifier, a UUID
                 48-63   that of the message that caused it; 00 for none
                 64-95   digest of the payload by parts, as below
                 96-111  seal of what the party has stored about the record then; only the party can check it
          Codes that begin with "vss." and three digits are official results of the card check; all others are
          simulator-defined.

        """

    static let subjects = """

        Is a leaf about the record?
          The identifier of a message follows from the record's UUID, the kind of message and the revision, and from nothing
          else. Take the 16 bytes of the UUID as two numbers H and L of 64 bits, big-endian. All arithmetic is modulo 2^64.
            mix(x):  x ^= x >> 30;  x *= BF58476D1CE4E5B9;  x ^= x >> 27;  x *= 94D049BB133111EB;  x ^= x >> 31
            s = kind * 2^32 + revision
            a = mix(H + mix(s + 9E3779B97F4A7C15));   b = mix(L ^ a)
            first half:  (a ^ b)  with bits 12 to 15, from the lowest, set to 8;   second half:  mix(b)  with its two
            highest bits set to 10: a UUID of version 8
          Bytes 32 to 47 of the leaf must be this identifier for the kind in byte 2 and a revision of \(revisions).
          Kinds, and their names as in payloads:
        \(kinds)
          Of a request for a shared history, kinds 15 and 16, the revision is 1, and "record" is the request.
          A leaf with 14 in byte 1, 254 in byte 3 and 14 in byte 2 is a verdict of MoH's axis on a signature.
          verdicts/PARTY/N.json has "statement" and "salt", both in base 64. The statement is an exchange.v1.AxisVerdict in
          Protocol Buffers; its fields 8 are the UUIDs of the records that it is about, and the record must be one of them. The
          leaf's identifier is the first 16 bytes of SHA-256 over "exchange.v1.AxisVerdict|" and the statement, made a UUID as
          above. Its digest is SHA-256 over the 16 bytes of the salt and the statement.

        """

    static let payloads = """

        Digests, salts and payloads
          payloads/N.json belongs to the leaves that received "message" from "topic", "partition" and "offset". Its "parts" are
          in a fixed order. A part that is shown has "bytes" and "salt", 16 bytes, both in base 64: its digest is SHA-256
          over the salt and the bytes. One that is not shown has "digest", 64 hexadecimal digits. With one part, bytes 64 to 95
          of the leaf are its digest; with several they are SHA-256 over the digests of all, one after the other.
          The parts of kinds 1, 6 and 9: rest, administrative, insurance, clinical, clinicalDetails; of kind 2: rest,
          administrative, insurance. Where tables travel with one of these, there are behind them xml0, xml6, xml7, xml8, xml9,
          xml10, xml11, xml12, xml13, xml14 and xml15, all of them. Every other kind has one part, rest.
          "rest" is the message without the contents of its blocks and without the fields of its tables; a block is the content of
          its field, a table its whole field. With "isErased" and no parts the person's key was overwritten on an order: nothing
          can be compared, and the leaf stands.
          The salt of a message travels in its header ce_salt, 32 hexadecimal digits; where there is none it is 16 bytes 00. A
          message of one part has that salt. Of several, each has 12 bytes and four bytes 00: the bytes 12i to 12i+11 of SHA-512
          over the salt, i from 0 in the order rest, administrative, insurance, clinical, clinicalDetails; for the tables of
          SHA-512 over the salt and one byte k, five tables to each k, from 1.

        """

    static let story = """

        What the leaves must tell
          - What was received, other than a facility's record (kind 1), was sent: there is a leaf with 9 in byte 1 and the same
            identifier. Where it was sent, one such leaf has the same digest.
          - A message that was sent because of another one that has a leaf here comes behind the leaf with which the same party
            received that one, by their numbers.
          - Nothing is received earlier than it was sent, by the clock readings; of copies the earliest counts. Clocks of two
            parties may differ, by 60 seconds if nobody says otherwise.
          - The leaves of a party about the record are a chain: each names the one before it (bytes 6 to 11), and none of them is
            missing here. A leaf with 17 in byte 1 has the record's own UUID as its message.
          - What the last leaves leave open stands in manifest.json under "open", each with party, leaf and words: something
            sent that nobody here received, or that the auditor has not seen though it has leaves here; a record or check that
            was accepted, refused or held, and because of which the party sent nothing; the latest revision that a party
            accepted and passed on, without entry, notice or correction; the latest revision that a facility sent, unless it
            took the record back, without notice or correction. What follows from the leaves as open and does not stand
            there makes the package incomplete.
          Leaves of a person's act (11) and of a new key (12) are no messages.

        What is signed are the leaves. manifest.json, the names of topics and this text are not.

        """

    private static let decisions = Decision.allCases.map { "\($0.rawValue) \($0)" }
    private static let reasons = ReasonCode.allCases.map { "\($0.rawValue) \($0.text)" }
    private static let kinds = MessageType.allCases.filter { $0.isOnTheRoute || $0.isAboutRequest }
        .map { "    \($0.rawValue)  \($0.eventType)" }.joined(separator: "\n")
    private static let revisions = "\(RecordTrace.revisions.lowerBound) to \(RecordTrace.revisions.upperBound)"

    /// A list in the column where it begins, broken into lines.
    private static func wrapped(_ words: [String]) -> String {
        var lines = [""]
        for word in words {
            if lines[lines.count - 1].utf8.count + word.utf8.count > 80 { lines.append("") }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : ", ") + word
        }
        return lines.joined(separator: ",\n" + String(repeating: " ", count: 17))
    }
}
