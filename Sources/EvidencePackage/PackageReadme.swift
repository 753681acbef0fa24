/// `README.txt`: how to check a package without the program that made it.
enum PackageReadme {
    /// Comment lines above the keys.
    static let keyNote = [
        "# As found in the data directory: compare with the key you have from elsewhere.",
        "# Form: name+identifier+base64(type and public key), C2SP signed-note.",
    ]

    static let text = """
        Evidence of one record's way through an exchange
        ================================================

        With the program:    cycle audit check FILE.zip --keys FOLDER-WITH-YOUR-OWN-COPIES-OF-THE-KEYS

        What is here
          manifest.json                     the record, the exchange, and SHA-256 of every other file
          keys/PARTY.pub                    public keys (C2SP signed-note) of all logs, AS FOUND WITH THE DATA: they prove
                                            something only when they are the keys that you have from elsewhere
          checkpoints/PARTY.checkpoint      a signed checkpoint of the party (C2SP tlog-checkpoint), with cosignatures: the
                                            newest that more than half of the other logs have cosigned, if any
          continues/PARTY/N.request         that it and the pinned checkpoint of N leaves are of one history (C2SP
                                            tlog-witness, the body of add-checkpoint); with cycle audit prove --pins
          leaves/PARTY/N.leaf               leaf N of the party's journal, 96 bytes
          leaves/PARTY/N.tlog-proof         proof that it is in the log of the checkpoint (C2SP tlog-proof)
          verdicts/PARTY/N.json             what leaf N says, where it is a verdict of MoH's axis on a signature: its bytes
                                            (exchange.v1.AxisVerdict) and the salt of its digest, both base 64
          payloads/N.json                   payloads as they crossed the broker, as far as they are disclosed

        With other tools
          1. unzip; compare each file with its SHA-256 in manifest.json (sha256sum).
          2. Compare each key with your own copy.
          3. Check the signatures of each checkpoint with any implementation of C2SP signed-note (Ed25519 over the text
             up to the blank line, with its last line break).
          4. Count the cosignatures of each checkpoint: a leaf counts as proved when more than half of the other logs have
             cosigned the checkpoint over it (shards PARTY.N of one party do not count for each other). A cosignature is a
             signature of C2SP tlog-cosignature, version 1, by the Ed25519 key of another log's .pub, whose name is that
             log's; its key identifier is made with the type byte 4 in place of 1.
          5. Check each proof with any implementation of C2SP tlog-proof; the leaf hash is SHA-256 of one zero byte and
             the 96 bytes of the leaf (RFC 6962, section 2.1).
          6. Compare the last 32 bytes of a leaf with what its payload gives: for each part of payloads/N.json that is
             shown, SHA-256 of its salt and its bytes; for each other part the digest that stands there. One part: that
             digest. Several: SHA-256 of their digests one after the other, in the order of the file. Of a verdict it is
             SHA-256 of salt and statement.

        A leaf, numbers big-endian
          bytes  0      version                     1      what was decided: 1 accepted, 2 refused, 3 duplicate, 4 stale,
                                                           5 unknown record, 6 held, 7 unreadable, 8 not addressed,
                                                           9 sent, 10 observed, 11 a person's act, 12 new key,
                                                           14 done as told by a command
                 2      kind of message             3      number of the topic in the party's list, 255 for none
                 4-5    reason of a refusal         8-11   partition, -1 for a message sent
                 16-23  offset, -1 likewise         24-31  clock reading, milliseconds since 1970
                 32-47  message                     48-63  message that caused it
                 64-95  digest of the payload, by parts

        What is signed are the leaves. manifest.json, the names of topics and this text are not.

        """
}
