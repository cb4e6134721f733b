/// The lines of a text, to find the place of a character of what was read from it.
struct SourceLines: Sendable {
    private let bytes: [UInt8]
    /// Where each line begins.
    private let starts: [Int]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var starts = [0]
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == 0x0A || byte == 0x0D {
                if byte == 0x0D, place < bytes.count, bytes[place] == 0x0A { place += 1 }
                starts.append(place)
            }
        }
        self.starts = starts
    }

    /// The byte at a line and column, counted from 1; nil when there is none.
    func byte(line: Int, column: Int) -> Int? {
        guard line >= 1, line <= starts.count, column >= 1 else { return nil }
        var place = starts[line - 1]
        for _ in 1..<column {
            guard place < bytes.count else { return nil }
            place += 1
            while place < bytes.count, bytes[place] & 0xC0 == 0x80 { place += 1 }
        }
        return place
    }

    /// The character at a line and column; nil when there is none.
    func character(line: Int, column: Int) -> UInt8? {
        byte(line: line, column: column).flatMap { $0 < bytes.count ? bytes[$0] : nil }
    }

    /// The place of a byte of a scalar's text. Line breaks and what indents the next line are one space or break of it;
    /// what an escape in quotes stands for is where the scalar begins.
    func place(in node: Node, _ text: String, at offset: Int) -> Place {
        guard case .text(let line, let column) = node.place, let start = byte(line: line, column: column),
            let end = byte(line: node.end.line, column: node.end.column), start <= end, end <= bytes.count
        else { return node.place }
        var wanted = 0
        var at = start
        for byte in text.utf8 {
            let isSpace = byte == 0x20 || byte == 0x0A
            while at < end, isSpace ? bytes[at] > 0x20 : bytes[at] != byte { at += 1 }
            guard at < end else { return node.place }
            if wanted == offset { return place(of: at) }
            wanted += 1
            at += 1
            // A line break with the spaces around it stands for one space.
            if isSpace {
                var next = at
                while next < end, bytes[next] <= 0x20 { next += 1 }
                if bytes[(at - 1)..<next].contains(where: { $0 == 0x0A || $0 == 0x0D }) { at = next }
            }
        }
        return place(of: min(at, end))
    }

    private func place(of byte: Int) -> Place {
        var (low, high) = (0, starts.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if starts[middle] <= byte { low = middle } else { high = middle - 1 }
        }
        let column = bytes[starts[low]..<byte].count { $0 & 0xC0 != 0x80 } + 1
        return .text(line: low + 1, column: column)
    }
}
