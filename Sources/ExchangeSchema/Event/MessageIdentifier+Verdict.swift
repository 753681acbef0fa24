extension MessageIdentifier {
    /// The identifier of a verdict of MoH's axis: SHA-256 of what it says, in the shape of a UUID of version 8. The same verdict
    /// on the same message has the same, so that it has one leaf however often it is told.
    public init(of verdict: AxisVerdict) {
        let digest = PayloadDigest(of: Array("exchange.v1.AxisVerdict|".utf8) + verdict.encoded)
        self.init(version8High: digest.words.0, low: digest.words.1)
    }
}
