package import PlaybookResearch

/// Figures by name, and why others are absent.
package struct FigureDocument: Codable, Sendable, Equatable {
    package let figures: [String: Double]
    package let absent: [String: String]

    package init(_ set: FigureSet) {
        var (figures, absent): ([String: Double], [String: String]) = ([:], [:])
        for (name, figure) in set.all {
            switch figure {
            case .value(let value): figures[name.name] = value
            case .absent(let why): absent[name.name] = why.rawValue
            }
        }
        (self.figures, self.absent) = (figures, absent)
    }
}
