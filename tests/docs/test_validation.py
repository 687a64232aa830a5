"""The table of published figures says what the tests of published cases find today."""

from importlib.util import module_from_spec, spec_from_file_location

from tests.docs.blocks import ROOT


def test_the_table_is_up_to_date():
    spec = spec_from_file_location("validation", ROOT / "docs" / "validation.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.PAGE.read_text("utf-8") == module.page(), "python docs/validation.py brings it up to date"
