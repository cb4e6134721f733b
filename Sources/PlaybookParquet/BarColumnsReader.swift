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

    /// Fewer bars than this, of fewer files, are read by one thread: a second would not pay.
    private static let parallelCount = 20_000
    private static let parallelPieces = 16

    private let pieces: [Piece]
    private let count: Int

    /// What the threads have found so far.
    private final class Results: Sendable {
        let state = Mutex(State())
    }

    private struct State {
        var nullTimes = 0
        var failures: [Failure] = []
    }

    /// Memory for a column, which one thread fills.
    private struct Room: @unchecked Sendable {
        let words: UnsafeMutableBufferPointer<UInt64>
        let memory: LargeMemory

        init<Value>(_ column: UnsafeMutableBufferPointer<Value>) {
            let bytes = UnsafeMutableRawBufferPointer(column)
            memory = LargeMemory(bytes)
            words = bytes.bindMemory(to: UInt64.self)
        }
    }

    private init(_ pieces: [Piece]) {
        self.pieces = pieces
        count = pieces.reduce(0) { $0 + $1.rows.count }
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
        let reader = BarColumnsReader(pieces)
        let results = Results()
        var numbers: [[Double]] = []
        var bars = BarColumns()
        if let times {
            numbers = try reader.columns(5, []) { rooms throws(Failure) in try reader.fill(rooms, nil, false, results) }
            bars.times = times
        } else {
            bars.times = try [Int64](unsafeUninitializedCapacity: reader.count) { (target, count) throws(Failure) in
                let room = Room(target)
                numbers = try reader.columns(5, []) { rooms throws(Failure) in
                    try reader.fill(rooms, room, wantsWholeSeconds, results)
                }
                count = reader.count
            }
        }
        bars.open = numbers[0]
        bars.high = numbers[1]
        bars.low = numbers[2]
        bars.close = numbers[3]
        bars.volume = numbers[4]
        return (bars, results.state.withLock { $0.nullTimes })
    }

    /// As many more columns of numbers as are `missing`. All are made before one is filled: they lie side by side then,
    /// and large pages fit.
    private func columns(
        _ missing: Int, _ rooms: [Room], _ fill: ([Room]) throws(Failure) -> Void
    ) throws(Failure) -> [[Double]] {
        guard missing > 0 else {
            try fill(rooms)
            return []
        }
        var others: [[Double]] = []
        let column = try [Double](unsafeUninitializedCapacity: count) { (target, filled) throws(Failure) in
            others = try columns(missing - 1, rooms + [Room(target)], fill)
            filled = count
        }
        return [column] + others
    }

    /// Fills the columns of numbers and, where there is one, that of times.
    private func fill(
        _ numbers: [Room], _ times: Room?, _ wantsWholeSeconds: Bool, _ results: Results
    ) throws(Failure) {
        // The columns that take longest come first.
        let order = [-1, 4, 0, 1, 2, 3].filter { times != nil || $0 >= 0 }
        @Sendable func step(_ index: Int) {
            do throws(Failure) {
                if order[index] >= 0 {
                    _ = try column(into: numbers[order[index]], as: .doubles) { $0.numbers[order[index]] }
                } else if let times {
                    let (nulls, notWhole) = try column(into: times, as: .seconds) { $0.time }
                    results.state.withLock { $0.nullTimes = nulls }
                    if wantsWholeSeconds, let notWhole {
                        throw Failure(piece: notWhole, error: Self.notWhole(pieces[notWhole]))
                    }
                }
            } catch {
                results.state.withLock { $0.failures.append(error) }
            }
        }
        if count >= Self.parallelCount || pieces.count >= Self.parallelPieces {
            DispatchQueue.concurrentPerform(iterations: order.count, execute: step)
        } else {
            order.indices.forEach(step)
        }
        let failures = results.state.withLock { $0.failures }
        if let failure = failures.min(by: { $0.piece < $1.piece }) { throw failure }
    }

    /// Reads one column of all pieces: how many values are null, and the first piece with times between two seconds.
    private func column(
        into room: Room, as form: WordReader.Output, _ place: (Columns) -> Int
    ) throws(Failure) -> (nulls: Int, notWhole: Int?) {
        room.memory.populate()
        var nulls = 0
        var notWhole: Int?
        var start = 0
        for (number, piece) in pieces.enumerated() where !piece.rows.isEmpty {
            let part = UnsafeMutableBufferPointer(rebasing: room.words[start..<(start + piece.rows.count)])
            do throws(ParquetError) {
                let found = try piece.file.read(place(piece.columns), piece.rows, as: form, into: part)
                nulls += found.nullRows.count
                if !found.isWhole, notWhole == nil { notWhole = number }
            } catch {
                throw Failure(piece: number, error: error)
            }
            start += piece.rows.count
        }
        return (nulls, notWhole)
    }

    /// Says which time is between two seconds.
    private static func notWhole(_ piece: Piece) -> ParquetError {
        let name = piece.file.columns[piece.columns.time].name
        guard let times = try? piece.file.integers(piece.columns.time, rows: piece.rows).values,
            let row = times.firstIndex(where: { $0 % 1_000_000 != 0 })
        else { return ParquetError("column \(ParquetError.quoted(name)): a time is not a whole second") }
        return ParquetError(
            "column \(ParquetError.quoted(name)), row \(piece.rows.lowerBound + row): \(times[row]) µs is not a whole second"
        )
    }
}
