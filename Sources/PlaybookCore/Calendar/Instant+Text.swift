extension Instant {
    /// The instant that `text` names, strictly `YYYY-MM-DDTHH:MM:SSZ`; nil for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[16] == UInt8(ascii: ":"),
            bytes[19] == UInt8(ascii: "Z"), let date = CivilDate(text.prefix(10)),
            let time = TimeOfDay(text.dropFirst(11).prefix(5)), let second = Int64(text.dropFirst(17).prefix(2)),
            (0..<60).contains(second)
        else { return nil }
        self.init(secondsSinceEpoch: Int64(date.daysSinceEpoch) * 86_400 + Int64(time.minutes) * 60 + second)
    }
}
