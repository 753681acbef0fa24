/// Which keys one believes, for which logs and when, and how many witnesses one wants.
public struct KeyPolicy: Sendable, Hashable {
    /// Keys of logs, active and retired.
    public var logs: [TrustedLogKey]
    /// Keys of witnesses, active and retired.
    public var witnesses: [TrustedWitnessKey]
    /// Least number of witnesses, by name, that must have cosigned a checkpoint.
    public var witnessesNeeded: Int

    /// Takes the keys.
    public init(logs: [TrustedLogKey], witnesses: [TrustedWitnessKey] = [], witnessesNeeded: Int = 0) {
        self.logs = logs
        self.witnesses = witnesses
        self.witnessesNeeded = witnessesNeeded
    }

    /// Reads a checkpoint and checks who signed it.
    ///
    /// - Parameter origin: The log it must be of; nil for any log whose keys are known.
    /// - Throws: ``PolicyError`` that names the log or key at fault.
    public func verify(_ note: SignedNote, origin: ExactText? = nil) throws(PolicyError) -> VerifiedCheckpoint {
        let checkpoint: Checkpoint
        do { checkpoint = try Checkpoint(text: note.text) } catch { throw .checkpoint(error) }
        if let origin, checkpoint.origin != origin {
            throw .otherOrigin(checkpoint.origin.string, expected: origin.string)
        }
        let own = logs.filter { $0.origin == checkpoint.origin }
        guard !own.isEmpty else { throw .unknownOrigin(checkpoint.origin.string) }
        let known = try signatures(of: note, logs: own, origin: checkpoint.origin)
        let signers = try signers(known, among: own, of: checkpoint)
        let cosignatures = try cosignatures(known)
        return VerifiedCheckpoint(
            checkpoint: checkpoint, note: note, signers: signers, cosignatures: cosignatures)
    }

    /// Reads and checks a checkpoint.
    public func verify(_ bytes: [UInt8], origin: ExactText? = nil) throws(PolicyError) -> VerifiedCheckpoint {
        let note: SignedNote
        do { note = try SignedNote(bytes) } catch { throw .note(error) }
        return try verify(note, origin: origin)
    }

    private func signatures(
        of note: SignedNote, logs: [TrustedLogKey], origin: ExactText
    ) throws(PolicyError) -> [VerifiedSignatures.Known] {
        do {
            let keys = logs.map(\.key).filter { $0.kind == .ed25519 } + cosigners.map(\.key)
            return try note.verified(by: keys).known
        } catch .noKnownKey(let signers) {
            throw .unknownKey(origin: origin.string, signers: signers)
        } catch {
            throw .note(error)
        }
    }

    private func signers(
        _ known: [VerifiedSignatures.Known], among own: [TrustedLogKey], of checkpoint: Checkpoint
    ) throws(PolicyError) -> [VerifierKey] {
        let entries = known.flatMap { signature in own.filter { $0.key == signature.key } }
        guard let first = entries.first else {
            throw .unknownKey(origin: checkpoint.origin.string, signers: known.map(\.key.description))
        }
        let valid = entries.filter { $0.covers(checkpoint.size) }
        guard !valid.isEmpty else {
            throw .retiredKey(
                first.key.description, size: checkpoint.size, firstSize: first.firstSize, lastSize: first.lastSize)
        }
        return valid.map(\.key)
    }

    private func cosignatures(_ known: [VerifiedSignatures.Known]) throws(PolicyError) -> [Cosignature] {
        let cosignatures = known.compactMap { known -> Cosignature? in
            guard let time = known.signature.cosignatureTime,
                cosigners.contains(where: { $0.key == known.key && $0.covers(time) })
            else { return nil }
            return Cosignature(witness: known.key, time: time)
        }
        let names = Set(cosignatures.map(\.witness.name))
        guard names.count >= witnessesNeeded else {
            let missing = Set(cosigners.map(\.key.name)).subtracting(names).sorted().map(\.string)
            throw .tooFewWitnesses(names.count, needed: witnessesNeeded, missing: missing)
        }
        return cosignatures
    }

    private var cosigners: [TrustedWitnessKey] { witnesses.filter { $0.key.kind == .cosignature } }
}
