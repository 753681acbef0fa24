import Vocabulary

extension Topic {
    /// A topic for each province, in place of one that all localities read: the locality that serves the province may read
    /// it, with those that serve all, and nobody else.
    func perProvince(_ localities: [Party]) -> [Topic] {
        ProvinceCode.all.map { province in
            var topic = self
            topic.name = "\(name).\(province)"
            topic.province = province
            topic.readers = readers.filter { reader in
                localities.first { $0.name == reader }?.servedProvinces?.contains(province) ?? true
            }
            return topic
        }
    }
}
