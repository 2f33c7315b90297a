"""Reading a figure question: which measure, which population, which year, a count or a share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from content.locales import SOURCE
from content.search.normalise import fold
from content.search.vocabulary import phrases, vocabulary

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BUDDHIST_YEAR = re.compile(r"(?<!\d)25[5-9]\d(?!\d)")
_BUDDHIST_ERA = 543
"""Thai years count from 543 before ours."""
_SOLAR_YEAR = re.compile(r"(?<!\d)1[34]\d\d(?!\d)")
"""A year of the Persian calendar, which no publication counts by."""
_AGE_RANGE = re.compile(r"(?<!\d)(\d\d)(?: \S{1,7} |\D{1,4})(\d\d)(?!\d)")
_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_DATES = {"31", "30", "12", "6", "06", "1", "01"}
"""Numbers that stand in the dates figures are published for: 31.12., 30.6., 1.1."""
_NAME = re.compile(r"(?<=\w[ ,]) ?([A-ZÅÄÖÕÜÉÇŞА-ЯІЇЄҐ][a-zåäöõüéçşıа-яіїєґ]{2,})")
"""A word with a capital inside a sentence."""
_MOST_SPECIFIC = (
    "nationalities", "cases", "reflection", "ended", "decisions", "referrals", "offices", "staff", "funding", "new_clients", "all_clients",
)  # fmt: skip
_CATEGORIES = {"gender", "age", "nationality", "form", "residence", "place", "operator", "outcome"}
_AGE_GROUPS = {"18-29", "30-39", "40-49", "50-59"}


@dataclass(frozen=True, slots=True)
class FigureQuery:
    """What a message asks of the figures. Facets hold one value for each name; years are as written or meant."""

    facets: dict[str, str] = field(default_factory=dict)
    years: tuple[int, ...] = ()
    wants: str | None = None
    period: str | None = None
    also: tuple[tuple[str, str], ...] = ()
    """Further categories named beside the one in `facets`: "more women than men"."""

    @property
    def is_empty(self) -> bool:
        return not self.facets and not self.years

    @property
    def strength(self) -> int:
        """How much of a figure question was read: a number is asked for, and of what."""
        subject = any(name != "place" for name in self.facets)
        return bool(self.wants) + bool(self.years) + 2 * subject

    def following(self, previous: "FigureQuery") -> "FigureQuery":
        """The question read as a follow-up: what it does not say, it takes from the previous one."""
        return replace(
            self,
            facets={**previous.facets, **self.facets},
            years=self.years or previous.years,
            wants=self.wants or previous.wants,
            period=self.period or previous.period,
        )


def read_query(text: str, *languages: str, today: date) -> FigureQuery:
    """What a message asks of the figures, read in that one of the languages whose words explain most of it."""
    folded = fold(text)
    # Half a question read with another language's words would be answered with a number that was not asked for.
    readable = [language for language in languages if vocabulary(language).phrases]
    if not readable:
        return FigureQuery()
    readings = [_spend_phrases(folded, language) for language in readable]
    language, (found, rest) = max(zip(readable, readings, strict=True), key=lambda reading: -len(reading[1][1]))
    return _query(text, folded, found, rest, language, today)


def _query(text: str, folded: str, found: list[tuple[str, str]], rest: str, language: str, today: date) -> FigureQuery:
    facets: dict[str, str] = {}
    wants: str | None = None
    period: str | None = None
    measures: list[str] = []
    also: list[tuple[str, str]] = []
    years = _years(folded, language)
    for name, value in [*found, *_unexplained(text, rest, language)]:
        if name == "want":
            # "How many percent" asks for a share.
            wants = "share" if "share" in {wants, value} else value
        elif name == "time" and value in {"last_year", "this_year"}:
            years = years or [today.year - (value == "last_year")]
        elif name == "time":
            period = value
        elif name == "measure":
            measures.append(value)
        elif name != "self" and facets.setdefault(name, value) != value and name in _CATEGORIES:
            also.append((name, value))
    return FigureQuery({**facets, **_one_measure(measures)}, tuple(dict.fromkeys(years)), wants, period, tuple(dict.fromkeys(also)))


def _years(folded: str, language: str) -> list[int]:
    years = [int(year) for year in _YEAR.findall(folded)]
    if language == "th":
        years += [int(year) - _BUDDHIST_ERA for year in _BUDDHIST_YEAR.findall(folded)]
    return years


def _unexplained(text: str, rest: str, language: str) -> list[tuple[str, str]]:
    """What no phrase has explained but narrows the question: an age, a number, a name. No figure answers the last two."""
    found: list[tuple[str, str]] = []
    for match in _AGE_RANGE.finditer(rest):
        if int(match[1]) < int(match[2]):  # else it is a date, such as 31.12.
            group = f"{match[1]}-{match[2]}"
            found.append(("age", group if group in _AGE_GROUPS else "unknown"))
            rest = rest.replace(match[0], "_")
    if set(_NUMBER.findall(rest)) - _DATES:
        found.append(("unknown", "yes"))
    if language == "fa" and _SOLAR_YEAR.search(rest):
        found.append(("time", "part"))
    if any(f" {fold(name).strip()} " in rest for name in _NAME.findall(text)):
        found.append(("unknown", "yes"))
    return found


def _one_measure(measures: list[str]) -> dict[str, str]:
    """What is counted, when a message names several things: nationalities *of* clients, decisions *on* referrals."""
    named = sorted(dict.fromkeys(measures), key=_MOST_SPECIFIC.index)
    if not named:
        return {}
    if named[0] == "nationalities" and len(named) > 1:
        return {"measure": "nationalities", "of": named[1]}
    if "referrals" in named and "new_clients" in named:
        return {"measure": "decisions", "outcome": "positive"}
    return {"measure": named[0]}


def _spend_phrases(rest: str, language: str) -> tuple[list[tuple[str, str]], str]:
    """The facets of the longest phrases first, and the words left; a word that one phrase has used is not read again."""
    found: list[tuple[str, str]] = []
    grammar = vocabulary(language).grammar
    rest = _spend(rest, language, found)
    subject = any(name not in {"want", "time"} for name, _ in found)
    if language != SOURCE and (grammar.english == "always" or (grammar.english == "fallback" and not subject)):
        rest = _spend(rest, SOURCE, found)
    return found, rest


def _spend(rest: str, language: str, found: list[tuple[str, str]]) -> str:
    for wording, facets in phrases(language):
        while (shorter := wording.spend(rest)) is not None:
            rest = shorter
            found += facets
    return rest
