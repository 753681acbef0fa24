/// How many exchanges of this suite run at once: each is seven processes, and the machine may have two cores.
actor ExchangeSlots {
    static let shared = ExchangeSlots(2)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    private func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }

    /// Runs the body when its turn has come, with a directory that is gone afterwards.
    static func run<Result: Sendable>(
        _ body: @Sendable (TemporaryDirectory) async throws -> Result
    ) async throws -> Result {
        await shared.take()
        do {
            let result = try await body(TemporaryDirectory())
            await shared.giveBack()
            return result
        } catch {
            await shared.giveBack()
            throw error
        }
    }
}
