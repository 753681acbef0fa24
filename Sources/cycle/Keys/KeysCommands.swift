#if DOORS
    import ArgumentParser

    /// Keys and signatures of facilities.
    struct KeysCommands: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "keys",
            abstract: "Make keys and certificates of facilities, sign envelopes, look at signatures.",
            discussion: """
                A key is RSA of 2,048 bits, and its certificate is issued by an authority of this exchange's own. The real \
                authorities are others: a certificate of theirs is not believed here, nor one from here by them.
                """,
            subcommands: [MakeKeys.self, SignEnvelope.self, VerifyEnvelope.self])
    }
#endif
