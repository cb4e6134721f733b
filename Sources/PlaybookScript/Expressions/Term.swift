import PlaybookCore
import PlaybookReading

/// A text of a playbook with an expression in it, to tell where in the file something stands.
final class ExpressionSource: Sendable {
    let text: String
    private let node: Node
    private let document: Document

    init(_ text: String, _ node: Node, _ document: Document) {
        self.text = text
        self.node = node
        self.document = document
    }

    /// The place of a byte of the text.
    func place(_ offset: Int) -> Place { document.place(in: node, at: offset) }

    /// A part of the text.
    func part(_ range: Range<Int>) -> String {
        let bytes = Array(text.utf8)
        return String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }
}

/// A part of an expression, understood: what it is made of, and its kind. Values of parameters are put in later.
final class Term: Sendable {
    enum Form: Sendable {
        /// A number, a time or a duration in minutes, a truth as 1 or 0, a weekday counted from Sunday.
        case constant(Double)
        /// A parameter by its place.
        case parameter(Int)
        case word(String)
        case weekdayOfSession
        /// A number that is another one at each bar.
        case bar(Series)
        /// A number that filters know.
        case session(Series)
        /// Of the session's first minutes; `numbers[0]` says how many.
        case first(FieldName)
        case negated, absolute, minimum, maximum, choice
        case combined(Formula.Operator)
        /// To multiples of `numbers[0]`.
        case rounded
        case compared(TradeCondition.Comparison)
        case between
        case crosses(isAbove: Bool)
        case isIn
        case not, and, or
        /// `numbers[0]` bars before.
        case before
        case daily
        case longer(minutes: Int)
        case function(Function, output: Int)
        case step(Int, Formula.StepField)
        case trade(Formula.TradeNumber)
    }

    let form: Form
    let kind: Kind
    let unit: Unit
    let arguments: [Term]
    /// Periods and the like: made of numbers and parameters alone.
    let numbers: [Term]
    let source: ExpressionSource
    let range: Range<Int>
    /// What it depends on.
    let traits: Traits
    /// How many parts it has, those of values that it names included.
    let size: Int
    /// The parameters that it reads.
    let parameters: Set<Int>

    struct Traits: OptionSet, Sendable {
        let rawValue: Int
        /// It is another number at each bar; what filters know is not.
        static let varies = Traits(rawValue: 1)
        /// It depends on the setup's steps or the trade.
        static let isDynamic = Traits(rawValue: 2)
        /// It depends on what changes while the trade lasts.
        static let isLive = Traits(rawValue: 4)
        /// It reads session.open or gap.
        static let readsOpen = Traits(rawValue: 8)
        /// It is made of numbers and parameters alone.
        static let isConstant = Traits(rawValue: 16)
    }

    init(
        _ form: Form, _ kind: Kind, _ arguments: [Term] = [], numbers: [Term] = [], unit: Unit = .plain,
        traits: Traits = [], at range: Range<Int>, in source: ExpressionSource
    ) {
        self.form = form
        self.kind = kind
        self.unit = unit
        self.arguments = arguments
        self.numbers = numbers
        self.range = range
        self.source = source
        // Of other bars, what varies from one to the next does not here, or does so on its own.
        let inherited: Traits =
            switch form {
            case .daily, .longer: []
            default: [.varies, .isDynamic, .isLive, .readsOpen]
            }
        self.traits = arguments.reduce(traits) { $0.union($1.traits.intersection(inherited)) }
        size = (arguments + numbers).reduce(1) { min(Self.endless, $0 + $1.size) }
        var read = (arguments + numbers).reduce(into: Set<Int>()) { $0.formUnion($1.parameters) }
        if case .parameter(let place) = form { read.insert(place) }
        parameters = read
    }

    private static let endless = 1_000_000

    var varies: Bool { traits.contains(.varies) }
    var isDynamic: Bool { traits.contains(.isDynamic) }
    var isLive: Bool { traits.contains(.isLive) }
    var isConstant: Bool { traits.contains(.isConstant) }

    /// Where it stands.
    var place: Place { source.place(range.lowerBound) }

    /// As it is written.
    var text: String { source.part(range) }
}

/// A field of bars put together.
enum FieldName: String, Sendable, Hashable, CaseIterable { case open, high, low, close, volume }

extension Term: Equatable, Hashable {
    /// Whether both say the same.
    static func == (one: Term, other: Term) -> Bool {
        one === other
            || one.kind == other.kind && one.size == other.size && one.form.isSame(as: other.form)
                && one.arguments == other.arguments && one.numbers == other.numbers
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(size)
    }
}

extension Term.Form {
    func isSame(as other: Term.Form) -> Bool {
        switch (self, other) {
        case (.constant(let one), .constant(let other)): one == other
        case (.parameter(let one), .parameter(let other)): one == other
        case (.word(let one), .word(let other)): one == other
        case (.bar(let one), .bar(let other)), (.session(let one), .session(let other)): one == other
        case (.first(let one), .first(let other)): one == other
        case (.combined(let one), .combined(let other)): one == other
        case (.compared(let one), .compared(let other)): one == other
        case (.crosses(let one), .crosses(let other)): one == other
        case (.longer(let one), .longer(let other)): one == other
        case (.function(let one, let part), .function(let other, let otherPart)): one == other && part == otherPart
        case (.step(let one, let field), .step(let other, let otherField)): one == other && field == otherField
        case (.trade(let one), .trade(let other)): one == other
        case (.weekdayOfSession, .weekdayOfSession), (.negated, .negated), (.absolute, .absolute),
            (.minimum, .minimum), (.maximum, .maximum), (.choice, .choice), (.rounded, .rounded), (.between, .between),
            (.isIn, .isIn), (.not, .not), (.and, .and), (.or, .or), (.before, .before), (.daily, .daily):
            true
        default: false
        }
    }
}
