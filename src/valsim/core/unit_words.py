"""The words of units: currencies, what is counted, times and energies, and what one of each is worth."""

from fractions import Fraction

CURRENCIES = frozenset(
    {
        "AED", "AUD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "GBP", "HKD", "HUF",
        "IDR", "ILS", "INR", "JPY", "KES", "KRW", "MXN", "MYR", "NGN", "NOK", "NZD", "PHP", "PLN", "QAR", "RON",
        "RUB", "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "VND", "ZAR",
    }
)  # fmt: skip
"""The ISO 4217 codes that a scenario may use; each is a dimension of its own."""

COUNTS = frozenset(
    {
        "user", "share", "request", "token", "customer", "contract", "seat", "subscriber", "employee", "store",
        "order", "vehicle", "device", "site", "patient", "query", "transaction", "tonne", "kilogram", "litre", "kilometre",
        "unit", "item", "piece", "system", "cell", "wafer", "member", "visit", "trip", "flight", "passenger", "room",
        "night", "household", "student", "barrel", "satellite", "subscription", "licence", "machine", "robot", "shipment",
    }
)  # fmt: skip
"""Things that are counted, each a dimension of its own; add a word here to make it a unit."""

CURRENCY_NAMES = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "sterling": "GBP", "franc": "CHF", "yen": "JPY", "yuan": "CNY",
    "renminbi": "CNY", "rupee": "INR",
}  # fmt: skip
"""What people call the main currencies; a document says the code, because a dollar may be that of another country."""

SYMBOLS = {"$": "USD", "US$": "USD", "HK$": "HKD", "€": "EUR", "£": "GBP", "RMB": "CNY"}

LONG_TIMES = {
    "year": Fraction(1),
    "quarter": Fraction(1, 4),
    "month": Fraction(1, 12),
    "week": Fraction(28, 1461),
    "day": Fraction(4, 1461),
    "hour": Fraction(1, 8766),
}
SHORT_TIMES = {"ms": Fraction(1), "millisecond": Fraction(1), "s": Fraction(1000), "second": Fraction(1000)}
SHORT_FORMS = {"y": "year", "yr": "year", "yrs": "year", "mo": "month", "mos": "month", "d": "day", "h": "hour"}
SHORT_FORMS |= {"hr": "hour", "sec": "second"}
ENERGIES = {
    "Wh": Fraction(1, 1000),
    "kWh": Fraction(1),
    "MWh": Fraction(1000),
    "GWh": Fraction(10**6),
    "TWh": Fraction(10**9),
}
