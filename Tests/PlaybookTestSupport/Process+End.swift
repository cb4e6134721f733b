public import Foundation

extension Process {
    /// Runs it and waits until it has ended. `waitUntilExit` may wait forever for a process that has ended already.
    ///
    /// - Parameter read: takes what the process writes, before its end is waited for.
    public func runToEnd<Output>(reading read: () -> Output) throws -> Output {
        let ended = DispatchSemaphore(value: 0)
        terminationHandler = { _ in ended.signal() }
        try run()
        let output = read()
        ended.wait()
        return output
    }
}
