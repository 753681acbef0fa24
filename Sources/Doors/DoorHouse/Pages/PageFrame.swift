/// The frame of the house's pages: no scripts, nothing from elsewhere.
enum PageFrame {
    static func page(_ title: String, _ body: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>\(EscapedText.of(title))</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
        table { border-collapse: collapse } th, td { text-align: left; padding: .3rem .8rem .3rem 0; vertical-align: top }
        th { border-bottom: 1px solid #888 } code { font-family: ui-monospace, monospace }
        </style></head><body>
        \(body)
        </body></html>

        """
    }

    static func table(_ heads: [String], _ rows: [[String]]) -> String {
        let head = heads.map { "<th scope=\"col\">\(EscapedText.of($0))</th>" }.joined()
        let lines = rows.map { row in "<tr>\(row.map { "<td>\(EscapedText.of($0))</td>" }.joined())</tr>" }
        return "<table><thead><tr>\(head)</tr></thead><tbody>\n\(lines.joined(separator: "\n"))\n</tbody></table>"
    }
}
