"""The little language in which editors write what people say: in vocabularies and in danger phrases.

A wording is words; "word*" is any word that starts so, "*word" any that ends so, "~" stands for up to four words, which the
wording does not use up. Languages that put no spaces between words are matched by their letters, and "~" stands for up to
twelve of them.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from content.search.normalise import fold

BLANK = "_"
"""Stands for each letter of a wording that has been read; no folded text holds it."""

UNSPACED = frozenset({"th", "zh"})
"""Languages written without spaces between words."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording, ready to be looked for in folded text.

    There are tens of thousands of them in all languages, so that only the ones whose longest word (`core`) stands in a
    message are ever compiled.
    """

    pattern: str
    core: str
    length: int

    def search(self, folded: str) -> re.Match[str] | None:
        """Where the wording stands in a folded text, or None."""
        return _compiled(self.pattern).search(folded) if self.core in folded else None

    def spend(self, folded: str) -> tuple[int, str] | None:
        """Where the wording stands, and the text with its own words blanked (the words in its gaps are kept).

        None when it does not stand there. The blanked text is as long as before, so that places stay comparable.
        """
        match = self.search(folded)
        if match is None:
            return None
        blanked = list(folded[: match.start()] + BLANK * (match.end() - match.start()) + folded[match.end() :])
        for gap in range(1, len(match.groups()) + 1):
            blanked[match.start(gap) : match.end(gap)] = folded[match.start(gap) : match.end(gap)]
            if match.start(gap) < match.end(gap):
                blanked[match.start(gap) - 1] = " "
        return match.start(), "".join(blanked)


def parse_wording(wording: str, language: str) -> Wording:
    """A wording of a language. Raises ValueError for one that holds nothing to look for: it would match everywhere."""
    if not fold(wording.replace("*", "").replace("~", "")).strip():
        raise ValueError(f"{wording!r} holds no letters")
    if language in UNSPACED:
        parts = [fold(part).strip() for part in wording.split("~")]
        return Wording("(.{0,12}?)".join(map(re.escape, parts)), max(parts, key=len), len(wording))
    # A gap takes the space behind it, so that it may be empty.
    pattern = " ".join(_word(word) for word in wording.split()).replace("<gap> ", r"((?:\S+ ){0,4}?)")
    return Wording(rf"(?<= ){pattern}(?= )", _core(wording), len(wording))


def parse_name(name: str, language: str, *, beginnings: str = "", endings: str = "") -> Wording:
    """A country's name as it stands in a sentence: with the prefixes and case endings (regular expressions) of the language."""
    folded = fold(name).strip()
    around = folded if language in UNSPACED else rf"(?<= ){beginnings}{re.escape(folded)}{endings}(?= )"
    return Wording(around, folded, len(folded))


@lru_cache(maxsize=8192)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _core(wording: str) -> str:
    return max((fold(word.strip("*")).strip() for word in wording.split() if word != "~"), key=len)


def _word(wording: str) -> str:
    if wording == "~":
        return "<gap>"
    core = re.escape(fold(wording.strip("*")).strip())
    return (r"\S*" if wording.startswith("*") else "") + core + (r"\S*" if wording.endswith("*") else "")
