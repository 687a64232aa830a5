"""What a caller in Python asks for, looked at before anything is played."""

from numbers import Integral
from typing import Any

from valsim.core.errors import SimulationError


def expect_whole(least: int, **numbers: Any) -> None:
    """Refuse numbers, by their name, that are not whole or below the least; nothing where none is given.

    >>> expect_whole(1, threads=2, chunk=None)
    >>> expect_whole(1, threads=0)
    Traceback (most recent call last):
    valsim.core.errors.SimulationError: threads: expected a whole number of at least 1, got 0
    """
    for name, number in numbers.items():
        if number is not None and not (isinstance(number, Integral) and int(number) >= least):
            raise SimulationError(f"{name}: expected a whole number of at least {least}, got {number!r}")


def expect_one_of(words: Any, **given: Any) -> None:
    """Refuse words, by their name, that are none of those there are; nothing where none is given.

    >>> expect_one_of(("pseudo", "sobol"), sampler="sobool")
    Traceback (most recent call last):
    valsim.core.errors.SimulationError: sampler: expected one of pseudo, sobol, got 'sobool'
    """
    for name, word in given.items():
        if word is not None and word not in tuple(words):
            raise SimulationError(f"{name}: expected one of {', '.join(words)}, got {word!r}")


def expect_callable(what: str, **given: Any) -> None:
    """Refuse what cannot be called, by its name; nothing where none is given.

    >>> expect_callable("what valsim.until makes", until="moic(me) +/- 1%")
    Traceback (most recent call last):
    valsim.core.errors.SimulationError: until: expected what valsim.until makes, got 'moic(me) +/- 1%'
    """
    for name, each in given.items():
        if each is not None and not callable(each):
            raise SimulationError(f"{name}: expected {what}, got {each!r}")
