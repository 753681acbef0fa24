import Foundation
public import PartyCore
public import Topology
import TransparencyLog

extension SignatoryKeys {
    /// The keys that the parties of a stopped exchange have published in its evidence folder: what a rerun checks signatures
    /// with. It signs as the party did, where its key is there: nothing of a rerun is sent. Lists that cannot be read are
    /// not known.
    /// - Parameter secret: Path of the party's own key, which need not be there.
    public init(evidence folder: String, secret: String, topology: Topology) {
        let text = FileManager.default.contents(atPath: secret).map { String(decoding: $0, as: UTF8.self) }
        let lists = topology.shards.compactMap { shard -> (party: String, list: KeyList)? in
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(shard.name).keys"),
                let list = try? KeyList(Array(data))
            else { return nil }
            return (shard.party, list)
        }
        self.init(
            signer: text.flatMap { try? SignerKey(String($0.dropLast())) },
            parties: Dictionary(lists.map { ($0.list.origin, $0.party) }) { first, _ in first },
            lists: lists.map(\.list))
    }
}
