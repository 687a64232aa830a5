"""What a run that was played until something is known came to, as plain data."""

from valsim.analysis.measured import Measured
from valsim.analysis.precision.precision import Precision
from valsim.analysis.precision.until import hopeless
from valsim.analysis.spread import Plain, number
from valsim.result import Result


def precision(result: Result) -> list[Plain]:
    """Give each number that a result was played for: the estimate, the error that was asked for, and how many paths it takes."""
    asked = [Precision.parse(text) for text in result.manifest.until]
    return [_told(each, each(result), result) for each in asked]


def _told(asked: Precision, found: Measured, result: Result) -> Plain:
    return {
        "text": asked.text,
        "counts": asked.formula.counts(result.scenario.currency),
        "mean": number(found.value),
        "standard_error": number(found.standard_error),
        "allowed": number(asked.allowed(found.value)),
        "reached": asked.reached(found),
        "paths": result.manifest.paths,
        "takes_paths": number(asked.takes(found, result.manifest.paths)),
        "more_paths_would_help": not (asked.reached(found) or hopeless(asked, found)),
    }
