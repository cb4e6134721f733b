import Synchronization

/// A value that comes later, for as many as wait for it; of several, the first one counts.
final class FirstAnswer<Value: Sendable>: Sendable {
    private enum State {
        case waiting([CheckedContinuation<Value, Never>])
        case there(Value)
    }

    private let state = Mutex<State>(.waiting([]))

    /// The value, once it is there.
    var value: Value {
        get async {
            await withCheckedContinuation { continuation in
                let value: Value? = state.withLock {
                    switch $0 {
                    case .there(let value): return value
                    case .waiting(let others):
                        $0 = .waiting(others + [continuation])
                        return nil
                    }
                }
                if let value { continuation.resume(returning: value) }
            }
        }
    }

    /// Sets the value, unless there is one.
    func resolve(_ value: Value) {
        let waiting: [CheckedContinuation<Value, Never>] = state.withLock {
            guard case .waiting(let waiting) = $0 else { return [] }
            $0 = .there(value)
            return waiting
        }
        for continuation in waiting { continuation.resume(returning: value) }
    }
}
