/// The part of the country, as far as names and ethnic groups follow it.
enum Region: Int {
    case north, mountains, centre, highlands, south
}

/// Weight and region of each former province, in the order of `FormerProvince.all`.
///
/// The weights are inhabitants in thousands, approximately as in the census of 2019; from memory, only to spread
/// synthetic people over the country. The regions are simulator-defined.
enum ProvinceWeights {
    static let inhabitants: [UInt64] = table.map(\.thousands)

    static let regions: [Region] = table.map(\.region)

    private static let table: [(thousands: UInt64, region: Region)] = [
        (8_054, .north), (855, .mountains), (530, .mountains), (314, .mountains), (785, .mountains),
        (730, .mountains), (599, .mountains), (460, .mountains), (1_248, .mountains), (821, .mountains),
        (854, .mountains), (1_287, .mountains), (782, .mountains), (1_320, .north), (1_804, .north), (1_463, .north),
        (1_154, .north), (1_369, .north), (1_892, .north), (2_029, .north), (1_253, .north), (1_860, .north),
        (853, .north), (1_780, .north), (983, .north), (3_640, .centre), (3_328, .centre), (1_289, .centre),
        (896, .centre), (632, .centre), (1_129, .centre), (1_134, .centre), (1_496, .centre), (1_232, .centre),
        (1_487, .centre), (873, .centre), (1_231, .centre), (591, .centre), (1_231, .centre), (540, .highlands),
        (1_514, .highlands), (1_869, .highlands), (622, .highlands), (1_297, .highlands), (995, .south),
        (1_169, .south), (2_427, .south), (3_097, .south), (1_148, .south), (8_993, .south), (1_689, .south),
        (1_764, .south), (1_289, .south), (1_009, .south), (1_023, .south), (1_599, .south), (1_908, .south),
        (1_723, .south), (1_235, .south), (733, .south), (1_200, .south), (907, .south), (1_194, .south),
    ]
}
