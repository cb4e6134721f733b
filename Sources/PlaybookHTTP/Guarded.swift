internal import Synchronization

/// A value behind a lock whose order ThreadSanitizer can follow: a thread that has to wait for a `Mutex` is given it by
/// the kernel, which goes unnoticed, and what it then touches would be taken for a race.
struct Guarded<Value: ~Copyable>: ~Copyable, Sendable {
    private let value: Mutex<Value>
    private let order = Atomic(false)

    init(_ value: consuming sending Value) { self.value = Mutex(value) }

    /// Runs `body` while no one else has the value.
    func withLock<Result: ~Copyable>(_ body: (inout sending Value) -> sending Result) -> sending Result {
        value.withLock { value in
            _ = order.load(ordering: .acquiring)
            defer { order.store(true, ordering: .releasing) }
            return body(&value)
        }
    }
}
