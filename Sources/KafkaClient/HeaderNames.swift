/// Header names known beforehand, each ended by a zero byte, in one buffer.
struct HeaderNames {
    let bytes: [CChar]
    let starts: [Int]

    init(_ names: [String]) {
        var bytes: [CChar] = []
        var starts: [Int] = []
        for name in names {
            starts.append(bytes.count)
            bytes.append(contentsOf: name.utf8.map { CChar(bitPattern: $0) })
            bytes.append(0)
        }
        self.bytes = bytes
        self.starts = starts
    }

    var count: Int { starts.count }

    func length(_ index: Int) -> Int {
        (index + 1 < starts.count ? starts[index + 1] : bytes.count) - starts[index] - 1
    }
}
