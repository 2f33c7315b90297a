"""Reading a figure question: which measure, which population, which year, a count or a share."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from content.locales import SOURCE
from content.search.normalise import fold
from content.search.vocabulary import vocabulary

_YEAR = re.compile(r"(?<= )(?:19|20)\d\d(?=\D)")
_AGE_RANGE = re.compile(r"(?<= )(\d\d) (?:to |and |until |till |ja |och |till )?(\d\d)(?= )")
_AGE_WORDS = re.compile(
    r"(?<= )(?:under|below|over|above|alle|yli|older than|younger than|aged?|aldern|yngre an|aldre an) \d{2}(?= )|(?<= )\d{1,2} (?:years?|vuotia\w*|ar\w*|v)(?= )"
)
_MOST_SPECIFIC = (
    "nationalities",
    "cases",
    "reflection",
    "ended",
    "decisions",
    "referrals",
    "offices",
    "staff",
    "funding",
    "new_clients",
    "all_clients",
)
_NAME = re.compile(r"(?<=[a-zåäöé,] )[A-ZÅÄÖ][a-zåäöé]{2,}")
"""A word with a capital inside a sentence."""

_OWN_WORDS_ONLY = {"sv", "fi"}
"""Languages in which English words mean something else ("man", "sex") and whose vocabulary is complete."""

_AGE_GROUPS = {"18-29", "30-39", "40-49", "50-59"}


@dataclass(frozen=True, slots=True)
class FigureQuery:
    """What a message asks of the figures. Facets hold one value for each name; years are as written or meant."""

    facets: dict[str, str] = field(default_factory=dict)
    years: tuple[int, ...] = ()
    wants: str | None = None
    period: str | None = None

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


def read_query(text: str, language: str, *, today: date) -> FigureQuery:
    """What a message asks of the figures, in the words of its language (and of English, which people mix in)."""
    rest = fold(text)
    facets: dict[str, str] = {}
    wants: str | None = None
    period: str | None = None
    measures: list[str] = []
    years = [int(year) for year in dict.fromkeys(_YEAR.findall(rest))]
    rest, age = _read_age(rest)
    facets.update(age)
    phrases, rest = _spend_phrases(rest, language)
    if any(f" {fold(name).strip()} " in rest for name in _NAME.findall(text)):
        # A name that no phrase explains narrows the question in a way that no figure has.
        phrases.append(("unknown", "yes"))
    for name, value in phrases:
        if name == "want":
            # "How many percent" asks for a share.
            wants = "share" if "share" in {wants, value} else value
        elif name == "time" and value in {"last_year", "this_year"}:
            years = years or [today.year - (value == "last_year")]
        elif name == "time":
            period = value
        elif name == "measure":
            measures.append(value)
        else:
            facets.setdefault(name, value)
    return FigureQuery({**facets, **_one_measure(measures)}, tuple(years), wants, period)


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
    if not vocabulary(language).phrases:
        # Half a question read with another language's words would be answered with a number that was not asked for.
        return found, rest
    for source in dict.fromkeys([language, SOURCE]):
        for phrase in vocabulary(source).phrases:
            if phrase.pattern.search(rest):
                rest = phrase.pattern.sub("_", rest)
                found += phrase.facets
        if any(name not in {"want", "time"} for name, _ in found) or language in _OWN_WORDS_ONLY:
            break
    return found, rest


def _read_age(rest: str) -> tuple[str, dict[str, str]]:
    for match in _AGE_RANGE.finditer(rest):
        first, last = int(match[1]), int(match[2])
        if first < last:  # else it is a date, such as 31.12.
            group = f"{first}-{last}"
            return rest.replace(match[0], " _ "), {"age": group if group in _AGE_GROUPS else "unknown"}
    words = _AGE_WORDS.search(rest)
    if words is not None and not re.search(r"\b(?:18|60|59)\b", words[0]):
        return rest.replace(words[0], " _ "), {"age": "unknown"}
    return rest, {}
