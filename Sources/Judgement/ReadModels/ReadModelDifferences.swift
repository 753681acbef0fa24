/// Where what people read, the book and the provinces' warehouses, is not what follows from the population.
struct ReadModelDifferences: Sendable, Equatable {
    /// Of how many differences the words are kept.
    static let most = 20

    /// Differences of the book.
    private(set) var book = Findings()
    /// Differences of the warehouses.
    private(set) var warehouse = Findings()

    /// Some differences.
    struct Findings: Sendable, Equatable {
        /// How many there are.
        private(set) var count: Int64 = 0
        /// The first of them, in words. They name no person.
        private(set) var first: [String] = []

        mutating func add(_ text: @autoclosure () -> String) {
            count += 1
            if first.count < ReadModelDifferences.most { first.append(text()) }
        }
    }

    mutating func addToBook(_ text: @autoclosure () -> String) { book.add(text()) }

    mutating func addToWarehouse(_ text: @autoclosure () -> String) { warehouse.add(text()) }

    /// How many there are, by the name of the figure; nil for another figure.
    func figure(_ name: String) -> Int64? { findings(name)?.count }

    /// The first of them, by the name of the figure; nil for another figure.
    func findings(_ name: String) -> Findings? {
        switch name {
        case "bookDifferences": book
        case "warehouseDifferences": warehouse
        default: nil
        }
    }

    /// Whether any of these figures is one of them.
    static func areAsked(_ figures: [String]) -> Bool {
        figures.contains { ReadModelDifferences().findings($0) != nil }
    }
}
