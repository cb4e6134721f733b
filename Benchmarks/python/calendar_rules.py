"""New York's clock and the early closes of its exchange, by rule, for the years from 2013 on. Days count from 1970."""

import datetime

EPOCH = datetime.date(1970, 1, 1).toordinal()
MONDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 0, 3, 4, 5, 6
FULL_SESSION = 390
EARLY_SESSION = 210


def day_number(year, month, day):
    """Days from 1970-01-01 to the date."""
    return datetime.date(year, month, day).toordinal() - EPOCH


def weekday(day):
    """0 is Monday; 1970-01-01 was a Thursday."""
    return (day + THURSDAY) % 7


def nth_weekday(year, month, wanted, number):
    """The day of the `number`-th `wanted` weekday of the month."""
    first = day_number(year, month, 1)
    return first + (wanted - weekday(first)) % 7 + 7 * (number - 1)


def daylight_saving(year):
    """The first day of daylight-saving time and the first day after it."""
    return nth_weekday(year, 3, SUNDAY, 2), nth_weekday(year, 11, SUNDAY, 1)


def early_closes(year):
    """The days that close at 13:00, where they are trading days at all.

    The day after Thanksgiving; Christmas Eve; the day before Independence Day, unless that is a Friday, when it is the
    holiday itself.
    """
    days = [nth_weekday(year, 11, THURSDAY, 4) + 1, day_number(year, 12, 24)]
    before_independence_day = day_number(year, 7, 3)
    if weekday(before_independence_day) < FRIDAY:
        days.append(before_independence_day)
    return days
