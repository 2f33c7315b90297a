"""What comes in and what goes out, the same on every channel."""

from dataclasses import dataclass
from typing import Literal

from content.contacts import CONTACTS
from content.figures import Figure
from content.locales import Direction, direction
from content.topics import TranslationState

Channel = Literal["terminal", "web", "api", "telegram"]
Kind = Literal["danger", "human", "figure", "topic", "small-talk", "fallback"]

MOST_CHARACTERS = 1000
"""The longest message that the web and the API take; elsewhere a longer one is read this far, its whole length for danger."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message of a person.

    `chosen` is the language the person picked, `hinted` what the browser or Telegram says; `context` comes from the
    reply before; `topic` is set when the person pressed a topic's button instead of writing, `again` when they want the
    last answer once more, in the language now chosen.
    """

    text: str
    channel: Channel
    chosen: str | None = None
    hinted: str | None = None
    context: str | None = None
    topic: str | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A topic offered beside an answer."""

    topic: str
    title: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to press: what it says, the message it stands for, and the topic when it is one's question."""

    label: str
    text: str
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class SourceLink:
    """Where a statement stands."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class FigureShown:
    """A published figure and how it reads in the person's language."""

    figure: Figure
    text: str
    label: str
    source: SourceLink


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person is answered. `markdown` uses paragraphs and lists only; each adapter renders it as its channel can.

    `languages` are the other ones the person may want the answer in: a wrong guess is one press away from mended.
    """

    kind: Kind
    language: str
    markdown: str
    topic: str | None = None
    translation: TranslationState = "source"
    confidence: float = 1.0
    figures: tuple[FigureShown, ...] = ()
    alternatives: tuple[Choice, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    sources: tuple[SourceLink, ...] = ()
    possible_danger: bool = False
    context: str | None = None
    languages: tuple[str, ...] = ()

    @property
    def direction(self) -> Direction:
        return direction(self.language)

    @property
    def urgent(self) -> bool:
        """Whether 112 comes first."""
        return self.kind == "danger"

    @property
    def emergency(self) -> str | None:
        """The emergency number, when the person or somebody else is or may be in danger."""
        return CONTACTS.emergency if self.urgent or self.possible_danger else None
