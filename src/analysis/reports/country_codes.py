"""Countries as a parameter names them: ISO 3166 alpha-3 codes, and the one that was meant."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from analysis.tables.countries import list_countries, name_country

#: A longer word is nobody's name of a country, and comparing it would take long.
_LONGEST = 60


@cache
def list_codes() -> tuple[str, ...]:
    """Return all ISO 3166 alpha-3 codes in the order of the alphabet."""
    return tuple(sorted({str(code) for code in list_countries().index}))


def suggest_country(word: str) -> str:
    """Return 'did you mean "UKR" (Ukraine)?' for what is no code, or an empty string.

    A code in small letters, a two-letter code and a country's name lead to its code. Of codes
    that are nearly the same only one that begins alike is offered, and none if there are more.
    """
    code = _find(word.strip()[:_LONGEST])
    return f'did you mean "{code}" ({name_country(code)})?' if code else ""


def _find(word: str) -> str:
    upper, codes = word.upper(), list_codes()
    countries = list_countries()[["ISO2", "name_short"]].fillna("")
    if upper in codes or not word:
        return upper
    names = {str(name).casefold(): str(code) for code, name in countries["name_short"].items()}
    by_name = get_close_matches(word.casefold(), names, n=1, cutoff=0.8)
    if by_name:
        return names[by_name[0]]
    pairs = {str(two): str(code) for code, two in countries["ISO2"].items()}
    if upper in pairs:
        return pairs[upper]
    swapped = [c for c in codes if c[0] == upper[0] and sorted(c) == sorted(upper)]
    if len(swapped) == 1:
        return swapped[0]
    alike = [code for code in codes if len(upper) in (3, 4) and code[:2] == upper[:2]]
    close = get_close_matches(upper, alike, n=2, cutoff=0.6)
    return close[0] if len(close) == 1 or (close and upper.startswith(close[0])) else ""
