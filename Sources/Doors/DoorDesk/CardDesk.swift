import DoorHouse
public import ExchangeSchema

/// Asks VSS about cards: questions that arrive together go in one command, which VSS's journal keeps.
public struct CardDesk: Sendable {
    /// Lanes that it needs of a line.
    public static let laneCount = 2

    private let vss: PartyLine
    private let gathering: Gathering<CardQuestion, CardAnswer>

    /// - Parameter vss: With ``laneCount`` lanes.
    public init(vss: PartyLine) {
        self.vss = vss
        gathering = Gathering(
            .init(items: 256, weight: 256, waiting: 20_000, lanes: Self.laneCount), weigh: { _ in 1 },
            work: { lane, questions in try await vss.check(questions, on: lane) })
    }

    /// - Returns: What VSS answers, or the result that stands for its silence: 101 when too much waits, 100 when it does not
    ///   answer.
    public func ask(_ question: CardQuestion) async -> CardAnswer {
        do {
            return try await gathering.deal(with: question)
        } catch {
            var answer = CardAnswer()
            answer.code = error is TooMuchWaiting ? "101" : "100"
            answer.rule = error is TooMuchWaiting ? "too much waits" : "VSS does not answer: \(error)"
            return answer
        }
    }

    /// Why VSS is not asked just now.
    public func obstacles() async -> [String] { await vss.silence().map { ["VSS: \($0)"] } ?? [] }
}
