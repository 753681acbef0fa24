import ExchangeSchema
import Testing

@Suite struct NumberInWordsTests {
    @Test(arguments: [
        "036163943648", "about 036163943648, urgent", "036 163 943 648", "0361.6394.3648", "036-163-943-648",
        "thẻ GD4010000000103",
        "012345678", "số ٠٣٦١٦٣٩٤٣٦٤٨", "1 036 163 943 648",
    ])
    func aNumberIsSeen(text: String) { #expect(NumberInWords.stands(in: text)) }

    @Test(arguments: [
        "", "complaint 7", "2062/QD-BYT", "7286/SYT-QLBHYTCNTT, 22-07-2026", "from 2026-11-29 10:15 to 2026-11-30",
        "12345678",
        "số 1332/QĐ-BYT ngày 21 05 2024", "036 163 943", "036, 163, 943, 648",
    ])
    func whatIsNoneIsNot(text: String) { #expect(!NumberInWords.stands(in: text)) }
}
