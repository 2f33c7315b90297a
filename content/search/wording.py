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

_GAP = "~"


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording, ready to be looked for in folded text.

    There are tens of thousands of them in all languages, so that only the ones whose longest word (`core`) stands in a
    message are ever compiled.
    """

    pattern: str
    core: str
    weight: tuple[int, int]
    """Words and letters: of two wordings the one with more is read first ("31 dec*" before "december")."""

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
    if language in UNSPACED:
        parts = [fold(part).strip() for part in wording.split("~")]
        pattern = "(.{0,12}?)".join(map(re.escape, parts))
    else:
        written = wording.split()
        parts = ["" if word == _GAP else _folded(word) for word in written]
        # A gap takes the space behind it, so that it may be empty.
        pattern = " ".join(map(_word, written, parts)).replace("<gap> ", r"((?:\S+ ){0,4}?)")
        pattern = rf"(?<= ){pattern}(?= )"
    core = max(parts, key=len, default="")
    if not core:
        raise ValueError(f"{wording!r} holds no letters")
    return Wording(pattern, core, (1 if language in UNSPACED else len(wording.split()), len(wording)))


def parse_name(name: str, language: str, *, beginnings: str = "", endings: str = "") -> Wording:
    """A country's name as it stands in a sentence: with the prefixes and case endings (regular expressions) of the language."""
    folded = fold(name).strip()
    around = folded if language in UNSPACED else rf"(?<= ){beginnings}{re.escape(folded)}{endings}(?= )"
    return Wording(around, folded, (len(folded.split()), len(folded)))


@lru_cache(maxsize=1 << 15)
def _folded(word: str) -> str:
    """An editor's word; the same few thousand stand in a hundred thousand wordings."""
    return fold(word.strip("*")).strip()


@lru_cache(maxsize=8192)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _word(written: str, folded: str) -> str:
    if written == _GAP:
        return "<gap>"
    return (r"\S*" if written.startswith("*") else "") + re.escape(folded) + (r"\S*" if written.endswith("*") else "")
