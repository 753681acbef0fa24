/// Pages with forms: they work without scripts, by keyboard alone, on a narrow screen and on paper.
public enum FormPage {
    /// A whole page.
    /// - Parameters:
    ///   - language: Of the page, for example `vi`.
    ///   - title: As text.
    ///   - body: As HTML.
    public static func document(language: String, title: String, body: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="\(language)"><head><meta charset="utf-8"><title>\(EscapedText.of(title)) · Closed Cycle</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <style>
        \(style)
        </style></head><body>
        \(body)
        </body></html>

        """
    }

    /// The table of styles. Nothing is told by colour alone.
    private static let style = """
        body { font: 16px/1.5 system-ui, sans-serif; margin: 1rem auto; max-width: 60rem; padding: 0 1rem; overflow-wrap: anywhere }
        input:not([type=checkbox]), select, textarea { font: inherit; width: 100%; box-sizing: border-box; padding: .3rem; margin: 0 }
        fieldset { border: 1px solid #888; margin: 0 0 1rem; padding: .5rem .8rem; min-width: 0 } legend { font-weight: 600 }
        .fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); gap: 0 1rem; align-items: end }
        .field { margin: .3rem 0 } .wide { grid-column: 1 / -1 } .hint { display: block; font-size: .875rem }
        .fault { display: block; font-weight: 600 } .wrong { border-left: .35rem solid; padding-left: .5rem }
        [role=alert], .note { border: 2px solid; padding: .3rem 1rem; margin: 1rem 0 }
        button, .button { font: inherit; padding: .4rem 1rem; margin: .2rem .4rem .2rem 0 } form.inline { display: inline }
        table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .3rem .8rem .3rem 0; vertical-align: top }
        th { border-bottom: 1px solid #888 } td { border-bottom: 1px solid #8884 } code { font-family: ui-monospace, monospace; font-size: .875rem }
        nav ul { list-style: none; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem } nav a { display: inline-block; padding: .3rem 0 }
        :focus-visible { outline: 3px solid #06c; outline-offset: 2px } .skip:not(:focus) { position: absolute; left: -99rem }
        dt { font-weight: 600 } dd { margin: 0 0 .3rem }
        @media (max-width: 40rem) { table, tbody, tr, td { display: block } thead { position: absolute; left: -99rem } td { border: 0; padding: 0 }
        tr { border-bottom: 1px solid #888; padding: .4rem 0 } td::before { content: attr(data-head) ": "; font-weight: 600 } }
        @media print { nav, button, .button, .skip { display: none } fieldset { break-inside: avoid } }
        """

    /// A table, which becomes a list of cards on a narrow screen.
    /// - Parameter rows: Cells as HTML.
    public static func table(_ heads: [String], _ rows: [[String]]) -> String {
        let head = heads.map { "<th scope=\"col\">\(EscapedText.of($0))</th>" }.joined()
        let lines = rows.map { row in
            "<tr>" + zip(heads, row).map { "<td data-head=\"\(EscapedText.of($0))\">\($1)</td>" }.joined() + "</tr>"
        }
        return "<table><thead><tr>\(head)</tr></thead><tbody>\n\(lines.joined(separator: "\n"))\n</tbody></table>"
    }
}

extension DoorAnswer {
    /// A page for a browser. Whatever came into it, it loads nothing and runs nothing, and its forms go to this house alone.
    public static func page(
        _ html: String, status: Int = 200, verdict: String, account: String?
    ) -> DoorAnswer {
        var answer = DoorAnswer(
            status: status, contentType: "text/html; charset=utf-8", body: Array(html.utf8), verdict: verdict,
            account: account)
        answer.headers["Content-Security-Policy"] =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Referrer-Policy"] = "same-origin"
        return answer
    }

    /// After something was done: the page that shows what came of it, so that to load it again does nothing again.
    public static func seeOther(_ address: String, verdict: String, account: String?) -> DoorAnswer {
        var answer = page("", status: 303, verdict: verdict, account: account)
        answer.headers["Location"] = address
        return answer
    }
}
