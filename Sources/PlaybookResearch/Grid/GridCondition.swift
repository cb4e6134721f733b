public import PlaybookCore

/// What a combination must satisfy: `window-start < window-end`.
public struct GridCondition: Sendable {
    /// As it was written.
    public let text: String
    private let parts: [Part]

    private struct Part: Sendable {
        let left, right: Operand
        let isTrue: @Sendable (Double, Double) -> Bool
    }

    private enum Operand: Sendable {
        case parameter(String)
        case value(Double)
    }

    private static let comparisons: [(sign: String, isTrue: @Sendable (Double, Double) -> Bool)] = [
        ("<=", { $0 <= $1 }), (">=", { $0 >= $1 }), ("==", { $0 == $1 }), ("!=", { $0 != $1 }), ("<", { $0 < $1 }),
        (">", { $0 > $1 }),
    ]

    /// The condition that `text` describes: comparisons of parameters and values, several joined by `and`.
    ///
    /// - Throws: a `PlaybookError` of code `usage`.
    public init(_ text: String, of parameters: [ParameterSpec], in market: Market) throws(PlaybookError) {
        self.text = text
        var parts: [Part] = []
        for piece in Self.pieces(text) {
            guard let (sign, isTrue) = Self.comparisons.first(where: { piece.contains($0.sign) }),
                let place = piece.firstRange(of: sign)
            else {
                throw PlaybookError(
                    .usage, "\(.named(.conditions, "'\(text.prefix(80))'")): no comparison in '\(piece.prefix(40))'",
                    nextStep:
                        "Write for instance \(.set(.conditions, to: "'window-start < window-end'")): < <= > >= == != compare."
                )
            }
            let sides = [piece[..<place.lowerBound], piece[place.upperBound...]].map(Self.trimmed)
            let specs = sides.map { name in parameters.first { $0.name == name } }
            guard let spec = specs[0] ?? specs[1] else {
                throw PlaybookError(
                    .usage,
                    "\(.named(.conditions, "'\(text.prefix(80))'")): neither side of '\(piece.prefix(40))' is a parameter",
                    nextStep: "There are \(parameters.map(\.name).joined(separator: ", ")).")
            }
            var operands: [Operand] = []
            for (side, known) in zip(sides, specs) {
                if let known {
                    guard Self.isOfSameKind(known.kind, spec.kind) else {
                        throw PlaybookError(
                            .usage,
                            "\(.named(.conditions, "'\(text.prefix(80))'")): \(known.name) and \(spec.name) cannot be compared",
                            nextStep:
                                "Compare times with times, lengths of time with lengths of time, numbers with numbers.")
                    }
                    operands.append(.parameter(known.name))
                } else {
                    do {
                        guard let value = try spec.value(side, in: market).comparable else {
                            throw ParameterError("parameter \(spec.name): its values cannot be compared")
                        }
                        operands.append(.value(value))
                    } catch {
                        throw PlaybookError(
                            .usage, "\(.named(.conditions, "'\(text.prefix(80))'")): \(error)",
                            nextStep: "Compare the parameter with another one, or with a value that it may have.")
                    }
                }
            }
            parts.append(Part(left: operands[0], right: operands[1], isTrue: isTrue))
        }
        self.parts = parts
    }

    /// Whether it holds for parameters of these values.
    func holds(_ value: (String) -> Double?) -> Bool {
        func number(_ operand: Operand) -> Double? {
            switch operand {
            case .parameter(let name): value(name)
            case .value(let number): number
            }
        }
        return parts.allSatisfy { part in
            guard let left = number(part.left), let right = number(part.right) else { return false }
            return part.isTrue(left, right)
        }
    }

    /// The comparisons between `and`s.
    private static func pieces(_ text: String) -> [String] {
        var pieces: [[Substring]] = [[]]
        for word in text.split(separator: " ") {
            if word == "and" { pieces.append([]) } else { pieces[pieces.count - 1].append(word) }
        }
        return pieces.map { $0.joined(separator: " ") }
    }

    private static func trimmed(_ text: Substring) -> String { String(text.filter { $0 != " " }) }

    private static func isOfSameKind(_ one: ParameterSpec.Kind, _ other: ParameterSpec.Kind) -> Bool {
        switch (one, other) {
        case (.integer, .integer), (.integer, .number), (.number, .integer), (.number, .number), (.time, .time),
            (.duration, .duration):
            true
        default: false
        }
    }
}

extension ParameterValue {
    /// A number that compares like the value; nil for values without an order.
    var comparable: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        case .time(let time): Double(time.minutes)
        case .duration(let minutes): Double(minutes)
        case .weekdays, .flag, .choice: nil
        }
    }
}
