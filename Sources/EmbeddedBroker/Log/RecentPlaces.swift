/// Where the last readers stopped, so that a consumer that reads on needs no search, and which closed segments are
/// open. Both lists are short and bounded.
struct RecentPlaces {
    private static let maximumPlaces = 8
    private static let maximumOpen = 2

    private var places: [(offset: Int64, place: PartitionLog.Place)] = []
    private var open: [Segment] = []

    func place(of offset: Int64) -> PartitionLog.Place? {
        places.first { $0.offset == offset }?.place
    }

    mutating func note(_ place: PartitionLog.Place, at offset: Int64) {
        if let known = places.firstIndex(where: { $0.offset == offset }) {
            places[known].place = place
            return
        }
        if places.count == Self.maximumPlaces { places.removeFirst() }
        places.append((offset, place))
    }

    /// Returns the segment that should be released to make room.
    mutating func use(_ segment: Segment) -> Segment? {
        if open.last === segment { return nil }
        if let known = open.firstIndex(where: { $0 === segment }) { open.remove(at: known) }
        open.append(segment)
        return open.count > Self.maximumOpen ? open.removeFirst() : nil
    }

    /// Forgets a segment that is deleted.
    mutating func forget(_ segment: Segment) {
        places.removeAll { $0.place.segment === segment }
        open.removeAll { $0 === segment }
    }
}
