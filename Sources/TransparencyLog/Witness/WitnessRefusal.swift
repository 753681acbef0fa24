/// Why a witness does not cosign; the numbers are the status codes of tlog-witness, "add-checkpoint".
public enum WitnessRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// The request is not of the form (400).
    case malformedRequest
    /// The checkpoint is of an unknown log (404), or not signed by an active key of it (403).
    case policy(PolicyError)
    /// The old size is beyond the checkpoint (400).
    case oldSizeBeyondCheckpoint(origin: String, old: UInt64, size: UInt64)
    /// The proof does not begin where this witness stopped, at `known` leaves (409).
    case otherOldSize(origin: String, old: UInt64, known: UInt64)
    /// The proof has not the form of one between these sizes (422).
    case wrongProof(origin: String, ConsistencyProof)
    /// The log shows a history that is not the one this witness saw (409 or 422).
    case splitView(SplitView)
    /// The key cannot cosign.
    case key(KeyError)

    /// What is wrong, for a person.
    public var description: String {
        switch self {
        case .malformedRequest: "not a request to cosign: expected the old size, a proof and a checkpoint"
        case .policy(let error): error.description
        case .oldSizeBeyondCheckpoint(let origin, let old, let size):
            "\(origin) asks to go from \(old) leaves back to \(size)"
        case .otherOldSize(let origin, let old, let known):
            "\(origin) proves from \(old) leaves; the last cosigned checkpoint has \(known)"
        case .wrongProof(let origin, let proof):
            "\(origin) sent \(proof.path.count) hashes, which prove nothing from \(proof.old) to \(proof.new) leaves"
        case .splitView(let view): view.description
        case .key(let error): error.description
        }
    }

    /// Status code of an HTTP witness.
    public var status: Int {
        switch self {
        case .malformedRequest, .oldSizeBeyondCheckpoint: 400
        case .policy(.unknownOrigin): 404
        case .policy: 403
        case .otherOldSize: 409
        case .wrongProof: 422
        case .splitView(let view): view.proof == nil ? 409 : 422
        case .key: 500
        }
    }
}
