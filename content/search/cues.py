"""Phrases that mean danger whatever else a message says: curated by language, checked before any model is asked.

`cues/<language>.txt`, one wording a line (content/search/wording.py). What stands there is sure: the first person, the
present, now. Reports of the past and questions about help in general must not match; the rest of danger is learnt from
`examples/<language>/danger.txt`.
"""

from pathlib import Path

from content.errors import TextError
from content.locales import LANGUAGES
from content.search.examples import read_lines
from content.search.normalise import fold
from content.search.wording import Wording, parse_wording
from content.settings import CONTENT_DIR

_BEGINNING = 3
"""Letters of a word by which its phrases are found."""


class Cues:
    """The danger phrases of all languages. Every message is held against all of them: people mix languages."""

    def __init__(self, folder: Path = CONTENT_DIR / "cues") -> None:
        wordings: list[Wording] = []
        for path in sorted(folder.glob("*.txt")):
            if path.stem not in LANGUAGES:
                raise TextError(path, 1, "name the file <language>.txt")
            wordings += [parse_wording(line, path.stem) for line in read_lines(path)]
        # By how their longest word begins: a message holds a hundred beginnings, the languages two thousand phrases.
        self._danger: dict[str, list[Wording]] = {}
        for wording in dict.fromkeys(wordings):
            self._danger.setdefault(wording.core[:_BEGINNING], []).append(wording)

    def danger(self, text: str) -> bool:
        """Whether a phrase of danger stands in the message."""
        folded = fold(text)
        beginnings = {folded[place : place + length] for length in range(1, _BEGINNING + 1) for place in range(len(folded))}
        return any(
            wording.search(folded) is not None for beginning in beginnings & self._danger.keys() for wording in self._danger[beginning]
        )
