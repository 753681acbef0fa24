/// What a party says of its published checkpoints, and of the logs of others.
public struct WitnessReport: Sendable, Codable, Equatable {
    /// Leaves of the checkpoint signed last.
    public var signedLeaves: Int64
    /// Leaves of the checkpoint published last.
    public var publishedLeaves: Int64
    /// Parties that cosigned it.
    public var cosignedBy: [String]
    /// Parties that can be expected to, without the auditor.
    public var witnesses: Int
    /// Logs with two histories that this party knows of, in words.
    public var splitViews: [String]

    /// Takes all fields.
    public init(
        signedLeaves: Int64, publishedLeaves: Int64, cosignedBy: [String], witnesses: Int, splitViews: [String]
    ) {
        self.signedLeaves = signedLeaves
        self.publishedLeaves = publishedLeaves
        self.cosignedBy = cosignedBy
        self.witnesses = witnesses
        self.splitViews = splitViews
    }

    /// Whether a journal of so many leaves is published to its end and cosigned by all.
    /// - Parameters:
    ///   - missing: How many of them may stay away.
    ///   - auditor: The auditor's name, where its cosignature is expected too.
    public func covers(
        _ leaves: Int64, of parties: [String], but missing: Int = 0, and auditor: String? = nil
    ) -> Bool {
        leaves == 0
            || publishedLeaves == leaves && isCosigned(by: parties, but: missing)
                && auditor.map { cosignedBy.contains($0) } ?? true
    }

    /// Whether all that is signed is published and cosigned by all of these that can be expected to.
    /// - Parameter missing: How many of them may stay away.
    public func isCosigned(by parties: [String], but missing: Int = 0) -> Bool {
        publishedLeaves >= signedLeaves && cosignedBy.count { parties.contains($0) } >= witnesses - missing
    }
}
