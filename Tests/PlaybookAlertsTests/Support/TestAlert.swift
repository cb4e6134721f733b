import PlaybookCore

extension Alert {
    static let test = Alert(severity: .info, title: "title", lines: ["one", "two"])
}
