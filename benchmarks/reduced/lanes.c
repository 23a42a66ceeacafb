/* The reduced model in C, by hand: worlds are SIMD lanes. See ../REDUCED_MODEL.md.
 *
 * A block is L worlds, as Q vectors of W. Every law keeps its sums in registers; elementary
 * functions work on the Q vectors of a block side by side, statement by statement (EACH), since one
 * chain of dependent operations cannot fill the processor; events, which are rare, are settled
 * world by world. With -ffp-contract=off the operations are those of the
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
#define L 32
#endif
#if defined(__AVX512F__) && defined(__AVX512DQ__)
#define W 8
#else
#define W 4
#endif
#define Q (L / W)

enum { N = 10, K = 8, S = 6, D = 8, LOG_ROWS = 256, LOG_COLUMNS = 6 };
/* STRIKE, PEACE, PACT and LAPSE, as the engine numbers kinds of events, come with -D. */
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
#define EACH _Pragma("GCC unroll 8") for (int q = 0; q < Q; q++)
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

/* a < b ? a : b, and a > b ? a : b */
INLINE v lesser(v a, v b) {
#if defined(__AVX2__) && W == 4
    return (v)_mm256_min_pd((__m256d)a, (__m256d)b);
#else
    return pick(a < b, a, b);
#endif
}

INLINE v greater(v a, v b) {
#if defined(__AVX2__) && W == 4
    return (v)_mm256_max_pd((__m256d)a, (__m256d)b);
#else
    return pick(a > b, a, b);
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
INLINE void draw(v u[4][Q], const uint32_t key[2], uint64_t number, uint64_t step, uint64_t where,
                 const vu id[Q]) {
    vu c0[Q], c1[Q], c2[Q], c3[Q], p0[Q], p1[Q];
    uint32_t k0 = key[0], k1 = key[1];
    EACH c0[q] = (vu){0} + where, c1[q] = (vu){0} + number, c2[q] = (vu){0} + step, c3[q] = id[q];
    for (int round = 0; round < 10; round++) {
        EACH p0[q] = times(0xD2511F53u, c0[q]);
        EACH p1[q] = times(0xCD9E8D57u, c2[q]);
        EACH c0[q] = (p1[q] >> 32) ^ c1[q] ^ (uint64_t)k0;
        EACH c2[q] = (p0[q] >> 32) ^ c3[q] ^ (uint64_t)k1;
        EACH c1[q] = p1[q], c3[q] = p0[q];
        k0 += 0x9E3779B9u, k1 += 0xBB67AE85u;
    }
    EACH u[0][q] = unit(c0[q]), u[1][q] = unit(c1[q]), u[2][q] = unit(c2[q]), u[3][q] = unit(c3[q]);
}

INLINE void exponential(v x[Q]) {
    const double ROUND = 6755399441055744.0;
    v rounded[Q], n[Q], r[Q], s[Q], t[Q], low[Q], middle[Q], high[Q], more[Q];
    EACH x[q] = lesser(x[q], all(700.0));
    EACH x[q] = greater(x[q], all(-700.0));
    EACH rounded[q] = x[q] * (1.0 / 0.6931471805599453) + ROUND;
#if defined(__AVX2__)
    EACH __asm__("" : "+x"(rounded[q])); /* -ffast-math would cancel the rounding */
#endif
    EACH n[q] = rounded[q] - ROUND;
    EACH r[q] = x[q] - n[q] * 6.93147180369123816490e-01;
    EACH r[q] = r[q] - n[q] * 1.90821492927058770002e-10;
    EACH s[q] = r[q] * r[q];
    EACH t[q] = s[q] * s[q];
    EACH more[q] = 0.5 + r[q] * (1.0 / 6);
    EACH low[q] = (1.0 + r[q]) + s[q] * more[q];
    EACH more[q] = 1.0 / 720 + r[q] * (1.0 / 5040);
    EACH middle[q] = (1.0 / 24 + r[q] * (1.0 / 120)) + s[q] * more[q];
    EACH more[q] = 1.0 / 3628800 + r[q] * (1.0 / 39916800);
    EACH high[q] = (1.0 / 40320 + r[q] * (1.0 / 362880)) + s[q] * more[q];
    EACH high[q] += t[q] * (1.0 / 479001600);
    EACH high[q] = middle[q] + t[q] * high[q];
    EACH low[q] = low[q] + t[q] * high[q];
    EACH rounded[q] = (v)(((vi)rounded[q] - (0x4338000000000000 - 1023)) << 52);
    EACH x[q] = low[q] * rounded[q];
}

/* No less than e^x: the chord of 2^x between powers of two. */
INLINE void above(v x[Q]) {
    const double FINE = 1048576.0, ROUND = 6755399441055744.0;
    EACH x[q] = lesser(x[q], all(700.0));
    EACH x[q] = greater(x[q], all(-700.0));
    EACH x[q] = x[q] * (1.0 / 0.6931471805599453 * FINE) + (1023.0 * FINE + 1.0 + ROUND);
    EACH x[q] = (v)(((vi)x[q] - 0x4338000000000000) << 32);
}

INLINE void logarithm(v x[Q]) {
    const int64_t HALF = 0x3FE6A09E667F3BCD, TWO_52 = 0x4330000000000000;
    v power[Q], f[Q], g[Q], h[Q], k[Q], odd[Q], even[Q], last[Q];
    vi bits[Q];
    EACH bits[q] = (vi)x[q] - HALF;
    EACH power[q] = (v)((vi)((vu)(bits[q] + (1024LL << 52)) >> 52) | TWO_52);
    EACH power[q] = power[q] - (4503599627370496.0 + 1024.0);
    EACH x[q] = (v)((bits[q] & 0xFFFFFFFFFFFFF) + HALF);
    EACH f[q] = (x[q] - 1.0) / (x[q] + 1.0);
    EACH g[q] = f[q] * f[q];
    EACH h[q] = g[q] * g[q];
    EACH k[q] = h[q] * h[q];
    EACH even[q] = 1.0 / 5 + g[q] * (1.0 / 7);
    EACH even[q] = (1.0 + g[q] * (1.0 / 3)) + h[q] * even[q];
    EACH odd[q] = 1.0 / 13 + g[q] * (1.0 / 15);
    EACH odd[q] = (1.0 / 9 + g[q] * (1.0 / 11)) + h[q] * odd[q];
    EACH last[q] = 1.0 / 17 + g[q] * (1.0 / 19);
    EACH odd[q] = odd[q] + k[q] * last[q];
    EACH even[q] = even[q] + k[q] * odd[q];
    EACH x[q] = power[q] * 0.6931471805599453 + 2.0 * f[q] * even[q];
}

INLINE void cosine_turn(v u[Q]) {
    v z[Q], sine[Q];
    EACH u[q] = 3.141592653589793 * (u[q] - 0.5);
    EACH z[q] = u[q] * u[q];
    EACH sine[q] = 1.0 / 355687428096000 - z[q] / 121645100408832000.0;
    EACH sine[q] = -1.0 / 1307674368000 + z[q] * sine[q];
    EACH sine[q] = 1.0 / 6227020800 + z[q] * sine[q];
    EACH sine[q] = -1.0 / 39916800 + z[q] * sine[q];
    EACH sine[q] = 1.0 / 362880 + z[q] * sine[q];
    EACH sine[q] = -1.0 / 5040 + z[q] * sine[q];
    EACH sine[q] = 1.0 / 120 + z[q] * sine[q];
    EACH sine[q] = -1.0 / 6 + z[q] * sine[q];
    EACH sine[q] = u[q] * (1.0 + z[q] * sine[q]);
    EACH u[q] = 2.0 * sine[q] * sine[q] - 1.0;
}

/* Overwrites `a`, the first of two uniforms, with a normal deviate. */
INLINE void normal(v a[Q], v b[Q]) {
    logarithm(a);
    cosine_turn(b);
    EACH a[q] = root(-2.0 * a[q]);
    EACH a[q] = a[q] * b[q];
}

INLINE void chance(v hazard[Q]) {
    EACH hazard[q] = -hazard[q];
    exponential(hazard);
    EACH hazard[q] = 1.0 - hazard[q];
}

INLINE void logistic(v x[Q]) {
    EACH x[q] = -x[q];
    exponential(x);
    EACH x[q] = 1.0 / (1.0 + x[q]);
}

INLINE void logistic_above(v x[Q]) {
    EACH x[q] = -x[q];
    above(x);
    EACH x[q] = 1.0 / (1.0 + 1.0 / 1.062 * x[q]);
}

INLINE void tangent(v x[Q]) {
    EACH x[q] = 2.0 * x[q];
    exponential(x);
    EACH x[q] = 1.0 - 2.0 / (x[q] + 1.0);
}

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
    v u[4][Q];
    for (int w = 0; w < L; w++) s->id[w / W][w % W] = first + (uint64_t)w;
    for (int n = 0; n < PARAMETERS; n++) {
        EACH s->p[n][q] = all(f->low[n]);
        if (f->high[n] == f->low[n]) continue;
        draw(u, f->key, f->parameter_number[n], 0, 0, s->id);
        EACH s->p[n][q] = f->low[n] + (f->high[n] - f->low[n]) * u[0][q];
    }
    for (int a = 0; a < N; a++) {
        for (int k = 0; k < K; k++) {
            EACH s->force[a][k][q] = all(f->force[a][k]);
            EACH s->control[a][k][q] = all(f->control[a][k]);
        }
        draw(u, f->key, f->number[EFFECTIVENESS], 0, place(f->actor_uid[a], 0, 0), s->id);
        normal(u[0], u[1]);
        EACH s->skill[a][q] = f->effectiveness[a] + f->effectiveness_sd * u[0][q];
    }
    for (int a = 0; a < N; a++)
        for (int b = 0; b < N; b++) {
            if (a == b) continue;
            draw(u, f->key, f->number[BELIEF], 0, place(f->actor_uid[a], f->actor_uid[b], 0),
                 s->id);
            normal(u[0], u[1]);
            EACH s->belief[a][b][q] = s->skill[b][q] - s->skill[a][q];
            EACH s->belief[a][b][q] += f->belief_sd * u[0][q];
        }
}

static void production(World *s, const Fixed *f, int t) {
    const int here = t % S;
    for (int a = 0; a < N; a++) {
        v wars[Q], total[Q], u[4][Q], room[Q];
        for (int q = 0; q < Q; q++) {
            wars[q] = total[q] = all(0.0);
            for (int b = 0; b < N; b++) wars[q] += s->at_war[a][b][q];
            for (int k = 0; k < K; k++) {
                const v force = s->force[a][k][q] + s->transit[here][a][k][q];
                s->force[a][k][q] = force;
                s->transit[here][a][k][q] = all(0.0);
                v inbound = all(0.0);
                for (int slot = 0; slot < S; slot++) inbound += s->transit[slot][a][k][q];
                s->inbound[a][k][q] = inbound;
                total[q] += force + inbound;
            }
        }
        draw(u, f->key, f->number[PRODUCTION], (uint64_t)t, place(f->actor_uid[a], 0, 0), s->id);
        normal(u[0], u[1]);
        EACH u[0][q] = s->p[PRODUCTION_NOISE][q] * u[0][q];
        exponential(u[0]);
        EACH room[q] = 1.0 - total[q] / f->ceiling[a];
        EACH room[q] = greater(room[q], all(0.0));
        for (int q = 0; q < Q; q++) {
            const v effort = pick(wars[q] > 0.0, all(1.0), s->p[PEACE_EFFORT][q]);
            const v more = f->growth[a] * effort * room[q] * u[0][q];
            s->force[a][f->home[a]][q] += more;
            s->produced[a][q] += more;
            s->total[a][q] = total[q] + more;
            s->wars[a][q] = wars[q];
        }
    }
}

static void movement(World *s, const Fixed *f, int t) {
    v pace[Q];
    EACH pace[q] = s->p[MOBILITY][q];
    chance(pace);
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
                surplus[k] = greater(spare, all(0.0));
                pull[k] = greater(lacking, all(0.0));
            }
            for (int sweep = 0; sweep < 2; sweep++)
                for (int k = 0; k < K; k++) {
                    v most = pull[k];
                    for (int n = 0; n < D && f->neighbours[k][n] >= 0; n++) {
                        const v beyond = through * pull[f->neighbours[k][n]];
                        most = greater(most, beyond);
                    }
                    pull[k] = most;
                }
            for (int k = 0; k < K; k++) {
                v spare = surplus[k], left = force[k];
                for (int n = 0; n < D && f->neighbours[k][n] >= 0; n++) {
                    const int64_t other = f->neighbours[k][n];
                    const int slot = (t + (int)(f->lane_weeks[k][other] + 0.5)) % S;
                    const v carried = all(f->capacity[k][other]);
                    v moved = pace[q] * lesser(spare, pull[other]);
                    moved = lesser(moved, carried);
                    spare -= moved;
                    left -= moved;
                    s->transit[slot][a][other][q] += moved;
                }
                s->force[a][k][q] = left;
            }
        }
}

INLINE v engaged(v own, v foe, v present) {
    return own * foe / greater(present, all(1e-9));
}

INLINE void lost(v shock[Q], const World *s, const v own[Q], const v odds[Q]) {
    EACH shock[q] = shock[q] - s->p[ATTRITION_EXPONENT][q] * odds[q];
    exponential(shock);
    EACH shock[q] = s->p[ATTRITION_RATE][q] * own[q] * shock[q];
    for (int q = 0; q < Q; q++) {
        const v limit = s->p[MOST_LOSSES][q] * own[q];
        shock[q] = lesser(shock[q], limit);
    }
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
    v before[N][K][Q], enemies[N][K][Q], u[4][Q], left[Q], right[Q], odds[Q], minus[Q], push[Q];
    memcpy(before, s->force, sizeof before);
    for (int a = 0; a < N; a++) {
        if (!belligerents[a]) continue;
        memset(enemies[a], 0, sizeof enemies[a]);
        for (int b = 0; b < N; b++)
            for (int k = 0; s->fighting[a][b] && k < K; k++)
                EACH enemies[a][k][q] += s->at_war[a][b][q] * before[b][k][q];
    }
    for (int n = 0; n < count; n++) {
        const int a = pairs[n][0], b = pairs[n][1];
        for (int k = 0; k < K; k++) {
            vi met = {0};
            for (int q = 0; q < Q; q++) {
                const v war = s->at_war[a][b][q];
                const v one = war * engaged(before[a][k][q], before[b][k][q], enemies[a][k][q]);
                const v other = war * engaged(before[b][k][q], before[a][k][q], enemies[b][k][q]);
                const vi meet = lesser(one, other) > s->p[LEAST_ENGAGED][q];
                left[q] = pick(meet, one, all(0.0)), right[q] = pick(meet, other, all(0.0));
                met |= meet;
            }
            if (!any(met)) continue;
            draw(u, f->key, f->number[COMBAT], (uint64_t)t,
                 place(f->actor_uid[a], f->actor_uid[b], f->theatre_uid[k]), s->id);
            EACH odds[q] = pick(left[q] > s->p[LEAST_ENGAGED][q], left[q], s->p[LEAST_ENGAGED][q]);
            EACH push[q] = pick(right[q] > s->p[LEAST_ENGAGED][q], right[q], s->p[LEAST_ENGAGED][q]);
            logarithm(odds);
            logarithm(push);
            EACH odds[q] = odds[q] - push[q] + s->skill[a][q] - s->skill[b][q];
            EACH minus[q] = -odds[q];
            normal(u[0], u[1]);
            normal(u[2], u[3]);
            EACH u[0][q] = s->p[ATTRITION_NOISE][q] * u[0][q];
            EACH u[2][q] = s->p[ATTRITION_NOISE][q] * u[2][q];
            lost(u[0], s, left, odds);
            lost(u[2], s, right, minus);
            EACH push[q] = pick(odds[q] > 0.0, odds[q], minus[q]) - s->p[DEFENDER_ADVANTAGE][q];
            EACH push[q] = greater(push[q], all(0.0));
            tangent(push);
            for (int q = 0; q < Q; q++) {
                s->force[a][k][q] -= u[0][q];
                s->force[b][k][q] -= u[2][q];
                s->losses[a][q] += u[0][q];
                s->losses[b][q] += u[2][q];
                v gain = s->p[ADVANCE_SPEED][q] / f->depth[k] * push[q];
                gain = pick(odds[q] > 0.0, gain, -gain);
                gain = pick(left[q] > 0.0, gain, all(0.0));
                const v mine = s->control[a][k][q], theirs = s->control[b][k][q];
                gain = lesser(gain, theirs);
                gain = greater(gain, -mine);
                s->control[a][k][q] = mine + gain;
                s->control[b][k][q] = theirs - gain;
            }
        }
    }
}

static void war_or_peace(World *s, int a, int b, int w, double war, double pact) {
    const double change = war - get(s->at_war[a][b], w);
    s->fighting[a][b] += (int)change, s->fighting[b][a] += (int)change;
    set(s->at_war[a][b], w, war), set(s->at_war[b][a], w, war);
    set(s->pact[a][b], w, pact), set(s->pact[b][a], w, pact);
}

/* Turns the chance of success into ln of the hazard of a plan against one theatre. */
INLINE void log_hazard_there(v chance[Q], const World *s, const v prize[Q], const v cost[Q]) {
    v failing[Q];
    EACH failing[q] = s->p[FAILURE_WEIGHT][q] * (1.0 - chance[q]);
    EACH chance[q] = prize[q] * chance[q];
    EACH chance[q] = chance[q] - failing[q] - cost[q];
    EACH chance[q] = pick(chance[q] < s->p[MOST_UTILITY][q], chance[q], s->p[MOST_UTILITY][q]);
    EACH chance[q] = s->p[STRIKE_BASE][q] + chance[q];
}

/* The hazard of a plan of a against b. */
static void weigh(v hazard[Q], const World *s, const Fixed *f, v near[N][K][Q], int a, int b,
                  const v cost[Q]) {
    EACH hazard[q] = all(0.0);
    for (int k = 0; k < K; k++) {
        v part[Q], prize[Q];
        EACH part[q] = near[a][k][q] - near[b][k][q];
        EACH part[q] = s->p[SUCCESS_SLOPE][q] * (part[q] - s->belief[a][b][q]);
        logistic(part);
        const double value = f->hostility[a][b] * f->stake[a][k];
        EACH prize[q] = s->p[GAIN_WEIGHT][q] * value * s->control[b][k][q];
        log_hazard_there(part, s, prize, cost);
        exponential(part);
        EACH hazard[q] += part[q];
    }
}

/* No less than that, from the best of every theatre. */
INLINE void most_hazard(v hazard[Q], const World *s, const Fixed *f, int a, int b,
                        const v ahead[Q], const v best[Q], const v cost[Q]) {
    v prize[Q];
    EACH hazard[q] = s->p[SUCCESS_SLOPE][q] * (ahead[q] - s->belief[a][b][q]);
    logistic_above(hazard);
    EACH prize[q] = s->p[GAIN_WEIGHT][q] * f->hostility[a][b] * best[q];
    log_hazard_there(hazard, s, prize, cost);
    above(hazard);
    EACH hazard[q] = (double)K * hazard[q];
}

INLINE v planned(v before, v peace, vi begins, v weeks) {
    v left = before - 1.0;
    left = greater(left, all(0.0));
    return pick(begins & (peace > 0.0) & (before == 0.0), weeks, left);
}

static void strikes(World *s, const Fixed *f, int t) {
    v near[N][K][Q];
    for (int a = 0; a < N; a++) {
        for (int q = 0; q < Q; q++) {
            v force[K];
            for (int k = 0; k < K; k++) force[k] = s->force[a][k][q];
            for (int k = 0; k < K; k++) {
                v sum = all(0.0);
                for (int other = 0; other < K; other++) sum += f->reach[k][other] * force[other];
                near[a][k][q] = sum + 1.0;
            }
        }
        for (int k = 0; k < K; k++) logarithm(near[a][k]);
    }
    for (int a = 0; a < N; a++)
        for (int b = a + 1; b < N; b++) {
            const uint64_t where = place(f->actor_uid[a], f->actor_uid[b], 0);
            vi blow_a[Q], blow_b[Q], blows = {0}, likely = {0}, planning = {0};
            v u[4][Q], hazard_a[Q], hazard_b[Q], cost_a[Q], cost_b[Q];
            v ahead_a[Q], ahead_b[Q], best_a[Q], best_b[Q];
            for (int q = 0; q < Q; q++) {
                const v breach = s->p[BREACH_COST][q] * s->pact[a][b][q];
                cost_a[q] = s->p[TWO_FRONT_WEIGHT][q] * s->wars[a][q] + breach;
                cost_b[q] = s->p[TWO_FRONT_WEIGHT][q] * s->wars[b][q] + breach;
                v far_a = near[a][0][q] - near[b][0][q], far_b = -far_a;
                v prize_a = all(0.0), prize_b = all(0.0);
                for (int k = 0; k < K; k++) {
                    const v ahead = near[a][k][q] - near[b][k][q];
                    far_a = greater(far_a, ahead);
                    far_b = greater(far_b, -ahead);
                    prize_a = greater(prize_a, f->stake[a][k] * s->control[b][k][q]);
                    prize_b = greater(prize_b, f->stake[b][k] * s->control[a][k][q]);
                }
                ahead_a[q] = far_a, ahead_b[q] = far_b, best_a[q] = prize_a, best_b[q] = prize_b;
            }
            most_hazard(hazard_a, s, f, a, b, ahead_a, best_a, cost_a);
            most_hazard(hazard_b, s, f, b, a, ahead_b, best_b, cost_b);
            draw(u, f->key, f->number[STRIKES], (uint64_t)t, where, s->id);
            for (int q = 0; q < Q; q++) {
                const vi free_a = s->plan[a][b][q] == 0.0, free_b = s->plan[b][a][q] == 0.0;
                const vi may_a = (u[0][q] < hazard_a[q]) & free_a;
                const vi may_b = (u[1][q] < hazard_b[q]) & free_b;
                likely |= (s->at_war[a][b][q] == 0.0) & (may_a | may_b);
                planning |= ~(free_a & free_b);
            }
            if (!any(likely | planning)) continue;
            EACH hazard_a[q] = hazard_b[q] = all(0.0);
            if (any(likely)) {
                weigh(hazard_a, s, f, near, a, b, cost_a);
                weigh(hazard_b, s, f, near, b, a, cost_b);
            }
            chance(hazard_a);
            chance(hazard_b);
            for (int q = 0; q < Q; q++) {
                const v peace = 1.0 - s->at_war[a][b][q];
                const v before_a = s->plan[a][b][q], before_b = s->plan[b][a][q];
                const v weeks = s->p[PLAN_WEEKS][q];
                const v after_a = planned(before_a, peace, u[0][q] < hazard_a[q], weeks);
                const v after_b = planned(before_b, peace, u[1][q] < hazard_b[q], weeks);
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
            v u[4][Q];
            draw(u, f->key, f->number[LEARNING], (uint64_t)t, where, s->id);
            normal(u[0], u[1]);
            normal(u[2], u[3]);
            for (int q = 0; q < Q; q++) {
                const v truth = s->skill[b][q] - s->skill[a][q], rate = s->p[LEARNING_RATE][q];
                const v error = s->p[INTELLIGENCE_ERROR][q];
                const v one = s->belief[a][b][q], other = s->belief[b][a][q];
                s->belief[a][b][q] = one + rate * (truth + error * u[0][q] - one);
                s->belief[b][a][q] = other + rate * (-truth + error * u[2][q] - other);
            }
        }
}

static void treaties(World *s, const Fixed *f, int t) {
    v fear[N][Q], lapses[Q];
    EACH lapses[q] = s->p[PACT_LAPSE][q];
    chance(lapses);
    for (int a = 0; a < N; a++)
        for (int q = 0; q < Q; q++) {
            v sum = all(0.0);
            for (int m = 0; m < N; m++) sum += f->hostility[m][a] * s->total[m][q];
            const v ratio = sum / (s->total[a][q] + 1.0), most = s->p[MOST_EXPOSURE][q];
            fear[a][q] = lesser(ratio, most);
        }
    for (int a = 0; a < N; a++)
        for (int b = a + 1; b < N; b++) {
            const uint64_t where = place(f->actor_uid[a], f->actor_uid[b], 0);
            const double hostilities = f->hostility[a][b] + f->hostility[b][a];
            vi signs[Q], ends[Q], peaces[Q], events = {0}, likely = {0};
            v u[4][Q], odds[Q], signing[Q], ending[Q];
            draw(u, f->key, f->number[TREATIES], (uint64_t)t, where, s->id);
            for (int q = 0; q < Q; q++)
                odds[q] = 2.0 * s->p[PACT_BASE][q] +
                          s->p[PACT_EXPOSURE][q] * (fear[a][q] + fear[b][q]) -
                          s->p[PACT_CLAIM][q] * hostilities;
            EACH signing[q] = odds[q];
            above(signing);
            for (int q = 0; q < Q; q++) {
                const vi free = (s->at_war[a][b][q] == 0.0) & (s->pact[a][b][q] == 0.0);
                likely |= free & (u[0][q] < signing[q] / s->p[MONTH_WEEKS][q]);
                signing[q] = all(0.0);
            }
            if (any(likely)) {
                logistic(odds);
                EACH signing[q] = 1.0 - lesser(odds[q], s->p[MOST_MONTHLY][q]);
                logarithm(signing);
                EACH signing[q] = -signing[q] / s->p[MONTH_WEEKS][q];
                chance(signing);
            }
            if (s->fighting[a][b]) {
                for (int q = 0; q < Q; q++) {
                    v tired = s->losses[a][q] / (s->total[a][q] + 1.0);
                    tired += s->losses[b][q] / (s->total[b][q] + 1.0);
                    ending[q] = s->p[PEACE_BASE][q] + s->p[PEACE_WEIGHT][q] * tired;
                }
                exponential(ending);
                chance(ending);
            }
            for (int q = 0; q < Q; q++) {
                const v war = s->at_war[a][b][q], pact = s->pact[a][b][q];
                signs[q] = (war == 0.0) & (pact == 0.0) & (u[0][q] < signing[q]);
                ends[q] = (pact > 0.0) &
                          ((all(t) > s->expires[a][b][q]) | (u[1][q] < lapses[q]));
                peaces[q] = (vi){0};
                if (s->fighting[a][b]) {
                    const vi old = all(t) - s->war_since[a][b][q] > s->p[LEAST_WAR_WEEKS][q];
                    peaces[q] = (war > 0.0) & old & (u[2][q] < ending[q]);
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
