import Foundation
import PlaybookCore
import PlaybookFileSystem
import PlaybookTestSupport
import PlaybookWriters
import Testing

@Suite("The lock of the CSV writer")
struct CSVLockTests {
    private let place: CSVPlace
    private var lockPath: String { "\(place.folder.path)/.trades.csv.lock" }

    init() throws { place = try CSVPlace() }

    @Test("held by someone else ends in tryAgain after the timeout, and the journal is left alone")
    func timeout() async throws {
        _ = try await CSVTradeWriter(path: place.path).finish([.untraded("SPY")])
        let before = try FileState(place.path)
        let held = try #require(HeldLock(lockPath))
        let writer = CSVTradeWriter(path: place.path, lockTimeout: .milliseconds(150))
        try await writer.write([.untraded("QQQ")])
        let start = ContinuousClock.now
        let error = await playbookError { try await writer.finalize() }
        let waited = ContinuousClock.now - start
        #expect(waited >= .milliseconds(150))
        #expect(
            error
                == PlaybookError(
                    .tryAgain, "\(place.path) is being written by another process (lock file \(lockPath))",
                    nextStep: "Run again when it has finished."))
        #expect(try FileState(place.path) == before)
        held.release()
        #expect(try await writer.finalize().added == 1)
        #expect(try place.rows().count == 2)
    }

    @Test("is waited for until it is free")
    func waiting() async throws {
        let held = try #require(HeldLock(lockPath))
        let writer = CSVTradeWriter(path: place.path)
        try await writer.write([.untraded()])
        let receipt = Task { try await writer.finalize() }
        try await Task.sleep(for: .milliseconds(100))
        #expect(try place.rows() == [], "nothing may be written while the lock is held")
        held.release()
        #expect(try await receipt.value.added == 1)
    }

    @Test("is not needed by a run without rows")
    func noRows() async throws {
        let held = try #require(HeldLock(lockPath))
        _ = try await CSVTradeWriter(path: place.path, lockTimeout: .zero).finalize()
        held.release()
    }

    @Test("is the same one for a link and for what it points to")
    func link() async throws {
        try place.folder.createFolder("elsewhere")
        let target = "\(place.folder.path)/elsewhere/journal.csv"
        _ = try await CSVTradeWriter(path: target).finish([.untraded("SPY")])
        try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: target)
        let held = try #require(HeldLock("\(place.folder.path)/elsewhere/.journal.csv.lock"))
        let writer = CSVTradeWriter(path: place.path, lockTimeout: .zero)
        try await writer.write([.untraded("QQQ")])
        let error = await playbookError { try await writer.finalize() }
        #expect(error?.code == .tryAgain)
        held.release()
    }

    @Test("is that of a link's target, which is made when it is not there yet")
    func danglingLink() async throws {
        let target = "\(place.folder.path)/elsewhere/journal.csv"
        try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: "elsewhere/journal.csv")
        #expect(try await CSVTradeWriter(path: place.path).finish([.untraded("SPY")]).added == 1)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: place.path) == "elsewhere/journal.csv")
        #expect(try CSVText.rows(String(contentsOfFile: target, encoding: .utf8)).count == 1)
        #expect(try await CSVTradeWriter(path: place.path).finish([.untraded("QQQ")]).added == 1)
        #expect(try place.rows().count == 2)
    }

    @Test("that keeps nobody out: the file that has changed meanwhile is merged again, and receipts say what happened")
    func brokenLock() async throws {
        _ = try await CSVTradeWriter(path: place.path).finish([.untraded("SPY")])
        // Whoever takes the lock next takes another file's.
        let path = place.path
        let lockPath = lockPath
        let breaker = Task {
            while !Task.isCancelled {
                unlink(lockPath)
                try await Task.sleep(for: .milliseconds(1))
            }
        }
        let symbols = (0..<20).map { "S\($0)" }
        let receipts = try await withThrowingTaskGroup { group in
            for symbol in symbols + symbols {
                group.addTask { try await CSVTradeWriter(path: path).finish([.untraded(symbol)]) }
            }
            return try await group.reduce(into: [WriteReceipt]()) { $0.append($1) }
        }
        breaker.cancel()
        #expect(try place.rows().map { $0[JournalColumn.symbol.index] } == (symbols + ["SPY"]).sorted())
        #expect(receipts.reduce(0) { $0 + $1.added } == 20)
        #expect(receipts.reduce(0) { $0 + $1.unchanged } == 20)
    }

    @Test("is free again when finalize has failed")
    func failure() async throws {
        try place.folder.write("trades.csv", "not a journal\n")
        let writer = CSVTradeWriter(path: place.path)
        try await writer.write([.untraded()])
        _ = await playbookError { try await writer.finalize() }
        let held = HeldLock(lockPath)
        #expect(held != nil)
        held?.release()
    }
}

/// A lock taken with the system's own call, as another process would.
final class HeldLock: Sendable {
    private let descriptor: Int32

    /// Nil when someone else holds it.
    init?(_ path: String) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
    }

    func release() { close(descriptor) }
}
