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
def sign(a, b, w, week, pact, pact_expires, denounced, first_pact, expires):
    """A pact between the two is in force until `expires` (week)."""
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
def break_word(a, b, w, weight, hearsay, broken):
    """`a` breaks its word to `b`: `b` remembers it in full, everybody else by hearsay."""
    for m in range(broken.shape[0]):
        if m != a:
            broken[m, a, w] += weight if m == b else hearsay * weight


@kernel
def keep_word(a, b, w, hearsay, kept):
    """`a` keeps its word to `b`: `b` remembers it in full, everybody else by hearsay."""
    for m in range(kept.shape[0]):
        if m != a:
            kept[m, a, w] += 1.0 if m == b else hearsay
