import Dispatch
public import PlaybookCore
import Synchronization

/// Reads bars out of Parquet files straight into the columns that are kept: several columns at a time, on all cores.
public struct BarColumnsReader: Sendable {
    /// Which columns of a file hold what.
    public struct Columns: Sendable {
        /// A column of timestamps.
        public var time: Int
        /// Columns of numbers.
        public var open, high, low, close, volume: Int

        /// Columns by their places in the file.
        public init(time: Int, open: Int, high: Int, low: Int, close: Int, volume: Int) {
            self.time = time
            self.open = open
            self.high = high
            self.low = low
            self.close = close
            self.volume = volume
        }

        fileprivate var numbers: [Int] { [open, high, low, close, volume] }
    }

    /// Rows of a file.
    public struct Piece: Sendable {
        /// The file.
        public var file: ParquetFile
        /// Its columns.
        public var columns: Columns
        /// The rows to read.
        public var rows: Range<Int>

        /// The rows `rows` of `file`.
        public init(_ file: ParquetFile, _ columns: Columns, rows: Range<Int>) {
            self.file = file
            self.columns = columns
            self.rows = rows.clamped(to: 0..<file.rowCount)
        }
    }

    /// What is wrong with which piece.
    public struct Failure: Error {
        /// The piece, counted from 0.
        public let piece: Int
        /// What is wrong with it.
        public let error: ParquetError

        /// `error` about piece number `piece`.
        public init(piece: Int, error: ParquetError) {
            self.piece = piece
            self.error = error
        }
    }

    /// Fewer bars than this are read by one thread: a second would not pay.
    private static let parallelCount = 20_000

    private let pieces: [Piece]
    private let count: Int
    /// The times of the bars, if they are known already.
    private let knownTimes: [Int64]?

    /// What the threads have found so far.
    private final class Results: Sendable {
        let state = Mutex(State())
    }

    private struct State {
        var times: [Int64] = []
        var numbers = [[Double]](repeating: [], count: 5)
        var nullTimes = 0
        var failures: [Failure] = []
    }

    private init(_ pieces: [Piece], times: [Int64]?) {
        self.pieces = pieces
        count = pieces.reduce(0) { $0 + $1.rows.count }
        knownTimes = times
    }

    /// The bars of `pieces`, one after the other. Times are rounded down to seconds, numbers that are null are NaN.
    ///
    /// - Parameters:
    ///   - times: the bars' times, if they are known already; nil to read them.
    ///   - wantsWholeSeconds: whether a time between two seconds is an error.
    /// - Returns: the bars, and how many times were null; they count as 0.
    /// - Throws: `Failure`, about the first piece that cannot be read.
    public static func read(
        _ pieces: [Piece], times: [Int64]? = nil, wantsWholeSeconds: Bool = false
    ) throws(Failure) -> (bars: BarColumns, nullTimes: Int) {
        let reader = BarColumnsReader(pieces, times: times)
        let results = Results()
        // The columns that take longest come first.
        let order = [-1, 4, 0, 1, 2, 3].filter { times == nil || $0 >= 0 }
        @Sendable func step(_ index: Int) {
            reader.read(order[index], wantsWholeSeconds: wantsWholeSeconds, into: results)
        }
        if reader.count >= Self.parallelCount {
            DispatchQueue.concurrentPerform(iterations: order.count, execute: step)
        } else {
            order.indices.forEach(step)
        }
        let found = results.state.withLock { $0 }
        if let failure = found.failures.min(by: { $0.piece < $1.piece }) { throw failure }
        var bars = BarColumns()
        bars.times = times ?? found.times
        bars.open = found.numbers[0]
        bars.high = found.numbers[1]
        bars.low = found.numbers[2]
        bars.close = found.numbers[3]
        bars.volume = found.numbers[4]
        return (bars, found.nullTimes)
    }

    /// Reads column `number`, or the times if that is -1.
    private func read(_ number: Int, wantsWholeSeconds: Bool, into results: Results) {
        do throws(Failure) {
            if number >= 0 {
                let values: [Double] = try column(as: .doubles) { $0.numbers[number] }.values
                results.state.withLock { $0.numbers[number] = values }
            } else {
                let (values, nulls, notWhole): ([Int64], Int, Int?) = try column(as: .seconds) { $0.time }
                results.state.withLock {
                    $0.times = values
                    $0.nullTimes = nulls
                    guard wantsWholeSeconds, let notWhole else { return }
                    $0.failures.append(Failure(piece: notWhole, error: Self.notWhole(pieces[notWhole])))
                }
            }
        } catch {
            results.state.withLock { $0.failures.append(error) }
        }
    }

    /// One column of all pieces; how many values are null; and the first piece with times between two seconds.
    private func column<Value>(
        as form: WordReader.Output, _ place: (Columns) -> Int
    ) throws(Failure) -> (values: [Value], nulls: Int, notWhole: Int?) {
        var nulls = 0
        var notWhole: Int?
        let values = try [Value](unsafeUninitializedCapacity: count) { (target, filled) throws(Failure) in
            let words = UnsafeMutableRawBufferPointer(target).bindMemory(to: UInt64.self)
            var start = 0
            for (number, piece) in pieces.enumerated() where !piece.rows.isEmpty {
                let part = UnsafeMutableBufferPointer(rebasing: words[start..<(start + piece.rows.count)])
                do throws(ParquetError) {
                    let found = try piece.file.read(place(piece.columns), piece.rows, as: form, into: part)
                    nulls += found.nullRows.count
                    if !found.isWhole, notWhole == nil { notWhole = number }
                } catch {
                    throw Failure(piece: number, error: error)
                }
                start += piece.rows.count
            }
            filled = start
        }
        return (values, nulls, notWhole)
    }

    /// Says which time is between two seconds.
    private static func notWhole(_ piece: Piece) -> ParquetError {
        let name = piece.file.columns[piece.columns.time].name
        guard let times = try? piece.file.integers(piece.columns.time, rows: piece.rows).values,
            let row = times.firstIndex(where: { $0 % 1_000_000 != 0 })
        else { return ParquetError("column \(ParquetError.quoted(name)): a time is no whole second") }
        return ParquetError(
            "column \(ParquetError.quoted(name)), row \(piece.rows.lowerBound + row): \(times[row]) µs is no whole second"
        )
    }
}
