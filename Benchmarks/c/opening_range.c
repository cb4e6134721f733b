#include "opening_range.h"

#include <math.h>

/* Two prices this close, relative to the larger one, are equal: a price is reached when it is equal. */
#define TOLERANCE 1e-9

/* On an early close a position is closed this long before the bell. */
#define EARLY_CLOSE_MARGIN 300

/* What is the same for all trades of a session. */
struct day {
    int64_t first;
    int64_t end;
    int64_t open_time;
    int64_t bar_seconds;
    int64_t exit; /* the first bar that ends after the exit time, or the session's last one */
    int is_complete;
};

static inline double larger(double a, double b)
{
    return a > b ? a : b;
}

static inline double smaller(double a, double b)
{
    return a < b ? a : b;
}

static inline double tolerance(double price)
{
    return TOLERANCE * larger(fabs(price), 1);
}

/* A whole number, or one that is equal to it, is not rounded down below it. */
static inline double whole(double number)
{
    const double nearest = floor(number + 0.5);
    return fabs(number - nearest) <= tolerance(number) ? nearest : floor(number);
}

struct range_params range_default_params(void)
{
    return (struct range_params){
        .bar_seconds = 120,
        .range = 30 * 60,
        .last_entry = 150 * 60,
        .exit_time = 380 * 60,
        .most_gap = 0.02,
        .target = 3,
        .risk = 200,
        .at_most = 50000,
        .completeness = 0.95,
    };
}

/* The first bar at or after `from` that opens at least so many seconds after the session's open. */
static inline int64_t first_after(const struct day *day, const int64_t *restrict time, int64_t from, int64_t seconds)
{
    if (day->is_complete) {
        const int64_t bar = day->first + (seconds + day->bar_seconds - 1) / day->bar_seconds;
        return bar < from ? from : bar < day->end ? bar : day->end;
    }
    while (from < day->end && time[from] - day->open_time < seconds) {
        from++;
    }
    return from;
}

/* Whether too few of the bars due from the open up to and with `bar` are there. */
static inline int is_incomplete(
    const struct day *day, const struct range_params *params, const int64_t *restrict time, int64_t bar)
{
    if (day->is_complete) {
        return 0;
    }
    const int64_t due = (time[bar] - day->open_time) / day->bar_seconds + 1;
    const int64_t present = bar - day->first + 1;
    return due - present > 1 && (double)present < params->completeness * (double)due - TOLERANCE;
}

/*
 * Carries a trade from its fill to its last exit. Prices are times the sign, so that they rise in favour of the trade: a
 * short's high is its low turned round. Inlined once for each sign.
 */
static inline __attribute__((always_inline)) void hold(
    const struct bars *bars, const struct day *day, const struct range_params *params, struct range_trade *trade,
    const double sign, int64_t i)
{
    const double *restrict open = bars->open;
    const double *restrict good = sign > 0 ? bars->high : bars->low;
    const double *restrict bad = sign > 0 ? bars->low : bars->high;
    const double *restrict close = bars->close;
    const double entry = sign * trade->entry_price;
    const double risk = entry - sign * trade->stop_price;
    const double half = whole(0.5 * trade->shares);
    const double targets[2] = {entry + risk, entry + params->target * risk};
    const double reached[2] = {targets[0] - tolerance(targets[0]), targets[1] - tolerance(targets[1])};
    double stop = sign * trade->stop_price;
    double stopped = stop + tolerance(stop);
    double left = trade->shares;
    double sum = 0;
    double best = entry;
    double worst = entry;
    int next = half > 0 ? 0 : 1;
    int is_forced = 0;

    for (;; i++) {
        const double low = sign * bad[i];
        const double high = sign * good[i];
        if (i > trade->entry) {
            const double at = sign * open[i];
            if (is_forced || at <= stopped) {
                sum += left * at;
                best = larger(best, at);
                worst = smaller(worst, at);
                break;
            }
            while (next < 2 && at >= reached[next]) {
                const double lots = next == 0 ? half : left;
                sum += lots * at;
                left -= lots;
                next++;
            }
            if (left == 0) {
                best = larger(best, at);
                break;
            }
        }
        if (low <= stopped) {
            sum += left * stop;
            worst = smaller(worst, stop);
            break;
        }
        while (next < 2 && high >= reached[next]) {
            const double lots = next == 0 ? half : left;
            sum += lots * targets[next];
            left -= lots;
            next++;
        }
        if (left == 0) {
            best = larger(best, targets[1]);
            break;
        }
        worst = smaller(worst, low);
        if (high > best) {
            best = high;
            if (best >= reached[0] && best - risk > stopped) {
                stop = best - risk;
                stopped = stop + tolerance(stop);
            }
        }
        const double last = sign * close[i];
        if (i >= day->exit) {
            sum += left * last;
            break;
        }
        is_forced = last < stop - tolerance(stop);
    }
    const double exit = sum / trade->shares;
    trade->exit = i;
    trade->exit_price = sign * exit;
    trade->net = (exit - entry) * trade->shares;
    trade->mae = worst - entry;
    trade->mfe = best - entry;
    trade->r = (exit - entry) / risk;
}

/* Fills an order at `price` in bar `i`, unless its size is less than a share. */
static inline int enter(
    const struct range_params *params, struct range_trade *trade, double sign, double price, double stop, int64_t i)
{
    const double shares = whole(smaller(params->risk / (sign * (price - stop)), params->at_most / price));
    *trade = (struct range_trade){.entry = i, .sign = sign, .shares = shares, .entry_price = price, .stop_price = stop};
    return shares > 0;
}

size_t range_single_pass(
    const struct bars *bars, const struct session *session, size_t sessions, const struct range_params *params,
    struct range_result *results)
{
    const int64_t *restrict time = bars->time;
    const double *restrict open = bars->open;
    const double *restrict high = bars->high;
    const double *restrict low = bars->low;
    size_t trades = 0;
    int64_t count_before = 0;

    for (size_t s = 0; s < sessions; s++, session++) {
        struct range_result *result = &results[s];
        const int64_t before = count_before;
        const int64_t first = session->first;
        const int64_t early_close = session->minutes * 60 - EARLY_CLOSE_MARGIN;
        struct day day = {
            .first = first,
            .end = first + session->count,
            .open_time = session->open_time,
            .bar_seconds = params->bar_seconds,
            .is_complete = session->count * params->bar_seconds == session->minutes * 60,
        };
        result->count = 0;
        count_before = session->count;

        /* The gap from the session before. */
        if (session->count == 0 || before == 0) {
            continue;
        }
        __builtin_prefetch(&open[day.end]);
        const double gap = fabs(open[first] / bars->close[first - 1] - 1);
        if (!(params->most_gap - gap > TOLERANCE)) {
            continue;
        }

        /* The range: its bars, and the first bar that closes after them. */
        int64_t i = first_after(&day, time, first, params->range);
        if (i == first) {
            continue;
        }
        double top = high[first];
        double bottom = low[first];
        for (int64_t n = first + 1; n < i; n++) {
            top = larger(top, high[n]);
            bottom = smaller(bottom, low[n]);
        }
        if (day.is_complete || time[i - 1] - day.open_time + day.bar_seconds >= params->range) {
            i--;
        }
        if (i == day.end || !(top - bottom > tolerance(top)) || is_incomplete(&day, params, time, i)) {
            continue;
        }
        const int64_t last_entry = first_after(&day, time, i, params->last_entry);
        const int64_t exit_time = params->exit_time < early_close ? params->exit_time : early_close;
        day.exit = first_after(&day, time, i, exit_time - day.bar_seconds + 1);
        day.exit = day.exit < day.end ? day.exit : day.end - 1;

        /* Orders each way, the second of them once more when the first one's trade was no loss. */
        int is_long = 1;
        int is_short = 1;
        const double reach_top = top - tolerance(top);
        const double reach_bottom = bottom + tolerance(bottom);
        while (is_long || is_short) {
            i++;
            const double above = is_long ? reach_top : INFINITY;
            const double below = is_short ? reach_bottom : -INFINITY;
            while (i < last_entry && high[i] < above && low[i] > below) {
                i++;
            }
            if (i >= last_entry) {
                break;
            }
            struct range_trade *trade = &result->trades[result->count];
            const double up = larger(open[i], top);
            const double down = smaller(open[i], bottom);
            const int is_up = high[i] >= above;
            const int is_down = low[i] <= below;
            /* The one nearer the open comes first, the long where they are as near. */
            const int is_down_first = is_down && (!is_up || up - open[i] - (open[i] - down) > TOLERANCE);
            int side = is_down_first ? -1 : 1;
            int is_filled = 0;
            for (int n = 0; n < 2 && !is_filled; n++) {
                if (side > 0 && is_up) {
                    is_long = 0;
                    is_filled = enter(params, trade, 1, up, bottom, i);
                } else if (side < 0 && is_down) {
                    is_short = 0;
                    is_filled = enter(params, trade, -1, down, top, i);
                }
                side = is_filled ? side : -side;
            }
            if (!is_filled) {
                continue;
            }
            if (side > 0) {
                hold(bars, &day, params, trade, 1, i);
            } else {
                hold(bars, &day, params, trade, -1, i);
            }
            result->count++;
            trades++;
            if (trade->net < -TOLERANCE) {
                break;
            }
            /* The other order is placed anew at the close of the next bar. */
            i = trade->exit + 1;
            if (i >= day.end || is_incomplete(&day, params, time, i)) {
                break;
            }
        }
    }
    return trades;
}
