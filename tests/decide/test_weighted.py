import numpy as np
import pytest

from valsim.core.streams import BATCH, Streams
from valsim.decide.weighted import AS_EVER, Shifted, centres_of

CENTRES = {"parameter growth": 1.2, "parameter multiple": -0.4}


def shifted(seed: int = 3, batches: int = 8, copies: int = 1) -> Shifted:
    return Shifted(seed, 0, batches, batches * BATCH, copies, centres=CENTRES)


def test_weights_average_one_and_have_a_ceiling():
    weight = shifted().weight
    assert weight.max() <= 1 / AS_EVER
    assert weight.mean() == pytest.approx(1, abs=4 * weight.std() / np.sqrt(weight.size))


def test_a_lognormal_value_keeps_its_mean_and_loses_most_of_its_error():
    errors, sizes, plain = [], [], []
    for seed in range(100):
        streams = shifted(seed, batches=1)
        z = streams.normal("parameter growth")
        worth = streams.weight * np.exp(1.2 * z)
        sizes.append(worth.std() / np.sqrt(worth.size))
        errors.append(worth.mean() - np.exp(0.72))
        plain.append(np.exp(1.2 * Streams(seed, 0, 1, BATCH).normal("parameter growth")).std() / np.sqrt(BATCH))
    assert 0.90 <= np.mean(np.abs(errors) < 1.96 * np.array(sizes)) <= 1.0
    assert abs(np.mean(errors)) < 3 * np.mean(sizes) / 10
    assert np.mean(sizes) < 0.5 * np.mean(plain)


def test_other_streams_and_the_part_that_is_drawn_as_ever_are_those_of_plain_paths():
    streams, plain = shifted(), Streams(3, 0, 8, 8 * BATCH)
    assert (streams.normal("shock arr") == plain.normal("shock arr")).all()
    same = streams.normal("parameter growth") == plain.normal("parameter growth")
    assert same.mean() == pytest.approx(AS_EVER, abs=0.01)


def test_every_copy_of_a_path_has_its_numbers_and_its_weight():
    one, two = shifted(), shifted(copies=2)
    assert (two.normal("parameter growth") == np.tile(one.normal("parameter growth"), 2)).all()
    assert (two.weight == np.tile(one.weight, 2)).all()


def test_without_any_value_nothing_is_shifted():
    assert centres_of({"parameter growth": np.ones(4)}, np.zeros(4)) == {}
