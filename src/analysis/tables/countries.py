"""States by their ISO 3166 codes: names and world regions come out; imports no other module.

Names and regions are those of the country-converter package (regions: the five of the
United Nations' M49 standard, as that package assigns them).
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import pandas as pd


@cache
def list_countries() -> pd.DataFrame:
    """Return the country-converter package's table, index `ISO3`, all columns as text.

    The package's own reader takes Namibia's code "NA" for a missing value under pandas 3,
    so its file is read here, with empty cells as the only missing ones.
    """
    path = files("country_converter") / "country_data.tsv"
    with path.open(encoding="utf-8") as file:
        table = pd.read_csv(file, sep="\t", dtype="str", keep_default_na=False)
    return table.mask(table == "").dropna(subset=["ISO3"]).set_index("ISO3")


def name_country(iso3: str) -> str:
    """Return the short English name of a country; the code itself where there is none."""
    names = list_countries()["name_short"]
    return str(names.get(iso3, iso3))


#: Names that a sentence gives an article: "in the United Kingdom".
_WITH_ARTICLE = re.compile(
    r"United .+|Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros|Seychelles"
    r"|(?!the ).+ (?:Islands|Republic|Emirates|Federation|Territor(?:y|ies))"
)


def say_country(name: str) -> str:
    """Return the name of a country as it stands in a sentence.

    Examples
    --------
    >>> say_country("Netherlands"), say_country("Chad")
    ('the Netherlands', 'Chad')
    """
    return f"the {name}" if _WITH_ARTICLE.fullmatch(name) else name


def find_regions(iso3: pd.Series) -> pd.Series:
    """Return the world region of each ISO 3166 alpha-3 code, missing where it is unknown.

    Africa, Americas, Asia, Europe or Oceania, named `region`.
    """
    regions = list_countries()["continent"].replace({"America": "Americas"})
    return iso3.map(regions[~regions.index.duplicated()]).rename("region")
