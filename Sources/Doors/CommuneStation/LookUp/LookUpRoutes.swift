import DoorDesk
import DoorHouse
import ExchangeSchema
import Foundation
import HealthBook

/// Looks a person up: the card at VSS and, where somebody says why, the book at MoH. A number comes by POST alone.
struct LookUpRoutes: Sendable {
    let desk: StationDesk
    let people: LookUpDesk

    /// An empty form.
    func open(_ request: DoorRequest, _ say: Language) async -> DoorAnswer {
        await desk.answer(request, say) { visitor throws(StationRefusal) in
            .page(page(new(), visitor).html, verdict: "200 a form", account: visitor.account.username)
        }
    }

    /// What is known.
    func look(_ request: DoorRequest, _ say: Language) async -> DoorAnswer {
        await desk.answer(request, say) { visitor throws(StationRefusal) in
            let wanted = LookUpForm(visitor)
            let account = visitor.account
            guard desk.gate.holds(visitor.field("seal"), for: Self.sealed(wanted), of: account, at: visitor.now) else {
                var again = wanted
                again.form = new().form
                var page = page(again, visitor)
                page.notice = say(
                    "Chưa tra cứu: biểu mẫu đã mở quá lâu, hoặc không phải của trang này. Hãy gửi lại.",
                    "Not looked up: the form was open for too long, or is not of this page. Send it again.")
                return .page(
                    page.html, status: 403, verdict: "403 the form has no seal that holds", account: account.username)
            }
            var page = page(wanted, visitor)
            guard wanted.faults.isEmpty else {
                page.showsFaults = true
                return .page(
                    page.html, status: 422, verdict: "422 \(wanted.faults.count) faults", account: account.username)
            }
            var verdicts: [String] = []
            var isSilent = false
            if wanted.asksCard {
                let answer = await people.check(wanted, for: account)
                page.card = answer
                verdicts.append("card \(answer.code)")
                isSilent = CardCodes.status(answer.code) == 503
            }
            if wanted.asksBook {
                do {
                    let extract = try await people.read(wanted, for: account, at: visitor.now)
                    page.book = .answered(extract)
                    verdicts.append("book \(extract.refusalCode.isEmpty ? "shown" : extract.refusalCode)")
                } catch {
                    page.book = .silent
                    verdicts.append("no book: \(error)")
                    isSilent = true
                }
            }
            // The next look is another one.
            page.form = new().form
            page.seal = desk.gate.seal(Self.sealed(page.shown), for: account, at: visitor.now)
            let status = isSilent ? 503 : 200
            return .page(
                page.html, status: status, verdict: "\(status) \(verdicts.joined(separator: ", "))",
                account: account.username)
        }
    }

    private static func sealed(_ wanted: LookUpForm) -> String { "look-up \(wanted.form)" }

    private func new() -> LookUpForm {
        var form = LookUpForm()
        form.form = UUID().uuidString
        return form
    }

    private func page(_ wanted: LookUpForm, _ visitor: StationVisitor) -> LookUpPage {
        let account = visitor.account
        let number = EpisodeNumber.drawn(for: account.facility, at: visitor.now)
        return LookUpPage(
            say: visitor.say, paths: desk.paths, account: account, wanted: wanted, form: wanted.form,
            seal: desk.gate.seal(Self.sealed(wanted), for: account, at: visitor.now), newNumber: number)
    }
}
