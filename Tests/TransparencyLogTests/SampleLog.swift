@testable import TransparencyLog

/// A log of numbered leaves with its key, and witnesses: all the same in each run.
struct SampleLog {
    var origin: ExactText
    var signer: SignerKey
    var tiles = MemoryTiles()
    var builder = TileBuilder()
    /// First byte of every leaf; another one makes another history.
    var history: UInt8 = 1

    init(_ origin: ExactText, seed: UInt8) throws {
        self.origin = origin
        signer = try SignerKey(name: origin, kind: .ed25519, seed: Array(repeating: seed, count: 32))
    }

    func leaf(_ index: UInt64) -> TreeHash { .leaf([history, UInt8(index & 255), UInt8(index >> 8 & 255)]) }

    mutating func grow(to size: UInt64) throws {
        try builder.append((builder.size..<size).map { leaf($0) }, to: &tiles)
        try builder.flush(to: &tiles)
    }

    var tree: TileTree<MemoryTiles> { TileTree(size: builder.size, reader: tiles) }

    func checkpoint() throws -> Checkpoint {
        try Checkpoint(origin: origin, size: builder.size, root: builder.root)
    }

    func note() throws -> SignedNote { try checkpoint().signed(by: [signer]) }

    /// Proves from a size to the present.
    func request(from old: UInt64) throws -> WitnessRequest {
        WitnessRequest(
            oldSize: old, path: try tree.consistencyProof(from: old, to: builder.size).path, note: try note())
    }

    var trusted: TrustedLogKey { TrustedLogKey(origin: origin, key: signer.verifier) }

    static func witness(_ name: ExactText, seed: UInt8) throws -> SignerKey {
        try SignerKey(name: name, kind: .cosignature, seed: Array(repeating: seed, count: 32))
    }
}
