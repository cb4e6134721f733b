/// A path of whole numbers, each relative to the one before, which costs few bytes a stroke.
struct StrokePath: Sendable, Hashable {
    /// The path's data, in ASCII.
    private(set) var bytes: [UInt8] = []
    private var x = 0
    private var y = 0
    /// The command that stands; 0 for none.
    private var last: UInt8 = 0
    /// Whether another number may follow without a space.
    private var needsSpace = false

    /// Nothing yet.
    init() {}

    /// Nothing yet, with room for so many bytes.
    init(room: Int) { bytes.reserveCapacity(room) }

    /// A line through points; a missing one leaves a gap.
    init(through points: some Sequence<(x: Int, y: Int)?>) {
        var isOpen = false
        for point in points {
            guard let point else {
                isOpen = false
                continue
            }
            if isOpen { line(to: point.x, point.y) } else { move(to: point.x, point.y) }
            isOpen = true
        }
    }

    /// Points without those that lie within one place of the line between others. Gaps stay.
    static func straightened(_ points: [(x: Int, y: Int)?]) -> [(x: Int, y: Int)?] {
        var kept: [(x: Int, y: Int)?] = []
        var start = 0
        while start < points.count {
            guard let first = points[start] else {
                if !kept.isEmpty, kept[kept.count - 1] != nil { kept.append(nil) }
                start += 1
                continue
            }
            kept.append(first)
            // As far as one line reaches.
            var end = start + 1
            while end + 1 < points.count, let next = points[end + 1], points[end] != nil {
                let isStraight = points[(start + 1)...end].allSatisfy { point in
                    guard let point else { return false }
                    let away = (point.y - first.y) * (next.x - first.x) - (next.y - first.y) * (point.x - first.x)
                    return abs(away) <= next.x - first.x
                }
                guard isStraight else { break }
                end += 1
            }
            start = end
        }
        return kept
    }

    /// Points without those that change nothing: at one place the first, the lowest, the highest and the last are enough,
    /// and on a straight line its ends.
    static func thinned(_ points: [(x: Int, y: Int)]) -> [(x: Int, y: Int)?] {
        var kept: [(x: Int, y: Int)] = []
        var start = points.startIndex
        while start < points.endIndex {
            let end = points[start...].firstIndex { $0.x != points[start].x } ?? points.endIndex
            let ys = points[start..<end].map(\.y)
            var few = [ys[0]]
            for y in [ys.min(), ys.max(), ys.last] where y != few.last { if let y { few.append(y) } }
            kept += few.map { (points[start].x, $0) }
            start = end
        }
        return kept.indices.filter { index in
            guard index > 0, index + 1 < kept.count else { return true }
            let (before, here, after) = (kept[index - 1], kept[index], kept[index + 1])
            return (here.x - before.x) * (after.y - here.y) != (after.x - here.x) * (here.y - before.y)
                || (here.y - before.y).signum() * (after.y - here.y).signum() < 0
        }.map { kept[$0] }
    }

    /// The path's data.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Whether there is nothing to see.
    var isEmpty: Bool { bytes.isEmpty }

    /// Starts anew at a point.
    mutating func move(to x: Int, _ y: Int) {
        command(UInt8(ascii: "m"))
        number(x - self.x)
        number(y - self.y)
        (self.x, self.y) = (x, y)
    }

    /// A line to a point.
    mutating func line(to x: Int, _ y: Int) {
        if y == self.y {
            horizontal(by: x - self.x)
        } else if x == self.x {
            vertical(by: y - self.y)
        } else {
            command(UInt8(ascii: "l"))
            number(x - self.x)
            number(y - self.y)
            (self.x, self.y) = (x, y)
        }
    }

    /// A line so far to the right.
    mutating func horizontal(by distance: Int) {
        command(UInt8(ascii: "h"))
        number(distance)
        x += distance
    }

    /// A line so far down.
    mutating func vertical(by distance: Int) {
        command(UInt8(ascii: "v"))
        number(distance)
        y += distance
    }

    /// A rectangle.
    mutating func box(_ x: Int, _ y: Int, width: Int, height: Int) {
        move(to: x, y)
        horizontal(by: width)
        vertical(by: height)
        horizontal(by: -width)
        close(at: x, y)
    }

    /// Back to where it started, which was at a point.
    mutating func close(at x: Int, _ y: Int) {
        bytes.append(UInt8(ascii: "z"))
        (self.x, self.y) = (x, y)
        last = 0
        needsSpace = false
    }

    private mutating func command(_ name: UInt8) {
        // A command that stands already goes on, but for a move, which would go on as a line.
        if last == name, name != UInt8(ascii: "m") { return }
        // After a move pairs are lines.
        if name == UInt8(ascii: "l"), last == UInt8(ascii: "m") {
            last = name
            return
        }
        bytes.append(name)
        last = name
        needsSpace = false
    }

    /// Writes a number digit by digit: a page of charts has a million of them.
    private mutating func number(_ number: Int) {
        if number < 0 {
            bytes.append(UInt8(ascii: "-"))
        } else if needsSpace {
            bytes.append(UInt8(ascii: " "))
        }
        needsSpace = true
        let magnitude = number.magnitude
        if magnitude >= 1_000 {
            let start = bytes.count
            var rest = magnitude
            repeat {
                bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
                rest /= 10
            } while rest > 0
            bytes[start...].reverse()
            return
        }
        if magnitude >= 100 { bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude / 100)) }
        if magnitude >= 10 { bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude / 10 % 10)) }
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude % 10))
    }
}
