import DoorHouse
import ExchangeSchema

/// The station's last records.
struct HomePage {
    /// Records that it shows.
    static let count = 30

    var say: Language
    var paths: StationPaths
    var account: StationAccount
    var entries: [EntryStore.Entry]
    /// How they stand, in the same order; nil where the facility does not answer.
    var standings: [VisitStanding]?

    var html: String {
        var body = ""
        if standings == nil {
            body += StationPage.alert(
                StationPage.paragraph(
                    say(
                        "Cơ sở không trả lời lúc này nên chưa biết tình trạng; hãy thử lại.",
                        "The facility does not answer just now, so that nothing is known of the states; try again.")))
        }
        let heads = [
            say("Số hồ sơ", "Number"), say("Loại", "Kind"), say("Người bệnh", "Patient"), say("Gửi lúc", "Given at"),
            say("Tình trạng", "State"),
        ]
        let rows = entries.indices.map { place in
            let entry = entries[place]
            let words = standings.map { StandingWords($0[place], say) }
            return [
                StationPage.link(paths.record(entry.number, say), entry.number),
                EscapedText.of(entry.kind.name(say)), EscapedText.of(entry.typed.patient),
                EscapedText.of(ShownTime.moment(entry.givenAt)),
                EscapedText.of(
                    words.map { [$0.state, $0.refusal?.code ?? ""].filter { !$0.isEmpty }.joined(separator: ": ") }
                        ?? say("chưa rõ", "not known")),
            ]
        }
        body +=
            entries.isEmpty
            ? StationPage.paragraph(say("Chưa có hồ sơ nào.", "There is no record yet.")) : FormPage.table(heads, rows)
        return StationPage(
            say: say, paths: paths, account: account, title: say("Hồ sơ của trạm", "The station's records"),
            body: body, otherLanguage: paths.home(say.other)
        ).html
    }
}
