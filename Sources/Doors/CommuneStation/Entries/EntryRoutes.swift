import DoorDesk
import DoorHouse
import ExchangeSchema
import HealthStandards

/// The forms by which records are entered and amended.
struct EntryRoutes: Sendable {
    let desk: StationDesk
    let entries: EntryDesk

    /// An empty form. Its number stands in the address, so that whoever goes back to it comes to the same record.
    func open(_ request: DoorRequest, _ kind: RecordKind, _ say: Language) async -> DoorAnswer {
        await desk.answer(request, say) { visitor throws(StationRefusal) in
            let account = visitor.account
            let number = request.query["number"] ?? ""
            guard EpisodeNumber.isNumber(number, of: account.facility) else {
                let drawn = EpisodeNumber.drawn(for: account.facility, at: visitor.now)
                return .seeOther(
                    desk.paths.form(kind, drawn, say), verdict: "303 a new form", account: account.username)
            }
            do {
                guard let kept = try await entries.store.entry(number, of: account.facility) else {
                    let typed = TypedRecord.new(kind, number: number, for: account, at: visitor.now)
                    return show(page(typed, .enter, visitor), visitor)
                }
                let (standing, entry) = try await entries.look(EntryDesk.name(number, of: account.facility))
                guard standing.revision == 0, kept.kind == kind else {
                    return .seeOther(
                        desk.paths.record(number, say), verdict: "303 it was entered before",
                        account: account.username)
                }
                return show(page((entry ?? kept).typed, .enter, visitor), visitor)
            } catch {
                throw StationDesk.silence(error)
            }
        }
    }

    /// A form that was filled in.
    func enter(_ request: DoorRequest, _ kind: RecordKind, _ say: Language) async -> DoorAnswer {
        await desk.answer(request, say) { visitor throws(StationRefusal) in
            var number = visitor.field("number")
            if !EpisodeNumber.isNumber(number, of: visitor.account.facility) {
                number = EpisodeNumber.drawn(for: visitor.account.facility, at: visitor.now)
            }
            var typed = TypedRecord(kind, number: number, visitor.fields)
            if visitor.field("do") == "begin" {
                // Of somebody who was looked up: what is known of them, and what stands in every new form.
                let new = TypedRecord.new(kind, number: number, for: visitor.account, at: visitor.now)
                typed.values.merge(new.values) { known, _ in known }
            }
            return await take(typed, .enter, visitor)
        }
    }

    /// The form of a record that was sent, with what was sent; where it was refused, with the reason at its field.
    func openAmendment(_ request: DoorRequest, _ say: Language) async -> DoorAnswer {
        await desk.answer(request, say) { visitor throws(StationRefusal) in
            let number = request.query["number"] ?? ""
            let record = try await desk.record(number, of: visitor, entries)
            guard record.standing.revision > 0, record.standing.phase != .withdrawn else {
                return .seeOther(
                    desk.paths.record(number, say), verdict: "303 nothing to amend", account: visitor.account.username)
            }
            var page = page(
                record.entry.typed, .amend(revision: record.standing.revision + 1), visitor)
            if let refusal = StandingWords(record.standing, say).refusal {
                page.faults = [JudgedRecord.Fault(refusal, record.entry.kind)]
                page.faultsTitle = say(
                    "Lần gửi \(record.standing.revision) bị từ chối", "Revision \(record.standing.revision) was refused"
                )
            }
            return show(page, visitor)
        }
    }

    /// An amendment that was filled in.
    func amend(_ request: DoorRequest, _ say: Language) async -> DoorAnswer {
        await desk.answer(request, say) { visitor throws(StationRefusal) in
            let number = visitor.field("number")
            let entry: EntryStore.Entry?
            do {
                entry = try await entries.store.entry(number, of: visitor.account.facility)
            } catch {
                throw StationDesk.silence(error)
            }
            guard let entry, let revision = UInt32(visitor.field("revision")) else {
                throw StationRefusal(
                    404, "Trạm không có hồ sơ này.", "The station has no such record.", "no such record")
            }
            return await take(
                TypedRecord(entry.kind, number: number, visitor.fields), .amend(revision: revision), visitor)
        }
    }

    /// What is to become of a form.
    private func take(
        _ typed: TypedRecord, _ purpose: EntryPage.Purpose, _ visitor: StationVisitor
    ) async -> DoorAnswer {
        var page = page(typed, purpose, visitor)
        let order = visitor.field("do")
        guard order == "send" || order.isEmpty else {
            page.moreRows = VisitFields.rowTables.first { order == "more-\($0.rawValue)" }
            return show(page, visitor)
        }
        guard
            desk.gate.holds(
                visitor.field("seal"), for: purpose.sealed(typed), of: visitor.account, at: visitor.now)
        else {
            page.notice = notice(
                visitor, "Chưa gửi: biểu mẫu đã mở quá lâu, hoặc không phải của trang này. Hãy xem lại rồi gửi.",
                "Not sent: the form was open for too long, or is not of this page. Look it over, and send it.")
            return show(page, visitor, status: 403, "the form has no seal that holds")
        }
        let day = String(VietnamTime.stamp(visitor.now).prefix(8))
        let judged = JudgedRecord(typed, facility: visitor.account.facility, on: day)
        guard judged.faults.isEmpty else {
            page.faults = judged.faults
            return show(page, visitor, status: 422, "\(judged.faults.count) faults")
        }
        do {
            switch try await hand(judged, typed, purpose, at: visitor.now) {
            case .taken(let standing):
                return .seeOther(
                    desk.paths.record(typed.number, visitor.say),
                    verdict: "303 taken in as revision \(standing.revision)", account: visitor.account.username)
            case .otherwise(let standing): return otherwise(standing, typed, purpose, visitor)
            }
        } catch {
            page.notice = notice(
                visitor,
                "Cơ sở không trả lời lúc này, nên chưa chắc hồ sơ đã được tiếp nhận. Hãy gửi lại: gửi hai lần cũng chỉ thành một hồ sơ.",
                "The facility does not answer just now, so that nothing is known to be taken in. Send it again: sent twice it is still one record."
            )
            return show(page, visitor, status: 503, "nothing is known to be taken in: \(error)")
        }
    }

    private func hand(
        _ judged: JudgedRecord, _ typed: TypedRecord, _ purpose: EntryPage.Purpose, at now: Int64
    ) async throws -> EntryDesk.Outcome {
        switch purpose {
        case .enter: try await entries.enter(judged, typed, at: now)
        case .amend(let revision): try await entries.amend(judged, typed, as: revision, at: now)
        }
    }

    /// The facility has something else than the form was made for.
    private func otherwise(
        _ standing: VisitStanding, _ typed: TypedRecord, _ purpose: EntryPage.Purpose, _ visitor: StationVisitor
    ) -> DoorAnswer {
        let say = visitor.say
        let link = StationPage.link(desk.paths.record(typed.number, say), say("Xem hồ sơ", "See the record"))
        guard purpose != .enter, standing.phase != .withdrawn, standing.revision > 0 else {
            let words =
                standing.phase == .withdrawn
                ? say(
                    "Hồ sơ này đã được rút, không gửi lại được.", "This record was withdrawn, and cannot be sent again."
                )
                : say(
                    "Hồ sơ này đã được nhập với nội dung khác; không có gì được nhập thêm. Muốn thay đổi thì sửa hồ sơ.",
                    "This record was entered before with other contents; nothing was entered now. To change it, amend it."
                )
            return .page(
                StationPage(
                    say: say, paths: desk.paths, account: visitor.account, title: say("Không gửi", "Not sent"),
                    body: StationPage.alert(StationPage.paragraph(words) + "<p>\(link)</p>")
                ).html, status: 409, verdict: "409 it stands with other contents", account: visitor.account.username)
        }
        var page = page(typed, .amend(revision: standing.revision + 1), visitor)
        page.notice =
            notice(
                visitor,
                "Chưa gửi: hồ sơ đã thay đổi sau khi biểu mẫu được mở. Hãy xem hồ sơ, rồi gửi nếu vẫn muốn thay thế.",
                "Not sent: the record has changed since the form was opened. See it, and send this if it is to take its place."
            )
            + "<p>\(link)</p>"
        return show(page, visitor, status: 409, "another revision stands")
    }

    private func page(
        _ typed: TypedRecord, _ purpose: EntryPage.Purpose, _ visitor: StationVisitor
    ) -> EntryPage {
        EntryPage(
            say: visitor.say, paths: desk.paths, account: visitor.account, purpose: purpose, typed: typed,
            seal: desk.gate.seal(purpose.sealed(typed), for: visitor.account, at: visitor.now))
    }

    private func notice(_ visitor: StationVisitor, _ vietnamese: String, _ english: String) -> String {
        StationPage.paragraph(visitor.say(vietnamese, english))
    }

    private func show(
        _ page: EntryPage, _ visitor: StationVisitor, status: Int = 200, _ verdict: String = "a form"
    ) -> DoorAnswer {
        .page(page.html, status: status, verdict: "\(status) \(verdict)", account: visitor.account.username)
    }
}
