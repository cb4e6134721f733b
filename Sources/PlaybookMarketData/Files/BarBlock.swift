import PlaybookCore

/// A few thousand bars on their way into columns: appending them block by block costs less than bar by bar.
struct BarBlock: ~Copyable {
    private static let capacity = 4096

    private let times = UnsafeMutablePointer<Int64>.allocate(capacity: BarBlock.capacity)
    private let prices = UnsafeMutablePointer<Double>.allocate(capacity: BarBlock.capacity * 5)
    private var count = 0

    deinit {
        times.deallocate()
        prices.deallocate()
    }

    /// Adds a bar; appends the block to `columns` when it is full.
    @inline(__always)
    mutating func append(_ bar: Bar, to columns: inout BarColumns) {
        let capacity = Self.capacity
        times[count] = bar.time
        prices[count] = bar.open
        prices[capacity &+ count] = bar.high
        prices[2 &* capacity &+ count] = bar.low
        prices[3 &* capacity &+ count] = bar.close
        prices[4 &* capacity &+ count] = bar.volume
        count &+= 1
        if count == capacity { flush(to: &columns) }
    }

    /// Appends what is left to `columns`.
    @inline(never)
    mutating func flush(to columns: inout BarColumns) {
        func column(_ number: Int) -> UnsafeBufferPointer<Double> {
            UnsafeBufferPointer(start: prices + number * Self.capacity, count: count)
        }
        columns.times.append(contentsOf: UnsafeBufferPointer(start: times, count: count))
        columns.open.append(contentsOf: column(0))
        columns.high.append(contentsOf: column(1))
        columns.low.append(contentsOf: column(2))
        columns.close.append(contentsOf: column(3))
        columns.volume.append(contentsOf: column(4))
        count = 0
    }
}
