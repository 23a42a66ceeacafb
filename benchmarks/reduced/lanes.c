/* The reduced model in C, by hand: worlds are SIMD lanes. See ../REDUCED_MODEL.md.
 *
 * A block is L worlds, as Q vectors of W. Every law keeps its sums in registers, and events, which
 * are rare, are settled world by world. With -ffp-contract=off the operations are those of the
 * specification in the same order, so a world has the same bits as Twofront's.
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#if defined(__AVX2__)
#include <immintrin.h>
#endif

#ifndef L
#define L 16
#endif
#if defined(__AVX512F__) && defined(__AVX512DQ__)
#define W 8
#else
#define W 4
#endif
#define Q (L / W)

enum { N = 10, K = 8, S = 6, D = 8, LOG_ROWS = 256, LOG_COLUMNS = 6 };
enum { STRIKE = 0, PEACE = 2, PACT = 3, LAPSE = 10 };
/* Rows of the parameters, in alphabetical order. */
enum {
    ADVANCE_SPEED, ATTRITION_EXPONENT, ATTRITION_NOISE, ATTRITION_RATE, BREACH_COST,
    DEFENDER_ADVANTAGE, FAILURE_WEIGHT, GAIN_WEIGHT, GARRISON, INTELLIGENCE_ERROR, LEARNING_RATE,
    LEAST_ENGAGED, LEAST_WAR_WEEKS, MOBILITY, MONTH_WEEKS, MOST_EXPOSURE, MOST_LOSSES,
    MOST_MONTHLY, MOST_UTILITY, PACT_BASE, PACT_CLAIM, PACT_EXPOSURE, PACT_LAPSE, PACT_WEEKS,
    PEACE_BASE, PEACE_EFFORT, PEACE_WEIGHT, PLAN_WEEKS, PRODUCTION_NOISE, STRIKE_BASE,
    SUCCESS_SLOPE, THREAT_WEIGHT, THROUGH_SHARE, TWO_FRONT_WEIGHT, WAR_LEARNING, PARAMETERS
};
/* Addresses of luck: the six laws, then what worlds are born with. */
enum { PRODUCTION, COMBAT, STRIKES, LEARNING, TREATIES, EFFECTIVENESS, BELIEF, ADDRESSES };

typedef double v __attribute__((vector_size(8 * W)));
typedef int64_t vi __attribute__((vector_size(8 * W)));
typedef uint64_t vu __attribute__((vector_size(8 * W)));
#define INLINE static inline __attribute__((always_inline))

typedef struct {
    int64_t actor_uid[N], theatre_uid[K], home[N], neighbours[K][D];
    double stake[N][K], hostility[N][N], ceiling[N], growth[N], depth[K], capacity[K][K];
    double lane_weeks[K][K], reach[K][K], force[N][K], control[N][K], effectiveness[N];
    double effectiveness_sd, belief_sd, low[PARAMETERS], high[PARAMETERS];
    uint32_t number[ADDRESSES], parameter_number[PARAMETERS], key[2];
} Fixed;

typedef struct {
    v force[N][K][Q], control[N][K][Q], transit[S][N][K][Q], inbound[N][K][Q], need[N][K][Q];
    v at_war[N][N][Q], war_since[N][N][Q], pact[N][N][Q], expires[N][N][Q], plan[N][N][Q];
    v belief[N][N][Q], skill[N][Q], total[N][Q], wars[N][Q], losses[N][Q], produced[N][Q];
    v p[PARAMETERS][Q];
    vu id[Q];
    int fighting[N][N]; /* worlds in which the two are at war */
    double log[LOG_ROWS][LOG_COLUMNS][L];
    int64_t count[L];
} World;

INLINE v all(double x) { return (v){0} + x; }

INLINE v pick(vi m, v a, v b) {
#if defined(__AVX2__) && W == 4
    return (v)_mm256_blendv_pd((__m256d)b, (__m256d)a, (__m256d)m);
#else
    return (v)((m & (vi)a) | (~m & (vi)b));
#endif
}

INLINE int any(vi m) {
#if defined(__AVX2__) && W == 4
    return _mm256_movemask_pd((__m256d)m);
#else
    int64_t some = 0;
    for (int w = 0; w < W; w++) some |= m[w];
    return some != 0;
#endif
}

INLINE v root(v x) {
#if defined(__AVX2__) && W == 4
    return (v)_mm256_sqrt_pd((__m256d)x);
#else
    for (int w = 0; w < W; w++) x[w] = sqrt(x[w]);
    return x;
#endif
}

INLINE vu times(uint64_t m, vu c) { /* product of the low words */
#if defined(__AVX2__) && W == 4
    return (vu)_mm256_mul_epu32(_mm256_set1_epi64x((long long)m), (__m256i)c);
#elif W == 8
    return (vu)_mm512_mul_epu32(_mm512_set1_epi64((long long)m), (__m512i)c);
#else
    return m * (c & 0xFFFFFFFFu);
#endif
}

INLINE v unit(vu word) {
    const vu bits = (word & 0xFFFFFFFFu) | 0x4330000000000000u;
    return ((v)bits - (4503599627370496.0 - 0.5)) * 0x1p-32;
}

INLINE uint64_t place(int64_t first, int64_t second, int64_t third) {
    return (uint64_t)(first | second << 8 | third << 16);
}

/* Only the low words of the counter matter: the high ones are left dirty until the end. */
INLINE void draw(v u[4], const uint32_t key[2], uint64_t number, uint64_t step, uint64_t where,
                 vu id) {
    vu c0 = (vu){0} + where, c1 = (vu){0} + number, c2 = (vu){0} + step, c3 = id;
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < 10; round++) {
        const vu p0 = times(0xD2511F53u, c0), p1 = times(0xCD9E8D57u, c2);
        c0 = (p1 >> 32) ^ c1 ^ (uint64_t)k0;
        c2 = (p0 >> 32) ^ c3 ^ (uint64_t)k1;
        c1 = p1, c3 = p0;
        k0 += 0x9E3779B9u, k1 += 0xBB67AE85u;
    }
    u[0] = unit(c0), u[1] = unit(c1), u[2] = unit(c2), u[3] = unit(c3);
}

INLINE v exponential(v x) {
    const double ROUND = 6755399441055744.0;
    x = pick(x < 700.0, x, all(700.0));
    x = pick(x > -700.0, x, all(-700.0));
    v rounded = x * (1.0 / 0.6931471805599453) + ROUND;
#if defined(__AVX2__)
    __asm__("" : "+x"(rounded)); /* -ffast-math would cancel the rounding */
#endif
    const v n = rounded - ROUND;
    const v r = (x - n * 6.93147180369123816490e-01) - n * 1.90821492927058770002e-10;
    const v s = r * r, t = s * s;
    const v low = (1.0 + r) + s * (0.5 + r * (1.0 / 6));
    const v middle = (1.0 / 24 + r * (1.0 / 120)) + s * (1.0 / 720 + r * (1.0 / 5040));
    v high = (1.0 / 40320 + r * (1.0 / 362880)) + s * (1.0 / 3628800 + r * (1.0 / 39916800));
    high += t * (1.0 / 479001600);
    const v series = low + t * (middle + t * high);
    const vi power = (vi)rounded - (0x4338000000000000 - 1023);
    return series * (v)(power << 52);
}

INLINE v logarithm(v x) {
    const int64_t HALF = 0x3FE6A09E667F3BCD, TWO_52 = 0x4330000000000000;
    const vi bits = (vi)x - HALF;
    const vu raised = (vu)(bits + (1024LL << 52)) >> 52;
    const v power = (v)((vi)raised | TWO_52) - (4503599627370496.0 + 1024.0);
    const v mantissa = (v)((bits & 0xFFFFFFFFFFFFF) + HALF);
    const v f = (mantissa - 1.0) / (mantissa + 1.0);
    const v g = f * f, h = g * g, q = h * h;
    const v series = ((1.0 + g * (1.0 / 3)) + h * (1.0 / 5 + g * (1.0 / 7))) +
                     q * ((1.0 / 9 + g * (1.0 / 11)) + h * (1.0 / 13 + g * (1.0 / 15)) +
                          q * (1.0 / 17 + g * (1.0 / 19)));
    return power * 0.6931471805599453 + 2.0 * f * series;
}

INLINE v cosine_turn(v u) {
    const v y = 3.141592653589793 * (u - 0.5), z = y * y;
    const v tail = 1.0 / 355687428096000 - z / 121645100408832000.0;
    const v sine =
        y * (1.0 + z * (-1.0 / 6 + z * (1.0 / 120 + z * (-1.0 / 5040 + z * (1.0 / 362880 +
        z * (-1.0 / 39916800 + z * (1.0 / 6227020800 + z * (-1.0 / 1307674368000 + z * tail))))))));
    return 2.0 * sine * sine - 1.0;
}

INLINE v normal(v a, v b) { return root(-2.0 * logarithm(a)) * cosine_turn(b); }
INLINE v chance(v hazard) { return 1.0 - exponential(-hazard); }
INLINE v tangent(v x) { return 1.0 - 2.0 / (exponential(2.0 * x) + 1.0); }
INLINE double get(const v *x, int w) { return ((const double *)x)[w]; }
INLINE void set(v *x, int w, double y) { ((double *)x)[w] = y; }

static void note(World *s, int w, double week, int kind, int a, int b, double value) {
    const int64_t n = s->count[w]++;
    if (n >= LOG_ROWS) return;
    const double row[LOG_COLUMNS] = {week, kind, a, b, -1.0, value};
    for (int c = 0; c < LOG_COLUMNS; c++) s->log[n][c][w] = row[c];
}

static void begin(World *s, const Fixed *f, uint64_t first) {
    memset(s, 0, offsetof(World, log));
    memset(s->count, 0, sizeof s->count);
    v u[4];
    for (int q = 0; q < Q; q++) {
        for (int w = 0; w < W; w++) s->id[q][w] = first + (uint64_t)(q * W + w);
        for (int n = 0; n < PARAMETERS; n++) {
            s->p[n][q] = all(f->low[n]);
            if (f->high[n] == f->low[n]) continue;
            draw(u, f->key, f->parameter_number[n], 0, 0, s->id[q]);
            s->p[n][q] = f->low[n] + (f->high[n] - f->low[n]) * u[0];
        }
        for (int a = 0; a < N; a++) {
            for (int k = 0; k < K; k++) {
                s->force[a][k][q] = all(f->force[a][k]);
                s->control[a][k][q] = all(f->control[a][k]);
            }
            draw(u, f->key, f->number[EFFECTIVENESS], 0, place(f->actor_uid[a], 0, 0), s->id[q]);
            s->skill[a][q] = f->effectiveness[a] + f->effectiveness_sd * normal(u[0], u[1]);
        }
        for (int a = 0; a < N; a++)
            for (int b = 0; b < N; b++) {
                if (a == b) continue;
                const uint64_t where = place(f->actor_uid[a], f->actor_uid[b], 0);
                draw(u, f->key, f->number[BELIEF], 0, where, s->id[q]);
                s->belief[a][b][q] = s->skill[b][q] - s->skill[a][q];
                s->belief[a][b][q] += f->belief_sd * normal(u[0], u[1]);
            }
    }
}

static void production(World *s, const Fixed *f, int t) {
    const int here = t % S;
    for (int a = 0; a < N; a++)
        for (int q = 0; q < Q; q++) {
            v wars = all(0.0), total = all(0.0), u[4];
            for (int b = 0; b < N; b++) wars += s->at_war[a][b][q];
            for (int k = 0; k < K; k++) {
                const v force = s->force[a][k][q] + s->transit[here][a][k][q];
                s->force[a][k][q] = force;
                s->transit[here][a][k][q] = all(0.0);
                v inbound = all(0.0);
                for (int slot = 0; slot < S; slot++) inbound += s->transit[slot][a][k][q];
                s->inbound[a][k][q] = inbound;
                total += force + inbound;
            }
            draw(u, f->key, f->number[PRODUCTION], (uint64_t)t, place(f->actor_uid[a], 0, 0),
                 s->id[q]);
            const v shock = s->p[PRODUCTION_NOISE][q] * normal(u[0], u[1]);
            const v effort = pick(wars > 0.0, all(1.0), s->p[PEACE_EFFORT][q]);
            v room = 1.0 - total / f->ceiling[a];
            room = pick(room > 0.0, room, all(0.0));
            const v more = f->growth[a] * effort * room * exponential(shock);
            s->force[a][f->home[a]][q] += more;
            s->produced[a][q] += more;
            s->total[a][q] = total + more;
            s->wars[a][q] = wars;
        }
}

static void movement(World *s, const Fixed *f, int t) {
    v pace[Q];
    for (int q = 0; q < Q; q++) pace[q] = 1.0 - exponential(-s->p[MOBILITY][q]);
    for (int a = 0; a < N; a++) {
        int enemies[N], count = 0;
        for (int b = 0; b < N; b++)
            if (s->fighting[a][b]) enemies[count++] = b;
        for (int k = 0; k < K; k++)
            for (int q = 0; q < Q; q++) {
                v need = s->p[GARRISON][q] + s->control[a][k][q];
                for (int n = 0; n < count; n++) {
                    const int b = enemies[n];
                    need += s->p[THREAT_WEIGHT][q] * s->at_war[a][b][q] * s->force[b][k][q];
                }
                s->need[a][k][q] = need * f->stake[a][k];
            }
    }
    for (int a = 0; a < N; a++)
        for (int q = 0; q < Q; q++) {
            v wanted = all(0.0), deployed = all(0.0), surplus[K], pull[K], force[K];
            for (int k = 0; k < K; k++) {
                force[k] = s->force[a][k][q];
                wanted += s->need[a][k][q];
                deployed += force[k];
            }
            const v ratio = deployed / wanted, through = s->p[THROUGH_SHARE][q];
            for (int k = 0; k < K; k++) {
                const v spare = force[k] - s->need[a][k][q] * ratio;
                const v lacking = -spare - s->inbound[a][k][q];
                surplus[k] = pick(spare > 0.0, spare, all(0.0));
                pull[k] = pick(lacking > 0.0, lacking, all(0.0));
            }
            for (int sweep = 0; sweep < 2; sweep++)
                for (int k = 0; k < K; k++) {
                    v most = pull[k];
                    for (int n = 0; n < D && f->neighbours[k][n] >= 0; n++) {
                        const v beyond = through * pull[f->neighbours[k][n]];
                        most = pick(most > beyond, most, beyond);
                    }
                    pull[k] = most;
                }
            for (int k = 0; k < K; k++) {
                v spare = surplus[k], left = force[k];
                for (int n = 0; n < D && f->neighbours[k][n] >= 0; n++) {
                    const int64_t other = f->neighbours[k][n];
                    const int slot = (t + (int)(f->lane_weeks[k][other] + 0.5)) % S;
                    const v carried = all(f->capacity[k][other]);
                    v moved = pace[q] * pick(spare < pull[other], spare, pull[other]);
                    moved = pick(moved < carried, moved, carried);
                    spare -= moved;
                    left -= moved;
                    s->transit[slot][a][other][q] += moved;
                }
                s->force[a][k][q] = left;
            }
        }
}

INLINE v engaged(v own, v foe, v present) {
    return own * foe / pick(present > 1e-9, present, all(1e-9));
}

INLINE v lost(v rate, v exponent, v own, v odds, v shock, v most) {
    const v loss = rate * own * exponential(shock - exponent * odds), limit = most * own;
    return pick(loss < limit, loss, limit);
}

static void combat(World *s, const Fixed *f, int t) {
    int pairs[N * N][2], count = 0, belligerents[N] = {0};
    for (int a = 0; a < N; a++)
        for (int b = a + 1; b < N; b++)
            if (s->fighting[a][b]) {
                pairs[count][0] = a, pairs[count++][1] = b;
                belligerents[a] = belligerents[b] = 1;
            }
    if (count == 0) return;
    for (int k = 0; k < K; k++)
        for (int q = 0; q < Q; q++) {
            v before[N], presence[N], u[4];
            for (int a = 0; a < N; a++) before[a] = s->force[a][k][q];
            for (int a = 0; a < N; a++) {
                if (!belligerents[a]) continue;
                presence[a] = all(0.0);
                for (int b = 0; b < N; b++)
                    if (s->fighting[a][b]) presence[a] += s->at_war[a][b][q] * before[b];
            }
            for (int n = 0; n < count; n++) {
                const int a = pairs[n][0], b = pairs[n][1];
                const v war = s->at_war[a][b][q], floor = s->p[LEAST_ENGAGED][q];
                v left = war * engaged(before[a], before[b], presence[a]);
                v right = war * engaged(before[b], before[a], presence[b]);
                const vi meet = pick(left < right, left, right) > floor;
                if (!any(meet)) continue;
                left = pick(meet, left, all(0.0)), right = pick(meet, right, all(0.0));
                draw(u, f->key, f->number[COMBAT], (uint64_t)t,
                     place(f->actor_uid[a], f->actor_uid[b], f->theatre_uid[k]), s->id[q]);
                const v one = pick(left > floor, left, floor);
                const v other = pick(right > floor, right, floor);
                const v odds =
                    logarithm(one) - logarithm(other) + s->skill[a][q] - s->skill[b][q];
                const v most = s->p[MOST_LOSSES][q], rate = s->p[ATTRITION_RATE][q];
                const v noise = s->p[ATTRITION_NOISE][q], exponent = s->p[ATTRITION_EXPONENT][q];
                const v lost_a = lost(rate, exponent, left, odds, noise * normal(u[0], u[1]), most);
                const v lost_b =
                    lost(rate, exponent, right, -odds, noise * normal(u[2], u[3]), most);
                s->force[a][k][q] -= lost_a;
                s->force[b][k][q] -= lost_b;
                s->losses[a][q] += lost_a;
                s->losses[b][q] += lost_b;
                v push = pick(odds > 0.0, odds, -odds) - s->p[DEFENDER_ADVANTAGE][q];
                push = pick(push > 0.0, push, all(0.0));
                v gain = s->p[ADVANCE_SPEED][q] / f->depth[k] * tangent(push);
                gain = pick(odds > 0.0, gain, -gain);
                gain = pick(left > 0.0, gain, all(0.0));
                const v mine = s->control[a][k][q], theirs = s->control[b][k][q];
                gain = pick(gain < theirs, gain, theirs);
                gain = pick(gain > -mine, gain, -mine);
                s->control[a][k][q] = mine + gain;
                s->control[b][k][q] = theirs - gain;
            }
        }
}

static void war_or_peace(World *s, int a, int b, int w, double war, double pact) {
    const double change = war - get(s->at_war[a][b], w);
    s->fighting[a][b] += (int)change, s->fighting[b][a] += (int)change;
    set(s->at_war[a][b], w, war), set(s->at_war[b][a], w, war);
    set(s->pact[a][b], w, pact), set(s->pact[b][a], w, pact);
}

INLINE v hazard_there(v base, v prize, v failure, v success, v cost, v most) {
    const v gain = prize * success - failure * (1.0 - success) - cost;
    return exponential(base + pick(gain < most, gain, most));
}

INLINE v logistic(v x) { return 1.0 / (1.0 + exponential(-x)); }

INLINE v planned(v before, v peace, vi begins, v weeks) {
    v left = before - 1.0;
    left = pick(left > 0.0, left, all(0.0));
    return pick(begins & (peace > 0.0) & (before == 0.0), weeks, left);
}

static void strikes(World *s, const Fixed *f, int t) {
    v near[N][K][Q];
    for (int a = 0; a < N; a++)
        for (int q = 0; q < Q; q++) {
            v force[K];
            for (int k = 0; k < K; k++) force[k] = s->force[a][k][q];
            for (int k = 0; k < K; k++) {
                v sum = all(0.0);
                for (int other = 0; other < K; other++) sum += f->reach[k][other] * force[other];
                near[a][k][q] = logarithm(sum + 1.0);
            }
        }
    for (int a = 0; a < N; a++)
        for (int b = a + 1; b < N; b++) {
            const uint64_t where = place(f->actor_uid[a], f->actor_uid[b], 0);
            vi blow_a[Q], blow_b[Q], blows = {0};
            for (int q = 0; q < Q; q++) {
                v u[4], hazard_a = all(0.0), hazard_b = all(0.0);
                const v breach = s->p[BREACH_COST][q] * s->pact[a][b][q];
                const v cost_a = s->p[TWO_FRONT_WEIGHT][q] * s->wars[a][q] + breach;
                const v cost_b = s->p[TWO_FRONT_WEIGHT][q] * s->wars[b][q] + breach;
                const v slope = s->p[SUCCESS_SLOPE][q], failure = s->p[FAILURE_WEIGHT][q];
                const v base = s->p[STRIKE_BASE][q], most = s->p[MOST_UTILITY][q];
                const v belief_a = s->belief[a][b][q], belief_b = s->belief[b][a][q];
                for (int k = 0; k < K; k++) {
                    const v ahead = near[a][k][q] - near[b][k][q];
                    const double value_a = f->hostility[a][b] * f->stake[a][k];
                    const double value_b = f->hostility[b][a] * f->stake[b][k];
                    const v chance_a = logistic(slope * (ahead - belief_a));
                    const v chance_b = logistic(slope * (-ahead - belief_b));
                    const v prize_a = s->p[GAIN_WEIGHT][q] * value_a * s->control[b][k][q];
                    const v prize_b = s->p[GAIN_WEIGHT][q] * value_b * s->control[a][k][q];
                    hazard_a += hazard_there(base, prize_a, failure, chance_a, cost_a, most);
                    hazard_b += hazard_there(base, prize_b, failure, chance_b, cost_b, most);
                }
                draw(u, f->key, f->number[STRIKES], (uint64_t)t, where, s->id[q]);
                const v peace = 1.0 - s->at_war[a][b][q];
                const v before_a = s->plan[a][b][q], before_b = s->plan[b][a][q];
                const v weeks = s->p[PLAN_WEEKS][q];
                const v after_a = planned(before_a, peace, u[0] < chance(hazard_a), weeks);
                const v after_b = planned(before_b, peace, u[1] < chance(hazard_b), weeks);
                s->plan[a][b][q] = after_a;
                s->plan[b][a][q] = after_b;
                blow_a[q] = (before_a > 0.0) & (after_a == 0.0);
                blow_b[q] = (before_b > 0.0) & (after_b == 0.0);
                blows |= blow_a[q] | blow_b[q];
            }
            if (!any(blows)) continue;
            for (int w = 0; w < L; w++) {
                const int first = blow_a[w / W][w % W] != 0, second = blow_b[w / W][w % W] != 0;
                if (!(first || second)) continue;
                war_or_peace(s, a, b, w, 1.0, 0.0);
                set(s->war_since[a][b], w, t), set(s->war_since[b][a], w, t);
                set(s->plan[a][b], w, 0.0), set(s->plan[b][a], w, 0.0);
                note(s, w, t, STRIKE, first ? a : b, first ? b : a, 0.0);
            }
        }
}

static void learning(World *s, const Fixed *f, int t) {
    for (int a = 0; a < N; a++)
        for (int q = 0; q < Q; q++) {
            const v lesson = s->p[WAR_LEARNING][q] * (1.0 - s->skill[a][q]);
            s->skill[a][q] += pick(s->wars[a][q] > 0.0, lesson, all(0.0));
        }
    for (int a = 0; a < N; a++)
        for (int b = a + 1; b < N; b++) {
            const uint64_t where = place(f->actor_uid[a], f->actor_uid[b], 0);
            for (int q = 0; q < Q; q++) {
                v u[4];
                draw(u, f->key, f->number[LEARNING], (uint64_t)t, where, s->id[q]);
                const v truth = s->skill[b][q] - s->skill[a][q], rate = s->p[LEARNING_RATE][q];
                const v error = s->p[INTELLIGENCE_ERROR][q];
                const v one = s->belief[a][b][q], other = s->belief[b][a][q];
                s->belief[a][b][q] = one + rate * (truth + error * normal(u[0], u[1]) - one);
                s->belief[b][a][q] = other + rate * (-truth + error * normal(u[2], u[3]) - other);
            }
        }
}

static void treaties(World *s, const Fixed *f, int t) {
    v fear[N][Q], lapses[Q];
    for (int q = 0; q < Q; q++) lapses[q] = chance(s->p[PACT_LAPSE][q]);
    for (int a = 0; a < N; a++)
        for (int q = 0; q < Q; q++) {
            v sum = all(0.0);
            for (int m = 0; m < N; m++) sum += f->hostility[m][a] * s->total[m][q];
            const v ratio = sum / (s->total[a][q] + 1.0), most = s->p[MOST_EXPOSURE][q];
            fear[a][q] = pick(ratio < most, ratio, most);
        }
    for (int a = 0; a < N; a++)
        for (int b = a + 1; b < N; b++) {
            const uint64_t where = place(f->actor_uid[a], f->actor_uid[b], 0);
            const double hostilities = f->hostility[a][b] + f->hostility[b][a];
            vi signs[Q], ends[Q], peaces[Q], events = {0};
            for (int q = 0; q < Q; q++) {
                v u[4];
                draw(u, f->key, f->number[TREATIES], (uint64_t)t, where, s->id[q]);
                const v wish = 2.0 * s->p[PACT_BASE][q] +
                               s->p[PACT_EXPOSURE][q] * (fear[a][q] + fear[b][q]) -
                               s->p[PACT_CLAIM][q] * hostilities;
                const v monthly = logistic(wish), most = s->p[MOST_MONTHLY][q];
                const v left = 1.0 - pick(monthly < most, monthly, most);
                const v signing = chance(-logarithm(left) / s->p[MONTH_WEEKS][q]);
                const v war = s->at_war[a][b][q], pact = s->pact[a][b][q];
                signs[q] = (war == 0.0) & (pact == 0.0) & (u[0] < signing);
                ends[q] = (pact > 0.0) &
                          ((all(t) > s->expires[a][b][q]) | (u[1] < lapses[q]));
                peaces[q] = (vi){0};
                if (s->fighting[a][b]) {
                    v tired = s->losses[a][q] / (s->total[a][q] + 1.0);
                    tired += s->losses[b][q] / (s->total[b][q] + 1.0);
                    const v end = exponential(s->p[PEACE_BASE][q] + s->p[PEACE_WEIGHT][q] * tired);
                    const vi old = all(t) - s->war_since[a][b][q] > s->p[LEAST_WAR_WEEKS][q];
                    peaces[q] = (war > 0.0) & old & (u[2] < chance(end));
                }
                events |= signs[q] | ends[q] | peaces[q];
            }
            if (!any(events)) continue;
            for (int w = 0; w < L; w++) {
                const int peace = peaces[w / W][w % W] != 0, signed_ = signs[w / W][w % W] != 0;
                if (peace || signed_) {
                    const double until = t + get(s->p[PACT_WEEKS], w);
                    war_or_peace(s, a, b, w, 0.0, 1.0);
                    set(s->expires[a][b], w, until), set(s->expires[b][a], w, until);
                    note(s, w, t, peace ? PEACE : PACT, a, b, until);
                } else if (ends[w / W][w % W] != 0) {
                    set(s->pact[a][b], w, 0.0), set(s->pact[b][a], w, 0.0);
                    note(s, w, t, LAPSE, a, b, 0.0);
                }
            }
        }
}

static void write_series(const World *s, int row, int rows, float *series) {
    for (int a = 0; a < N; a++)
        for (int q = 0; q < Q; q++) {
            v sum = all(0.0);
            for (int k = 0; k < K; k++) {
                sum += s->force[a][k][q];
                for (int slot = 0; slot < S; slot++) sum += s->transit[slot][a][k][q];
            }
            for (int w = 0; w < W; w++)
                series[((q * W + w) * rows + row) * N + a] = (float)sum[w];
        }
}

int64_t fixed_bytes(void) { return sizeof(Fixed); }
int64_t lanes(void) { return L; }

/* Runs `worlds` (a multiple of L) from number `first`. series [worlds, rows, N];
 * final [worlds, SUM]: force, transit, control, skill, belief, at_war, pact, plan, losses,
 * produced; events [worlds, LOG_ROWS, LOG_COLUMNS]; counts [worlds]. */
int run(const Fixed *f, int64_t first, int64_t worlds, int weeks, int every, float *series,
        double *final, double *events, int64_t *counts) {
    World *s = aligned_alloc(64, (sizeof(World) + 63) / 64 * 64);
    if (s == NULL) return 1;
    const int rows = (weeks + every - 1) / every;
    for (int64_t block = 0; block < worlds; block += L) {
        begin(s, f, (uint64_t)(first + block));
        for (int t = 0; t < weeks; t++) {
            if (t % every == 0) write_series(s, t / every, rows, series + block * rows * N);
            production(s, f, t);
            movement(s, f, t);
            combat(s, f, t);
            strikes(s, f, t);
            learning(s, f, t);
            treaties(s, f, t);
        }
        const struct { const void *from; int size; } parts[] = {
            {s->force, N * K}, {s->transit, S * N * K}, {s->control, N * K}, {s->skill, N},
            {s->belief, N * N}, {s->at_war, N * N}, {s->pact, N * N}, {s->plan, N * N},
            {s->losses, N}, {s->produced, N}};
        const int total = 2 * N * K + S * N * K + 4 * N * N + 3 * N;
        for (int w = 0, n; w < L; w++) {
            n = 0;
            for (size_t part = 0; part < sizeof parts / sizeof *parts; part++)
                for (int i = 0; i < parts[part].size; i++)
                    final[(block + w) * total + n++] =
                        ((const double *)parts[part].from)[i * L + w];
            counts[block + w] = s->count[w];
            const int64_t kept = s->count[w] < LOG_ROWS ? s->count[w] : LOG_ROWS;
            for (int64_t i = 0; i < kept; i++)
                for (int c = 0; c < LOG_COLUMNS; c++)
                    events[((block + w) * LOG_ROWS + i) * LOG_COLUMNS + c] = s->log[i][c][w];
        }
    }
    free(s);
    return 0;
}
