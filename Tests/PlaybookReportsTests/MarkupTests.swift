import Testing

@testable import PlaybookReports

@Suite struct MarkupTests {
    @Test func textsStandForThemselves() {
        let page = Markup { $0.element(.p, .title("a \"b\" <i>"), text: "<script>alert('&')</script>\u{0}") }
        #expect(
            String(decoding: page.bytes, as: UTF8.self)
                == "<p title=\"a &quot;b&quot; &lt;i&gt;\">&lt;script&gt;alert('&amp;')&lt;/script&gt;\u{FFFD}</p>")
    }
}
