public import PlaybookCore

/// What a user says about files that they do not tell themselves.
public struct FileOptions: Hashable, Sendable {
    /// How to read timestamps without an offset; nil refuses them.
    public var zone: TimestampZone?
    /// Which of day and month comes first in dates such as 03/04/2024; nil refuses them.
    public var dateOrder: DateOrder?
    /// Whether bars are stamped with the time they open or close; nil when nobody says, which stands for the open.
    public var stamps: StampSide?
    /// The names of the columns of files without a header line.
    public var columns: [String]?
    /// How many decimal places prices are short of: 9 when 400120000000 stands for 400.12.
    public var priceDecimals: Int
    /// Daily bars are adjusted for all splits through this date; nil when they are as traded.
    public var dailyAdjustedThrough: CivilDate?

    /// Day and month, in the order in which they stand.
    public enum DateOrder: String, Hashable, Sendable, CaseIterable {
        case monthFirst = "mdy"
        case dayFirst = "dmy"
    }

    /// Which end of a bar its timestamp tells.
    public enum StampSide: String, Hashable, Sendable, CaseIterable {
        case open, close
    }

    /// - Parameters:
    ///   - zone: how to read timestamps without an offset; nil refuses them.
    ///   - dateOrder: which of day and month comes first; nil refuses dates in which it matters.
    ///   - stamps: whether bars are stamped with the time they open or close; nil when nobody says.
    ///   - columns: the columns of files without a header line.
    ///   - priceDecimals: how many decimal places prices are short of.
    public init(
        zone: TimestampZone? = nil, dateOrder: DateOrder? = nil, stamps: StampSide? = nil, columns: [String]? = nil,
        priceDecimals: Int = 0
    ) {
        self.zone = zone
        self.dateOrder = dateOrder
        self.stamps = stamps
        self.columns = columns
        self.priceDecimals = priceDecimals
    }
}
