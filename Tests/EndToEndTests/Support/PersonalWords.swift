import Foundation
import GRDB
import Testing

/// What is a patient's and nobody else's, to be looked for in the files of parties.
struct PersonalWords {
    /// Name, number and a clinical word, as many as the patient has.
    var words: [String]

    /// The envelope of the shipped patients, with a clinical word of each visit's own, and the words by the visit's number.
    static func marked(_ envelope: String) throws -> (envelope: String, patients: [String: PersonalWords]) {
        var patients: [String: PersonalWords] = [:]
        var marked = envelope
        for match in envelope.matches(of: /<NOIDUNGFILE>([^<]*)<\/NOIDUNGFILE>/) {
            guard let data = Data(base64Encoded: String(match.output.1)) else { continue }
            let table = String(decoding: data, as: UTF8.self)
            guard let visit = table.firstMatch(of: /<MA_LK>(PX\d+)<\/MA_LK>/)?.output.1,
                let name = table.firstMatch(of: /<HO_TEN>([^<]*)<\/HO_TEN>/)?.output.1
            else { continue }
            let number = table.firstMatch(of: /<SO_CCCD>([^<]*)<\/SO_CCCD>/)?.output.1 ?? ""
            let clinical = "Viêm họng dấu \(visit)"
            patients[String(visit)] = PersonalWords(
                words: [String(name), clinical] + (number.isEmpty ? [] : [String(number)]))
            let changed = table.replacing("<CHAN_DOAN_RV>Viêm họng cấp", with: "<CHAN_DOAN_RV>" + clinical)
            marked = marked.replacing(match.output.1, with: Data(changed.utf8).base64EncodedString())
        }
        return (marked, patients)
    }

    /// An envelope with each of its visits so many times, each time under another number of the facility's: batches of a size
    /// at which a database needs pages for what it keeps a moment only.
    static func repeated(_ envelope: String, times: Int) throws -> String {
        let visits = envelope.matches(of: /<HOSO>[\s\S]*?<\/HOSO>/).map { String($0.output) }
        let first = try #require(envelope.range(of: "<HOSO>"))
        let last = try #require(envelope.range(of: "</HOSO>", options: .backwards))
        let copies = (1...times).flatMap { copy in
            visits.map { visit in
                visit.replacing(/<NOIDUNGFILE>([^<]*)<\/NOIDUNGFILE>/) { match in
                    let table = String(decoding: Data(base64Encoded: String(match.output.1)) ?? Data(), as: UTF8.self)
                        .replacing("<MA_LK>PX", with: "<MA_LK>PY\(copy)-")
                    return "<NOIDUNGFILE>\(Data(table.utf8).base64EncodedString())</NOIDUNGFILE>"
                }
            }
        }
        return envelope.replacingCharacters(in: first.lowerBound..<last.upperBound, with: copies.joined())
            .replacing(
                "<SOLUONGHOSO>\(visits.count)<", with: "<SOLUONGHOSO>\(copies.count)<")
    }

    /// The files of a directory that hold one of the words, with the word.
    func found(in directory: String) throws -> [String] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: directory).sorted()
        return names.flatMap { name -> [String] in
            guard let bytes = FileManager.default.contents(atPath: directory + "/" + name) else { return [] }
            return words.filter { bytes.range(of: Data($0.utf8)) != nil }.map { "\(name): \($0)" }
        }
    }

    /// A copy of MoH's directory of which all is taken out that its books keep, and overwritten where it lay. What is left
    /// in it lies where nothing should.
    static func ministryWithoutBooks(_ directory: String, to copy: String) throws {
        try FileManager.default.copyItem(atPath: directory, toPath: copy)
        var configuration = Configuration()
        configuration.journalMode = .wal
        let queue = try DatabaseQueue(path: copy + "/party.sqlite", configuration: configuration)
        try queue.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    PRAGMA secure_delete = ON;
                    DELETE FROM book_item; DELETE FROM book_index; DELETE FROM book_run; DELETE FROM book_number;
                    PRAGMA wal_checkpoint(TRUNCATE)
                    """)
        }
        try queue.close()
    }
}
