/// A table of a page: its columns, and rows that fit them.
struct DataTable {
    /// A column.
    struct Column {
        let title: String
        let isNumber: Bool

        /// A column of words.
        static func words(_ title: String) -> Column { Column(title: title, isNumber: false) }
        /// A column of numbers, with their unit in its title.
        static func numbers(_ title: String) -> Column { Column(title: title, isNumber: true) }
    }

    let columns: [Column]
    /// What the table is about, where no heading says it.
    var caption = ""

    /// The table, within what scrolls where it does not fit.
    ///
    /// - Parameter rows: writes the rows, each with `row` or elements of its own.
    func markup(isSortable: Bool = false, rows: (inout Markup) -> Void) -> Markup {
        Markup { write(to: &$0, isSortable: isSortable, rows: rows) }
    }

    /// Writes the table to a page.
    ///
    /// - Parameter rows: writes the rows.
    func write(to page: inout Markup, isSortable: Bool = false, rows: (inout Markup) -> Void) {
        page.element(.div, .style(.scroll), .role("region"), .label(caption), .focusable()) { page in
            let write: (inout Markup) -> Void = { page in
                page.element(.thead) { page in
                    page.element(.tr) { page in
                        for column in columns {
                            if column.isNumber {
                                page.element(.th, .column(), .style(.number), text: column.title)
                            } else {
                                page.element(.th, .column(), text: column.title)
                            }
                        }
                    }
                }
                rows(&page)
            }
            if isSortable {
                page.element(.table, .sortable(), content: write)
            } else {
                page.element(.table, content: write)
            }
        }
    }

    /// A cell that is more than a text.
    enum Cell {
        case text(String)
        case number(String)
        /// A number whose colour says gain or loss.
        case signed(String, Double)
        case wide(String)
        case picture(Markup)
    }

    /// A row: its name, and its cells.
    ///
    /// - Parameter isFew: whether it stands for too few trades to say much.
    static func row(_ name: String, _ cells: [Cell], isFew: Bool = false, to page: inout Markup) {
        let write: (inout Markup) -> Void = { page in
            page.element(.th, .row(), text: name)
            for cell in cells { Self.write(cell, to: &page) }
        }
        if isFew {
            page.element(.tr, .style(.few), content: write)
        } else {
            page.element(.tr, content: write)
        }
    }

    static func write(_ cell: Cell, to page: inout Markup) {
        switch cell {
        case .text(let text): page.element(.td, text: text)
        case .wide(let text): page.element(.td, .style(.words), text: text)
        case .number(let text): page.element(.td, .style(.number), text: text)
        case .signed(let text, let number) where number > 0: page.element(.td, .style(.number, .gain), text: text)
        case .signed(let text, let number) where number < 0: page.element(.td, .style(.number, .loss), text: text)
        case .signed(let text, _): page.element(.td, .style(.number), text: text)
        case .picture(let picture): page.element(.td, .style(.strip)) { $0.add(picture) }
        }
    }
}

extension Markup {
    /// Names and what they stand for.
    mutating func facts(_ facts: [(String, String)]) {
        element(.dl, .style(.facts)) { page in
            for (name, text) in facts where !text.isEmpty {
                page.element(.dt, text: name)
                page.element(.dd, text: text)
            }
        }
    }

    /// A picture for wide pages and one for narrow ones, with what it shows in words.
    mutating func figure(_ caption: String, _ picture: (Int) -> Picture, wide: Int = 1080, narrow: Int = 358) {
        let (large, small) = (picture(wide).markup(.wide), picture(narrow).markup(.narrow))
        element(.figure) { page in
            if !caption.isEmpty { page.element(.figcaption, text: caption) }
            page.add(large)
            page.add(small)
        }
    }

    /// What stands where there is nothing to show: why, and what to do.
    mutating func nothing(_ text: String, next command: String? = nil) {
        element(.p, .style(.empty)) { page in
            page.text(text)
            if let command {
                page.text(" ")
                page.element(.code, text: command)
            }
        }
    }
}
