/// How the page looks: system fonts, light and dark, and on A4.
enum PageStyle {
    /// The head of every page: its title and the styles, and nothing from outside.
    static func head(title: String) -> Markup {
        .tag(
            "head", [:],
            [
                .tag("meta", ["charset": "utf-8"]),
                .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                .tag("meta", ["name": "color-scheme", "content": "light dark"]), .tag("title", text: title),
                .verbatim("style", screen), .verbatim("style", print),
            ])
    }

    /// On a screen. Contrast of every text is at least 4.5 to 1 in both schemes.
    static let screen: StaticString = """
        :root {
          color-scheme: light dark;
          --paper: #ffffff; --sheet: #f5f6f8; --ink: #16202c; --soft: #55606e; --line: #d5dae1; --grid: #e6e9ee;
          --accent: #1f5fa8; --accent-2: #0b7a5c; --good: #0b6b45; --good-sheet: #e6f4ec; --bad: #b3261e;
          --bad-sheet: #fdecea; --waits: #8a5300; --waits-sheet: #fdf3e1; --bar: #2f6db3; --rest: #9fbfe0;
          --heat: 47, 109, 179;
          --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif;
          --mono: ui-monospace, "SF Mono", "Cascadia Mono", "Noto Sans Mono", "Liberation Mono", Menlo, monospace;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #11161d; --sheet: #1a212b; --ink: #e8ecf1; --soft: #a5b0bd; --line: #35404d; --grid: #28313c;
            --accent: #86b7f0; --accent-2: #6bd0ae; --good: #74d3a4; --good-sheet: #132b21; --bad: #ff9d94;
            --bad-sheet: #3a1a18; --waits: #f2bd68; --waits-sheet: #33270f; --bar: #5d97da; --rest: #2f4d70;
            --heat: 93, 151, 218;
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 var(--sans); }
        main, footer { max-width: 1120px; margin: 0 auto; padding: 0 24px; }
        main { padding-top: 40px; }
        h1 { font-size: 2.1rem; line-height: 1.15; letter-spacing: -0.015em; margin: 0 0 8px; overflow-wrap: anywhere; }
        h2 { font-size: 1.35rem; line-height: 1.25; margin: 0 0 8px; }
        h3 { font-size: 1.05rem; margin: 28px 0 6px; }
        p { margin: 0 0 12px; max-width: 78ch; }
        a { color: var(--accent); }
        a:focus-visible, button:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        code, pre { font-family: var(--mono); font-size: 0.86em; }
        code { overflow-wrap: anywhere; }
        section { margin-top: 52px; padding-top: 24px; border-top: 1px solid var(--line); }
        .eyebrow { color: var(--soft); font-size: 0.82rem; letter-spacing: 0.06em; text-transform: uppercase; margin-bottom: 6px; }
        .lead { font-size: 1.1rem; color: var(--ink); margin-bottom: 6px; }
        .lead:empty { display: none; }
        .about { color: var(--soft); font-size: 0.92rem; margin-bottom: 22px; }
        .verdict { border: 1px solid var(--line); border-left-width: 6px; border-radius: 6px; padding: 14px 18px 4px; margin: 0 0 22px; }
        .verdict.good, .verdict.bad { color: var(--ink); font-weight: 400; }
        .verdict.good { background: var(--good-sheet); border-color: var(--good); }
        .verdict.bad { background: var(--bad-sheet); border-color: var(--bad); }
        .verdict-line { font-size: 1.2rem; margin-bottom: 4px; }
        .verdict.good .verdict-line { color: var(--good); }
        .verdict.bad .verdict-line { color: var(--bad); }
        .verdict.green { background: var(--good-sheet); border-color: var(--good); }
        .verdict.amber { background: var(--waits-sheet); border-color: var(--waits); }
        .verdict.red { background: var(--bad-sheet); border-color: var(--bad); }
        .green .verdict-line { color: var(--good); }
        .amber .verdict-line { color: var(--waits); }
        .red .verdict-line { color: var(--bad); }
        .report .tiles { grid-template-columns: repeat(6, 1fr); margin-bottom: 26px; }
        .verdict .about { margin-bottom: 10px; }
        .causes { list-style: none; margin: 8px 0 12px; padding: 0; }
        .causes li { margin: 0 0 10px; padding: 0 0 0 1.5em; text-indent: -1.5em; max-width: 96ch; font-size: 1.06rem; overflow-wrap: anywhere; }
        .causes .sign { text-indent: 0; }
        .causes li.red .sign { color: var(--bad); }
        .causes li.amber .sign { color: var(--waits); }
        .causes .act { display: block; text-indent: 0; font-size: 0.95rem; }
        .who { font-weight: 650; }
        .example { color: var(--soft); font-size: 0.9rem; overflow-wrap: anywhere; }
        details { margin: 10px 0 18px; }
        summary { cursor: pointer; color: var(--accent); font-size: 0.92rem; width: fit-content; }
        tfoot th, tfoot td { border-top: 2px solid var(--line); font-weight: 650; }
        .sign { display: inline-block; width: 1.5em; font-weight: 700; }
        .findings { margin: 0 0 12px; padding-left: 20px; font-size: 0.9rem; overflow-wrap: anywhere; }
        .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(215px, 1fr)); gap: 12px 20px; margin: 0 0 24px; }
        .facts dt { color: var(--soft); font-size: 0.8rem; }
        .facts dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
        .tiles { list-style: none; display: grid; grid-template-columns: repeat(5, 1fr); gap: 12px; padding: 0; margin: 0; }
        .tiles li { background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; padding: 12px 14px; }
        .tiles span { display: block; font-size: 0.82rem; color: var(--soft); }
        .tiles strong { display: block; font-size: 1.7rem; line-height: 1.25; font-weight: 650; font-variant-numeric: tabular-nums; }
        .tiles li.waits { background: var(--waits-sheet); border-color: var(--waits); }
        .tiles li.waits strong { color: var(--waits); }
        nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 18px; padding: 0; margin: 28px 0 0; font-size: 0.92rem; }
        .scroll { overflow-x: auto; margin: 14px 0 20px; }
        table { border-collapse: collapse; width: 100%; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; color: var(--soft); font-size: 0.84rem; padding: 0 0 6px; }
        th, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--grid); font-weight: 400; }
        th:last-child, td:last-child { padding-right: 0; }
        thead th { color: var(--soft); font-size: 0.8rem; border-bottom: 1px solid var(--line); vertical-align: bottom; }
        .n { text-align: right; white-space: nowrap; }
        .n + .t { padding-left: 20px; }
        thead .n { white-space: normal; }
        tbody tr:hover { background: var(--sheet); }
        th code { white-space: nowrap; }
        .zero { color: var(--soft); }
        .good { color: var(--good); }
        .bad { color: var(--bad); font-weight: 650; }
        td.waits { color: var(--waits); font-weight: 650; }
        .total { font-weight: 650; }
        td.good, td.bad, td.waits { white-space: nowrap; }
        .sub { display: block; color: var(--soft); font-size: 0.86em; }
        .tag { display: inline-block; border: 1px dashed var(--line); border-radius: 3px; padding: 0 5px; font-size: 0.76rem; color: var(--soft); white-space: nowrap; }
        .tag.official { border: 1px solid var(--accent-2); color: var(--accent-2); }
        td.chart { min-width: 150px; width: 24%; vertical-align: middle; }
        .heat1 { background: rgba(var(--heat), 0.10); } .heat2 { background: rgba(var(--heat), 0.19); }
        .heat3 { background: rgba(var(--heat), 0.28); } .heat4 { background: rgba(var(--heat), 0.37); }
        .heat5 { background: rgba(var(--heat), 0.46); }
        #facilities th, #facilities td { padding: 5px 8px; }
        #facilities th:first-child { padding-left: 0; min-width: 180px; }
        #derivation th:first-child { min-width: 130px; }
        #derivation td:last-child { width: 34%; min-width: 190px; }
        th button { all: unset; cursor: pointer; text-decoration: underline dotted; text-underline-offset: 3px; }
        th[aria-sort="descending"] button::after { content: " ↓"; }
        th[aria-sort="ascending"] button::after { content: " ↑"; }
        pre { background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; padding: 12px 14px; margin: 8px 0 16px; white-space: pre-wrap; overflow-wrap: anywhere; }
        .long { overflow-wrap: anywhere; }
        .log { margin-top: 28px; }
        .log-facts { grid-template-columns: 1fr; gap: 4px; margin-bottom: 10px; }
        .log-facts div { display: grid; grid-template-columns: 130px minmax(0, 1fr); gap: 12px; align-items: baseline; }
        figure { margin: 16px 0 20px; }
        figcaption { color: var(--soft); font-size: 0.84rem; margin-top: 6px; }
        svg { display: block; max-width: 100%; height: auto; font-family: var(--sans); }
        svg text { fill: var(--ink); font-size: 13px; }
        svg.flow { width: 100%; min-width: 760px; margin: 4px 0; }
        .flow .box { fill: var(--sheet); stroke: var(--line); stroke-width: 1.2; }
        .flow .party { font-size: 16px; font-weight: 650; }
        .flow .topic { font-family: var(--mono); font-size: 12.5px; }
        .flow .count { fill: var(--soft); font-size: 12.5px; }
        .flow .waits { fill: var(--waits); font-weight: 650; }
        .arrow { fill: none; stroke: var(--accent); stroke-width: 2; }
        .arrow.idle { stroke: var(--line); } .head.idle { fill: var(--line); }
        .arrow.wait { stroke: var(--waits); stroke-dasharray: 7 5; }
        .head.flow { fill: var(--accent); }
        .head.wait { fill: var(--waits); }
        .axis { stroke: var(--soft); fill: none; } .grid { stroke: var(--grid); fill: none; }
        svg .tick { fill: var(--soft); font-size: 12px; }
        svg .value { font-weight: 650; }
        .bar { fill: var(--bar); } .bar.waits { fill: var(--waits); }
        .bar.rest { fill: var(--rest); stroke: var(--bar); stroke-width: 1; stroke-dasharray: 3 2; vector-effect: non-scaling-stroke; }
        .spark { width: 100%; height: 14px; }
        .ages { width: 520px; }
        svg.lines { width: 100%; min-width: 620px; }
        .line { fill: none; stroke-width: 2.4; stroke-linejoin: round; }
        .line.a { stroke: var(--accent); } .line.b { stroke: var(--accent-2); stroke-dasharray: 9 4; }
        .line.c { stroke: var(--bad); stroke-dasharray: 2 4; stroke-linecap: round; }
        .key { display: inline-block; margin-right: 20px; white-space: nowrap; }
        .sample { display: inline-block; width: 36px; height: 10px; vertical-align: middle; }
        footer { margin-top: 56px; padding-bottom: 48px; color: var(--soft); font-size: 0.86rem; }
        @media (max-width: 720px) {
          main, footer { padding-left: 16px; padding-right: 16px; }
          main { padding-top: 24px; }
          h1 { font-size: 1.6rem; }
          .tiles, .report .tiles { grid-template-columns: 1fr 1fr; }
          .facts { grid-template-columns: 1fr 1fr; }
          .log-facts { grid-template-columns: 1fr; }
          .log-facts div { grid-template-columns: 1fr; gap: 0; }
          .plain, .sortable { min-width: 620px; }
          #quality .plain { min-width: 0; }
          #quality .n { white-space: normal; }
          tbody th { position: sticky; left: 0; background: var(--paper); }
          #facilities tbody th { max-width: 150px; min-width: 130px; }
          #facilities th:first-child { min-width: 130px; }
        }

        """

    /// On paper: A4, black on white whatever the screen's scheme, no table row cut in two.
    static let print: StaticString = """
        @page { size: A4; margin: 16mm 14mm; }
        @media print {
          :root {
            color-scheme: light;
            --paper: #ffffff; --sheet: #ffffff; --ink: #000000; --soft: #444444; --line: #999999; --grid: #cccccc;
            --accent: #1f5fa8; --accent-2: #0b6b50; --good: #0b5c3c; --good-sheet: #ffffff; --bad: #a01b14;
            --bad-sheet: #ffffff; --waits: #7a4900; --waits-sheet: #ffffff; --bar: #2f6db3; --rest: #c4d8ee;
            --heat: 47, 109, 179;
          }
          html { font-size: 9.5pt; }
          body { font-size: 9.5pt; line-height: 1.4; }
          main, footer { max-width: none; padding: 0; }
          nav { display: none; }
          h1 { font-size: 20pt; } h2 { font-size: 13pt; } h3 { font-size: 10.5pt; margin-top: 14pt; }
          h2, h3, caption, #flow > p { break-after: avoid; }
          p { break-inside: avoid; }
          #flow { break-before: page; }
          section { margin-top: 18pt; padding-top: 10pt; }
          .plain, .flow { break-inside: avoid; }
          #derivation .plain { break-inside: auto; }
          tr, figure, .log, .verdict, .tiles, pre { break-inside: avoid; }
          thead { display: table-header-group; }
          .scroll { overflow: visible; }
          table { font-size: 7.6pt; }
          th, td { padding: 2.5pt 6pt 2.5pt 0; }
          svg.flow, svg.lines { min-width: 0; }
          #facilities th, #facilities td { padding: 2.5pt 3pt; }
          #facilities table { font-size: 6.8pt; }
          #facilities thead th, #facilities th:first-child { min-width: 0; }
          #facilities th:first-child { width: 40mm; }
          .report .n, .report td.waits, .report td.good { white-space: normal; }
          details::details-content { content-visibility: visible; block-size: auto; }
          summary { color: inherit; list-style: none; }
          td.chart { min-width: 28mm; }
          .tag { border-color: #999999; font-size: 6.5pt; }
          .tiles strong { font-size: 15pt; }
          th button { text-decoration: none; }
          pre { font-size: 7.5pt; }
          svg, .heat1, .heat2, .heat3, .heat4, .heat5, .bar { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
          a { color: inherit; text-decoration: none; }
          footer { margin-top: 12pt; padding-bottom: 0; }
          .facts { grid-template-columns: repeat(3, 1fr); }
          .log-facts { grid-template-columns: 1fr; }
          .log-facts div { grid-template-columns: 26mm minmax(0, 1fr); }
          .ages { width: 110mm; }
        }

        """
}
