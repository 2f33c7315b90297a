"""GET /api/v1/topics: what the service can explain."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel

from api.dependencies import Language, TheService
from api.problems import Problem
from bot.markup import to_html, to_text
from bot.rendering import SourceOut
from content.locales import Direction, direction
from content.topics import Audience, TranslationState

router = APIRouter(prefix="/api/v1/topics", tags=["topics"], responses={404: {"model": Problem}, 422: {"model": Problem}})


class TopicOut(BaseModel):
    """A topic in a list."""

    id: str
    audience: Audience
    title: str
    language: str
    translation: TranslationState
    questions: list[str]


class TopicList(BaseModel):
    """All topics, in the order of menus."""

    items: list[TopicOut]
    total: int


class TopicText(TopicOut):
    """A topic with its text."""

    direction: Direction
    text: str
    html: str
    dated: str
    related: list[str]
    sources: list[SourceOut]


@router.get("")
def topics(language: Language, service: TheService, audience: Annotated[Audience | None, Query()] = None) -> TopicList:
    """The topics, in the language where a text exists, else in English."""
    items = [_entry(service, topic.id, language) for topic in service.library.topics.values() if audience in {None, topic.audience}]
    return TopicList(items=items, total=len(items))


@router.get("/{topic}")
def topic(topic: str, language: Language, service: TheService) -> TopicText:
    """One topic's text."""
    if topic not in service.library.topics:
        raise HTTPException(404, "There is no such topic; GET /api/v1/topics lists them.")
    reply = service.conversation.replies.topic(topic, [language], wanted=language)
    text = service.library.text(topic, language)
    return TopicText(
        **_entry(service, topic, language).model_dump(),
        direction=direction(reply.language),
        text=to_text(reply.markdown, reply.direction),
        html=to_html(reply.markdown),
        dated=text.front.dated.isoformat(),
        related=list(service.library.topics[topic].related),
        sources=[SourceOut(title=source.title, url=source.url) for source in reply.sources],
    )


def _entry(service: TheService, topic: str, language: str) -> TopicOut:
    text = service.library.text(topic, language)
    return TopicOut(
        id=topic,
        audience=service.library.topics[topic].audience,
        title=text.title,
        language=text.language,
        translation=text.state,
        questions=text.front.questions,
    )
