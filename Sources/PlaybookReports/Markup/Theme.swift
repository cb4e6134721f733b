/// The colours of pages and pictures: eight neutrals from the page to its text, an accent, and two that mean gain and loss.
///
/// Contrasts are those of WCAG 2.2: 4.5 for text, 3 for marks.
struct Theme: Sendable {
    /// From the page's ground to its text.
    let neutrals: [Colour]
    let accent: Colour
    let gain: Colour
    let loss: Colour

    static let light = Theme(
        neutrals: [0xFFFFFF, 0xF4F5F7, 0xE6E8EB, 0xCDD1D6, 0x868D96, 0x5A626C, 0x383F47, 0x14181D],
        accent: 0x6B3FC0, gain: 0x1D6AB2, loss: 0xB04F06)
    static let dark = Theme(
        neutrals: [0x14171B, 0x1C2025, 0x2A2F36, 0x3D444D, 0x78828D, 0x9BA5B0, 0xC8CED5, 0xEEF0F3],
        accent: 0xB79CF5, gain: 0x6DB3F2, loss: 0xF0A04B)

    private init(neutrals: [UInt32], accent: UInt32, gain: UInt32, loss: UInt32) {
        self.neutrals = neutrals.map(Colour.init)
        self.accent = Colour(accent)
        self.gain = Colour(gain)
        self.loss = Colour(loss)
    }

    /// How many steps the tint of a table of gains and losses has, and how much of the colour each adds.
    static let tints = [8, 16, 24, 32, 40]

    /// The colours as properties of a style sheet.
    var declarations: String {
        let named = neutrals.enumerated().map { ("n\($0)", $1) } + [("a", accent), ("g", gain), ("l", loss)]
        return named.map { "--\($0):\($1.text)" }.joined(separator: ";")
    }
}

/// A colour of the screen.
struct Colour: Sendable, Hashable {
    /// Red, green, blue, 0 to 255.
    let red, green, blue: Int

    /// A colour `0xRRGGBB`.
    init(_ number: UInt32) {
        red = Int(number >> 16 & 0xFF)
        green = Int(number >> 8 & 0xFF)
        blue = Int(number & 0xFF)
    }

    private init(red: Int, green: Int, blue: Int) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// `#rrggbb`.
    var text: String {
        let number = String(red << 16 | green << 8 | blue, radix: 16)
        return "#" + String(repeating: "0", count: 6 - number.count) + number
    }

    /// So many percent of this colour over another.
    func over(_ ground: Colour, percent: Int) -> Colour {
        func mixed(_ top: Int, _ bottom: Int) -> Int { (top * percent + bottom * (100 - percent) + 50) / 100 }
        return Colour(
            red: mixed(red, ground.red), green: mixed(green, ground.green), blue: mixed(blue, ground.blue))
    }
}
