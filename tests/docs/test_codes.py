"""Every code of a problem is explained on the page for those who read problems by program."""

import re

from tests.architecture.problem_codes import codes
from tests.docs.blocks import ROOT


def test_every_code_is_on_the_page_and_no_other():
    page = (ROOT / "docs" / "how-to" / "check.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == codes()
