import PlaybookCore
package import PlaybookUseCases

extension RunOverview {
    /// In two lines, for people.
    package var lines: [(String, String)] {
        guard let last = runs.first else { return [("Runs", "none is remembered yet")] }
        let recent = runs.prefix(Self.recent)
        let time = "\(fixed(last.durationSeconds, 1)) s" + (expected.map { ", expected \(fixed($0, 1)) s" } ?? "")
        return [
            ("Runs", "\(recent.count(where: \.isGood)) of the last \(recent.count) went well"),
            ("Last run took", time + (isSlow(last) ? ": SLOW" : "")),
        ]
    }
}
