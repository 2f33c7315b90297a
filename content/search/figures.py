"""Reading a figure question: which measure, which population, which year, a count or a share."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from content.locales import SOURCE
from content.search.normalise import fold
from content.search.vocabulary import MEASURES, phrases, vocabulary
from content.search.wording import BLANK

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BUDDHIST_YEAR = re.compile(r"(?<!\d)25[5-9]\d(?!\d)")
_BUDDHIST_ERA = 543
"""Thai years count from 543 before ours."""
_OTHER_CALENDARS = {"fa": re.compile(r"(?<!\d)1[34]\d\d(?!\d)"), "am": re.compile(r"(?<!\d)201[2-8](?!\d)")}
"""Years of the Persian calendar, and years that an Amharic speaker may mean by the Ethiopian one (seven years behind ours):
no publication counts by them."""
_AGE_RANGE = re.compile(r"(?<!\d)(\d\d)(?: \S{1,7} |\D{1,4})(\d\d)(?!\d)")
_DATE = re.compile(r"(?<!\d)(?:{day} {month}|{month} {day})(?!\d)".format(day=r"(?:0?[1-9]|[12]\d|3[01])", month=r"(?:0?[1-9]|1[0-2])"))
"""A day and a month, as in 31.12. or 12-31."""
_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_WORD = re.compile(r"\w+")
_SHORTEST_NAME = 3
_CATEGORIES = {"gender", "age", "nationality", "form", "residence", "place", "operator", "outcome"}
_OUTRANKING = {"admitted_as_minors", "few", "other", "unknown"}
"""Categories that are meant whenever they are named, whatever else is named before them."""
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
    language, (found, rest) = max(zip(readable, readings, strict=True), key=lambda reading: reading[1][1].count(BLANK))
    years = [int(year) for year in _YEAR.findall(folded)]
    if language == "th":
        years += [int(year) - _BUDDHIST_ERA for year in _BUDDHIST_YEAR.findall(folded)]
    year = _YEAR.search(folded)
    if vocabulary(language).grammar.than_follows:
        years = sorted(years, reverse=True) if ("compare", "than") in {(name, value) for _, name, value in found} else years
    elif year is not None:
        # "In 2024, compared with now" is about 2024; "more than in 2024" is about now.
        found = [(p, n, "with" if (n, v) == ("compare", "than") and year.start() < p else v) for p, n, v in found]
    return _query([*((name, value) for _, name, value in found), *_unexplained(text, rest, language)], years, today)


def _query(found: list[tuple[str, str]], years: list[int], today: date) -> FigureQuery:
    facets: dict[str, str] = {}
    wants: str | None = None
    period: str | None = None
    measures: list[str] = []
    also: list[tuple[str, str]] = []
    for name, value in found:
        if name == "want":
            # "How many percent" asks for a share.
            wants = "share" if "share" in {wants, value} else value
        elif name == "time" and value in {"last_year", "this_year"}:
            years = years or [today.year - (value == "last_year")]
        elif name == "time":
            period = value
        elif name == "measure":
            measures.append(value)
        elif name == "compare":
            facets[name] = value if value != "change" else facets.get(name, value)
        elif name != "self" and facets.setdefault(name, value) != value and name in _CATEGORIES:
            also.append((name, value))
    return FigureQuery({**facets, **_one_measure(measures)}, tuple(dict.fromkeys(years)), wants, period, tuple(dict.fromkeys(also)))


def _unexplained(text: str, rest: str, language: str) -> list[tuple[str, str]]:
    """What no phrase has explained but narrows the question: an age, a number, a name. No figure answers the last two."""
    found: list[tuple[str, str]] = []
    rest = _DATE.sub(BLANK, rest)
    for match in _AGE_RANGE.finditer(rest):
        group = f"{match[1]}-{match[2]}"
        found.append(("age", group if group in _AGE_GROUPS else "unknown"))
        rest = rest.replace(match[0], BLANK)
    if _NUMBER.search(rest) or any(f" {name} " in rest for name in _names(text)):
        found.append(("unknown", "yes"))
    if language in _OTHER_CALENDARS and _OTHER_CALENDARS[language].search(rest):
        found.append(("time", "part"))
    return found


def _names(text: str) -> list[str]:
    """The words with a capital inside a sentence, folded; a text all in capitals has none."""
    inside = list(_WORD.finditer(text))[1:]
    words = [match[0] for match in inside if not text[: match.start()].rstrip().endswith((".", "!", "?", ":"))]
    return [fold(word).strip() for word in words if len(word) >= _SHORTEST_NAME and word.istitle() and word.isalpha()]


def _one_measure(measures: list[str]) -> dict[str, str]:
    """What is counted, when a message names several things: nationalities *of* clients, decisions *on* referrals."""
    named = sorted(dict.fromkeys(measures), key=MEASURES.index)
    if not named:
        return {}
    if named[0] == "nationalities" and len(named) > 1:
        return {"measure": "nationalities", "of": named[1]}
    if "referrals" in named and "new_clients" in named:
        return {"measure": "decisions", "outcome": "positive"}
    return {"measure": named[0]}


def _spend_phrases(folded: str, language: str) -> tuple[list[tuple[int, str, str]], str]:
    """The facets of the longest phrases first, and the words left; a word that one phrase has used is not read again.

    Of several categories of one kind, the one named first comes first.
    """
    found: list[tuple[int, str, str]] = []
    grammar = vocabulary(language).grammar
    rest = _spend(folded, language, found)
    subject = any(name not in {"want", "time"} for _, name, _ in found)
    if language != SOURCE and (grammar.english == "always" or (grammar.english == "fallback" and not subject)):
        rest = _spend(rest, SOURCE, found)
    return sorted(found, key=lambda entry: (entry[1] in _CATEGORIES and entry[2] not in _OUTRANKING, entry[0])), rest


def _spend(rest: str, language: str, found: list[tuple[int, str, str]]) -> str:
    for wording, facets in phrases(language):
        while (spent := wording.spend(rest)) is not None:
            place, rest = spent
            found += [(place, name, value) for name, value in facets]
    return rest
