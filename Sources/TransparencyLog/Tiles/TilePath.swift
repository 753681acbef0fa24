extension Tile {
    /// The path below the prefix of the log: `tile/<L>/<N>[.p/<W>]` or `tile/entries/<N>[.p/<W>]`.
    public var path: String {
        var groups: [String] = []
        var rest = index
        repeat {
            let digits = String(rest % 1000)
            let padded = String(repeating: "0", count: 3 - digits.utf8.count) + digits
            groups.append(groups.isEmpty ? padded : "x" + padded)
            rest /= 1000
        } while rest > 0
        let directory =
            switch content {
            case .hashes(let level): "\(level)"
            case .entries: "entries"
            }
        return (["tile", directory] + groups.reversed()).joined(separator: "/") + (isPartial ? ".p/\(width)" : "")
    }

    /// Reads what ``path`` writes; nil for anything else.
    public init?(path: String) {
        var parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)[...]
        guard parts.count >= 3, parts.removeFirst().elementsEqual("tile".utf8) else { return nil }
        let directory = parts.removeFirst()
        let content: Content
        if directory.elementsEqual("entries".utf8) {
            content = .entries
        } else {
            guard let level = Decimal.decode(directory), level <= 63 else { return nil }
            content = .hashes(level: Int(level))
        }
        var width: UInt64 = 256
        if parts.count >= 2, parts[parts.endIndex - 2].suffix(2).elementsEqual(".p".utf8), let last = parts.popLast() {
            guard let partial = Decimal.decode(last), partial < 256 else { return nil }
            width = partial
            parts[parts.endIndex - 1] = parts[parts.endIndex - 1].dropLast(2)
        }
        var index: UInt64 = 0
        for group in parts {
            guard let digits = UInt64(String(decoding: group.suffix(3), as: UTF8.self)) else { return nil }
            let (product, over) = index.multipliedReportingOverflow(by: 1000)
            let (sum, carry) = product.addingReportingOverflow(digits)
            guard !over, !carry else { return nil }
            index = sum
        }
        self.init(content, index: index, width: Int(width))
        // One place has one path: no missing or needless x, no needless group or zero.
        guard self.path.utf8.elementsEqual(path.utf8) else { return nil }
    }
}
