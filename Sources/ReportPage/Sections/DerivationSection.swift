import Audit
import Topology
import Vocabulary

/// How anybody with the data directory gets each figure again.
struct DerivationSection {
    let content: ReportContent

    private var say: PageLanguage { content.say }

    /// One figure: its name, what it counts, and where it stands in the JSON.
    private struct Figure {
        var name: String
        var leaves: String
        var path: String

        init(_ name: String, _ path: String, _ leaves: String) {
            self.name = name
            self.path = path
            self.leaves = leaves
        }
    }

    /// What a role does on the route of this exchange.
    private func duties(_ role: PartyRole) -> Duties? {
        content.topology.parties(role: role).first.flatMap { content.topology.route.duties(of: $0.name) }
    }

    private func intake(_ role: PartyRole) -> String { duties(role)?.intake?.name ?? "records" }

    /// What is said of whoever records come to straight from facilities.
    private func unreadable(_ role: PartyRole) -> String {
        guard duties(role)?.isEntrance == true else { return "" }
        return say(
            " An unreadable \(intake(role)) that is new, or the revision awaited, counts as refused, and so does one without "
                + "attributes (type 0).",
            " \(intake(role)) không đọc được mà là mới, hoặc là lần gửi đang chờ, được tính là bị từ chối, cũng như thông điệp không "
                + "có thuộc tính (loại 0).")
    }

    private var deciders: String { say.list(content.topology.route.deciders.map(content.title)) }

    private var figures: [Figure] { parties + messages + more }

    private var parties: [Figure] {
        let answers = duties(.moh)?.awaits.map(\.name).joined(separator: ", ") ?? say("an answer", "câu trả lời")
        return [
            Figure(
                say("Verdict", "Kết luận"), ".verdict, .holds, .verification.findings",
                say(
                    "cycle audit verify: roots, checkpoints, keys, offsets, ledgers, rows, and each message of one party against "
                        + "the others, by identifier and digest; and of the figures below what waits, what is in a wrong book, and "
                        + "which service level was not kept.",
                    "cycle audit verify: gốc, mốc kiểm tra, khóa, vị trí đọc, sổ cái, các dòng, và từng thông điệp của một bên đối với "
                        + "các bên khác, theo mã và giá trị băm; và từ số liệu bên dưới: cái gì đang chờ, cái gì vào sai sổ, thời hạn nào "
                        + "bị vi phạm.")),
            Figure(
                say("Headline", "Số liệu đầu trang"), ".figures.facilities | map(.submitted) | add",
                say(
                    "The sum over all facilities, records that nobody can place among them. A record counts as its facility has it or, "
                        + "where that keeps no journal here, as who decided last.",
                    "Tổng của mọi cơ sở, kể cả hồ sơ không rõ cơ sở. Mỗi hồ sơ được tính theo nhật ký của cơ sở, hoặc nếu cơ sở không có "
                        + "nhật ký ở đây thì theo bên quyết định sau cùng.")),
            Figure(
                say("Submitted, facility", "Đã gửi, cơ sở"), #".figures.parties[] | select(.role=="facility")"#,
                say(
                    "Distinct records with a leaf sent facilityRecord. Pending after it; shared after accepted bookEntry of the "
                        + "same revision; refused after refused correction, or shared where an earlier revision is in the book; a later "
                        + "revision sent makes it pending again, or withdrawn where its leaf says facility.withdrew.",
                    "Số hồ sơ khác nhau có mục sent facilityRecord. Sau đó là đang chờ; đã chia sẻ sau accepted bookEntry của cùng lần gửi; bị "
                        + "từ chối sau refused correction, hoặc đã chia sẻ nếu lần gửi trước đã ở trong sổ; gửi lần sau thì lại đang chờ, "
                        + "hoặc đã rút nếu mục ghi facility.withdrew.")),
            Figure(
                say("Submitted, MoH", "Đã gửi, Bộ Y tế"), #".figures.parties[] | select(.role=="moh")"#,
                say(
                    "Distinct records with accepted or refused \(intake(.moh)). Shared after sent bookEntry; refused after refused "
                        + "\(intake(.moh)), \(answers), unless an earlier revision was sent to the book. Withdrawn, here and at "
                        + "all below: decision withdrawn.",
                    "Số hồ sơ khác nhau có accepted hoặc refused \(intake(.moh)). Đã chia sẻ sau sent bookEntry; bị từ chối sau refused "
                        + "\(intake(.moh)), \(answers), trừ khi lần gửi trước đã vào sổ. Đã rút, ở đây và các dòng dưới: quyết định "
                        + "withdrawn.") + unreadable(.moh)),
            Figure(
                say("Submitted, VSS", "Đã gửi, BHXH"), #".figures.parties[] | select(.role=="vss")"#,
                say(
                    "Distinct records with accepted (shared) or refused \(intake(.vss)), the latest revision counting.",
                    "Số hồ sơ khác nhau có accepted (đã chia sẻ) hoặc refused \(intake(.vss)), tính lần gửi mới nhất.")
                    + unreadable(.vss)),
            Figure(
                say("Submitted, C06", "Đã gửi, C06"), #".figures.parties[] | select(.role=="c06")"#,
                say(
                    "Distinct records with accepted (shared), refused or held identityCheck; held ends with sent identityResult.",
                    "Số hồ sơ khác nhau có accepted (đã chia sẻ), refused hoặc held identityCheck; held kết thúc khi sent identityResult."
                )),
            Figure(
                say("Submitted, localities", "Đã gửi, địa phương"), #".figures.parties[] | select(.role=="locality")"#,
                say("Distinct records with accepted bookEntry.", "Số hồ sơ khác nhau có accepted bookEntry.")),
        ]
    }

    private var messages: [Figure] {
        [
            Figure(
                say("Sent, received, pending by hop", "Đã gửi, đã nhận, đang chờ theo chặng"), ".figures.hops[]",
                say(
                    "Distinct messages with a leaf sent; of those, with any leaf of the reader; sent without one are pending. "
                        + "Refused: the reader’s leaf says refused. Held: it says held, and no answer was sent.",
                    "Số thông điệp khác nhau có mục sent; trong đó có mục bất kỳ của bên đọc; đã gửi mà không có mục đó là đang chờ. Bị từ "
                        + "chối: mục của bên đọc ghi refused. Bị giữ: ghi held và chưa gửi câu trả lời.")),
            Figure(
                say("Ages, and where records wait", "Tuổi, và hồ sơ chờ ở đâu"),
                ".figures.waiting[], .figures.pendingAges",
                say(
                    "For each record pending at the facility: the time of the report (--ages-to), less the clock reading of its first "
                        + "sent facilityRecord. It waits with the furthest message of its latest revision, since that was received "
                        + "(held) or sent.",
                    "Với mỗi hồ sơ đang chờ tại cơ sở: thời điểm báo cáo (--ages-to) trừ giờ của mục sent facilityRecord đầu tiên. Hồ sơ chờ "
                        + "cùng thông điệp xa nhất của lần gửi mới nhất, từ khi thông điệp đó được nhận (bị giữ) hoặc được gửi."
                )),
            Figure(
                say("Refusals by reason", "Từ chối theo lý do"), ".figures.reasons[]",
                say(
                    "Leaves of \(deciders) with decision refused, and unreadable facilityRecords that were answered with a correction, "
                        + "by the leaf’s reason code. Standing: the record counts as refused, and it is the last.",
                    "Các mục của \(deciders) có quyết định refused, và facilityRecord không đọc được đã bị trả lại, theo mã lý do của mục. Còn "
                        + "hiệu lực: hồ sơ đang bị từ chối, và đó là lý do cuối cùng.")),
            Figure(
                say("Provinces and facilities", "Tỉnh và cơ sở"), ".figures.provinces[], .figures.facilities[]",
                say(
                    "The same by the facility of the record, which is read from the payload: no leaf says it. What nobody has "
                        + "decided is pending.",
                    "Như trên, theo cơ sở của hồ sơ, đọc từ nội dung vì không mục nào ghi. Chưa ai quyết định là đang chờ."
                )),
            Figure(
                say("Service levels", "Thời hạn xử lý"), ".figures.service[]",
                say(
                    "By revision: from sent facilityRecord to the first sent bookEntry or correction; from a message sent to VSS to its "
                        + "leaf there; from sent correction to the next revision, also a withdrawal. What is not done is judged at the "
                        + "time of the report.",
                    "Theo lần gửi: từ sent facilityRecord đến sent bookEntry hoặc correction đầu tiên; từ thông điệp gửi BHXH đến mục tại đó; "
                        + "từ sent correction đến lần gửi sau, kể cả rút. Việc chưa xong được xét tại thời điểm báo cáo."
                )),
        ]
    }

    private var more: [Figure] {
        [
            Figure(
                say("Quality", "Chất lượng"), ".figures.quality",
                say(
                    "First revision is 1. Copies: decision duplicate at any party. Dead letters: decision unreadable.",
                    "Lần gửi đầu là 1. Bản sao: quyết định duplicate ở bất kỳ bên nào. Thư chết: quyết định unreadable."
                )),
            Figure(
                say("Latency", "Độ trễ"), ".figures.hops[].latency, .figures.cycle",
                say(
                    "Clock of the reader’s first leaf of a message less clock of the sent leaf; for the cycle, of accepted "
                        + "bookEntry at a locality less the first sent facilityRecord.",
                    "Giờ mục đầu tiên của bên đọc trừ giờ mục sent; với toàn chu trình, giờ accepted bookEntry tại địa phương trừ giờ sent "
                        + "facilityRecord đầu tiên.")),
            Figure(
                say("Throughput", "Lưu lượng"), ".figures.throughput",
                say(
                    "Sent facilityRecord of revision 1, accepted bookEntry at localities, and sent correction, by clock reading.",
                    "Mục sent facilityRecord của lần gửi 1, accepted bookEntry tại địa phương, và sent correction, theo giờ ghi."
                )),
            Figure(
                say("Parts", "Các phần"), ".verification.releases.rows[]",
                say(
                    "Messages that the auditor saw with the part, by who reads their topic: each payload has the digest of the "
                        + "auditor’s leaf, and of the reader’s. All of them, whatever checkpoints bind the other figures.",
                    "Thông điệp có phần đó mà bên giám sát đã thấy, theo bên đọc chủ đề: mỗi nội dung có mã băm của mục bên giám sát và của "
                        + "bên đọc. Tính tất cả, bất kể mốc kiểm tra nào gắn với số liệu khác.")),
            Figure(
                say("Checkpoints", "Mốc kiểm tra"), ".bindings[], .auditor",
                say(
                    "Stored notes whose signature verifies; one a party, the latest not later than the one that was asked for; of the auditor, the latest.",
                    "Các bản ghi lưu giữ có chữ ký hợp lệ; mỗi bên một, mới nhất nhưng không muộn hơn mốc được yêu cầu; của bên giám sát là mốc mới nhất."
                )),
        ]
    }

    var markup: Markup {
        .tag(
            "section", ["id": "derivation"],
            [
                .tag("h2", text: say("How to derive each figure again", "Cách tính lại từng số liệu")),
                .tag(
                    "p",
                    text: say(
                        "With a copy of the data directory, this prints all figures of this page as JSON, from the same "
                            + "leaves; and the next one compares party with party, message by message:",
                        "Với một bản sao thư mục dữ liệu, lệnh này in mọi số liệu của trang dưới dạng JSON, từ đúng các mục đó; lệnh tiếp theo "
                            + "đối chiếu từng bên với nhau, từng thông điệp một:")),
                .tag("pre", ["class": "command", "tabindex": "0"], text: content.command),
                .tag("pre", ["class": "command", "tabindex": "0"], text: "cycle audit reconcile DATA"),
                .tag(
                    "p",
                    text: say(
                        "Each figure by itself: put the expression behind the first command.",
                        "Từng số liệu riêng: đặt biểu thức sau lệnh thứ nhất.")),
                ReportTable(
                    caption: say(
                        "Figures, as counted from leaves (decision and type)",
                        "Số liệu, đếm từ các mục nhật ký (quyết định và loại)"),
                    columns: [
                        .text(say("Figure", "Số liệu")), .text(say("Leaves counted", "Các mục được đếm")),
                        .text(say("Expression", "Biểu thức")),
                    ],
                    rows: figures.map {
                        [.text($0.name), .text($0.leaves), .init(.tag("code", text: "| jq '\($0.path)'"))]
                    }
                ).markup,
            ])
    }
}
