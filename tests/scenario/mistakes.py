"""Ways to put a mistake into the text of a scenario."""

import random
import re
from collections.abc import Callable

JUNK = (
    "1e400", "-1e400", ".nan", ".inf", "-1", "0", "1e-400", "007", "1_0", "1,000", "1.000,5", "0x10", "0o17", "1e9", "", "lots",
    "1e308", "-0.0", "9" * 400, "1 2", "½", "٣", "²", "1__0", "+5", "1.", ".5", "5 %", "NaN", "true", "null", "~", "1e", "--1",
)  # fmt: skip
VALUES = (
    "[]", "{}", "null", "true", "no", "text", "3", "-5", "[1, 2]", "{a: 1}", "''", '"3"', "2026-13-01", "2026-02-30", "*x", "&x 1",
    "!!int 3", "{value: 1}", "{family: normal}", "{value: 5, family: beta}", "1 USD", "12%", "2026-Q5", "a b c", "<<", "|", "'it''s'",
)  # fmt: skip
CHARACTERS = "\t\x00\x07\x7f\x85\u2028\u200b\u00a0\ufeff:#,[]{}'\"&*!|>%@`-?é名😀 \n\\$€0aZ_./"
UNITS = (
    "USD",
    "EUR",
    "USD/year",
    "USD/month",
    "users",
    "ms",
    "s",
    "%",
    "years",
    "months",
    "day",
    "",
    "per year",
    "USD USD",
    "$",
    "x",
)

Mutation = Callable[[random.Random, str], str]


def _part(chosen: random.Random, text: str, pattern: str, new: Callable[[str], str]) -> str:
    """Replace one of the places that a pattern finds."""
    found = list(re.finditer(pattern, text))
    if not found:
        return text
    place = chosen.choice(found)
    return text[: place.start()] + new(place[0]) + text[place.end() :]


def delete_a_line(chosen: random.Random, text: str) -> str:
    rows = text.splitlines(keepends=True)
    del rows[chosen.randrange(len(rows))]
    return "".join(rows)


def repeat_a_line(chosen: random.Random, text: str) -> str:
    rows = text.splitlines(keepends=True)
    rows.insert(chosen.randrange(len(rows)), chosen.choice(rows))
    return "".join(rows)


def swap_two_lines(chosen: random.Random, text: str) -> str:
    rows = text.splitlines(keepends=True)
    i, j = chosen.randrange(len(rows)), chosen.randrange(len(rows))
    rows[i], rows[j] = rows[j], rows[i]
    return "".join(rows)


def indent_a_line(chosen: random.Random, text: str) -> str:
    return _part(
        chosen,
        text,
        r"(?m)^ *",
        lambda blanks: chosen.choice((blanks + " ", blanks + "  ", blanks[1:], blanks[2:], "\t")),
    )


def delete_characters(chosen: random.Random, text: str) -> str:
    start = chosen.randrange(len(text))
    return text[:start] + text[start + chosen.choice((1, 1, 1, 2, 5, 20)) :]


def insert_a_character(chosen: random.Random, text: str) -> str:
    at = chosen.randrange(len(text))
    return text[:at] + chosen.choice(CHARACTERS) + text[at:]


def truncate(chosen: random.Random, text: str) -> str:
    return text[: chosen.randrange(len(text))]


def mistype_a_word(chosen: random.Random, text: str) -> str:
    def mistyped(word: str) -> str:
        at = chosen.randrange(len(word))
        return chosen.choice(
            (word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word.upper(), word[::-1], word.title())
        )

    return _part(chosen, text, r"[A-Za-z_]{2,}", mistyped)


def rename_a_key(chosen: random.Random, text: str) -> str:
    keys = re.findall(r"(\w+):", text)
    return _part(
        chosen,
        text,
        r"\w+(?=:)",
        lambda key: chosen.choice((*keys, key + "s", "", "like", "<<", "extends", "variants")),
    )


def repeat_a_key(chosen: random.Random, text: str) -> str:
    return _part(chosen, text, r"\w+: [^,{}\[\]\n]+(?=[,}])", lambda pair: f"{pair}, {pair}")


def change_a_number(chosen: random.Random, text: str) -> str:
    return _part(
        chosen,
        text,
        r"(?<![\w.])\d[\d_]*(\.\d+)?",
        lambda number: chosen.choice((*JUNK, f"-{number}", f"{number}0", f"0{number}")),
    )


def change_a_unit(chosen: random.Random, text: str) -> str:
    return _part(
        chosen,
        text,
        r"(?<=\d)\s?(?:%|[kMB]? ?[A-Za-z$]+(?:/\w+)*)",
        lambda _: chosen.choice(("", " ")) + chosen.choice(UNITS),
    )


def change_a_value(chosen: random.Random, text: str) -> str:
    return _part(chosen, text, r"(?<=: )[^,{}\[\]\n]+", lambda _: chosen.choice((*VALUES, *JUNK)))


def swap_two_values(chosen: random.Random, text: str) -> str:
    values = re.findall(r"(?<=: )[^,{}\[\]\n]+", text)
    return _part(chosen, text, r"(?<=: )[^,{}\[\]\n]+", lambda _: chosen.choice(values))


def quote_a_value(chosen: random.Random, text: str) -> str:
    ways: tuple[Callable[[str], str], ...] = (
        lambda v: f"'{v}'",
        lambda v: f'"{v}"',
        lambda v: f"'{v}",
        lambda v: f'{v}"',
        lambda v: f"[{v}]",
        lambda v: f"{{value: {v}}}",
    )
    return _part(chosen, text, r"(?<=: )[^,{}\[\]\n]+", chosen.choice(ways))


MUTATIONS: tuple[Mutation, ...] = (
    delete_a_line, repeat_a_line, swap_two_lines, indent_a_line, delete_characters, insert_a_character, truncate, mistype_a_word,
    rename_a_key, repeat_a_key, change_a_number, change_a_unit, change_a_value, swap_two_values, quote_a_value,
)  # fmt: skip
