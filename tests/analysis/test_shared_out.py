"""Analyses that are shared out among workers."""

import os

import pytest

import valsim
from tests.companies import lively
from valsim.analysis import shared_out as module
from valsim.analysis.shared_out import shared_out
from valsim.analysis.summary import summary
from valsim.result import Result


def process(result: Result) -> int:
    """The process that the analysis is made in."""
    del result
    return os.getpid()


def paths(result: Result) -> int:
    return result.manifest.paths


def test_few_paths_are_looked_at_here():
    result = valsim.simulate(lively(), paths=20, threads=2)
    assert shared_out((process, paths), result) == {process: os.getpid(), paths: 20}


def test_many_paths_are_looked_at_by_as_many_workers_as_played_them(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MANY", 20)
    monkeypatch.setattr(module, "processors", lambda: 2)
    alone, both = (valsim.simulate(lively(), paths=20, threads=threads) for threads in (1, 2))
    assert shared_out((process,), alone)[process] == os.getpid()
    assert shared_out((process,), both)[process] != os.getpid()


def test_a_summary_is_the_same_however_it_is_shared_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "processors", lambda: 2)
    result = valsim.simulate(lively(), paths=600, threads=2)
    alone = summary(result)
    monkeypatch.setattr(module, "MANY", 600)
    assert summary(result) == alone
