import Synchronization

/// Working memory for reading a column, kept for the next one: to get memory anew costs more than to decode into it.
final class Scratch: Sendable {
    /// Memory for one purpose. It grows as needed; what was in it is lost then.
    struct Area {
        private(set) var bytes = UnsafeMutableRawBufferPointer(start: nil, count: 0)

        /// Room for `count` bytes, and 16 that can be read after them.
        mutating func room(_ count: Int) -> UnsafeMutableRawBufferPointer {
            if bytes.count < count + Scratch.slack {
                bytes.deallocate()
                bytes = .allocate(byteCount: count + Scratch.slack, alignment: 16)
            }
            return UnsafeMutableRawBufferPointer(rebasing: bytes[..<count])
        }

        /// Sets the bytes that can be read after the first `count` to zero.
        func endAfter(_ count: Int) {
            UnsafeMutableRawBufferPointer(rebasing: bytes[count..<(count + Scratch.slack)])
                .initializeMemory(as: UInt8.self, repeating: 0)
        }

        fileprivate mutating func free(above most: Int) {
            guard bytes.count > most else { return }
            bytes.deallocate()
            bytes = UnsafeMutableRawBufferPointer(start: nil, count: 0)
        }
    }

    /// The areas, of one user at a time.
    struct Areas {
        /// A part of the file.
        var window = Area()
        /// A page, and a dictionary's page, decompressed.
        var page = Area()
        var dictionaryPage = Area()
        /// The words of a dictionary, and the places in it of a page's values.
        var dictionary = Area()
        var places = Area()
        /// The words of a page of which not all are wanted.
        var edge = Area()

        fileprivate mutating func free(above most: Int) {
            window.free(above: most)
            page.free(above: most)
            dictionaryPage.free(above: most)
            dictionary.free(above: most)
            places.free(above: most)
            edge.free(above: most)
        }
    }

    static let slack = 16
    private static let idle = Mutex<[Scratch]>([])
    /// How many are kept, and how large each area of them may be.
    private static let mostIdle = 2
    private static let mostKept = 2 << 20

    // Lent to one user at a time.
    nonisolated(unsafe) var areas = Areas()

    deinit { areas.free(above: 0) }

    /// One that nobody else uses.
    static func take() -> Scratch { idle.withLock { $0.popLast() } ?? Scratch() }

    /// Gives it back.
    func release() {
        areas.free(above: Self.mostKept)
        Self.idle.withLock { if $0.count < Self.mostIdle { $0.append(self) } }
    }
}
