import Foundation

extension PresentedBook {
    /// As lines for a terminal.
    public var text: String {
        var lines = ["SỔ SỨC KHỎE ĐIỆN TỬ  \(citizen)"]
        if !formerNumbers.isEmpty { lines.append("  số trước đây: " + formerNumbers.joined(separator: ", ")) }
        lines.append("  \(profile.name) (\(profile.version))")
        if let enrolledAt {
            lines.append("  sổ mở trước lần khám đầu tiên (opened before any visit): \(Self.time(enrolledAt))")
        }
        lines += ["", "HÀNH CHÍNH"] + Self.lines(administrative)
        for (place, visit) in visits.enumerated() {
            lines += ["", "LẦN KHÁM, CHỮA BỆNH \(visits.count - place)"] + visit.lines
        }
        if !vaccinations.isEmpty { lines += ["", "TIÊM CHỦNG (vaccinations)"] }
        for dose in vaccinations { lines += dose.lines }
        if !healthChecks.isEmpty { lines += ["", "KHÁM SỨC KHỎE (health checks)"] }
        for check in healthChecks { lines += check.lines }
        if isBlank {
            lines += ["", "Sổ đã mở, chưa có lần khám, chữa bệnh nào (the book is open and has no visit yet)."]
        } else if isEmpty {
            lines += ["", "Không có lần khám, chữa bệnh nào đang có hiệu lực (no visit stands)."]
        }
        guard let past else {
            if pastCount > 0 { lines += ["", "\(pastCount) revisions do not stand any more; --history shows them"] }
            return lines.joined(separator: "\n")
        }
        for entry in past {
            let why = entry.reason.map { ": \($0)" } ?? ""
            let title = entry.state == "withdrawn" ? "ĐÃ RÚT (withdrawn)" : "ĐÃ THAY THẾ (superseded)"
            lines +=
                ["", "\(title), bản \(entry.source.revision), \(Self.time(entry.until))\(why)"]
                + (entry.visit?.lines ?? entry.vaccination?.lines ?? entry.healthCheck?.lines ?? [])
        }
        return lines.joined(separator: "\n")
    }

    fileprivate static func lines(_ fields: [Field]) -> [String] {
        let width = fields.map(\.label.count).max() ?? 0
        return fields.map { field in
            "  " + field.label + String(repeating: " ", count: width - field.label.count) + "  " + field.value
        }
    }

    fileprivate static func lines(_ title: String, _ rows: [Line]) -> [String] {
        guard !rows.isEmpty else { return [] }
        return ["  \(title):"]
            + rows.map { row in
                let facilities =
                    row.facilityCodes.count > 1 ? "  [\(row.facilityCodes.joined(separator: ", "))]" : ""
                let when = row.time.isEmpty ? "" : row.time + "  "
                return "    " + when + row.name + "  " + row.value + facilities
            }
    }

    /// A clock reading in Vietnam's time.
    public static func time(_ milliseconds: Int64) -> String {
        let zone = TimeZone(secondsFromGMT: 7 * 3_600) ?? .gmt
        return Date(timeIntervalSince1970: Double(milliseconds) / 1_000).formatted(
            Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: zone))
    }
}

extension PresentedBook.Visit {
    var lines: [String] {
        var lines = PresentedBook.lines(fields + summary)
        for (title, rows) in [("thuốc", drugs), ("dịch vụ", services), ("kết quả", results)] {
            lines += PresentedBook.lines(title, rows)
        }
        return lines + sources.map(\.line)
    }
}

extension PresentedBook.Check {
    var lines: [String] {
        PresentedBook.lines(fields) + PresentedBook.lines("kết quả", results) + sources.map(\.line)
    }
}

extension PresentedBook.Dose {
    var lines: [String] { PresentedBook.lines(fields) + sources.map(\.line) }
}

extension PresentedBook.Source {
    fileprivate var line: String {
        "  nguồn: \(facilityCode), \(record), bản \(revision), xác thực " + PresentedBook.time(authenticatedAt)
    }
}
