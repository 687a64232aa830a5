"""Play many random scenarios full of contracts: ``python -m tests.contract_scenarios --count 500 --seed 0``.

Prints what is wrong with each, with its number, and ends with an error where anything is. ``--show`` prints one as YAML.
"""

import argparse
import random
import sys
import traceback

import yaml

from tests.contract_scenarios.documents import document
from tests.contract_scenarios.judge import judged


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("count", 500), ("seed", 0), ("paths", 200)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    wrong = 0
    for number in range(given.seed, given.seed + given.count):
        body = document(random.Random(number))
        if given.show:
            print(yaml.safe_dump(body, sort_keys=False, width=160))
        try:
            found = judged(body, given.paths)
        except Exception:  # noqa: BLE001 - whatever it is, it is what we are looking for
            found = [traceback.format_exc(limit=-12)]
        wrong += bool(found)
        for each in dict.fromkeys(found):
            print(f"{number}: {each}", flush=True)
    print(f"{given.count} scenarios, {wrong} with something wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
