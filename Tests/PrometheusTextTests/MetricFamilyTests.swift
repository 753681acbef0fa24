import PrometheusText
import Testing

/// The text format of Prometheus, version 0.0.4.
@Suite struct MetricFamilyTests {
    @Test func aFamilyHasOneHeadAndALineForEachSample() {
        var family = MetricFamily("records", .gauge, "Records.")
        family.add(Int64(5), ("party", "moh"), ("state", "shared"))
        family.add(0.25, ("party", "vss"), ("state", "held"))
        #expect(
            family.text == """
                # HELP closed_cycle_records Records.
                # TYPE closed_cycle_records gauge
                closed_cycle_records{party="moh",state="shared"} 5
                closed_cycle_records{party="vss",state="held"} 0.25

                """)
    }

    @Test func whatIsNotKnownIsLeftOut() {
        var family = MetricFamily("unread_messages", .gauge, "Unread.")
        family.add(nil as Int64?, ("party", "moh"))
        family.add(nil as Double?)
        #expect(family.text == "")
        family.add(1.0)
        #expect(family.text.hasSuffix("\nclosed_cycle_unread_messages 1\n"))
    }

    @Test func valuesOfLabelsAreEscaped() {
        var family = MetricFamily("door_requests_total", .counter, "Requests.")
        family.add(Int64(1), ("dialect", "a\"b\\c\nd"))
        #expect(family.text.contains("{dialect=\"a\\\"b\\\\c\\nd\"} 1\n"))
        #expect(family.text.contains("# TYPE closed_cycle_door_requests_total counter\n"))
    }
}
