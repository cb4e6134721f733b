"""Writes the three parts of ZoneTable from the zone data of this computer (or of the PyPI package tzdata).

    python3 Sources/PlaybookMarketData/Zones/make_zone_table.py

Run it when a zone's rules change. The table holds the offsets from 1990 through 2040; `TimeZoneRules` says what it makes of other
years. Zones whose clocks change at the same moments by the same amounts share a schedule. A schedule is a text: for each
change the minutes since the one before (since 1990 for the first), then the offset after it, less the zone's first offset,
in quarters of an hour plus 100; both in base 32 with the last digit a capital letter or one of 0-5.
"""

from datetime import datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

FIRST, LAST = 1990, 2040
EPOCH = int(datetime(FIRST, 1, 1, tzinfo=timezone.utc).timestamp())
END = int(datetime(LAST + 1, 1, 1, tzinfo=timezone.utc).timestamp())
MORE = "abcdefghijklmnopqrstuvwxyz678.,:"
STOP = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
SKIPPED = ("posix/", "right/", "SystemV/")


def offset(zone: ZoneInfo, second: int) -> int:
    return int(datetime.fromtimestamp(second, zone).utcoffset().total_seconds())


def changes(zone: ZoneInfo) -> list[tuple[int, int]]:
    """Each second at which the offset changes, and the offset after it."""
    found = []
    step = 6 * 86_400
    before = offset(zone, EPOCH)
    for start in range(EPOCH, END, step):
        low, high = start, min(start + step, END)
        while offset(zone, high) != before:
            left, right = low, high
            while right - left > 1:
                middle = (left + right) // 2
                left, right = (middle, right) if offset(zone, middle) == before else (left, middle)
            before = offset(zone, right)
            found.append((right, before))
            low = right
    return found


def number(value: int) -> str:
    digits = [STOP[value % 32]]
    value //= 32
    while value:
        digits.append(MORE[value % 32])
        value //= 32
    return "".join(reversed(digits))


def schedule(zone: ZoneInfo) -> tuple[int, str]:
    """The first offset in quarters of an hour, and the text of the changes."""
    first = offset(zone, EPOCH)
    text, last = "", EPOCH
    for second, after in changes(zone):
        assert (second - last) % 60 == 0 and (after - first) % 900 == 0, zone
        text += number((second - last) // 60) + number((after - first) // 900 + 100)
        last = second
    assert first % 900 == 0, zone
    return first // 900, text


def lines(text: str) -> list[str]:
    return [text[start : start + 108] for start in range(0, len(text), 108)] or [""]


def main() -> None:
    schedules: dict[str, list[str]] = {}
    for name in sorted(available_timezones()):
        if name.startswith(SKIPPED) or name in ("Factory", "localtime", "posixrules"):
            continue
        first, text = schedule(ZoneInfo(name))
        schedules.setdefault(text, []).append(f"{name}={first}")
    records = sorted((names, " ".join(names) + "|" + text) for text, names in schedules.items())
    americas = [record for names, record in records if names[0].startswith("America/")]
    asia = [record for names, record in records if names[0].startswith("Asia/")]
    others = [record for names, record in records if not names[0].startswith(("America/", "Asia/"))]
    write("Americas", "americas", "whose first zone is in the Americas", americas)
    write("Asia", "asia", "whose first zone is in Asia", asia)
    write("OtherRegions", "otherRegions", "whose first zone is elsewhere", others)


def write(file: str, name: str, which: str, records: list[str]) -> None:
    out = ["/// Made by make_zone_table.py: do not edit.", "extension ZoneTable {"]
    out += [f"    /// The records {which}.", f'    static let {name}: StaticString = """']
    for record in records:
        pieces = lines(record)
        # A space at the end of a line of source would be lost to formatters.
        for index in range(len(pieces) - 1):
            if pieces[index].endswith(" "):
                pieces[index], pieces[index + 1] = pieces[index][:-1], " " + pieces[index + 1]
        out += [f"        {piece}\\" for piece in pieces[:-1]] + [f"        {pieces[-1]}"]
    out += ['        """', "}"]
    Path(__file__).with_name(f"ZoneTable+{file}.swift").write_text("\n".join(out) + "\n")


main()
