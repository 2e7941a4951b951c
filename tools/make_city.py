"""Make a fictional city: forms, reports, rosters and its own plan, the same for the same seed.

`python tools/make_city.py OUT --entities 200 --years 2023 2024 --seed 7` makes any city;
`python tools/make_city.py samples/city --demo` the committed one with every awkward case.
Score it with `assessor batch OUT/2024 --rules OUT/rules`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from citymaker.city import City, Size, make_city
from citymaker.demo import demo_city


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--entities", type=int, default=12, metavar="N")
    parser.add_argument("--years", type=int, nargs="+", default=[2023, 2024], metavar="YEAR")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--forms-only", action="store_true", help="no reports")
    parser.add_argument(
        "--form", choices=("mixed", "xlsx", "yaml", "json"), default="mixed", help="kind of form"
    )
    parser.add_argument("--rules", type=Path, help="where the plan goes; OUT/rules without")
    parser.add_argument("--demo", action="store_true", help="the committed demo city")
    chosen = parser.parse_args()
    if chosen.demo:
        city: City = demo_city()
    else:
        size = Size(chosen.entities, tuple(chosen.years), chosen.form, chosen.forms_only)
        city = make_city(size, chosen.seed)
    city.write(chosen.out, chosen.rules or chosen.out / "rules")
    for year in city.years:
        print(chosen.out / str(year))


if __name__ == "__main__":
    main()
