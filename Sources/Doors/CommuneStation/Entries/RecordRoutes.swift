import DoorHouse
import ExchangeSchema

/// What came of records, and how one is taken back.
struct RecordRoutes: Sendable {
    let desk: StationDesk
    let entries: EntryDesk

    /// The last records of the station.
    func home(_ request: DoorRequest, _ say: Language) async -> DoorAnswer {
        await desk.answer(request, say) { visitor throws(StationRefusal) in
            let account = visitor.account
            let kept: [EntryStore.Entry]
            do {
                kept = try await entries.store.latest(of: account.facility, HomePage.count)
            } catch {
                throw StationDesk.silence(error)
            }
            // Without records nobody needs to be asked.
            let standings = kept.isEmpty ? [] : try? await entries.find(kept)
            return .page(
                HomePage(say: say, paths: desk.paths, account: account, entries: kept, standings: standings).html,
                verdict: "200 \(kept.count) records", account: account.username)
        }
    }

    /// One record.
    func record(_ request: DoorRequest, _ say: Language) async -> DoorAnswer {
        await desk.answer(request, say) { visitor throws(StationRefusal) in
            let record = try await desk.record(request.query["number"] ?? "", of: visitor, entries)
            return .page(
                RecordPage(
                    say: say, paths: desk.paths, account: visitor.account, entry: record.entry,
                    standing: record.standing
                ).html, verdict: "200 a record", account: visitor.account.username)
        }
    }

    /// Asks once more.
    func openWithdrawal(_ request: DoorRequest, _ say: Language) async -> DoorAnswer {
        await desk.answer(request, say) { visitor throws(StationRefusal) in
            let record = try await desk.record(request.query["number"] ?? "", of: visitor, entries)
            guard record.standing.phase == .pending || record.standing.phase == .shared else {
                return .seeOther(
                    desk.paths.record(record.entry.number, say), verdict: "303 nothing to withdraw",
                    account: visitor.account.username)
            }
            return .page(page(record.entry, visitor).html, verdict: "200 a form", account: visitor.account.username)
        }
    }

    /// Takes a record back.
    func withdraw(_ request: DoorRequest, _ say: Language) async -> DoorAnswer {
        await desk.answer(request, say) { visitor throws(StationRefusal) in
            let record = try await desk.record(visitor.field("number"), of: visitor, entries)
            let number = record.entry.number
            guard
                desk.gate.holds(
                    visitor.field("seal"), for: Self.sealed(number), of: visitor.account, at: visitor.now)
            else {
                return show(
                    record.entry, visitor, 403,
                    say(
                        "biểu mẫu đã mở quá lâu, hoặc không phải của trang này; hãy gửi lại",
                        "the form was open for too long, or is not of this page; send it again"),
                    "the form has no seal that holds")
            }
            let reason = visitor.field("reason")
            guard PrintableText.isLine(reason, upTo: 500) else {
                return show(
                    record.entry, visitor, 422,
                    say(
                        "cần lý do, 1 đến 500 ký tự trên một dòng",
                        "a reason is needed, 1 to 500 characters on one line"),
                    "no reason")
            }
            let standing: VisitStanding
            do {
                standing = try await entries.withdraw(
                    EntryDesk.name(number, of: visitor.account.facility), reason: reason)
            } catch {
                throw StationDesk.silence(error)
            }
            // Whatever came of it, the record's page says how it stands.
            return .seeOther(
                desk.paths.record(number, say),
                verdict: "303 \(standing.phase == .withdrawn ? "withdrawn" : "not withdrawn")",
                account: visitor.account.username)
        }
    }

    private static func sealed(_ number: String) -> String { "withdraw \(number)" }

    private func page(_ entry: EntryStore.Entry, _ visitor: StationVisitor) -> WithdrawalPage {
        WithdrawalPage(
            say: visitor.say, paths: desk.paths, account: visitor.account, entry: entry,
            seal: desk.gate.seal(Self.sealed(entry.number), for: visitor.account, at: visitor.now))
    }

    private func show(
        _ entry: EntryStore.Entry, _ visitor: StationVisitor, _ status: Int, _ fault: String, _ verdict: String
    ) -> DoorAnswer {
        var page = page(entry, visitor)
        page.reason = visitor.field("reason")
        page.fault = fault
        return .page(page.html, status: status, verdict: "\(status) \(verdict)", account: visitor.account.username)
    }
}
