"""Who decides about the closings of a random document: options, who walks away, and every policy."""

from random import Random

from tests.contract_scenarios.chance import Body, maybe, some

CONDITIONS = (
    "equity_value >= pre_money_valuation",
    "arr >= 6M USD/year",
    "commitment <= 1M USD or cash < 2M USD",
    "price_per_share >= 1 USD",
)
POLICIES = ("contractual", "myopic", "trained", "rule")
TRAINED_ON = 100


def decided(chosen: Random, body: Body) -> Body:
    """The same document, some of whose closings are options, with a policy where that leaves something to decide."""
    rounds = [
        {**each, "closings": [_with_an_option(chosen, closing) for closing in each["closings"]]}
        for each in body["rounds"]
    ]
    choices = [
        (each["name"], closing, question)
        for each in rounds
        for closing in each["closings"]
        for question in _questions(closing)
    ]
    return {**body, "rounds": rounds, **({"decisions": _decisions(chosen, choices)} if choices else {})}


def _with_an_option(chosen: Random, closing: Body) -> Body:
    if "default" in closing or chosen.random() < 0.3:
        return closing
    walked = some(chosen, 0.6, if_walked={"multiple": chosen.choice(("* 0.8", "* 0.9 decaying over 1 year"))})
    return {**closing, "if_met": "option", **walked}


def _questions(closing: Body) -> list[str]:
    waiver = closing.get("if_not_met", {})
    asked = {
        "fund_when": "default" in closing or "if_met" in closing,
        "waive_when": bool(waiver),
        "reprice_when": "reprice" in waiver,
    }
    return [name for name, there in asked.items() if there]


def _decisions(chosen: Random, choices: list[tuple[str, Body, str]]) -> Body:
    payers = {name for _, closing, asked in choices if asked == "fund_when" for name in closing.get("investors", ())}
    who = chosen.choice(("requisite_holders", "requisite_holders", *sorted(payers)))
    policy = chosen.choice(POLICIES)
    found: Body = {"policy": policy, "decide_for": who}
    if policy == "trained":
        found |= {"training_paths": TRAINED_ON, **maybe(chosen, 0.3, {"state": ["arr", "equity_value", "cash"]})}
    if policy == "rule":
        for name, closing, asked in chosen.sample(choices, chosen.randint(1, len(choices))):
            rules = found.setdefault(asked, {}).setdefault(name, {})
            rules[closing["name"]] = chosen.choice(CONDITIONS)
    return found
