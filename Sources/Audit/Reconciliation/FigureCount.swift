import ExchangeSchema
import PartyCore
import Topology
import Vocabulary

/// Counts all figures of an exchange from the leaves of its parties, in turns of about 100,000 records, so that its
/// memory does not grow with the exchange.
struct FigureCount {
    private let parties: [ScopedParty]
    private let facilities: any RecordFacilities
    private let recordsAtOnce: Int64
    /// Messages whose record is wanted.
    private let wanted: [MessageIdentifier]
    /// The records of those messages.
    private(set) var found: [MessageIdentifier: RecordIdentifier] = [:]
    private(set) var figures: ExchangeFigures
    private var tally: RecordTally

    /// - Parameters:
    ///   - at: Clock reading that ages are counted to; nil for the last one of the leaves.
    ///   - wanted: Messages whose records are to be found.
    init(
        _ parties: [ScopedParty], facilities: any RecordFacilities, at: Int64?, wanted: [MessageIdentifier] = [],
        recordsAtOnce: Int64 = RecordTurn.recordsAtOnce
    ) throws {
        self.parties = parties
        self.facilities = facilities
        self.recordsAtOnce = recordsAtOnce
        self.wanted = wanted
        let censuses = try parties.map { try LeafCensus($0) }
        let counted = censuses.filter { $0.leaves > 0 }
        let span =
            counted.isEmpty
            ? nil
            : ExchangeFigures.Span(
                first: counted.map(\.first).min() ?? 0, last: counted.map(\.last).max() ?? 0)
        figures = ExchangeFigures(at: at ?? span?.last ?? 0, span: span)
        if let span { figures.throughput = ThroughputFigures(span) }
        figures.quality.wrongMatches = facilities.knowsWrongMatches ? 0 : nil
        tally = RecordTally(parties, at: figures.at)
        let hops = RecordWays.hops(parties)
        figures.parties = zip(parties, censuses).map { Self.party($0, $1) }
        figures.hops = hops.map { Self.hop($0, parties, censuses[$0.reader]) }
        figures.signatures = censuses.flatMap(\.signatures)
        figures.quality.copies = censuses.reduce(0) { $0 + $1.copies }
        figures.quality.deadLetters = censuses.reduce(0) { $0 + $1.deadLetters.values.reduce(0, +) }
        try run()
    }

    private static func party(_ party: ScopedParty, _ census: LeafCensus) -> PartyFigures {
        var figures = PartyFigures(party: party.name, role: party.role.rawValue)
        figures.leaves = census.leaves
        figures.copies = census.copies
        figures.stale = census.stale
        figures.strays = census.strays
        figures.deadLetters = census.deadLetters.values.reduce(0, +)
        return figures
    }

    private static func hop(
        _ hop: RecordWays.Hop, _ parties: [ScopedParty], _ census: LeafCensus
    ) -> HopFigures {
        var figures = HopFigures(
            type: hop.type.name, topic: hop.topic.name, senders: hop.topic.writers,
            reader: parties[hop.reader].name)
        figures.deadLetters = census.deadLetters[hop.type.rawValue] ?? 0
        return figures
    }

    private mutating func run() throws {
        let turns = try RecordTurn.turns(parties, recordsAtOnce: recordsAtOnce)
        for turn in 0..<turns {
            let records = try RecordTurn(parties, turn: turn, of: turns)
            for message in wanted {
                if let place = records.place(message) { found[message] = records.records[Int(place.record)] }
            }
            var places = [RecordFacility?](repeating: nil, count: records.records.count)
            try facilities.forEach { record, facility in
                if let place = records.index[record] { places[Int(place)] = facility }
            }
            let ways = try RecordWays(records, parties)
            for record in records.records.indices {
                tally.take(record, ways, facility: places[record], &figures)
            }
        }
        tally.finish(facilities, &figures)
    }
}
