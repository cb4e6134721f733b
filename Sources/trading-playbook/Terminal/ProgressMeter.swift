import Synchronization

/// Shows on the terminal how far a long run has come; silent in the first half second.
final class ProgressMeter: Sendable {
    private let isOn: Bool
    private let start = ContinuousClock.now
    private let isShown = Mutex(false)

    /// - Parameter isOn: whether standard error is a terminal.
    init(isOn: Bool) { self.isOn = isOn }

    /// Shows that `done` of `total` symbols are done.
    func show(_ done: Int, of total: Int) {
        guard isOn, ContinuousClock.now - start > .milliseconds(500) else { return }
        isShown.withLock { $0 = true }
        standardError("\r\(done) of \(total) symbols", terminator: "")
    }

    /// Shows a bar: `done` of `total` units of `what` are done, and how long the rest will take.
    func show(_ done: Int, of total: Int, _ what: String, unit: String = "sessions") {
        guard isOn, total > 0, ContinuousClock.now - start > .milliseconds(500) else { return }
        isShown.withLock { $0 = true }
        let width = 30
        let filled = done * width / total
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let rest = done > 0 ? "\(Int(seconds / Double(done) * Double(total - done))) s left" : ""
        standardError("\r\u{1B}[K\(what) [\(bar)] \(done)/\(total) \(unit) \(rest)", terminator: "")
    }

    /// Removes the line.
    func clear() {
        if isShown.withLock({ $0 }) { standardError("\r\u{1B}[K", terminator: "") }
    }
}
