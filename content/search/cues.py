"""Phrases that mean danger whatever else a message says: curated by language, checked before any model is asked.

`cues/<language>.txt`, one phrase a line: "word*" is any word that starts so, "~" up to four words between. What stands there
is sure: the first person, the present, now. Reports of the past and questions about help in general must not match; the rest
of danger is learnt from `examples/<language>/danger.txt`.
"""

import re
from pathlib import Path

from content.errors import TextError
from content.locales import LANGUAGES
from content.search.examples import read_lines
from content.search.normalise import fold
from content.search.vocabulary import compile_wording
from content.settings import CONTENT_DIR


class Cues:
    """The danger phrases of all languages. Every message is held against all of them: people mix languages."""

    def __init__(self, folder: Path = CONTENT_DIR / "cues") -> None:
        patterns: list[str] = []
        for path in sorted(folder.glob("*.txt")):
            if path.stem not in LANGUAGES:
                raise TextError(path, 1, "name the file <language>.txt")
            patterns += [compile_wording(line, path.stem).pattern for line in read_lines(path)]
        self._danger = re.compile("|".join(patterns) or r"(?!)")

    def danger(self, text: str) -> bool:
        """Whether a phrase of danger stands in the message."""
        return self._danger.search(fold(text)) is not None
