"""Text as the search compares it: one script form, one case, ASCII digits, no marks that hide or reverse."""

import re
import unicodedata
from functools import lru_cache

_ARABIC = str.maketrans(
    {
        "ی": "ي",
        "ى": "ي",
        "ې": "ي",
        "ک": "ك",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ة": "ه",
        "ۀ": "ه",
        "ە": "ه",
        "ھ": "ه",
        "ہ": "ه",
        "ۃ": "ه",
        "ڕ": "ر",
        "ڵ": "ل",
        "ۆ": "و",
        "ێ": "ي",
        "ـ": None,
    },
)
_ETHIOPIC = {
    source + place: target + place
    for source, target in ((0x1210, 0x1200), (0x1280, 0x1200), (0x1220, 0x1230), (0x12D0, 0x12A0), (0x1340, 0x1338))
    for place in range(8)
}
"""Letters that sound alike in Amharic and are written one for the other."""
_JOINERS = re.compile(r"(?<=[\u0900-\u0dff])[\u200c\u200d]|\u200d")
"""Marks that only shape letters; elsewhere (Persian) the non-joiner parts words."""

_LATIN_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "’": "'", "ʼ": "'", "`": "'", "´": "'"}
)
_ONE_FORM = _ARABIC | _ETHIOPIC
_PERCENT = "%٪"
_REPEATED = re.compile(r"(.)\1{2,}")
_MOST_MARKS = 3
"""Marks on one letter: no script piles up more; text that does hides itself."""

_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """What a person wrote without control characters, bidi overrides and piled-up marks; line ends become spaces."""
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        marks = marks + 1 if category == "Mn" else 0
        if category in {"Cc", "Zl", "Zp", "Zs"}:
            kept.append(" ")
        elif marks <= _MOST_MARKS and (category not in {"Cf", "Cs", "Co", "Cn"} or character in "\u200c\u200d"):
            kept.append(character)
    return _SPACES.sub(" ", "".join(kept)).strip()


@lru_cache(maxsize=4)  # one message is folded for its n-grams, its cues and its figures: no more of it is held
def fold(text: str) -> str:
    """Lower case, Latin letters without diacritics, Arabic letters in one form, ASCII digits, words apart by one space.

    The result starts and ends with a space, so that " word" finds a beginning and "word " an ending.
    """
    joined = _JOINERS.sub("", clean(text).casefold())
    decomposed = unicodedata.normalize("NFKD", joined).translate(_LATIN_LETTERS)
    folded: list[str] = []
    latin = False
    for character in decomposed:
        category = unicodedata.category(character)
        if category == "Mn":
            if not latin and not _is_arabic_mark(character):
                folded.append(character)
            continue
        latin = character < "\u0250"
        if category == "Nd":
            folded.append(str(unicodedata.digit(character)))
        elif character in _PERCENT:
            folded.append("%")
        elif category[0] in "LM" or character == "'":
            folded.append(character)
        else:
            folded.append(" ")
    composed = unicodedata.normalize("NFC", "".join(folded)).translate(_ONE_FORM).replace("'", "")
    shortened = _REPEATED.sub(r"\1\1", composed)
    return f" {_SPACES.sub(' ', shortened).strip()} "


def words(text: str) -> list[str]:
    """The folded words of a message."""
    return fold(text).split()


def _is_arabic_mark(character: str) -> bool:
    return "\u064b" <= character <= "\u065f" or character == "\u0670"
