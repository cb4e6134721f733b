/// English names of months and weekdays.
enum MonthName {
    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    /// 1 to 12 for a month's name, whole or at least its first three letters; nil for anything else.
    static func number(_ letters: UnsafeBufferPointer<UInt8>) -> Int? {
        index(letters, in: months).map { $0 + 1 }
    }

    /// Whether `letters` are a weekday's name, whole or at least its first three letters.
    static func isWeekday(_ letters: UnsafeBufferPointer<UInt8>) -> Bool { index(letters, in: weekdays) != nil }

    private static func index(_ letters: UnsafeBufferPointer<UInt8>, in names: [String]) -> Int? {
        guard (3...9).contains(letters.count) else { return nil }
        let text = String(decoding: letters, as: UTF8.self).lowercased()
        return names.firstIndex { $0.hasPrefix(text) }
    }
}
