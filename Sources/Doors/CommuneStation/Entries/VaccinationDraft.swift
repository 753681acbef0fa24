import ExchangeSchema
import HealthStandards
import Registers

/// A vaccination as the form says it, by the rules of a file of vaccinations.
struct VaccinationDraft {
    /// As the inbox of the facility takes it.
    let submission: VisitSubmission
    let faults: [JudgedRecord.Fault]

    init(_ typed: TypedRecord, facility: String) {
        var row = RegisterRow<VaccinationColumn>(line: 1)
        row[.number] = typed.number
        for field in VaccinationFields.sections.flatMap(\.fields) {
            guard let column = VaccinationColumn.allCases.first(where: { $0.name == field.name }) else { continue }
            // A cell of a file is one line.
            let value = typed[field.name].split(whereSeparator: \.isNewline).joined(separator: " ")
            row[column] = WrittenValue.standard(value, .line)
        }
        let (entry, problems) = VaccinationFile.read(row)
        var submission = VisitSubmission()
        submission.name.facilityCode = facility
        submission.name.episodeCode = typed.number
        if let entry {
            submission.administrative = .init(entry.patient.encoded)
            submission.clinical = .init(entry.clinical.encoded)
        }
        self.submission = submission
        faults = problems.map(Self.fault)
    }

    private static func fault(_ problem: RowProblem) -> JudgedRecord.Fault {
        let name = problem.column ?? ""
        let field = VaccinationFields.sections.flatMap(\.fields).first { $0.name == name }
        return JudgedRecord.Fault(
            input: name,
            finding: ValidationFinding(
                severity: .error, field: field?.code,
                value: problem.value.isEmpty ? nil : PrintableText.escaped(problem.value, limit: 80),
                rule: problem.value.isEmpty ? "required" : "vaccination.\(name)", english: problem.rule,
                vietnamese: vietnamese(problem), source: "simulator-defined"))
    }

    /// The rule in Vietnamese: a column has one rule beside being needed.
    private static func vietnamese(_ problem: RowProblem) -> String {
        if problem.value.isEmpty { return "bắt buộc phải có giá trị" }
        if PrintableText.unseenCharacter(in: problem.value) != nil { return "có ký tự không nhìn thấy được" }
        switch VaccinationColumn.allCases.first(where: { $0.name == problem.column }) {
        case .fullName: return "không phải là họ tên hợp lệ"
        case .birthDate: return "không phải là ngày có thật; viết 31/12/1980, hoặc 1980 khi chỉ biết năm"
        case .sex: return "không có mã giới tính này"
        case .province: return "không có tỉnh, thành phố này"
        case .ward: return "mã xã, phường có năm chữ số"
        case .citizenNumber: return "số định danh có 12 chữ số, hoặc 9 chữ số của chứng minh nhân dân cũ"
        case .dose, .doses: return "mũi tiêm là số nguyên từ 1 đến 99"
        case .given: return "không phải là thời điểm có thật; viết 31/12/2026 14:30"
        case .due: return "không phải là ngày có thật; viết 31/12/2026"
        default: return problem.rule
        }
    }
}
