import PlaybookCore
import PlaybookFileSystem

/// A file of splits: a header `date,ratio`, then a line a split. `date` is the first session at the new price; `ratio`
/// is new shares for one old share, as a number (`10`, `0.1`) or as `10:1`, `1:10`.
struct SplitsFile {
    let path: String

    /// The splits, ascending by date.
    func read() throws -> [Split] {
        let bytes: [UInt8]
        do {
            bytes = try FileReader.contents(of: path)
        } catch {
            throw PlaybookError(.sourceUnavailable, error.description)
        }
        var splits: [Split] = []
        let lines = String(decoding: bytes, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map {
                String($0.filter { !"\" \u{FEFF}".contains($0) })
            }
            if fields == [""] { continue }
            if index == 0 {
                guard fields.map({ $0.lowercased() }) == ["date", "ratio"] else {
                    throw error(1, "the header is not 'date,ratio'")
                }
                continue
            }
            guard fields.count == 2 else { throw error(index + 1, "\(fields.count) fields where the header has 2") }
            guard let date = CivilDate(fields[0]) else {
                throw error(index + 1, "'\(fields[0].prefix(40))' is not a date YYYY-MM-DD")
            }
            guard let ratio = Self.ratio(fields[1]) else {
                throw error(index + 1, "'\(fields[1].prefix(40))' is not a split ratio such as 10, 0.1, 10:1 or 1:10")
            }
            guard !splits.contains(where: { $0.date == date }) else {
                throw error(index + 1, "a second split on \(date)")
            }
            splits.append(Split(date: date, ratio: ratio))
        }
        return splits.sorted { $0.date < $1.date }
    }

    private static func ratio(_ text: String) -> Double? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
        let ratio: Double? =
            switch parts.count {
            case 1: parts[0]
            case 2: parts[0].flatMap { new in parts[1].map { new / $0 } }
            default: nil
            }
        guard let ratio, ratio.isFinite, ratio >= 1e-4, ratio <= 1e4 else { return nil }
        return ratio
    }

    private func error(_ line: Int, _ problem: String) -> PlaybookError {
        PlaybookError(.badData, "\(path):\(line): \(problem)", nextStep: "Mend the line.")
    }
}
