/// `README.txt`: how to check a package without the program that made it. It needs no other page of ours: whoever has read
/// it, and the public specifications that it names, can write a checker. `scripts/conformance/evidence.py` is one.
enum PackageReadme {
    static let text = overview + steps + leaf + subjects + payloads + story

    private static let overview = """
        Evidence of one record's way through an exchange
        ================================================

        With the program:    cycle audit check FILE.zip --keys FOLDER-WITH-YOUR-OWN-COPIES-OF-THE-KEYS

        What is here
          manifest.json                     the record, the exchange, and SHA-256 of every other file
          keys/LOG.pub                      public keys of all logs of the exchange, AS FOUND WITH THE DATA: they prove
                                            something only when they are the keys that you have from elsewhere
          keys/LOG.witness.pub              the same pairs, as these logs cosign the checkpoints of others
          checkpoints/PARTY.checkpoint      a signed checkpoint of the party (C2SP tlog-checkpoint), with cosignatures: the
                                            newest that more than half of the other logs have cosigned, if any
          continues/PARTY/N.request         that it and the pinned checkpoint of N leaves are of one history (C2SP
                                            tlog-witness, the body of add-checkpoint); with cycle audit prove --pins
          leaves/PARTY/N.leaf               leaf N of the party's journal, 112 bytes
          leaves/PARTY/N.tlog-proof         proof that it is in the log of the checkpoint (C2SP tlog-proof)
          verdicts/PARTY/N.json             what leaf N says, where it is a verdict of MoH's axis on a signature
          payloads/N.json                   payloads as they crossed the broker, as far as they are disclosed

        The log of PARTY is called closed-cycle/EXCHANGE/PARTY; EXCHANGE stands in manifest.json, and there under
        "journals" for each party: "leaves", the numbers of its leaves here; "topics", the names of the topics that its
        leaves number from 0; "continues", the pinned sizes. "logs" names all logs of the exchange.

        """

    private static let steps = """

        With other tools
          1. Unzip. Compare each file with its length and SHA-256 in manifest.json (sha256sum). No file is missing there,
             and none is here that it does not name.
          2. Keys. A line of keys/LOG.pub is NAME+ID+BASE64, which note.NewVerifier of golang.org/x/mod/sumdb/note reads. BASE64
             is one byte 01 and the 32 bytes of an Ed25519 public key (RFC 8032); ID, eight hexadecimal digits, is the first
             four bytes of SHA-256 over NAME, one byte 0A, the byte 01 and the key. In keys/LOG.witness.pub the byte is 04 in
             both places, and the rest the same. Compare the keys with your own.
          3. Checkpoints. A signed note (C2SP signed-note): text, an empty line, signature lines. The text ends with the line
             break before the empty line, and that belongs to it. It has three lines: the log's name, how many leaves it
             has, and base 64 of the 32 bytes of their Merkle tree's root (RFC 6962, section 2.1, SHA-256). A signature line is
             an em dash (E2 80 94), a space, NAME, a space, base 64 of four bytes ID and the signature. The log's own: 64 bytes,
             Ed25519 over the text. One of a known key that is wrong spoils the whole; those of unknown keys say nothing.
          4. Cosignatures. Lines in the name of another log, whose ID is that of its key of type 04: eight bytes T, big-endian,
             then 64 bytes, Ed25519 over the bytes of "cosignature/v1", line break, "time ", T in decimal, line break, and the
             text of the checkpoint. T is in seconds since 1970 (C2SP tlog-cosignature).
          5. Quorum. The leaves under a checkpoint count as proved when more than half of the other logs have cosigned it:
             of n others n/2+1, n/2 rounded down. PARTY and PARTY.1, PARTY.2 and so on are shards of one party: they are not
             "others" for each other, and among the others each counts. "needed" and "others" in the manifest must be these
             numbers.
          6. Proofs. A .tlog-proof has the lines "c2sp.org/tlog-proof@v1", "index N", then the hashes of the path in base 64 from
             the leaf up, an empty line, and the checkpoint, byte for byte that of checkpoints/PARTY.checkpoint. The hash of a
             leaf is SHA-256 of one byte 00 and its 112 bytes, that of a node SHA-256 of 01, the left and the right hash.
          7. A .request has the lines "old SIZE", the hashes of a consistency proof (RFC 6962, section 2.1.2) in base 64, an empty
             line, and the checkpoint of more leaves of the two. SIZE is the number of leaves of the other.
          8. Leaves, payloads and the story that they tell, as below.

        """
}
