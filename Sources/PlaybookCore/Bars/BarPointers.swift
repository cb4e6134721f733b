/// Where a history's columns lie while indicators and strategies run over them; entry `i` belongs to bar `i`.
public struct BarPointers {
    let times: UnsafePointer<Int64>
    let open, high, low, close: UnsafePointer<Double>
}

extension BarColumns {
    /// Calls `body` with the addresses of the columns, of which there must be at least one bar.
    func withPointers<Result>(_ body: (BarPointers) -> Result) -> Result {
        times.withUnsafeBufferPointer { times in
            open.withUnsafeBufferPointer { open in
                high.withUnsafeBufferPointer { high in
                    low.withUnsafeBufferPointer { low in
                        close.withUnsafeBufferPointer { close in
                            body(
                                BarPointers(
                                    times: times.baseAddress!, open: open.baseAddress!, high: high.baseAddress!,
                                    low: low.baseAddress!, close: close.baseAddress!))
                        }
                    }
                }
            }
        }
    }

    /// Calls `body` with the addresses of the columns and of the volume, if there are bars at `range`; they have to be.
    func withPointers(_ range: Range<Int>, _ body: (BarPointers, UnsafePointer<Double>) -> Void) {
        guard !range.isEmpty else { return }
        let end = range.upperBound
        precondition(
            range.lowerBound >= 0 && times.count >= end && open.count >= end && high.count >= end && low.count >= end
                && close.count >= end && volume.count >= end, "bars that are there")
        volume.withUnsafeBufferPointer { volume in
            guard let volume = volume.baseAddress else { return }
            withPointers { body($0, volume) }
        }
    }
}
