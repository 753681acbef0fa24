import Audit

/// Service levels that leaves can show, how long things take, and how much per time.
struct ServiceSection {
    let content: ReportContent

    private var say: PageLanguage { content.say }
    private var figures: ExchangeFigures { content.figures }

    var markup: Markup {
        .tag(
            "section", ["id": "service"],
            [
                .tag("h2", text: say("Service levels", "Thời hạn xử lý")),
                .tag(
                    "p",
                    text: say(
                        "The topology sets none; these are the documented ones. Feedback of VSS on sums (48 hours) and its automatic "
                            + "review (7 working days) do not cross the route of a record, and are not judged here.",
                        "Cấu hình không đặt thời hạn; đây là các thời hạn theo văn bản. Phản hồi của BHXH về số tiền (48 giờ) và giám định "
                            + "tự động (7 ngày làm việc) không nằm trên đường đi của hồ sơ nên không được đánh giá ở đây."
                    )), levels,
                .tag("h3", text: say("Time from sending to receipt", "Thời gian từ gửi đến nhận")),
                .tag(
                    "p",
                    text: say(
                        "From the sender’s clock to the reader’s, both from their leaves; a leaf bears the reading of its "
                            + "batch. The whole cycle is from the first submission to the entry’s receipt at the locality, "
                            + "corrections included. Percentiles by nearest rank, exact below 4.1 s and to 0.05 % above.",
                        "Từ đồng hồ bên gửi đến đồng hồ bên nhận, đều lấy từ nhật ký; mỗi mục mang giờ của cả lô. Toàn chu trình tính từ "
                            + "lần gửi đầu tiên đến khi địa phương nhận mục sổ, kể cả các lần sửa. Phân vị theo hạng gần nhất, chính xác "
                            + "dưới 4,1 giây và đến 0,05 % ở trên.")), latencies,
                .tag("h3", text: say("Throughput", "Lưu lượng")),
                figures.throughput.submitted.isEmpty
                    ? .tag("p", text: say("No leaves, no throughput.", "Không có mục nào nên không có lưu lượng."))
                    : LineChart(figures: figures.throughput, say: say).markup,
            ])
    }

    private var levels: Markup {
        ReportTable(
            caption: say("Documented service levels", "Thời hạn theo văn bản"),
            columns: [
                .text(say("What", "Nội dung")), .text(say("Source", "Nguồn")), .number(say("Judged", "Đã xét")),
                .number(say("Broken", "Quá hạn")), .number(say("Still open", "Vẫn chưa xong")),
                .text(say("First was due", "Đến hạn đầu tiên")), .text(say("State", "Tình trạng")),
            ],
            rows: figures.service.map { level in
                [
                    .text(text(level.level)), .text(source(level.level)), .count(level.judged),
                    .count(level.broken, style: level.broken > 0 ? "waits" : ""),
                    .count(level.open, style: level.open > 0 ? "waits" : ""),
                    .text(level.since.map(PageTime.minute) ?? "–"),
                    .text(
                        level.broken > 0 ? say("! broken", "! bị vi phạm") : say("✓ kept", "✓ đúng hạn"),
                        style: level.broken > 0 ? "waits" : "good"),
                ]
            }
        ).markup
    }

    private func text(_ level: ServiceLevel) -> String {
        switch level {
        case .answer:
            say("A record is in the book, or returned, within 24 hours", "Hồ sơ vào sổ hoặc được trả lại trong 24 giờ")
        case .insuranceReply:
            say("VSS answers what is sent to it within 24 hours", "BHXH trả lời thông điệp gửi đến trong 24 giờ")
        case .correction:
            say(
                "A returned record is sent again or withdrawn within 2 working days",
                "Hồ sơ bị trả lại được gửi lại hoặc rút trong 2 ngày làm việc")
        }
    }

    private func source(_ level: ServiceLevel) -> String {
        switch level {
        case .answer:
            say(
                level.source,
                "“sống” theo Quyết định 1551/QĐ-BYT (24 giờ); tính từ lúc gửi vì nhật ký không ghi giờ ra viện: do chương trình đặt"
            )
        case .insuranceReply: say(level.source, "Thông tư 12/2026/TT-BTC, theo nguồn thứ cấp (24 giờ)")
        case .correction:
            say(level.source, "Thông tư 12/2026/TT-BTC, theo nguồn thứ cấp (2 ngày làm việc; không có lịch nghỉ lễ)")
        }
    }

    private var latencies: Markup {
        func row(_ name: ReportTable.Cell, _ reader: String, _ durations: DurationFigures?) -> [ReportTable.Cell] {
            [
                name, .text(reader), .count(durations?.count ?? 0), .duration(durations?.median, say),
                .duration(durations?.p95, say), .duration(durations?.p99, say), .duration(durations?.max, say),
            ]
        }
        let whole = ReportTable.Cell.text(say("whole cycle", "toàn chu trình"), style: "total")
        return ReportTable(
            caption: say("Time from sending to receipt", "Thời gian từ gửi đến nhận"),
            columns: [
                .text(say("Topic", "Chủ đề")), .text(say("To", "Đến")), .number(say("Messages", "Thông điệp")),
            ] + ["p50", "p95", "p99", say("Max", "Lớn nhất")].map { .number($0) },
            rows: figures.hops.map { row(.code($0.topic), content.title($0.reader), $0.latency) }
                + [row(whole, say("facility → locality", "cơ sở → địa phương"), figures.cycle)]
        ).markup
    }
}
