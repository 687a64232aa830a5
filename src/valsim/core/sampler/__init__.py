"""Samplers: how random numbers are drawn, and which paths depend on each other by that; one a file."""

from collections.abc import Mapping

from valsim.core.sampler.antithetic import ANTITHETIC
from valsim.core.sampler.base import Sampler, SamplerName
from valsim.core.sampler.pseudo import PSEUDO
from valsim.core.sampler.sobol import SOBOL

SAMPLERS: Mapping[str, Sampler] = {each.name: each for each in (PSEUDO, ANTITHETIC, SOBOL)}
"""The samplers there are, by the word of the document."""

__all__ = ["PSEUDO", "SAMPLERS", "Sampler", "SamplerName"]
