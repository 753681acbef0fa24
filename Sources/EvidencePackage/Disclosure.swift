/// Which blocks of the payloads a package shows; of all others it holds digests only.
public enum Disclosure: String, Sendable, CaseIterable, Codable {
    /// Who and where.
    case administrative
    /// Card and amounts.
    case insurance
    /// Diagnosis and treatment.
    case clinical
    /// Everything, what stands beside the blocks and the other tables as well; but never XML6 and XML15, which tell of HIV:
    /// whoever a package is given to is on no closed list.
    case all

    /// Reads a list with commas; nil when a word in it is none.
    public static func list(_ text: String) -> Set<Disclosure>? {
        let words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let found = words.compactMap(Disclosure.init(rawValue:))
        return found.count == words.count ? Set(found) : nil
    }
}
