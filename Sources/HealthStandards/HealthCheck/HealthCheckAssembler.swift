import ExchangeSchema

/// Judges the tables of one HOSO and makes a health check of them.
struct HealthCheckAssembler {
    private let accepted: HealthCheckReadings
    private(set) var found = HealthCheckReadings.none
    private(set) var problems: VisitProblems
    private(set) var record = HealthCheckRecord()
    private var rest: [HealthCheckBlock: [HealthCheckField]] = [:]
    private var seen: [HealthCheckBlock: Set<String>] = [:]

    /// - Parameter facility: MA_CSKCB that table XML2 must have; nil for any.
    init(_ raw: RawHealthCheck, accepting accepted: HealthCheckReadings, facility: FacilityCode?) {
        self.accepted = accepted
        problems = raw.problems
        found.contents = raw.contents
        for table in raw.tables { read(table) }
        for block in [HealthCheckBlock.person, .check] { require(block) }
        checkReadings()
        record.check.tables = rest.sorted { $0.key.rawValue < $1.key.rawValue }.map { block, fields in
            var table = HealthCheckTable()
            table.table = block.name
            table.fields = HealthCheckFields.ordered(fields, in: block)
            return table
        }
        record.administrative.stt = "1"
        if let facility, !record.check.maCskcb.isEmpty, record.check.maCskcb != facility.description {
            problems.add(
                .otherFacility(expected: facility.description), table: HealthCheckBlock.check.name, field: "MA_CSKCB",
                value: record.check.maCskcb)
        }
    }

    private mutating func read(_ table: RawHealthCheck.Table) {
        guard let block = HealthCheckBlock(root: table.root, kind: table.kind, rows: table.rows) else {
            return problems.add(.unknownBlock, table: table.kind, field: table.root)
        }
        if table.kind.isEmpty {
            problems.add(.required, table: block.name, field: "LOAIHOSO")
        } else {
            found.numberings.insert(table.kind == block.name ? .annex : .implementers)
        }
        for (place, row) in table.rows.enumerated() {
            if block == .results { readResult(row, place + 1) } else { readFields(row, of: block) }
        }
        if seen[block] == nil { seen[block] = [] }
    }

    private mutating func readFields(_ row: [OtherField], of block: HealthCheckBlock) {
        for field in row where !field.value.isBlank {
            guard seen[block, default: []].insert(field.name).inserted else {
                problems.add(.repeatedField, table: block.name, field: field.name, value: field.value)
                continue
            }
            put(field.name, field.value.trimmingWhitespace(), in: block)
        }
    }

    private mutating func put(_ name: String, _ written: String, in block: HealthCheckBlock) {
        let entry = HealthCheckFields.entry(name, in: block)
        var value = written
        if let rule = entry?.rule {
            if rule.shape != .plain, let date = HealthCheckDate(written) {
                found.dates.insert(date.reading)
                // The hour of a birth is known of newborns alone, and written as zeros otherwise.
                value = rule.shape == .birth && date.text.utf8.count == 8 ? date.text + "0000" : date.text
            }
            // The sample of the annex writes the code of Circular 07/2016/TT-BCA whole, Decision 130 its last two digits.
            if name == "MATINH_CU_TRU", value.utf8.count == 3, value.utf8.first == 0x30 { value.removeFirst() }
            if let fault = rule.fault(in: value) {
                problems.add(fault, table: block.name, field: name, value: written)
            }
        }
        if let place = entry?.place {
            record[keyPath: place] = value
        } else {
            var field = HealthCheckField()
            (field.name, field.value) = (name, value)
            rest[block, default: []].append(field)
        }
    }

    private mutating func readResult(_ row: [OtherField], _ number: Int) {
        var line = ResultLine()
        line.stt = "\(record.results.count + 1)"
        for field in row.map(\.trimmed) where !field.value.isEmpty {
            if let rule = HealthCheckFields.entry(field.name, in: .results)?.rule,
                let fault = rule.fault(in: field.value)
            {
                problems.add(
                    fault, table: HealthCheckBlock.results.name, row: number, field: field.name, value: field.value)
            }
            switch field.name {
            case "MA_DICH_VU": line.maDichVu = field.value
            case "MA_CHI_SO": line.maChiSo = field.value
            case "GIA_TRI": line.giaTri = field.value
            case "DON_VI_DO": line.donViDo = field.value
            case "MO_TA": line.moTa = field.value
            case "KET_LUAN": line.ketLuan = field.value
            default: line.otherFields.append(field)
            }
        }
        record.results.append(line)
    }

    /// The table is there, and what the annex demands of it.
    private mutating func require(_ block: HealthCheckBlock) {
        guard let names = seen[block] else {
            return problems.add(.missingTable, table: block.name)
        }
        for rule in HealthCheckFields.rules(of: block) where rule.isRequired && !names.contains(rule.name) {
            problems.add(.required, table: block.name, field: rule.name)
        }
    }

    private mutating func checkReadings() {
        check("content", found.contents, accepted.contents)
        check("dates", found.dates, accepted.dates)
        check("numbering", found.numberings, accepted.numberings)
    }

    private mutating func check<Reading: RawRepresentable<String> & CaseIterable & Hashable>(
        _ subject: String, _ found: Set<Reading>, _ accepted: Set<Reading>
    ) {
        let others = found.subtracting(accepted)
        guard !others.isEmpty else { return }
        problems.add(
            .otherReading(
                subject: subject, found: HealthCheckReadings.names(others),
                accepted: HealthCheckReadings.names(accepted)))
    }
}

extension OtherField {
    /// Without the white space around the value: in the sample of the annex a value stands on a line of its own.
    fileprivate var trimmed: OtherField {
        var field = self
        field.value = value.trimmingWhitespace()
        return field
    }
}
