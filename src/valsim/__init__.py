"""Valuation scenario simulator for staged venture financings.

The public names are loaded when they are first used, so that ``import valsim`` costs next to nothing.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from valsim.analysis.comparison.compare import Comparison, compare
    from valsim.analysis.precision.until import Until, until
    from valsim.analysis.right_to_walk.decide import RightToWalk, decide
    from valsim.analysis.solving.solve import Solution, solve
    from valsim.analysis.stories.stories import stories
    from valsim.analysis.sweep.sweep import Sweep, sweep
    from valsim.contract.break_even import break_even_valuation
    from valsim.contract.close_round import close_round
    from valsim.contract.closed_round import ClosedRound
    from valsim.contract.waterfall import Waterfall, waterfall
    from valsim.decide.fair_value import fair_value
    from valsim.drivers.process import Process
    from valsim.result import Result
    from valsim.saved.run import SavedRun, read_run
    from valsim.saved.save import save
    from valsim.scenario.dump import dump
    from valsim.scenario.load import load
    from valsim.scenario.model import Scenario
    from valsim.simulate import simulate
    from valsim.value.fair_value.by_class import FairValue

__version__ = "0.1.0"
__all__ = [
    "ClosedRound",
    "Comparison",
    "FairValue",
    "Process",
    "Result",
    "RightToWalk",
    "SavedRun",
    "Scenario",
    "Solution",
    "Sweep",
    "Until",
    "Waterfall",
    "__version__",
    "break_even_valuation",
    "close_round",
    "compare",
    "decide",
    "dump",
    "fair_value",
    "load",
    "read_run",
    "save",
    "simulate",
    "solve",
    "stories",
    "sweep",
    "until",
    "waterfall",
]

_HOMES = {
    "ClosedRound": "valsim.contract.closed_round",
    "Comparison": "valsim.analysis.comparison.compare",
    "FairValue": "valsim.value.fair_value.by_class",
    "Process": "valsim.drivers.process",
    "Result": "valsim.result",
    "RightToWalk": "valsim.analysis.right_to_walk.decide",
    "SavedRun": "valsim.saved.run",
    "Scenario": "valsim.scenario.model",
    "Solution": "valsim.analysis.solving.solve",
    "Sweep": "valsim.analysis.sweep.sweep",
    "Until": "valsim.analysis.precision.until",
    "Waterfall": "valsim.contract.waterfall",
    "break_even_valuation": "valsim.contract.break_even",
    "close_round": "valsim.contract.close_round",
    "compare": "valsim.analysis.comparison.compare",
    "decide": "valsim.analysis.right_to_walk.decide",
    "dump": "valsim.scenario.dump",
    "fair_value": "valsim.decide.fair_value",
    "load": "valsim.scenario.load",
    "read_run": "valsim.saved.run",
    "save": "valsim.saved.save",
    "simulate": "valsim.simulate",
    "solve": "valsim.analysis.solving.solve",
    "stories": "valsim.analysis.stories.stories",
    "sweep": "valsim.analysis.sweep.sweep",
    "until": "valsim.analysis.precision.until",
    "waterfall": "valsim.contract.waterfall",
}


class _Package(ModuleType):
    """Keeps ``valsim.simulate`` the function: importing the module of that name would put itself in its place."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'valsim' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


sys.modules[__name__].__class__ = _Package
