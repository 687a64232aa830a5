"""The words of the helps that are more than a command's own: what valsim is, and examples."""

HELP = """What a staged venture financing may become, and what a share of it is worth.

A scenario is one YAML file: the company and its drivers, the cap table, the rounds with their milestones, and the exits.
valsim plays it on many random paths and says what each holder may get, how often each tranche is funded and why not, and
what every class of share is worth today, each with its standard error.
"""


def _examples(*lines: str) -> str:
    """Write examples below a help; the mark keeps each on its own line."""
    return "\n".join(["Examples:", "", "\b", *(f"  {line}" for line in lines)])


EXAMPLES = {
    "": _examples(
        "valsim init                                a commented scenario to fill in",
        "valsim explain                             the words there are, by topic",
        "valsim check deal.yaml                     is the file right?",
        "valsim run deal.yaml                       the answer, in a minute's reading",
        "valsim run deal.yaml --html deal.html      and the report with every source",
        "valsim run deal.yaml --out base            saved, to be told again",
        "valsim sanity deal.yaml                    is it like other companies?",
        "valsim fair-value deal.yaml                each class beside its price",
        "valsim compare deal.yaml other.yaml        two term sheets side by side",
        "valsim sweep deal.yaml --over 'company.cash=2B USD, 3B USD'",
        "valsim decide deal.yaml                    what a right to walk is worth",
        "valsim run deal.yaml --until 'present_value(me) +/- 1%'",
        "valsim run deal.yaml --set company.cash='2B USD' --json -",
        "valsim --install-completion                complete commands and files",
    ),
    "init": _examples(
        "valsim init                       the smallest useful one: scenario.yaml",
        "valsim init --out deal.yaml       under another name",
        "valsim init --as-of 2026-03-01    as it would look from another day",
        "valsim init --currency EUR        with amounts in another currency",
    ),
    "explain": _examples(
        "valsim explain                                 the words there are, by topic",
        "valsim explain seniority                        a key, wherever it stands",
        "valsim explain decaying_growth.persistence      a key of one kind",
        "valsim explain captable.classes.seed.issued     a path in your own file",
        "valsim explain driver                           the kinds there are",
        "valsim explain lognormal                        a kind with its keys",
        "valsim explain runway                           a word of formulas",
        'valsim explain "down round"                     a word of the trade',
    ),
    "sanity": _examples(
        "valsim sanity deal.yaml",
        "valsim sanity deal.yaml --paths 8192 --markdown",
        "valsim sanity deal.yaml --set base_rates='{peers: software}'",
    ),
    "waterfall": _examples(
        "valsim waterfall table.yaml --proceeds 25M,35M,60M",
        "valsim waterfall table.yaml --proceeds 18M --later 2M",
        "valsim waterfall deal.yaml --proceeds 2B --exit ipo --html payoff.html",
        "valsim waterfall table.yaml --proceeds 60M --on 2027-06-30 --json -",
    ),
    "round": _examples(
        "valsim round table.yaml series_b.yaml --yaml after.yaml",
        "valsim round table.yaml series_b.yaml --set pre_money_valuation=30M",
        "valsim round deal.yaml series_b.yaml --on 2027-06-30 --json -",
    ),
    "decide": _examples(
        "valsim decide deal.yaml                           whoever the file names",
        "valsim decide deal.yaml --for requisite_holders   all investors as one",
        "valsim decide deal.yaml --for 'Lead Fund' --html decide.html",
        "valsim decide deal.yaml --paths 50000 --json -",
    ),
    "fair-value": _examples(
        "valsim fair-value table.yaml --price series_b=1.25",
        "valsim fair-value table.yaml --volatility 60% --exit-rate 0.5",
        "valsim fair-value deal.yaml --json -",
        "valsim fair-value deal.yaml --method simulation --paths 100000",
    ),
    "compare": _examples(
        "valsim compare ours.yaml theirs.yaml                     two term sheets",
        "valsim compare deal.yaml                                 every case of one",
        "valsim compare deal.yaml deal.yaml@bear --for Fund",
        "valsim compare ours.yaml theirs.yaml --measure 'moic(me)' --html two.html",
        "valsim compare ours.yaml theirs.yaml --anchor first --paths 20000",
    ),
    "break-even": _examples(
        "valsim break-even table.yaml --holder Fund --investment 5M",
        "valsim break-even table.yaml --holder Fund --investment 5M --fund fund.yaml",
    ),
    "solve": _examples(
        "valsim solve deal.yaml --for positions.me.price_per_share \\",
        "  --target 'present_value(me) = paid_today(me)'",
        "valsim solve deal.yaml --for rounds.b.option_pool --target 'moic(me) = 3'",
        "valsim solve deal.yaml --for 'rounds.b.closings.second.when:25M USD/year' \\",
        "  --target 'probability_funded(b/second) = 60%'",
    ),
    "sweep": _examples(
        "valsim sweep deal.yaml --over 'company.cash=2B USD, 3B USD, 4B USD'",
        "valsim sweep deal.yaml --over 'rounds.b.option_pool=10% to 20% by 5%' \\",
        "  --over 'measure.beta=5 values from 1 to 3' --csv grid.csv",
        "valsim sweep deal.yaml@all other.yaml --sort 'present_value(me)'",
        "valsim sweep deal.yaml --cases terms.csv --json -",
    ),
    "report": _examples(
        "valsim run deal.yaml --out base          play it once, and save it",
        "valsim report base                       the answer again",
        "valsim report base --html deal.html      and the report",
        "valsim report base --xlsx deal.xlsx      and a workbook for Excel",
        "valsim report deal.json --quiet --html deal.html",
    ),
    "schema": _examples(
        "valsim schema --out valsim.schema.json               the file",
        "# yaml-language-server: $schema=valsim.schema.json   a scenario's first line",
    ),
}
"""Examples by command; those of none are of valsim as a whole."""
