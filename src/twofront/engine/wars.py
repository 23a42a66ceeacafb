"""Going to war, making peace, giving one's word: the state that changes, whoever decides it."""

from .lanes import kernel


@kernel
def go_to_war(
    a, b, w, week, at_war, aggressor, war_since, surprise_now, pact, denounced, plan, first_war,
    in_some_world, war_somewhere,
):  # fmt: skip
    """`a` is from now on at war with `b`, as the one who began it; no pact or plan survives."""
    in_some_world[a, b] = 1.0
    in_some_world[b, a] = 1.0
    war_somewhere[a] = 1.0
    war_somewhere[b] = 1.0
    at_war[a, b, w] = 1.0
    at_war[b, a, w] = 1.0
    aggressor[a, b, w] = 1.0
    aggressor[b, a, w] = 0.0
    war_since[a, b, w] = week
    war_since[b, a, w] = week
    surprise_now[a, b, w] = 0.0
    surprise_now[b, a, w] = 0.0
    pact[a, b, w] = 0.0
    pact[b, a, w] = 0.0
    denounced[a, b, w] = 0.0
    denounced[b, a, w] = 0.0
    plan[a, b, w] = 0.0
    plan[b, a, w] = 0.0
    if first_war[a, b, w] < 0.0:
        first_war[a, b, w] = week
        first_war[b, a, w] = week


@kernel
def end_war(a, b, w, at_war, aggressor):
    """The two are no longer at war."""
    at_war[a, b, w] = 0.0
    at_war[b, a, w] = 0.0
    aggressor[a, b, w] = 0.0
    aggressor[b, a, w] = 0.0


@kernel
def break_word(a, b, w, weight, hearsay, broken):
    """`a` breaks its word to `b`: `b` remembers it in full, everybody else by hearsay."""
    for m in range(broken.shape[0]):
        if m != a:
            broken[m, a, w] += weight if m == b else hearsay * weight


@kernel
def sign(
    a, b, w, week, pact, pact_expires, denounced, first_pact, expires, hostility, attack_tie,
    aligned, broken, betrayal_claim, breach_cases, hearsay,
):  # fmt: skip
    """A pact between the two is in force until `expires` (week).

    Who signs with the prey of a power aligned with him betrays it: the alignment ends, and the
    betrayed remembers.
    """
    for turn in range(2):
        i = a if turn == 0 else b
        j = b if turn == 0 else a
        for m in range(pact.shape[0]):
            if m == i or m == j or hostility[m, j] < betrayal_claim:
                continue
            tie = max(aligned[m, i, w] * attack_tie[m, i], aligned[i, m, w] * attack_tie[i, m])
            if tie > 0.0:
                aligned[m, i, w] = 0.0
                aligned[i, m, w] = 0.0
                break_word(i, m, w, breach_cases * min(1.0, 3.0 * tie), hearsay, broken)
    pact[a, b, w] = 1.0
    pact[b, a, w] = 1.0
    pact_expires[a, b, w] = expires
    pact_expires[b, a, w] = expires
    denounced[a, b, w] = 0.0
    denounced[b, a, w] = 0.0
    if first_pact[a, b, w] < 0.0:
        first_pact[a, b, w] = week
        first_pact[b, a, w] = week


@kernel
def keep_word(a, b, w, hearsay, kept):
    """`a` keeps its word to `b`: `b` remembers it in full, everybody else by hearsay."""
    for m in range(kept.shape[0]):
        if m != a:
            kept[m, a, w] += 1.0 if m == b else hearsay
