"""Controls hand their scripts what those read, and nothing that only their form shows."""

import re

import pytest

from tests.report.sample_summary import sample_summary
from valsim.report.page import SECTIONS, asset

FOUND = [found for found in (build(sample_summary()) for build in SECTIONS) if found]
CONTROLS = {control.name: control for section in FOUND for control in section.controls}


@pytest.mark.parametrize("name", CONTROLS)
def test_a_control_hands_over_exactly_what_its_script_reads(name):
    control = CONTROLS[name]
    assert set(control.data) == set(re.findall(r"(?<![\w)]\.)\bdata\.(\w+)", asset(f"controls/{control.control}.js")))


@pytest.mark.parametrize("name", CONTROLS)
def test_no_key_of_a_form_is_handed_to_the_script_too(name):
    assert not set(CONTROLS[name].form) & set(CONTROLS[name].data)
