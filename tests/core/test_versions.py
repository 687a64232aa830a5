"""Versions of packages are those that are installed."""

import numpy as np

from valsim.core.versions import version


def test_a_version_is_that_of_the_package_that_is_imported() -> None:
    assert version("numpy") == np.__version__
