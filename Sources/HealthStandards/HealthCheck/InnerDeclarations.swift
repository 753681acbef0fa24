/// Takes declarations (`<?xml … ?>`) out of the middle of a document that comes in pieces. The sample of Decision 2062/QD-BYT has
/// one before each table inside NOIDUNGFILE, where XML allows none. Line ends in them stay, so that lines are counted rightly.
struct InnerDeclarations {
    private static let opening = Array("<?xml".utf8)

    private enum Place { case before, inside, passing, skipping }
    private var place = Place.before
    private var held: [UInt8] = []
    private var isWide: Bool?

    /// The piece without them; the end of a piece may come with the next one. An empty piece is the end.
    mutating func strip(_ piece: [UInt8]) -> [UInt8] {
        if isWide == nil, piece.count >= 2 { isWide = piece[0] >= 0xFE && piece[1] >= 0xFE }
        // UTF-16 is left alone: nobody was seen to write it this way.
        guard isWide != true else { return piece }
        let bytes = held + piece
        held = []
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            switch place {
            case .before, .inside:
                let next = bytes[at...].firstIndex(of: 0x3C) ?? bytes.count
                kept.append(contentsOf: bytes[at..<next])
                at = next
                guard at < bytes.count else { break }
                if bytes.count - at <= Self.opening.count, !piece.isEmpty {
                    held = Array(bytes[at...])
                    return kept
                }
                let isDeclaration =
                    bytes[at...].starts(with: Self.opening) && bytes.count - at > Self.opening.count
                    && bytes[at + Self.opening.count] <= 0x20
                // The document's own one is the first thing in it.
                if isDeclaration {
                    place = place == .before ? .passing : .skipping
                } else {
                    place = .inside
                    kept.append(bytes[at])
                    at += 1
                }
            case .passing, .skipping:
                let isEnd = bytes[at] == 0x3E
                if place == .passing || bytes[at] == 0x0A { kept.append(bytes[at]) }
                if isEnd { place = .inside }
                at += 1
            }
        }
        return kept
    }
}
