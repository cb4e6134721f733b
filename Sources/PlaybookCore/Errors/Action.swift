/// What people can do about an error. Edges know how it is done with them.
public enum Action: Hashable, Sendable {
    /// Look at how files and the cache are read, and at all that is wrong with them.
    case checkData
    /// Fetch bars of a symbol into the cache, from a date on (`YYYY-MM-DD` where it is open).
    case fetchBars(symbol: String, from: String)
    /// Look at all that is wrong with a journal.
    case verifyJournal
    /// Run every session that lacks its row.
    case catchUp
    /// See which playbooks and parameters there are.
    case listPlaybooks
    /// Look at all that is wrong with playbook files.
    case checkPlaybook
    /// See the sessions of a market.
    case showCalendar

    /// What it is, in plain words.
    public var words: String {
        switch self {
        case .checkData: "the check of data"
        case .fetchBars(let symbol, let date): "fetching bars of \(symbol) from \(date) on"
        case .verifyJournal: "the check of the journal"
        case .catchUp: "a run of what is missing"
        case .listPlaybooks: "the list of playbooks"
        case .checkPlaybook: "the check of playbooks"
        case .showCalendar: "the calendar"
        }
    }
}
