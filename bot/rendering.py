"""A reply as the JSON of the HTTP contract (../shared/API.md), for the API and for `python -m bot ask --json`."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from bot.markup import to_html, to_text
from bot.message import FigureShown, Kind, Reply
from content.contacts import CONTACTS


class ChoiceOut(BaseModel):
    """A topic offered beside the answer."""

    topic: str
    title: str


class SuggestionOut(BaseModel):
    """Something to press: what it says, and the message it stands for."""

    label: str
    text: str


class SourceOut(BaseModel):
    """Where a statement stands."""

    title: str
    url: str


class FigureOut(BaseModel):
    """A published figure. `text` is the number in the reply's language."""

    id: str
    measure: str
    population: str
    period: str
    dimensions: dict[str, str]
    value: int | float | None
    value_min: int | float | None
    value_max: int | float | None
    unit: str
    text: str
    publication: str
    source: str


class Escalation(BaseModel):
    """Who helps at once. `emergency` is 112 when somebody is, or may be, in danger; `urgent` when it comes first."""

    helpline: str = CONTACTS.helpline
    emergency: str | None = None
    urgent: bool = False


class ChatReply(BaseModel):
    """The reply to a message."""

    kind: Kind
    topic: str | None
    language: str
    direction: Literal["ltr", "rtl"]
    translation: Literal["source", "reviewed", "draft"]
    text: str
    html: str
    confidence: Annotated[float, Field(ge=0, le=1)]
    figures: list[FigureOut]
    alternatives: list[ChoiceOut]
    suggestions: list[SuggestionOut]
    sources: list[SourceOut]
    escalation: Escalation
    context: str | None


def to_json(reply: Reply) -> ChatReply:
    """The reply as the contract has it."""
    return ChatReply(
        kind=reply.kind,
        topic=reply.topic,
        language=reply.language,
        direction=reply.direction,
        translation=reply.translation,
        text=to_text(reply.markdown, reply.direction),
        html=to_html(reply.markdown),
        confidence=round(min(reply.confidence, 1.0), 4),
        figures=[figure_json(shown) for shown in reply.figures],
        alternatives=[ChoiceOut(topic=choice.topic, title=choice.title) for choice in reply.alternatives],
        suggestions=[SuggestionOut(label=entry.label, text=entry.text) for entry in reply.suggestions],
        sources=[SourceOut(title=source.title, url=source.url) for source in reply.sources],
        escalation=Escalation(emergency=reply.emergency, urgent=reply.urgent),
        context=reply.context,
    )


def figure_json(shown: FigureShown) -> FigureOut:
    """A figure as the contract has it; whole numbers stay whole."""
    figure = shown.figure
    return FigureOut(
        **figure.model_dump(include={"id", "measure", "population", "period", "dimensions", "unit"}),
        value=_number(figure.value),
        value_min=_number(figure.value_min),
        value_max=_number(figure.value_max),
        text=shown.text,
        publication=shown.source.title,
        source=shown.source.url,
    )


def _number(value: float | None) -> int | float | None:
    return int(value) if value is not None and value.is_integer() else value
