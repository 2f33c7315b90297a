"""The glossary: what each language calls the terms of the service, so that its texts call a thing by one name.

`glossary/<language>.toml` says how a term is written (`en.toml` explains it).
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from content.errors import TextError
from content.search.wording import parse_wording
from content.settings import CONTENT_DIR

FOLDER = CONTENT_DIR / "glossary"


class Term(BaseModel):
    """A term in one language: what we say, which wordings count as saying it, and the Finnish word at an office."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str
    term: Annotated[str, Field(min_length=1)]
    forms: tuple[str, ...] = ()
    finnish: str
    meaning: str = ""
    note: str = ""

    def stands_in(self, folded: str) -> bool:
        """Whether the term, in one of its forms, stands in a folded text."""
        return any(parse_wording(wording, self.language).search(folded) for wording in (self.term, *self.forms))


Glossary = dict[str, Term]


@cache
def read_glossary(language: str, folder: Path = FOLDER) -> Glossary:
    """The terms of a language by their English names. Raises TextError for a missing or broken file."""
    path = folder / f"{language}.toml"
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: Term(language=language, **entry) for name, entry in entries.items()}
    except FileNotFoundError as error:
        raise TextError(path, 1, "missing: write the terms of the language, as in en.toml") from error
    except (tomllib.TOMLDecodeError, ValidationError, TypeError) as error:
        raise TextError(path, 1, f"mend the glossary: {error}") from error
