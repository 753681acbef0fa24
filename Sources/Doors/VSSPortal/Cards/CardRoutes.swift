import DoorDesk
import DoorHouse
import ExchangeSchema

/// `KQNhanLichSuKCB2024` and `Lskcb2025`: is this card good, who looked it up, and where was its holder.
struct CardRoutes: Sendable {
    let gate: PortalGate
    let writer: PortalWriter
    let desk: CardDesk

    /// The card check.
    func check(_ request: DoorRequest) async -> DoorAnswer {
        await answer(request, wantsFullDate: false) { $0 }
    }

    /// The history.
    func history(_ request: DoorRequest) async -> DoorAnswer {
        await answer(request, wantsFullDate: true) { HistoryReply($0) }
    }

    private func answer(
        _ request: DoorRequest, wantsFullDate: Bool, _ form: (CardReply) -> some PortalObject
    ) async -> DoorAnswer {
        let asked: CardRequest
        do throws(CardRequest.Refusal) {
            asked = try CardRequest(request, gate, wantsFullDate: wantsFullDate, withVisits: true)
        } catch {
            return writer.answer(
                form(CardReply(code: error.code)), status: CardCodes.status(error.code),
                verdict: "\(error.code) \(error.verdict)", account: error.account)
        }
        let found = await desk.ask(asked.question)
        return writer.answer(
            form(CardReply(found)), status: CardCodes.status(found.code),
            verdict: found.rule.isEmpty ? found.code : "\(found.code) \(found.rule)", readings: asked.readings,
            account: asked.account.username)
    }
}
