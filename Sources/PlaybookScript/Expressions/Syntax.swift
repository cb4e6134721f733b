import PlaybookCore

/// A part of an expression as it is written.
struct Syntax: Sendable {
    indirect enum Form: Sendable {
        case number(Double)
        case share(Double)
        case time(Double)
        case duration(Double)
        case flag(Bool)
        case frame(Int)
        case name(String)
        /// A field of a name or a call.
        case field(Syntax, String)
        /// A call of a function of other bars: `daily.sma(close, 5)`.
        case method(Syntax, String, [Syntax])
        case call(String, [Syntax])
        case index(Syntax, Syntax)
        case not(Syntax)
        case and(Syntax, Syntax)
        case or(Syntax, Syntax)
        case negated(Syntax)
        case combined(Formula.Operator, Syntax, Syntax)
        case compared(TradeCondition.Comparison, Syntax, Syntax)
        case between(Syntax, Syntax, Syntax)
        case crosses(Syntax, Syntax, isAbove: Bool)
        case isIn(Syntax, Syntax)
    }

    let form: Form
    /// Its bytes in the expression.
    let range: Range<Int>
}

/// Reads expressions; each method is a level of precedence, the loosest first.
struct ExpressionParser {
    private let tokens: [Token]
    private let end: Int
    private var at = 0
    private var depth = 0

    private static let maximumDepth = 60
    private static let comparisons: [String: TradeCondition.Comparison] = [
        "<": .below, "<=": .atMost, ">": .above, ">=": .atLeast, "=": .equal, "!=": .notEqual,
    ]
    static let words: Set<String> = [
        "and", "or", "not", "mod", "between", "crosses", "above", "below", "in", "true", "false",
    ]

    /// What a text says.
    static func parse(_ text: String) throws(ExpressionError) -> Syntax {
        let tokens = try Lexer.tokens(text)
        guard !tokens.isEmpty else { throw ExpressionError(offset: 0, message: "an expression is missing") }
        var parser = ExpressionParser(tokens: tokens, end: text.utf8.count)
        let syntax = try parser.either()
        if let token = parser.token { throw parser.unexpected(token) }
        return syntax
    }

    private init(tokens: [Token], end: Int) {
        self.tokens = tokens
        self.end = end
    }

    private var token: Token? { at < tokens.count ? tokens[at] : nil }

    private func word(_ token: Token) -> String? {
        switch token.kind {
        case .name(let name): name
        case .sign(let sign): sign
        default: nil
        }
    }

    private func isNext(_ text: String) -> Bool { token.flatMap(word) == text }

    private mutating func accept(_ text: String) -> Bool {
        guard isNext(text) else { return false }
        at += 1
        return true
    }

    private mutating func expect(_ text: String, _ after: String) throws(ExpressionError) {
        guard accept(text) else {
            throw ExpressionError(offset: token?.range.lowerBound ?? end, message: "'\(text)' is missing \(after)")
        }
    }

    private func unexpected(_ token: Token) -> ExpressionError {
        let text =
            switch token.kind {
            case .name(let name): name
            case .sign(let sign): sign
            default: "a number"
            }
        let isNumber = if case .name = token.kind { false } else if case .sign = token.kind { false } else { true }
        return ExpressionError(
            offset: token.range.lowerBound,
            message: isNumber ? "a number is not expected here" : "'\(text)' is not expected here")
    }

    private mutating func nested<Result>(
        _ body: (inout ExpressionParser) throws(ExpressionError) -> Result
    ) throws(ExpressionError) -> Result {
        guard depth < Self.maximumDepth else {
            throw ExpressionError(
                offset: token?.range.lowerBound ?? end,
                message: "this lies more than \(Self.maximumDepth) levels deep: give parts of it names in values")
        }
        depth += 1
        let result = try body(&self)
        depth -= 1
        return result
    }

    private func made(_ form: Syntax.Form, from start: Int) -> Syntax {
        Syntax(form: form, range: start..<tokens[at - 1].range.upperBound)
    }

    private mutating func either() throws(ExpressionError) -> Syntax {
        var syntax = try both()
        while accept("or") {
            let other = try both()
            syntax = made(.or(syntax, other), from: syntax.range.lowerBound)
        }
        return syntax
    }

    private mutating func both() throws(ExpressionError) -> Syntax {
        var syntax = try inverted()
        while accept("and") {
            let other = try inverted()
            syntax = made(.and(syntax, other), from: syntax.range.lowerBound)
        }
        return syntax
    }

    private mutating func inverted() throws(ExpressionError) -> Syntax {
        let start = token?.range.lowerBound ?? end
        guard accept("not") else { return try compared() }
        let inner = try nested { (parser) throws(ExpressionError) in try parser.inverted() }
        return made(.not(inner), from: start)
    }

    private mutating func compared() throws(ExpressionError) -> Syntax {
        let left = try sum()
        let start = left.range.lowerBound
        let result: Syntax
        if let sign = token.flatMap(word), let comparison = Self.comparisons[sign] {
            at += 1
            let right = try sum()
            result = made(.compared(comparison, left, right), from: start)
        } else if accept("between") {
            let low = try sum()
            try expect("and", "between the two ends of 'between'")
            let high = try sum()
            result = made(.between(left, low, high), from: start)
        } else if accept("crosses") {
            let isAbove = accept("above")
            if !isAbove { try expect("below", "behind 'crosses': write 'crosses above' or 'crosses below'") }
            let right = try sum()
            result = made(.crosses(left, right, isAbove: isAbove), from: start)
        } else if accept("in") {
            let right = try sum()
            result = made(.isIn(left, right), from: start)
        } else {
            return left
        }
        if let token, let sign = word(token),
            Self.comparisons[sign] != nil || ["between", "crosses", "in"].contains(sign)
        {
            throw ExpressionError(
                offset: token.range.lowerBound,
                message: "a comparison has two sides: join two with 'and', or use 'x between a and b'")
        }
        return result
    }

    private mutating func sum() throws(ExpressionError) -> Syntax {
        var syntax = try product()
        while true {
            let start = syntax.range.lowerBound
            if accept("+") {
                let other = try product()
                syntax = made(.combined(.plus, syntax, other), from: start)
            } else if accept("-") {
                let other = try product()
                syntax = made(.combined(.minus, syntax, other), from: start)
            } else {
                return syntax
            }
        }
    }

    private mutating func product() throws(ExpressionError) -> Syntax {
        var syntax = try signed()
        while true {
            let start = syntax.range.lowerBound
            let how: Formula.Operator
            if accept("*") {
                how = .times
            } else if accept("/") {
                how = .dividedBy
            } else if accept("mod") {
                how = .modulo
            } else {
                return syntax
            }
            let other = try signed()
            syntax = made(.combined(how, syntax, other), from: start)
        }
    }

    private mutating func signed() throws(ExpressionError) -> Syntax {
        let start = token?.range.lowerBound ?? end
        guard accept("-") else { return try indexed() }
        let inner = try nested { (parser) throws(ExpressionError) in try parser.signed() }
        return made(.negated(inner), from: start)
    }

    private mutating func indexed() throws(ExpressionError) -> Syntax {
        var syntax = try primary()
        while true {
            let start = syntax.range.lowerBound
            if accept("[") {
                let index = try nested { (parser) throws(ExpressionError) in try parser.either() }
                try expect("]", "behind the number of bars")
                syntax = made(.index(syntax, index), from: start)
            } else if accept(".") {
                guard let token, case .name(let name) = token.kind else {
                    throw ExpressionError(
                        offset: self.token?.range.lowerBound ?? end, message: "a name is missing behind '.'")
                }
                at += 1
                if isNext("(") {
                    let arguments = try arguments()
                    syntax = made(.method(syntax, name, arguments), from: start)
                } else {
                    syntax = made(.field(syntax, name), from: start)
                }
            } else {
                return syntax
            }
        }
    }

    private mutating func arguments() throws(ExpressionError) -> [Syntax] {
        at += 1
        return try nested { (parser) throws(ExpressionError) in
            var arguments = [try parser.either()]
            while parser.accept(",") { arguments.append(try parser.either()) }
            try parser.expect(")", "behind the arguments")
            return arguments
        }
    }

    private mutating func primary() throws(ExpressionError) -> Syntax {
        guard let token else { throw ExpressionError(offset: end, message: "the expression ends too soon") }
        let start = token.range.lowerBound
        at += 1
        switch token.kind {
        case .number(let value): return made(.number(value), from: start)
        case .share(let value): return made(.share(value), from: start)
        case .time(let value): return made(.time(value), from: start)
        case .duration(let value): return made(.duration(value), from: start)
        case .frame(let minutes): return made(.frame(minutes), from: start)
        case .name("true"): return made(.flag(true), from: start)
        case .name("false"): return made(.flag(false), from: start)
        case .name(let name) where !Self.words.contains(name):
            guard isNext("(") else { return made(.name(name), from: start) }
            let arguments = try arguments()
            return made(.call(name, arguments), from: start)
        case .sign("("):
            let inner = try nested { (parser) throws(ExpressionError) in try parser.either() }
            try expect(")", "at the end of what is in parentheses")
            return Syntax(form: inner.form, range: inner.range)
        default: throw unexpected(token)
        }
    }
}
