/// The page that says how to plug in.
struct PlugInPage {
    let dialects: [any Dialect]
    let limits: HouseLimits

    var text: String {
        let sections = dialects.map(section).joined(separator: "\n")
        return PageFrame.page(
            "How to plug in",
            """
            <h1>How to plug in</h1>
            <p>This is a stand-in on one machine, for tests with made-up people. Change the base address of your system to
            this one. What was decided about your last requests, and which readings of the texts they used, stands in
            <a href="/plug-in/log">the log</a>, with numbers of people masked. Every answer has <code>X-Request-Id</code>,
            by which it is found there.</p>
            <p>A body has at most \(limits.bodyBytes) bytes, a head \(limits.headBytes). A request must be here within
            \(limits.requestSeconds) seconds.</p>
            \(sections)
            """)
    }

    private func section(_ dialect: any Dialect) -> String {
        let guide = dialect.guide
        // What has lines of its own, as a key has, keeps them.
        let steps = guide.steps.map { step in
            step.contains("\n") ? "<pre>\(EscapedText.of(step))</pre>" : "<p>\(EscapedText.of(step))</p>"
        }.joined(separator: "\n")
        let routes = PageFrame.table(
            ["path", "what it is for"],
            dialect.routes.map { ["\($0.method) \(dialect.basePath)\($0.path)", $0.summary] })
        let accounts = PageFrame.table(
            ["account", "password", "for"], guide.accounts.map { [$0.username, $0.password, $0.purpose] })
        let readings = PageFrame.table(
            ["what the texts leave open", "the reading followed here"],
            guide.readings.map { [$0.question, $0.reading] })
        let description =
            dialect.openAPI == nil
            ? "" : "<p><a href=\"/plug-in/\(dialect.name)/openapi.json\">OpenAPI 3.1</a></p>"
        return """
            <h2>\(EscapedText.of(guide.title))</h2>
            \(steps)
            \(description)
            \(routes)
            <h3>Test accounts</h3>
            \(accounts)
            <h3>Readings</h3>
            \(readings)
            """
    }
}
