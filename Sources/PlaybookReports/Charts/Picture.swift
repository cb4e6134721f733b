import PlaybookCore

/// A chart as it is drawn: an SVG of a fixed size, in pixels.
struct Picture {
    /// How large it is.
    let width, height: Int
    /// What is in it.
    private(set) var content = Markup()
    /// What it is called where it cannot be seen.
    let title: String

    /// An empty picture.
    init(_ title: String, width: Int, height: Int) {
        self.title = title
        self.width = width
        self.height = height
    }

    /// How wide a text of 12 pixels is at the most, with the widest of the usual fonts.
    static func width(of text: String) -> Int { (text.count * 76 + 9) / 10 }

    /// A text whose base line starts, ends or has its middle at a point.
    mutating func text(_ text: String, _ x: Int, _ y: Int, _ styles: Style...) {
        if styles.isEmpty {
            content.element(.textLine, .x(x), .y(y), text: text)
        } else {
            content.element(.textLine, .x(x), .y(y), .named(styles), text: text)
        }
    }

    /// A path in pixels.
    mutating func path(_ path: StrokePath, _ styles: Style...) {
        guard !path.isEmpty else { return }
        content.empty(.path, .named(styles), .path(path))
    }

    /// A path drawn with a pen of so many places.
    mutating func path(_ path: StrokePath, width: Int, _ style: Style) {
        guard !path.isEmpty else { return }
        content.empty(.path, .style(style), .strokeWidth(width), .path(path))
    }

    /// A circle around a point.
    mutating func circle(_ x: Int, _ y: Int, radius: Int, _ style: Style) {
        content.empty(.circle, .center(x), .middle(y), .radius(radius), .style(style))
    }

    /// Paths whose unit is a part of a pixel.
    mutating func parts(of pixel: Int, _ draw: (inout Picture) -> Void) {
        // The content is handed over rather than copied: of a chart these paths are most of it.
        var whole = Markup()
        swap(&whole, &content)
        whole.element(.g, .scaled(by: pixel)) { part in
            swap(&part, &content)
            draw(&self)
            swap(&part, &content)
        }
        swap(&whole, &content)
    }

    /// Makes room for so many bytes of content more.
    mutating func reserve(_ bytes: Int) { content.reserve(bytes) }

    /// A rectangle in pixels.
    mutating func box(_ x: Int, _ y: Int, width: Int, height: Int, _ styles: Style...) {
        content.empty(.rect, .x(x), .y(y), .width(width), .height(height), .named(styles))
    }

    /// A straight line in pixels.
    mutating func line(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, _ style: Style) {
        var path = StrokePath()
        path.move(to: x1, y1)
        path.line(to: x2, y2)
        self.path(path, style)
    }

    /// The picture as part of a page.
    func markup(_ styles: Style...) -> Markup { Markup { write(to: &$0, styles) } }

    /// Writes the picture as part of a page.
    func write(to page: inout Markup, _ styles: [Style] = []) {
        let size = Attribute.viewBox(0, 0, width, height)
        let write: (inout Markup) -> Void = {
            $0.element(.title, text: title)
            $0.add(content)
        }
        if styles.isEmpty {
            page.element(.svg, size, .role("img"), content: write)
        } else {
            page.element(.svg, size, .role("img"), .named(styles), content: write)
        }
    }

    /// The picture as part of a page, in its own size.
    func fixed() -> Markup {
        Markup {
            let (content, title) = (content, title)
            $0.element(.svg, .viewBox(0, 0, width, height), .width(width), .height(height), .role("img")) {
                $0.element(.title, text: title)
                $0.add(content)
            }
        }
    }

    /// The picture as a file of its own, with its ground and both themes.
    func file() -> [UInt8] {
        Markup {
            let (content, title, width, height) = (content, title, width, height)
            $0.element(
                .svg, .namespace(), .viewBox(0, 0, width, height), .width(width), .height(height), .role("img")
            ) {
                $0.element(.title, text: title)
                $0.style(.picture)
                $0.empty(.rect, .width(width), .height(height), .style(.ground))
                $0.add(content)
            }
        }.bytes
    }

    // MARK: - Axes

    /// The lines and labels of a vertical axis; its labels end left of `x`.
    mutating func verticalAxis(
        _ scale: Scale, x: Int, to end: Int, count: Int = 5, isSigned: Bool = false, emphasisesZero: Bool = true
    ) {
        let ticks = scale.ticks(count)
        let unit = Numerals.unit(of: ticks.map(abs).max() ?? 0)
        let decimals = Scale.decimals(of: Scale.step(scale.low, scale.high, count) / unit.size)
        var grid = StrokePath()
        for tick in ticks {
            let y = scale.place(tick)
            let isZero = abs(tick) < 1e-12
            if isZero, emphasisesZero {
                line(x, y, end, y, .zero)
            } else {
                grid.move(to: x, y)
                grid.line(to: end, y)
            }
            let number = isZero ? 0 : tick / unit.size
            let label = isSigned && !isZero ? Numerals.signed(number, decimals) : Numerals.fixed(number, decimals)
            text(label + (isZero ? "" : unit.suffix), x - 6, y + 4, .tick, .end)
        }
        path(grid, .grid)
    }
}
