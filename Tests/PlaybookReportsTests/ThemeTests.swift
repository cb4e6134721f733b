import Testing

@testable import PlaybookReports

@Suite struct ThemeTests {
    /// The relative luminance of WCAG 2.2.
    private static func luminance(_ colour: Colour) -> Double {
        func linear(_ part: Int) -> Double {
            let share = Double(part) / 255
            guard share > 0.04045 else { return share / 12.92 }
            // ((share + 0.055) / 1.055)^2.4, by its logarithm's series being out of reach: x^2.4 = x^2 * (x^2)^(1/5).
            let base = (share + 0.055) / 1.055
            var root = 1.0
            for _ in 0..<60 { root = (4 * root + base * base / (root * root * root * root)) / 5 }
            return base * base * root
        }
        return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)
    }

    private static func contrast(_ first: Colour, _ second: Colour) -> Double {
        let (a, b) = (luminance(first), luminance(second))
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    @Test func blackOnWhiteIsTwentyOne() {
        #expect(abs(Self.contrast(Colour(0), Colour(0xFFFFFF)) - 21) < 1e-9)
        // The table of a well-known checker: #767676 on white is 4.54.
        #expect(abs(Self.contrast(Colour(0x767676), Colour(0xFFFFFF)) - 4.54) < 0.005)
    }

    @Test(arguments: [Theme.light, .dark])
    func textsAndMarksStandOut(theme: Theme) {
        #expect(theme.neutrals.count == 8)
        let ground = theme.neutrals[0]
        for text in [theme.neutrals[5], theme.neutrals[6], theme.neutrals[7], theme.accent, theme.gain, theme.loss] {
            #expect(Self.contrast(text, ground) >= 4.5)
            #expect(Self.contrast(text, theme.neutrals[1]) >= 4.5)
        }
        for mark in [theme.neutrals[4], theme.accent, theme.gain, theme.loss] {
            #expect(Self.contrast(mark, ground) >= 3)
        }
        for percent in Theme.tints {
            for colour in [theme.gain, theme.loss] {
                #expect(Self.contrast(theme.neutrals[7], colour.over(ground, percent: percent)) >= 4.5)
            }
        }
    }

    /// Five type sizes, two weights, nothing that pretends to have depth.
    @Test func typeIsPlain() {
        let sheet = StyleSheet.page.text
        func values(_ name: String) -> Set<String> {
            Set(
                sheet.split(separator: name + ":").dropFirst().map { part in
                    String(part.prefix { $0 != ";" && $0 != "}" })
                })
        }
        #expect(values("font-size") == ["12px", "14px", "16px", "20px", "28px"])
        #expect(values("font-weight") == ["400", "600"])
        #expect(!sheet.contains("shadow") && !sheet.contains("gradient"))
        #expect(sheet.contains("tabular-nums") && sheet.contains("max-width:75ch"))
    }
}
