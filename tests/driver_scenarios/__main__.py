"""Play many random scenarios full of events: ``python -m tests.driver_scenarios --count 500 --seed 0``.

Prints what is wrong with each, with its number and its changes, and ends with an error where anything is.
"""

import argparse
import sys
import traceback
from collections import Counter

from tests.driver_scenarios.play import played


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("count", 200), ("seed", 0), ("paths", 100)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    given = parser.parse_args()
    verdicts: Counter[str] = Counter()
    for number in range(given.seed, given.seed + given.count):
        try:
            verdict, found = played(number, given.paths)
        except Exception:  # noqa: BLE001 - whatever it is, it is what we are looking for
            verdict, found = "traceback", [traceback.format_exc(limit=-6)]
        verdicts[verdict] += 1
        for each in found:
            print(f"{number}: {verdict}: {each}", flush=True)
    print(dict(verdicts))
    return int(verdicts["wrong"] + verdicts["traceback"] > 0)


if __name__ == "__main__":
    sys.exit(main())
