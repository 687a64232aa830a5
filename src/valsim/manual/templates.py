"""What the templates hold that come with valsim, for a person who thinks of building on one."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from valsim.core.parameter import ANY, Domain
from valsim.drivers.process import Process
from valsim.scenario.compose.extend import extended
from valsim.scenario.compose.template import template, templates
from valsim.scenario.text.reading import parsed


class Told(NamedTuple):
    """A template: its name, what it is about, and the drivers and risks in it, each with what it is."""

    name: str
    about: str
    drivers: Mapping[str, str]
    risks: tuple[str, ...]

    @property
    def meaning(self) -> str:
        """All of it as paragraphs."""
        drivers, risks = ", ".join(self.drivers), ", ".join(self.risks)
        parts = [self.about, f"Drivers: {drivers}.", f"Risks: {risks}."]
        return "\n".join([*parts, f"A starter that builds on it: valsim init {self.name}"])


@cache
def told_templates() -> tuple[Told, ...]:
    """Give every template."""
    return tuple(_told(name) for name in templates())


def _told(name: str) -> Told:
    data = extended(parsed(template(name), 0)).data
    drivers = {driver: _driver(body) for driver, body in data["drivers"].items()}
    return Told(name, str(data["description"]).strip(), drivers, tuple(data.get("risks", {})))


def _driver(body: Mapping[str, Any]) -> str:
    """Write a driver as its formula, or as its kind and where it starts; a schedule has no start."""
    if body["kind"] == "formula":
        return str(body["value"])
    start = body.get(Process.kinds[body["kind"]].level_field)
    return str(body["kind"]) if start is None else f"{body['kind']}, {Domain(ANY).parse(start).given}"
