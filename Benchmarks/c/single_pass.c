#include "single_pass.h"

#include <math.h>

/* A strength this close to the threshold equals it, and equal is not above. */
#define STRENGTH_TOLERANCE 1e-9

/* On an early close a position is closed this long before the bell. */
#define EARLY_CLOSE_MARGIN 300

/* What is carried from bar to bar, and the weights it is carried with. */
struct state {
    double ema;
    double atr;
    double close;
    double ema_weight;
    double ema_kept;
    double atr_weight;
    double atr_kept;
};

static inline double larger(double a, double b)
{
    return a > b ? a : b;
}

static inline double smaller(double a, double b)
{
    return a < b ? a : b;
}

/*
 * Takes one bar in. max(high, previous close) - min(low, previous close) is the true range: the largest of high - low,
 * |high - previous close| and |low - previous close|. The products with the new value are off the critical path, which
 * leaves one fused multiply-add a bar for each of the two averages.
 */
static inline void advance(struct state *state, double high, double low, double close)
{
    double range = larger(high, state->close) - smaller(low, state->close);
    state->atr = state->atr_kept * state->atr + state->atr_weight * range;
    state->ema = state->ema_kept * state->ema + state->ema_weight * close;
    state->close = close;
}

static inline int is_strong(double high, double low, double close, double threshold)
{
    return high > low && (close - low) / (high - low) - threshold > STRENGTH_TOLERANCE;
}

struct params dp20_default_params(void)
{
    return (struct params){
        .bar_seconds = 120,
        .window_start = 30 * 60,
        .window_end = 60 * 60,
        .exit_time = 385 * 60,
        .ema_period = 20,
        .atr_period = 14,
        .reversal_strength = 0.60,
        .stop_atr = 1.2,
    };
}

/* Every bar is there, so the bar of a given minute is found without looking at the clock. */
static inline int is_complete(const struct session *session, const struct params *params)
{
    return session->count * params->bar_seconds == session->minutes * 60;
}

/* The bars of the entry window: from `first` up to, but without, `end`. */
struct window {
    int64_t first;
    int64_t end;
};

static inline struct window entry_window(
    const struct session *session, const struct params *params, const int64_t *restrict time)
{
    const int64_t first = session->first;
    const int64_t end = first + session->count;
    struct window window = {.first = first};

    if (is_complete(session, params)) {
        window.first = first + (params->window_start + params->bar_seconds - 1) / params->bar_seconds;
        window.end = first + params->window_end / params->bar_seconds + 1;
        window.first = window.first < end ? window.first : end;
        window.end = window.end < end ? window.end : end;
        return window;
    }
    while (window.first < end && time[window.first] < session->open_time + params->window_start) {
        window.first++;
    }
    window.end = window.first;
    while (window.end < end && time[window.end] <= session->open_time + params->window_end) {
        window.end++;
    }
    return window;
}

/* The bar at whose close a trade entered at `entry` is closed by the clock. */
struct timed_exit {
    int64_t bar;
    enum outcome outcome;
};

static inline struct timed_exit timed_exit(
    const struct session *session, const struct params *params, const int64_t *restrict time, int64_t entry)
{
    const int64_t early_close = session->minutes * 60 - EARLY_CLOSE_MARGIN;
    const int64_t after_open = params->exit_time < early_close ? params->exit_time : early_close;
    int64_t bar = session->first + session->count - 1;

    if (is_complete(session, params)) {
        bar = session->first + after_open / params->bar_seconds;
        return (struct timed_exit){.bar = bar > entry ? bar : entry, .outcome = OUTCOME_END_OF_DAY};
    }
    /* Looked for from the session's end, which is where it is: the first bar that ends after the exit time. */
    const int64_t opens_after = session->open_time + after_open - params->bar_seconds;
    if (time[bar] <= opens_after) {
        return (struct timed_exit){.bar = bar, .outcome = OUTCOME_SESSION_END};
    }
    while (bar > entry && time[bar - 1] > opens_after) {
        bar--;
    }
    return (struct timed_exit){.bar = bar, .outcome = OUTCOME_END_OF_DAY};
}

size_t dp20_single_pass(
    const struct bars *bars, const struct session *session, size_t sessions, const struct params *params,
    struct result *results)
{
    const int64_t *restrict time = bars->time;
    const double *restrict open = bars->open;
    const double *restrict high = bars->high;
    const double *restrict low = bars->low;
    const double *restrict close = bars->close;
    struct state state = {.ema_weight = 2.0 / (double)(params->ema_period + 1)};
    size_t trades = 0;

    state.ema_kept = 1.0 - state.ema_weight;
    state.atr_weight = 2.0 / (double)(params->atr_period + 1);
    state.atr_kept = 1.0 - state.atr_weight;
    if (bars->count > 0) {
        /* Seeded so that taking in the first bar leaves its close and its high - low as they are. */
        state.ema = close[0];
        state.atr = high[0] - low[0];
        state.close = close[0];
    }

    for (size_t s = 0; s < sessions; s++, session++) {
        int64_t i = session->first;
        const int64_t end = i + session->count;
        struct result result = {
            .outcome = OUTCOME_NO_BARS, .pullback = -1, .reversal = -1, .confirmation = -1, .entry = -1, .exit = -1};

        if (i == end) {
            results[s] = result;
            continue;
        }
        /* The next session's opening price: the one value a session that takes no trade reads off the beaten track. */
        __builtin_prefetch(&open[end]);

        /* Trend. */
        if (!(open[i] > session->sma200)) {
            result.outcome = isnan(session->sma200) ? OUTCOME_NO_AVERAGE : OUTCOME_NO_TREND;
            goto rest;
        }

        /* Up to the window. */
        const struct window window = entry_window(session, params, time);
        for (; i < window.first; i++) {
            advance(&state, high[i], low[i], close[i]);
        }

        /* Pullback. */
        result.outcome = OUTCOME_NO_PULLBACK;
        while (i < window.end && result.pullback < 0) {
            advance(&state, high[i], low[i], close[i]);
            if (close[i] < state.ema) {
                result.pullback = i;
                result.outcome = OUTCOME_NO_REVERSAL;
            }
            i++;
        }

        /* Reversal. */
        while (i < window.end && result.reversal < 0) {
            advance(&state, high[i], low[i], close[i]);
            if (close[i] > state.ema) {
                if (is_strong(high[i], low[i], close[i], params->reversal_strength)) {
                    result.reversal = i;
                    result.outcome = OUTCOME_NO_CONFIRMATION;
                } else {
                    result.outcome = OUTCOME_WEAK_REVERSAL;
                }
            }
            i++;
        }

        /* Confirmation. */
        if (result.reversal < 0 || i == window.end) {
            goto rest;
        }
        advance(&state, high[i], low[i], close[i]);
        if (close[i] < state.ema) {
            i++;
            goto rest;
        }
        result.confirmation = i;
        result.outcome = OUTCOME_NO_ENTRY;
        i++;
        if (i == end) {
            goto rest;
        }

        /* Entry. */
        const double entry = open[i];
        const double stop = entry - params->stop_atr * state.atr;
        const struct timed_exit planned = timed_exit(session, params, time, i);
        trades++;
        result.entered = 1;
        result.entry = i;
        result.ema = state.ema;
        result.atr = state.atr;
        result.entry_price = entry;
        result.stop_price = stop;
        result.outcome = planned.outcome;
        result.exit = planned.bar;

        /* Held: the stop comes before the clock, and a bar that stops the trade counts only its fill. */
        double fill = close[planned.bar];
        double worst = entry;
        double best = entry;
        for (; i <= planned.bar; i++) {
            advance(&state, high[i], low[i], close[i]);
            if (low[i] <= stop) {
                const int gap = i > result.entry && open[i] <= stop;
                fill = gap ? open[i] : stop;
                result.outcome = gap ? OUTCOME_STOP_GAP : OUTCOME_STOP_LOSS;
                result.exit = i++;
                break;
            }
            worst = smaller(worst, low[i]);
            best = larger(best, high[i]);
        }
        result.exit_price = fill;
        result.mae = smaller(worst, fill) - entry;
        result.mfe = larger(best, fill) - entry;
        result.r = (fill - entry) / (entry - stop);

    rest:
        for (; i < end; i++) {
            advance(&state, high[i], low[i], close[i]);
        }
        results[s] = result;
    }
    return trades;
}
