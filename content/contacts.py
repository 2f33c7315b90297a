"""Numbers and addresses. Loaded first of all: whatever fails later, the helpline number is in memory."""

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from content.errors import TextError
from content.settings import CONTENT_DIR

PhoneNumber = Annotated[str, Field(pattern=r"^\+?\d[\d ]+\d$")]


class Contacts(BaseModel):
    """The contacts a text may name, by the placeholder that names them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    helpline: Annotated[str, Field(pattern=r"^\+358 295 463 177$")]
    emergency: Annotated[str, Field(pattern=r"^112$")]
    email: str
    website: str
    police_email: str
    nollalinja: PhoneNumber
    riku: PhoneNumber
    media_contacts: list[str]

    def placeholders(self) -> dict[str, str]:
        """What each placeholder of a text stands for; a list becomes Markdown list items."""
        values = self.model_dump()
        return {name: "\n".join(f"- {item}" for item in value) if isinstance(value, list) else value for name, value in values.items()}


def load_contacts(path: Path = CONTENT_DIR / "contacts.toml") -> Contacts:
    """Read and check the contacts; a wrong helpline number stops the start, since nothing would be safe without it."""
    try:
        return Contacts.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise TextError(path, 1, f"mend the contacts: {error}") from error


CONTACTS = load_contacts()
"""The contacts of this installation."""
