"""The pages a person sees: the chat, a topic, the figures. They work as plain forms, without JavaScript."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from babel.dates import format_date
from fastapi import APIRouter, Form, HTTPException, Query, Request, Response
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.dependencies import TheService
from api.metrics import REPLIES
from bot.message import MOST_CHARACTERS, Incoming, Reply
from bot.rendering import to_json
from bot.translations import spoken, translations
from content.contacts import CONTACTS
from content.locales import SOURCE, accepted, direction, locale_of, native_name, parse_language

router = APIRouter(include_in_schema=False)

_MOST_CHOICES = 6

_templates = Jinja2Templates(
    env=Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
)

Lang = Annotated[str | None, Query(max_length=35)]


@router.get("/")
def home(request: Request, service: TheService, lang: Lang = None) -> Response:
    """The chat, with a greeting and six questions to begin with."""
    language = _language(request, lang)
    return _chat_page(request, service, service.conversation.replies.small_talk("greeting", language), language, lang)


@router.post("/")
def ask(
    request: Request,
    service: TheService,
    text: Annotated[str, Form()] = "",
    topic: Annotated[str | None, Form(max_length=64)] = None,
    lang: Annotated[str | None, Form(max_length=35)] = None,
    context: Annotated[str | None, Form(max_length=4000)] = None,
) -> Response:
    """One message of the plain form: the page again, with the reply. Whatever was written, the page comes with the number."""
    language = _language(request, lang)
    incoming = Incoming(text.strip(), "web", chosen=lang, hinted=_hinted(request), context=context, topic=topic)
    reply = service.conversation.answer(incoming)
    REPLIES.labels(kind=reply.kind, channel="web").inc()
    said = text.strip()[:MOST_CHARACTERS] if topic is None else service.conversation.title(topic, language)
    return _chat_page(request, service, reply, language, lang, said)


@router.get("/topics/{topic}")
def topic_page(request: Request, topic: str, service: TheService, lang: Lang = None) -> Response:
    """One topic, for sharing."""
    if topic not in service.library.topics:
        raise HTTPException(404, "There is no such topic.")
    language = _language(request, lang)
    reply = service.conversation.replies.topic(topic, [language], wanted=language)
    text = service.library.text(topic, language)
    related = [
        (choice.topic, choice.title) for choice in service.conversation.replies.choices(service.library.topics[topic].related, language)
    ]
    return _page(
        request,
        service,
        "topic.html",
        language,
        reply=to_json(reply),
        title=text.title,
        related=related,
        dated=_day(text.front.dated, language),
    )


@router.get("/figures")
def figures_page(
    request: Request, service: TheService, lang: Lang = None, year: Annotated[int | None, Query(ge=1900, le=2200)] = None
) -> Response:
    """The published figures of a year."""
    language = spoken(_language(request, lang))
    stated = [figure for figure in service.figures.all if figure.is_stated]
    years = sorted({figure.year for figure in stated}, reverse=True)
    wanted = year or service.figures.latest_year
    shown = [service.conversation.replies.figures.show(figure, language) for figure in stated if figure.year == wanted]
    return _page(request, service, "figures.html", language, figures=shown, years=years, year=wanted)


def _chat_page(request: Request, service: TheService, reply: Reply, language: str, chosen: str | None, said: str | None = None) -> Response:
    choices = [(choice.title, "topic", choice.topic) for choice in reply.alternatives]
    titles = {title for title, _, _ in choices}
    choices += [
        (entry.label, "topic" if entry.topic else "text", entry.topic or entry.text)
        for entry in reply.suggestions
        if entry.label not in titles
    ]
    return _page(
        request,
        service,
        "chat.html",
        language,
        reply=to_json(reply),
        said=said,
        choices=choices[:_MOST_CHOICES],
        chosen=parse_language(chosen) or "",
    )


def _page(request: Request, service: TheService, template: str, language: str, **values: Any) -> Response:
    shown = spoken(language)
    catalogue = translations(shown)
    base = {
        "language": shown,
        "direction": direction(shown),
        "contacts": CONTACTS,
        "languages": [(tag, native_name(tag)) for tag in service.library.languages],
        "_": catalogue.gettext,
        "gettext": catalogue.gettext,
    }
    return _templates.TemplateResponse(request, template, base | values)


def _language(request: Request, chosen: str | None) -> str:
    return parse_language(chosen) or _hinted(request) or SOURCE


def _hinted(request: Request) -> str | None:
    return accepted(request.headers.get("accept-language"))


def _day(day: date, language: str) -> str:
    return format_date(day, format="long", locale=locale_of(language))
