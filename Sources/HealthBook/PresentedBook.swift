import ExchangeSchema

/// A book as a profile shows it: what all forms of it (text, JSON, page) are written from.
public struct PresentedBook: Sendable, Equatable, Codable {
    /// A field with a value.
    public struct Field: Sendable, Equatable, Codable {
        /// Name in Decision 130.
        public var name: String
        /// What a person calls it, in Vietnamese.
        public var label: String
        /// Its value, as it is shown.
        public var value: String
    }

    /// Who reported a visit.
    public struct Source: Sendable, Equatable, Codable {
        /// MA_CSKCB.
        public var facilityCode: String
        /// The record.
        public var record: String
        /// The revision that stands.
        public var revision: UInt32
        /// When MoH authenticated it; Unix milliseconds.
        public var authenticatedAt: Int64
    }

    /// A drug, a service or a result.
    public struct Line: Sendable, Equatable, Codable {
        /// What it is called.
        public var name: String
        /// Dose, quantity or value, with the unit.
        public var value: String
        /// When, as it is shown; empty when it was not said.
        public var time: String
        /// MA_CSKCB of everybody who reports it.
        public var facilityCodes: [String]
    }

    /// A visit.
    public struct Visit: Sendable, Equatable, Codable {
        /// Dates, kind, reasons.
        public var fields: [Field]
        /// Diagnoses, treatment, outcome.
        public var summary: [Field]
        /// Rows of XML2.
        public var drugs: [Line]
        /// Rows of XML3.
        public var services: [Line]
        /// Rows of XML4.
        public var results: [Line]
        /// Who reported it, the first first.
        public var sources: [Source]
    }

    /// A vaccination.
    public struct Dose: Sendable, Equatable, Codable {
        /// What was given, when, by whom, and what is due next.
        public var fields: [Field]
        /// Who reported it, the first first.
        public var sources: [Source]
    }

    /// A health check.
    public struct Check: Sendable, Equatable, Codable {
        /// When, what it concludes, and the vital signs.
        public var fields: [Field]
        /// Rows of XML11.
        public var results: [Line]
        /// Who reported it, the first first.
        public var sources: [Source]
    }

    /// A revision that does not stand.
    public struct Past: Sendable, Equatable, Codable {
        /// Its source.
        public var source: Source
        /// `superseded` or `withdrawn`.
        public var state: String
        /// Of a withdrawal, why.
        public var reason: String?
        /// Since when it does not stand; Unix milliseconds.
        public var until: Int64
        /// As a visit that stands is shown; nil of anything else.
        public var visit: Visit?
        /// As a vaccination that stands is shown; nil of anything else.
        public var vaccination: Dose?
        /// As a health check that stands is shown; nil of anything else.
        public var healthCheck: Check?
    }

    /// Name, version and source of the profile.
    public struct Profile: Sendable, Equatable, Codable {
        /// Name.
        public var name: String
        /// Date of its text.
        public var version: String
        /// Where it comes from.
        public var source: String
    }

    /// The citizen's number in force.
    public var citizen: String
    /// Numbers that they had before, latest first.
    public var formerNumbers: [String]
    /// What decides which fields are shown.
    public var profile: Profile
    /// When the book was opened before any visit; Unix milliseconds, nil where nobody enrolled the person.
    public var enrolledAt: Int64?
    /// Who the person is: by the entry that was authenticated last or, where no visit stands, by C06 and VSS.
    public var administrative: [Field]
    /// What stands, the latest stay first.
    public var visits: [Visit]
    /// Vaccinations that stand, the latest first.
    public var vaccinations: [Dose]
    /// Health checks that stand, the latest first.
    public var healthChecks: [Check]
    /// What does not stand any more, latest first; nil where history was not asked for.
    public var past: [Past]?
    /// How many revisions do not stand, whether they are shown or not.
    public var pastCount: Int

    /// Whether nothing stands in it.
    public var isEmpty: Bool { visits.isEmpty && vaccinations.isEmpty && healthChecks.isEmpty }
    /// Whether it was opened and has never had a visit, a vaccination or a health check.
    public var isBlank: Bool { enrolledAt != nil && isEmpty && pastCount == 0 }

    /// Shows a book.
    /// - Parameter history: Whether what does not stand is shown too.
    /// - Throws: `UnreadablePayload` when a block cannot be read.
    public init(_ book: HealthBook, profile: BookProfile = .qd1332, history: Bool) throws {
        let numbers = book.numbers.map { CitizenNumber(number: $0)?.description ?? String($0) }
        citizen = numbers.first ?? ""
        formerNumbers = Array(numbers.dropFirst())
        self.profile = Profile(name: profile.name, version: profile.version, source: profile.source)
        enrolledAt = book.enrolment?.time
        if let latest = book.latest {
            let person = try AdministrativeBlock(decoding: latest.administrative)
            administrative = profile.administrative.compactMap { $0.shown(person) }
        } else if let person = book.enrolment?.person {
            let block = AdministrativeBlock(person)
            administrative =
                profile.administrative.compactMap { $0.shown(block) }
                + profile.opening.compactMap { $0.shown(person) }
        } else {
            administrative = []
        }
        visits = book.visits.map { Visit($0, profile) }
        vaccinations = book.vaccinations.map { Dose($0, profile) }
        healthChecks = book.healthChecks.map { Check($0, profile) }
        pastCount = book.past.count
        past = history ? try book.past.map { try Past($0, profile) } : nil
    }
}

extension AdministrativeBlock {
    /// What an enrolment says of a person, under the names of Decision 130.
    init(_ person: BookEnrolment) {
        self.init()
        hoTen = person.fullName
        ngaySinh = person.birthDate
        gioiTinh = (try? CitizenNumber(parsing: person.citizenNumber)).map { String($0.sex.rawValue) } ?? ""
        matinhCuTru = person.residentProvince
    }
}

extension PresentedBook.Visit {
    init(_ visit: BookVisit, _ profile: BookProfile) {
        fields =
            profile.stay.compactMap { $0.shown(visit.stay) } + profile.clinical.compactMap { $0.shown(visit.clinical) }
        summary = profile.summary.compactMap { $0.shown(visit.clinical) }
        if let row = visit.recordSummary { summary += profile.recordSummary.compactMap { $0.shown(row) } }
        drugs = visit.details.drugs.map { drug in
            PresentedBook.Line(
                name: PresentedBook.joined([drug.tenThuoc, drug.hamLuong]),
                value: PresentedBook.joined(
                    [drug.lieuDung, drug.cachDung, PresentedBook.joined([drug.soLuong, drug.donViTinh])], by: "; "),
                time: BookValueForm.time(drug.ngayYl), facilityCodes: [])
        }
        services = visit.details.services.map { service in
            PresentedBook.Line(
                name: service.tenDichVu.isEmpty ? service.tenVatTu : service.tenDichVu,
                value: PresentedBook.joined([service.soLuong, service.donViTinh]),
                time: BookValueForm.time(service.ngayYl),
                facilityCodes: [])
        }
        results = visit.results.map { PresentedBook.Line($0.line, facilityCodes: $0.facilityCodes) }
        sources = visit.sources.map { PresentedBook.Source($0) }
    }
}

extension PresentedBook {
    fileprivate static func joined(_ parts: [String], by separator: String = " ") -> String {
        parts.filter { !$0.isEmpty }.joined(separator: separator)
    }
}

extension PresentedBook.Line {
    /// A result.
    fileprivate init(_ line: ResultLine, facilityCodes: [String]) {
        let names = [line.tenChiSo, line.maDichVu, line.maChiSo]
        self.init(
            name: names.first { !$0.isEmpty } ?? "",
            value: PresentedBook.joined(
                [PresentedBook.joined([line.giaTri, line.donViDo]), line.moTa, line.ketLuan], by: "; "),
            time: BookValueForm.time(line.ngayKq), facilityCodes: facilityCodes)
    }
}

extension PresentedBook.Dose {
    init(_ vaccination: BookVaccination, _ profile: BookProfile) {
        fields = profile.vaccination.compactMap { $0.shown(vaccination.vaccination) }
        sources = vaccination.sources.map { PresentedBook.Source($0) }
    }
}

extension PresentedBook.Check {
    init(_ check: BookHealthCheck, _ profile: BookProfile) {
        fields = profile.healthCheck.compactMap { $0.shown(check.check) }
        results = check.results.map { PresentedBook.Line($0, facilityCodes: []) }
        sources = check.sources.map { PresentedBook.Source($0) }
    }
}

extension PresentedBook.Source {
    init(_ source: BookVisit.Source) {
        self.init(
            facilityCode: source.facilityCode, record: source.record.description, revision: source.revision,
            authenticatedAt: source.authenticatedAt)
    }
}

extension PresentedBook.Past {
    init(_ past: HealthBook.PastEntry, _ profile: BookProfile) throws {
        let record = RecordIdentifier(past.entry.recordID) ?? RecordIdentifier(high: 0, low: 0)
        switch try BookContent(past.entry, record: record, time: past.time) {
        case .visit(let one): visit = PresentedBook.Visit(one, profile)
        case .vaccination(let one): vaccination = PresentedBook.Dose(one, profile)
        case .healthCheck(let one): healthCheck = PresentedBook.Check(one, profile)
        }
        source = PresentedBook.Source(
            facilityCode: past.entry.facilityCode, record: past.entry.recordID, revision: past.entry.revision,
            authenticatedAt: past.time)
        until = past.until
        switch past.state {
        case .superseded: (state, reason) = ("superseded", nil)
        case .withdrawn(let why): (state, reason) = ("withdrawn", why)
        }
    }
}
