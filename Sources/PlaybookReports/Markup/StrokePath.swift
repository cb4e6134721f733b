/// A path of whole numbers, each relative to the one before, which costs few bytes a stroke.
struct StrokePath: Sendable {
    /// The path's data, then room for more: a stroke is written where it belongs, not byte by byte at the end.
    private var room: [UInt8]
    /// How much of `room` is data.
    private var count = 0
    private var x = 0
    private var y = 0
    /// The command that stands; 0 for none.
    private var last: UInt8 = 0
    /// Whether another number may follow without a space.
    private var needsSpace = false

    /// Room for the longest command: two numbers and their signs.
    private static let longestStroke = 48

    /// Nothing yet, with room for so many bytes.
    init(room: Int = 0) { self.room = [UInt8](repeating: 0, count: room) }

    /// A line through points; a missing one leaves a gap.
    init(through points: some Sequence<(x: Int, y: Int)?>) {
        self.init()
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
    ///
    /// - Parameter points: from left to right; several may lie above each other.
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
            var lines = LinesPast(first)
            var end = start + 1
            while end + 1 < points.count, let next = points[end + 1], let point = points[end] {
                lines.pass(point)
                guard lines.reach(next) else { break }
                end += 1
            }
            start = end
        }
        return kept
    }

    /// The lines to the right of a point that pass others at a distance of one place at most, above or below them.
    private struct LinesPast {
        private let x, y: Int
        /// The slopes between which they lie; without a point to pass all of them.
        private var least = (rise: -1, run: 0)
        private var greatest = (rise: 1, run: 0)
        /// Whether a point right above or below is too far away for any line.
        private var areNone = false

        init(_ start: (x: Int, y: Int)) { (x, y) = start }

        /// Leaves the lines that pass `point` as well.
        mutating func pass(_ point: (x: Int, y: Int)) {
            let (run, rise) = (point.x - x, point.y - y)
            guard run > 0 else {
                areNone = areNone || abs(rise) > 1
                return
            }
            if (rise - 1) * least.run > least.rise * run { least = (rise - 1, run) }
            if (rise + 1) * greatest.run < greatest.rise * run { greatest = (rise + 1, run) }
        }

        /// Whether one of them ends at `point`; right above or below the start nothing lies beside the line.
        func reach(_ point: (x: Int, y: Int)) -> Bool {
            let (run, rise) = (point.x - x, point.y - y)
            guard run > 0 else { return true }
            return !areNone && rise * least.run >= least.rise * run && rise * greatest.run <= greatest.rise * run
        }
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

    /// The path's data, in ASCII.
    var bytes: ArraySlice<UInt8> { room[..<count] }

    /// The path's data.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Whether there is nothing to see.
    var isEmpty: Bool { count == 0 }

    /// Starts anew at a point.
    mutating func move(to x: Int, _ y: Int) {
        stroke(UInt8(ascii: "m"), x - self.x, y - self.y)
        (self.x, self.y) = (x, y)
    }

    /// A line to a point.
    mutating func line(to x: Int, _ y: Int) {
        if y == self.y {
            horizontal(by: x - self.x)
        } else if x == self.x {
            vertical(by: y - self.y)
        } else {
            stroke(UInt8(ascii: "l"), x - self.x, y - self.y)
            (self.x, self.y) = (x, y)
        }
    }

    /// A line so far to the right.
    mutating func horizontal(by distance: Int) {
        stroke(UInt8(ascii: "h"), distance)
        x += distance
    }

    /// A line so far down.
    mutating func vertical(by distance: Int) {
        stroke(UInt8(ascii: "v"), distance)
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
        makeRoom()
        room[count] = UInt8(ascii: "z")
        count += 1
        (self.x, self.y) = (x, y)
        last = 0
        needsSpace = false
    }

    /// Writes a command with its numbers, digit by digit: a page of charts has a million of them.
    private mutating func stroke(_ command: UInt8, _ first: Int, _ second: Int? = nil) {
        makeRoom()
        // A command that stands already goes on, but for a move, which would go on as a line; after a move pairs are lines.
        let (move, line) = (UInt8(ascii: "m"), UInt8(ascii: "l"))
        let stands = last == command ? command != move : last == move && command == line
        last = command
        var needsSpace = needsSpace && stands
        var end = count
        room.withUnsafeMutableBufferPointer { room in
            if !stands {
                room[end] = command
                end += 1
            }
            Self.write(first, to: room, &end, &needsSpace)
            if let second { Self.write(second, to: room, &end, &needsSpace) }
        }
        count = end
        self.needsSpace = true
    }

    /// Makes room for one stroke at least.
    @inline(__always)
    private mutating func makeRoom() {
        guard room.count - count < Self.longestStroke else { return }
        room += [UInt8](repeating: 0, count: max(256, room.count))
    }

    /// Writes a number at `end`, which goes on behind it.
    @inline(__always)
    private static func write(
        _ number: Int, to room: UnsafeMutableBufferPointer<UInt8>, _ end: inout Int, _ needsSpace: inout Bool
    ) {
        if number < 0 || needsSpace {
            room[end] = UInt8(ascii: number < 0 ? "-" : " ")
            end += 1
        }
        needsSpace = true
        var rest = number.magnitude
        let start = end
        end += rest < 10 ? 1 : rest < 100 ? 2 : rest < 1_000 ? 3 : Self.digits(of: rest)
        var place = end
        repeat {
            place -= 1
            room[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while place > start
    }

    /// How many digits a number has.
    private static func digits(of number: UInt) -> Int {
        var (count, rest) = (1, number)
        while rest >= 10 {
            count += 1
            rest /= 10
        }
        return count
    }
}
