/// `text` in one line: control characters, and what else ends a line, become spaces.
func oneLine(_ text: String) -> String {
    String(
        String.UnicodeScalarView(
            text.unicodeScalars.map { scalar in
                switch scalar.value {
                case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: " "
                default: scalar
                }
            }))
}
