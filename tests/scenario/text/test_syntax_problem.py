"""What is no YAML is told in plain words, at the place that has to be mended."""

import pytest

from valsim.core.errors import ScenarioError
from valsim.scenario.load import parse_document

QUOTE = "write '' for an apostrophe inside, or put the text in double quotes"


def told(text: str) -> tuple[str, str]:
    """The first line of what is told, and the advice."""
    with pytest.raises(ScenarioError) as caught:
        parse_document(text, "x")
    lines = str(caught.value).splitlines()
    return lines[0], next((line.partition("help: ")[2] for line in lines if "help: " in line), "")


@pytest.mark.parametrize(
    ("text", "first", "advice"),
    [
        ("a: 1\nb: 'x\nc: 2\nd: 3\n", "x:2:4  this quote is never closed", "close it, or leave out the quote"),
        ('a: 1\nb: "x\nc: 2\n', "x:2:4  this quote is never closed", "close it, or leave out the quote"),
        ("a: 'x\nc: 2\nd: 'y'\n", "x:1:4  this quote is closed only in line 3", "close it where its text ends"),
        ("a: 'Ada's'\n", "x:1:9  the text in quotes ends before this: a ' inside it closes it", QUOTE),
        ("a: {b: 'Ada's fund', c: 3}\n", "x:1:13  the text in quotes ends before this: a ' inside it closes it", QUOTE),
        (
            'a: "the "new" one"\n',
            'x:1:10  the text in quotes ends before this: a " inside it closes it',
            'write \\" for a quote inside, or put the text in single quotes',
        ),
    ],
)
def test_a_quote_is_told_where_it_opens_or_closes_too_early(text: str, first: str, advice: str) -> None:
    assert told(text) == (first, advice)


@pytest.mark.parametrize(
    ("text", "first", "advice"),
    [
        (
            "a:\n  b: 1\n c: 2\n",
            "x:3:2  this line is indented by 1 blank, unlike all that it may belong to",
            "indent it by 2 like line 2 or by 0 like line 1",
        ),
        (
            "a:\n  b: 1\n   c: 2\n",
            "x:3:4  this line is indented by 3 blanks, unlike all that it may belong to",
            "indent it by 2 like line 2 or by 0 like line 1",
        ),
        (
            "a:\n  - b: 1\n\n    # why\n    c: 2\n   - b: 2\n",
            "x:6:4  this line is indented by 3 blanks, unlike all that it may belong to",
            "indent it by 4 like line 5, by 2 like line 2 or by 0 like line 1",
        ),
        (
            "a:\n  - b: 1\n  c: 2\n",
            "x:3:3  expected an item of the list that starts in line 2, which begins with -",
            "write - in front, or indent it by 4 blanks to go on with the item above",
        ),
    ],
)
def test_a_line_that_is_indented_otherwise_is_told_with_the_indentations_above_it(
    text: str, first: str, advice: str
) -> None:
    assert told(text) == (first, advice)


@pytest.mark.parametrize("text", ["* 0.85", "*0.85", "& b", "> 5 USD", ">= 5 USD", "| b", "@b", "%5", "* 0.85 # why"])
def test_a_sign_that_yaml_keeps_for_itself_is_put_in_quotes(text: str) -> None:
    assert told(f"a: {text}") == (f"x:1:4  a text cannot start with '{text[0]}'", "put the text in quotes")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("a: {b: 1, c: 2\nd: 3\n", "x:2:2  expected a comma, or the bracket that closes the { in line 1, column 4"),
        ("a: [1, 2\nb: 3\n", "x:2:2  expected a comma, or the bracket that closes the [ in line 1, column 4"),
        ("a: {b: 1 c: 2}\n", "x:1:11  expected a comma, or the bracket that closes the { in line 1, column 4"),
        ("a: {b: 1}}\n", "x:1:10  this } closes nothing"),
        ("a: {b: 1} c\n", "x:1:11  expected the end of the line, or the next key"),
        ("a: {b: ,,}\n", "x:1:9  expected a value"),
        ("a: - b\n", "x:1:4  a list cannot start here"),
        ('a: "x\\q"\n', "x:1:6  this is no escape of YAML"),
        ("a: 1\nb\nc: 3\n", "x:2:1  expected a key with a colon and a value"),
    ],
)
def test_brackets_and_colons_that_are_missing_are_told_as_such(text: str, first: str) -> None:
    assert told(text)[0] == first


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ('{\n  // the cap table\n  "a": 1\n}\n', "x:2:3  // opens no comment"),
        ('{"a": 1, /* why */\n "b": 2}\n', "x:1:10  /* opens no comment"),
        ('{"a": 1, // why\n "b": 2}\n', "x:1:10  // opens no comment"),
    ],
)
def test_a_comment_of_json_with_comments_is_told(text: str, first: str) -> None:
    assert told(text) == (first, "a comment begins with #")


def test_an_address_is_no_comment() -> None:
    assert told('a: "https://a.b/c" d\n')[0].startswith("x:1:20")
