import NIOCore

/// The connections that are open: there is room for so many. When it is used up, the one that has been longest without
/// a complete request is closed for a new one, so that slow clients cannot keep others out.
final class ConnectionRoom {
    /// A connection, as far as making room for others goes.
    protocol Guest: AnyObject {
        /// When the last complete request came; when the connection was made, before there is one.
        var lastComplete: NIODeadline { get }
        /// Whether a request waits for its answer: then the connection stays.
        var isBusy: Bool { get }
        /// Closes the connection.
        func leave()
    }

    private let limit: Int
    private var guests: [any Guest] = []

    /// - Parameter limit: how many there is room for.
    init(limit: Int) { self.limit = limit }

    /// Lets a connection in.
    ///
    /// - Returns: false when there is no room, as all others wait for answers.
    func enter(_ guest: any Guest) -> Bool {
        if guests.count >= limit {
            let idle = guests.filter { !$0.isBusy }
            guard let longest = idle.min(by: { $0.lastComplete < $1.lastComplete }) else { return false }
            remove(longest)
            longest.leave()
        }
        guests.append(guest)
        return true
    }

    /// Forgets a connection that has ended.
    func remove(_ guest: any Guest) { guests.removeAll { $0 === guest } }
}
