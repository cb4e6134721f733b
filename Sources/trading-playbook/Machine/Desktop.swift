import FoundationEssentials

/// The desktop, where there is one.
enum Desktop {
    /// Opens a file with the program that the desktop has for it; says where it is when there is no desktop.
    static func open(_ path: String) {
        #if os(Linux)
        let environment = ProcessInfo.processInfo.environment
        let hasScreen = ["DISPLAY", "WAYLAND_DISPLAY"].contains { !(environment[$0] ?? "").isEmpty }
        guard hasScreen else { return standardError("There is no desktop here: open \(path) yourself.") }
        let opener = "xdg-open"
        #else
        let opener = "open"
        #endif
        guard let ended = try? Spawn.run(opener, path), ended.code == 0 else {
            return standardError("\(opener) could not open it: open \(path) yourself.")
        }
    }
}
