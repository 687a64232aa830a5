"""A table of cases."""

import pytest

from valsim.analysis.sweep.table import Row, read_table
from valsim.core.errors import ValsimError


@pytest.fixture
def table(tmp_path):
    def written(text: str):
        path = tmp_path / "cases.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_a_row_is_a_case_and_an_empty_cell_leaves_what_is_written(table) -> None:
    path = table('\ufeffcase,company.cash,drivers.arr.start\nrich,80M USD,\n\n,,"{low: 1, high: 2}"\n')
    assert read_table(path) == (
        Row("rich", {"company.cash": "80M USD"}),
        Row("row 3", {"drivers.arr.start": "{low: 1, high: 2}"}),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "names no input"),
        ("case\nrich\n", "names no input"),
        ("company.cash\n", "has no rows"),
        ("company.cash,\n1 USD,2\n", "a column without a name"),
        ("x,x\n1,2\n", "two columns x"),
        ("x,y\n1,2,3\n", "cases.csv:2 has 3 values and 2 heads: quote a value that holds a comma"),
        ("case;x\na;1\n", "cases.csv:1 parts its values by semicolons: save it with commas between them"),
        ("x\ty\n1\t2\n", "parts its values by tabs"),
        ("case,x\nrich,1\n\nrich,2\n", "cases.csv:2 names a case as another line does"),
        ('x\n"1\n', "is no table of values parted by commas"),
    ],
)
def test_what_is_no_table_is_told(text, told, table) -> None:
    with pytest.raises(ValsimError) as error:
        read_table(table(text))
    assert told in str(error.value)


def test_a_table_that_is_not_there_is_told(tmp_path) -> None:
    with pytest.raises(ValsimError, match="no such file"):
        read_table(tmp_path / "absent.csv")


def test_a_table_in_another_encoding_is_told(tmp_path) -> None:
    path = tmp_path / "cases.csv"
    path.write_bytes("case,x\nd\u00e9j\u00e0,1\n".encode("latin-1"))
    with pytest.raises(ValsimError, match=r"cases\.csv is no UTF-8 text: save it in the encoding UTF-8"):
        read_table(path)
