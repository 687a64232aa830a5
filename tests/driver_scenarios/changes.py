"""Random whole scenarios of what happens to a company: one file with everything in it, and changes that it may have at once, with somebody who decides or without."""

from pathlib import Path
from random import Random

FILE = Path(__file__).parents[1] / "scenario" / "every-driver.yaml"
LIKELY = 0.3
"""How likely each change is."""
MILESTONE, FIRST, GROWTH, BRIDGE = (f"rounds[{r}].closings[{c}]" for r, c in ((0, 1), (0, 0), (1, 0), (2, 0)))
CHANGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("horizon", ("3 years", "5 years")),
    ("step", ("month", "year")),
    ("measure.beta", ("0", "2.5")),
    ("company.cash", ("0 USD", "5M USD", "900M CNY")),
    ("company.debt", ("0 USD", "60M USD")),
    ("exchange_rates.CNY.cash_held", ("0%", "100%")),
    ("drivers.usd_per_cny.volatility", ("0%", "60%")),
    ("drivers.users.capacity", ("{family: lognormal, p10: 1M users, p90: 300M users}",)),
    ("drivers.lag.rivals_releases", ("null", "{frequency: 0 per year, step: 2 months}")),
    ("drivers.lag.own_releases", ("null", "{frequency: 40 per year, step: 1 month}")),
    ("drivers.licences.arrivals", ("0 per year", "300 per year", "-1 per year * winning")),
    ("drivers.licences.contracts", ("1", "{family: uniform, low: 1, high: 40}")),
    ("drivers.enterprise.first_year", ("null",)),
    ("drivers.enterprise.net_retention", ("86%", "130%")),
    ("drivers.programme.between", ("step", "geometric")),
    ("drivers.requests.jump_frequency", ("0 per year", "12 per year")),
    ("drivers.requests.growth_of", ("between_jumps",)),
    ("drivers.cost_per_request.experience", ("null",)),
    ("drivers.cost_per_request.floor", ("null",)),
    ("drivers.rival_price.floor", ("null",)),
    ("drivers.chip_index.growth", ("null", "80%")),
    ("drivers.mood.jump_volatility", ("0%", "120%")),
    ("drivers.listings.start", ("0%", "100%")),
    ("drivers.reserve.value", ("cash * 30% / 1 year", "0 USD/year")),
    ("drivers.staff.plan_error", ("0.3", "{family: lognormal, p10: 0.5, p90: 6}")),
    ("compute_credits.pay_for", ("0 USD/year", "3 * compute", "compute - 10M USD/year")),
    ("compute_credits.opening.Cloud.amount", ("0 USD", "500M USD")),
    ("compute_credits.opening.Cloud.expires", ("2026-02-01",)),
    ("correlations", ("{}", "{shocks: [{group: [users, enterprise, ai_labs, multiple, lag], correlation: 0.9}]}")),
    ("signals.audit.probability", ("0%", "100%", '"if(lag > 5 months, 20%, 90%)"', "revenue / 10M USD/year")),
    ("signals.audit.false_positive", ("0%", "40%")),
    ("signals.audit.false_negative", ("0%", "40%")),
    ("signals.audit.at", ("2026-01-15", "2026-12-31")),
    ("signals.approval.if_true", ("{leads: '* 3'}", "{lag: '+ 3 months decaying over 1 year'}")),
    ("risks.incident.probability_per_year", ("0%", "99%")),
    ("risks.incident.at_most", ("null", "1")),
    ("risks.incident.size_drawn", ("once",)),
    ("risks.price_war.hazard", ("0 per year", "50 per year", "staff / revenue / 1 year - 1 per year")),
    ("risks.price_war.contagion", ("null",)),
    ("sectors.ai_labs.growth_premium", ("{per_point: 0%, reference: 30%}", "{per_point: 9%, reference: 0%}")),
    ("sectors.ai_labs.margin_premium", ("{per_point: 0%, reference: 30%}",)),
    ("sectors.ai_labs.opening", ("cross_section",)),
    ("sectors.ai_labs.multiple.volatility", ("0%", "150%")),
    ("valuation.multiple.volatility", ("0%", "150%")),
    ("valuation.multiple.start", ("0.001", "30")),
    ("use_of_proceeds.research.lag", ("0 months", "10 years")),
    ("use_of_proceeds.research.spent_over", ("1 day", "20 years")),
    ("use_of_proceeds.sales.moves", ("{users: {elasticity: 0, reference: 1 USD}}", "{multiple: {elasticity: 0.3, reference: 1M USD}}")),
    ("use_of_proceeds", ("{research: {share: 100%, spent_over: 6 months}, sales: {share: 0%, spent_over: 1 year}, runway: {share: 0%}}",)),
    (f"{FIRST}.probability", ("0%", "100%", "revenue / 30M USD/year")),
    (f"{FIRST}.in_kind", ("{Cloud: {share: 100%, cost: 0%, expires_after: 1 month}, Partner: {share: 30%, cost: 100%, expires_after: 9 years}}",)),
    (f"{FIRST}.default.correlation", ("0%", "100%", "null")),
    (f"{FIRST}.default.probability", ("0%", "100%", "60%")),
    (f"{FIRST}.default.pays", ("null", "100%")),
    (f"{FIRST}.at_least", ("80%",)),
    (f"{MILESTONE}.when", ("audit", "audit.belief >= 50%", "approval or lag < 3 months")),
    (f"{MILESTONE}.if_not_met.probability", ("0%", "60%")),
    (f"{MILESTONE}.use_of_proceeds", ("{research: 100%}",)),
    (f"{MILESTONE}.default.probability", ("70%",)),
    ("rounds[1].time_between_rounds", ("null", "1 day", "3 years")),
    (f"{GROWTH}.tries_again", ("null", "{after: 1 day, at_most: 9}")),
    (f"{GROWTH}.probability", ("0%", "100%", "20%")),
    (f"{GROWTH}.when", ("runway < 40 months", "time_since_round >= 6 months")),
    (f"{GROWTH}.new_money", ("2M USD", "48 months of burn")),
    (f"{GROWTH}.if_failed", ("{multiple: '* 0.7'}",)),
    (f"{BRIDGE}.tries_again", ("null", "{after: 1 month, at_most: 4}")),
    (f"{BRIDGE}.probability", ("0%", "100%")),
    ("rounds[2].drawn_terms.senior.if_down", ("0%", "100%")),
    ("rounds[2].drawn_terms.pays.if_down", ("0%", "100%")),
    ("rounds[2].pre_money_includes", ("[anti_dilution]",)),
    ("exits.ipo.hazard", ("1 per year", "0 per year")),
    ("exits.ipo.primary", ("null", "{fraction: 90%}", "{fraction: 0%}", "{new_money: 5B USD}")),
    ("exits.ipo.secondary", ("null", "{fraction: 100%, sellers: everyone}")),
    ("exits.ipo.sell_down", ("null", "{over: 5 years, sales: 60}")),
    ("exits.ipo.preferred", ("as_agreed",)),
    ("exits.ipo.lock_up", ("0 days",)),
    ("exits.acquisition.escrow", ("null", "{fraction: 99%, release_after: 3 years, claims: 100%}", "{fraction: 30%, release_after: 1 day, claims: 0%}")),
    ("exits.acquisition.earn_out", ("null", "{fraction: 100%, within: 3 months}", "{pays: 10B USD, when: revenue > 0 USD/year, within: 9 years}")),
    ("exits.acquisition.hazard", ("1 per year", "multiple / 50 years")),
    ("exits.late sale.earn_out.probability", ("0%", "100%", "50%")),
    ("exits.wind_down.when", ("cash <= 0 USD", "runway < 1 month and not funded")),
    ("at_horizon", ("{kind: zero}", "{kind: sale, discount: 10%}")),
)  # fmt: skip
"""What may be changed, by its place in the document, and to what."""

DECIDED = 0.6
"""How likely somebody decides about closings."""
FORMULAS = ", ".join(
    f"{what}_when: {{series_b: {{milestone closing: {formula}}}}}"
    for what, formula in {
        "fund": "audit or equity_value >= pre_money_valuation",
        "waive": "lag < 5 months",
        "reprice": "commitment > 1M USD",
    }.items()
)
DECISIONS = (
    "{policy: contractual}",
    "{policy: myopic, decide_for: requisite_holders}",
    "{policy: myopic, decide_for: Cloud}",
    "{policy: trained, decide_for: requisite_holders, training_paths: 60}",
    "{policy: trained, decide_for: Partner, training_paths: 40, state: [revenue, equity_value]}",
    f"{{policy: rule, decide_for: requisite_holders, {FORMULAS}}}",
)
OPTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (f"{GROWTH}.if_met", ("option",)),
    (f"{BRIDGE}.if_met", ("option",)),
    (f"{MILESTONE}.default", ("null",)),
)
"""What may be changed besides where somebody decides."""


def changed(chosen: Random) -> tuple[str, ...]:
    """Choose some of the changes, as a person would write them behind ``--set``."""
    found = _some(chosen, CHANGES)
    if chosen.random() >= DECIDED:
        return found
    return (*found, f"decisions={chosen.choice(DECISIONS)}", *_some(chosen, OPTIONS))


def _some(chosen: Random, changes: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str, ...]:
    return tuple(f"{place}={chosen.choice(values)}" for place, values in changes if chosen.random() < LIKELY)
