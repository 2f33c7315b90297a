"""What each measure counts, and what was not published about it: `measures.toml`, by language."""

import tomllib
from functools import cache

from pydantic import BaseModel, ConfigDict, ValidationError

from content.errors import TextError
from content.locales import SOURCE
from content.settings import CONTENT_DIR

PATH = CONTENT_DIR / "measures.toml"


class Measure(BaseModel):
    """A measure's definition and what is known not to be published, in the languages that have them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    definition: dict[str, str]
    not_published: dict[str, list[str]]

    def defined(self, language: str) -> tuple[str, str]:
        """The definition and the language it is in."""
        return (self.definition[language], language) if language in self.definition else (self.definition[SOURCE], SOURCE)

    def unpublished(self, language: str) -> tuple[list[str], str]:
        """What was not published, and the language it is said in."""
        return (self.not_published[language], language) if language in self.not_published else (self.not_published[SOURCE], SOURCE)


@cache
def read_measures() -> dict[str, Measure]:
    """Every measure by its id. Raises TextError for a broken file."""
    try:
        entries = tomllib.loads(PATH.read_text(encoding="utf-8"))
        return {name: Measure.model_validate(entry) for name, entry in entries.items()}
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise TextError(PATH, 1, f"mend the file: {error}") from error
