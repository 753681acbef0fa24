import DoorHouse
import ExchangeSchema

/// The pages of the room itself: forms that work without scripts, by keyboard alone, in Vietnamese and English.
enum ReadingPage {
    static func answer(
        _ html: String, status: Int = 200, verdict: String = "200 a page", account: String?
    ) -> DoorAnswer {
        var answer = DoorAnswer(
            status: status, contentType: "text/html; charset=utf-8", body: Array(html.utf8), verdict: verdict,
            account: account)
        // Whatever came into a page, it loads nothing and runs nothing.
        answer.headers["Content-Security-Policy"] =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer
    }

    static func problem(_ refusal: ReadingRefusal, account: String?) -> DoorAnswer {
        answer(
            frame(
                "Không hiển thị được · not shown",
                "<h1>\(refusal.status)</h1>\n<p role=\"alert\">\(EscapedText.of(refusal.words))</p>"),
            status: refusal.status, verdict: "\(refusal.status) \(refusal.verdict)", account: account)
    }

    /// What there is to read.
    static func desk(_ account: ReadingAccount, base: String, groupings: [String]) -> String {
        let provinces =
            account.province.map { [$0] } ?? Province.all.map(\.code)
        let choices = provinces.map { code in
            "<option value=\"\(code)\">\(code) \(EscapedText.of(Province(code: code)?.name ?? ""))</option>"
        }
        func select(_ name: String) -> String {
            field(
                name, "Tỉnh, thành phố (province)",
                "<select id=\"\(name)\" name=\"province\">\(choices.joined())</select>")
        }
        func month(_ name: String) -> String {
            field(
                name, "Tháng ra viện, để trống là tất cả (month of discharge, empty for all)",
                "<input id=\"\(name)\" name=\"month\" placeholder=\"2026-11\" pattern=\"[0-9]{4}-[0-9]{2}\">")
        }
        func why(_ name: String) -> String {
            field(
                name, "Lý do (why)", "<input id=\"\(name)\" name=\"purpose\" required maxlength=\"500\">")
        }
        let boxes = groupings.map { grouping in
            "<label><input type=\"checkbox\" name=\"by\" value=\"\(EscapedText.of(grouping))\"> \(EscapedText.of(grouping))</label>"
        }.joined(separator: " ")
        return frame(
            "Phòng đọc · reading room",
            """
            <h1>Phòng đọc (reading room)</h1>
            <p>\(EscapedText.of(account.username)), \(EscapedText.of(account.reader)). Mỗi lần xem đều được ghi lại (each look is written down).</p>
            \(form(base + "/warehouse", "Kho dữ liệu của tỉnh (the province's warehouse)",
                select("p1") + month("m1") + "<fieldset><legend>Nhóm theo (grouped by)</legend>\(boxes)</fieldset>" + why("w1")))
            \(form(base + "/department", "Báo cáo của Sở Y tế (the department's report)", select("p2") + month("m2") + why("w2")))
            \(form(base + "/book", "Sổ sức khỏe của công dân (a citizen's book)",
                field("c3", "Số định danh cá nhân, 12 chữ số (citizen number)",
                    "<input id=\"c3\" name=\"citizen\" required inputmode=\"numeric\" autocomplete=\"off\" maxlength=\"12\">")
                    + field("o3", "Người xem (who looks)", "<input id=\"o3\" name=\"officer\" maxlength=\"100\">") + why("w3")))
            """)
    }

    private static func form(_ action: String, _ title: String, _ content: String) -> String {
        """
        <form method="post" action="\(EscapedText.of(action))"><h2>\(EscapedText.of(title))</h2>
        \(content)<p><button type="submit">Xem (show)</button></p></form>
        """
    }

    private static func field(_ name: String, _ label: String, _ control: String) -> String {
        "<p><label for=\"\(name)\">\(EscapedText.of(label))</label><br>\(control)</p>\n"
    }

    private static func frame(_ title: String, _ body: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="vi"><head><meta charset="utf-8"><title>\(EscapedText.of(title)) · Closed Cycle</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 44rem; padding: 0 1rem }
        input:not([type=checkbox]), select { font: inherit; width: 100%; max-width: 30rem; padding: .3rem }
        fieldset { border: 1px solid #888 } button { font: inherit; padding: .4rem 1rem }
        :focus-visible { outline: 3px solid #06c; outline-offset: 2px }
        </style></head><body><main>
        \(body)
        </main></body></html>

        """
    }
}
