"""Phrases that mean danger whatever else a message says: curated by language, checked before any model is asked."""

import tomllib
from pathlib import Path

from content.errors import TextError
from content.search.normalise import fold
from content.search.vocabulary import compile_wording
from content.settings import CONTENT_DIR


class Cues:
    """The danger phrases of all languages. Every message is held against all of them: people mix languages."""

    def __init__(self, path: Path = CONTENT_DIR / "cues" / "danger.toml") -> None:
        try:
            entries: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise TextError(path, 1, f"mend the file: {error}") from error
        self._danger = [compile_wording(wording, language) for language, wordings in entries.items() for wording in wordings]

    def danger(self, text: str) -> bool:
        """Whether a phrase of danger stands in the message."""
        folded = fold(text)
        return any(pattern.search(folded) for pattern in self._danger)
