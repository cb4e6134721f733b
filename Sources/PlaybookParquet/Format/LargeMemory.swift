#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Memory in large pages where the system has them: it comes by the 2 MB then, in place of 4 kB at a time, each of which
/// costs as much as decoding what goes into it. A system that has none loses nothing.
struct LargeMemory: @unchecked Sendable {
    /// Less than this is not worth it.
    private static let least = 1 << 20
    /// `MADV_POPULATE_WRITE`, which older systems do not know.
    private static let populateForWriting: Int32 = 23

    private let start: UnsafeMutableRawPointer?
    private let count: Int

    /// Asks for large pages for `memory`, which has not been used yet.
    init(_ memory: UnsafeMutableRawBufferPointer) {
        #if os(Linux)
        if memory.count >= Self.least, let base = memory.baseAddress {
            let page = Int(sysconf(Int32(_SC_PAGESIZE)))
            let before = Int(bitPattern: base) % page
            start = base - before
            count = (before + memory.count + page - 1) / page * page
            _ = madvise(start, count, MADV_HUGEPAGE)
            return
        }
        #endif
        start = nil
        count = 0
    }

    /// Has all of the memory there at once: it is about to be filled.
    func populate() {
        #if os(Linux)
        if let start { _ = madvise(start, count, Self.populateForWriting) }
        #endif
    }
}
