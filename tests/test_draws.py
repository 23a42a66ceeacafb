"""Luck has an address: known answers, uniformity, independence, and no two addresses alike."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from twofront.engine import LANES, draw, philox, place, seed_key
from twofront.engine.run import _number
from twofront.mechanisms import ORDER_OF_THE_WEEK, constants

# Random123 1.09, tests/kat_vectors: counter, key, answer of philox4x32 with ten rounds.
KNOWN_ANSWERS = [
    ([0x00000000] * 4, [0x00000000] * 2, [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]),
    ([0xFFFFFFFF] * 4, [0xFFFFFFFF] * 2, [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]),
    (
        [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
        [0xA4093822, 0x299F31D0],
        [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1],
    ),
]
UID = st.integers(0, 255)


def uniforms(mechanism=7, steps=2000, first_step=0, uid=1, first_world=0, seed=3) -> np.ndarray:
    """[steps, 4, LANES] draws of one mechanism and actor over many steps."""
    luck, key = np.zeros((4, LANES)), seed_key(seed)
    worlds = np.arange(first_world, first_world + LANES, dtype=np.uint32)
    where = place(uid, 0, 0, 0)
    out = np.empty((steps, 4, LANES))
    for n in range(steps):
        draw(luck, key, mechanism, first_step + n, where, worlds)
        out[n] = luck
    return out


@pytest.fixture(scope="module")
def sample() -> np.ndarray:
    return uniforms()


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_philox_gives_the_known_answers_of_random123(counter, key, answer):
    words = [np.uint64(x) for x in (*counter, *key)]
    assert [int(x) for x in philox(*words)] == answer
    assert [int(x) for x in philox.py_func(*words)] == answer


def test_draws_are_those_of_the_known_answers_scaled_into_the_open_unit_interval():
    luck = np.zeros((4, LANES))
    draw(luck, np.zeros(2, np.uint32), 0, 0, place(0, 0, 0, 0), np.zeros(LANES, np.uint32))
    expected = (np.array(KNOWN_ANSWERS[0][2]) + 0.5) / 2.0**32
    assert np.array_equal(luck, np.repeat(expected[:, None], LANES, axis=1))
    assert 0.0 < 0.5 / 2.0**32
    assert (2.0**32 - 1 + 0.5) / 2.0**32 < 1.0


def test_draws_are_uniform(sample):
    counts = np.bincount((sample.ravel() * 256).astype(int), minlength=256)
    expected = sample.size / 256
    chi2 = float(((counts - expected) ** 2 / expected).sum())
    # Seed fixed; a fresh seed would fall outside 2 times in 10,000.
    assert 1e-4 < stats.chi2.sf(chi2, 255) < 1 - 1e-4


@pytest.mark.parametrize(
    "neighbour",
    [
        {"mechanism": 8},
        {"first_step": 1},
        {"uid": 2},
        {"first_world": 1},
        {"first_world": LANES},
        {"seed": 4},
        {"seed": 3 + (1 << 32)},
    ],
    ids=lambda change: "-".join(map(str, *change.items())),
)
def test_neighbouring_addresses_are_independent(sample, neighbour):
    other = uniforms(**neighbour)
    z = np.corrcoef(sample.ravel(), other.ravel())[0, 1] * np.sqrt(sample.size)
    assert abs(z) < 4  # seed fixed; a fresh seed would fail 1 time in 16,000
    # ... and jointly: the pair falls evenly into an 8 by 8 table, which a correlation could miss.
    cells = np.bincount(
        (sample.ravel() * 8).astype(int) * 8 + (other.ravel() * 8).astype(int), minlength=64
    )
    expected = sample.size / 64
    chi2 = float(((cells - expected) ** 2 / expected).sum())
    assert 1e-4 < stats.chi2.sf(chi2, 63) < 1 - 1e-4


def test_the_four_words_of_one_address_are_independent(sample):
    rows = sample.transpose(1, 0, 2).reshape(4, -1)
    z = np.corrcoef(rows) * np.sqrt(rows.shape[1])
    assert np.abs(z[np.triu_indices(4, 1)]).max() < 4  # six pairs: 1 seed in 2,600 would fail


def test_no_two_addresses_give_the_same_word(sample):
    words = np.round(sample * 2.0**32 - 0.5).astype(np.uint64)
    pairs = (words[:, 0] << np.uint64(32)) | words[:, 1]
    # 32,000 words of 64 bits: chance of one coincidence 3e-11.
    assert len(np.unique(pairs)) == pairs.size


@given(first=UID, second=UID, third=UID, part=UID)
@settings(max_examples=200, deadline=None)
def test_a_place_tells_its_three_uids_and_its_part_apart(first, second, third, part):
    word = int(place(first, second, third, part))
    assert [(word >> shift) & 255 for shift in (0, 8, 16, 24)] == [first, second, third, part]


def test_every_law_and_every_parameter_has_its_own_luck():
    names = [f"parameter:{name}" for name in constants()]
    names += ["effectiveness", "belief", "belief offset"]
    numbers = [law.number for law in ORDER_OF_THE_WEEK] + [_number(name) for name in names]
    assert len(set(numbers)) == len(numbers)
    assert all(0 <= number < 2**32 for number in numbers)


def test_a_seed_uses_all_its_64_bits():
    assert seed_key(0x0123456789ABCDEF).tolist() == [0x89ABCDEF, 0x01234567]
