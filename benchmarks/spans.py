"""Where time goes: functions are wrapped from outside, and what each takes is added up under its name."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pkgutil import resolve_name
from typing import Any, TypeAlias
from unittest.mock import patch

Name: TypeAlias = tuple[str, ...]
"""What a call is counted as, from the group that it belongs to down to itself."""
Naming: TypeAlias = Callable[..., Name]
"""Gives the name of a call from its arguments."""


@dataclass(eq=False)
class Span:
    """What calls of one name have taken: seconds of the processor in all, and those within other spans."""

    calls: int = 0
    seconds: float = 0.0
    within: float = 0.0

    @property
    def alone(self) -> float:
        """Seconds that no other span inside accounts for."""
        return self.seconds - self.within


@dataclass
class Spans:
    """Adds up what wrapped functions take, by name; one that calls itself is counted at its outermost call."""

    found: dict[Name, Span] = field(default_factory=dict)
    open: list[Span] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    def wrapped(self, call: Callable[..., Any], naming: Naming) -> Callable[..., Any]:
        """Give a function that does the same and is counted."""

        def counted(*args: Any, **options: Any) -> Any:
            span = self.found.setdefault(naming(*args, **options), Span())
            if span in self.open:
                return call(*args, **options)
            self.open.append(span)
            started = time.thread_time()
            try:
                return call(*args, **options)
            finally:
                taken = time.thread_time() - started
                self.open.pop()
                span.calls, span.seconds = span.calls + 1, span.seconds + taken
                if self.open:
                    self.open[-1].within += taken

        return counted

    @contextmanager
    def around(self, place: str, naming: Naming) -> Iterator[None]:
        """Count a function or a method, ``module:name``, while this lasts; one that is not there is noted as absent."""
        owner, _, name = place.rpartition("." if "." in place.partition(":")[2] else ":")
        try:
            call = getattr(resolve_name(owner), name)
        except (AttributeError, ImportError):
            self.absent.append(place)
            yield
            return
        with patch.object(resolve_name(owner), name, self.wrapped(call, naming)):
            yield

    def of(self, group: str, level: int = 1) -> dict[str, Span]:
        """Give the spans of a group, added up by the word of their names at a level."""
        added: dict[str, Span] = {}
        for name, span in self.found.items():
            if name[0] == group:
                total = added.setdefault(name[level], Span())
                total.calls, total.seconds = total.calls + span.calls, total.seconds + span.seconds
                total.within += span.within
        return added
