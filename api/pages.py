"""The pages a person sees: the chat, a topic, the state of translations. They work as plain forms, without JavaScript."""

from pathlib import Path
from typing import Annotated

import segno
from babel.dates import format_date
from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import FileResponse, HTMLResponse

from api.dependencies import Lang, TheService
from api.metrics import REPLIES
from api.render import hinted, language_of, page
from bot.app import Service
from bot.message import MOST_CHARACTERS, Incoming, Reply
from bot.rendering import to_json
from bot.translations import spoken, translations
from content.desk import coverage
from content.locales import LANGUAGES, in_digits, locale_of, native_name, parse_language

router = APIRouter(include_in_schema=False)

_MOST_CHOICES = 6
_ICON = Path(__file__).parent / "static" / "icon.svg"

Choices = list[tuple[str, list[tuple[str, str, str]]]]
"""Groups of buttons: a heading, and for each button its label, its form field and the field's value."""


@router.get("/")
def home(request: Request, service: TheService, lang: Lang = None) -> Response:
    """The chat, with a greeting and six questions to begin with, by audience."""
    return _first(request, service, lang)


@router.get("/widget")
def widget(request: Request, service: TheService, lang: Lang = None) -> Response:
    """The chat for another site's frame: no footer, no exit button of its own (the site around it has its own)."""
    return _first(request, service, lang, embedded=True)


@router.post("/")
@router.post("/widget")
def ask(
    request: Request,
    service: TheService,
    text: Annotated[str, Form()] = "",
    topic: Annotated[str | None, Form(max_length=64)] = None,
    lang: Annotated[str | None, Form(max_length=35)] = None,
    context: Annotated[str | None, Form(max_length=4000)] = None,
    again: Annotated[str | None, Form(max_length=1)] = None,
) -> Response:
    """One message of the plain form: the page again, with the reply. Whatever was written, the page comes with the number."""
    language = language_of(request, lang)
    incoming = Incoming(text.strip(), "web", chosen=lang, hinted=hinted(request), context=context, topic=topic, again=again is not None)
    reply = service.conversation.answer(incoming)
    REPLIES.labels(kind=reply.kind, channel="web").inc()
    service.counts.asked(reply, "web")
    if incoming.again:
        said = native_name(language)
    else:
        said = text.strip()[:MOST_CHARACTERS] if topic is None else service.conversation.title(topic, language)
    shown = reply.language if lang is None else language
    return _chat(request, reply, shown, [("", _buttons(reply))], chosen=lang, said=said)


@router.get("/topics/{topic}")
def topic_page(request: Request, topic: str, service: TheService, lang: Lang = None) -> Response:
    """One topic, to share and to print."""
    if topic not in service.library.topics:
        raise HTTPException(404, "There is no such topic.")
    language = language_of(request, lang)
    reply = service.conversation.replies.topic(topic, [language], wanted=language)
    text = service.library.text(topic, language)
    address = str(request.url_for("topic_page", topic=topic).include_query_params(lang=text.language))
    others = [tag for tag in LANGUAGES if topic in service.library.texts.get(tag, {})]
    values = {
        "reply": to_json(reply),
        "title": text.title,
        "state": state_name(text.state, language),
        "dated": in_digits(format_date(text.front.dated, format="long", locale=locale_of(spoken(language))), language),
        "related": [
            (choice.topic, choice.title) for choice in service.conversation.replies.choices(service.library.topics[topic].related, language)
        ],
        "alternates": [(tag, str(request.url.include_query_params(lang=tag))) for tag in others]
        + [("x-default", str(request.url.remove_query_params("lang")))],
        "address": address,
        "qr": segno.make(address, micro=False).svg_inline(scale=4, omitsize=True, svgclass="qr-code", lineclass=None, dark=None),
    }
    return HTMLResponse(page(request, "topic.html", language, **values))


@router.get("/about/translations")
def translations_page(request: Request, service: TheService, lang: Lang = None) -> Response:
    """How far each language is translated and reviewed."""
    language = spoken(language_of(request, lang))
    covered = coverage(service.library)
    states = [(state, state_name(state, language)) for state in ("source", "reviewed", "draft", "outdated", "missing")]
    rows = [(tag, native_name(tag), covered.count(tag)) for tag in LANGUAGES]
    return HTMLResponse(page(request, "translations.html", language, states=states, rows=rows))


@router.get("/icon")
def icon(request: Request) -> Response:
    """The page's icon: a neutral one, or PAGE_ICON."""
    return FileResponse(request.app.state.settings.page_icon or _ICON)


def state_name(state: str, language: str) -> str:
    """How a translation's state is called."""
    say = translations(spoken(language)).gettext
    names = {
        "source": say("source text"),
        "reviewed": say("reviewed"),
        "draft": say("draft, not checked"),
        "outdated": say("outdated"),
        "missing": say("missing"),
    }
    return names[state]


def _first(request: Request, service: Service, lang: str | None, *, embedded: bool = False) -> Response:
    language = language_of(request, lang)
    replies = service.conversation.replies
    say = translations(spoken(language)).gettext
    headings = {"victim": say("For you"), "professional": say("For professionals"), "public": say("For the public")}
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for entry in replies.starters(spoken(language)):
        audience = service.library.topics[str(entry.topic)].audience
        groups.setdefault(headings[audience], []).append((entry.label, "topic", str(entry.topic)))
    return _chat(request, replies.small_talk("greeting", language), language, list(groups.items()), chosen=lang, embedded=embedded)


def _buttons(reply: Reply) -> list[tuple[str, str, str]]:
    buttons = [(choice.title, "topic", choice.topic) for choice in reply.alternatives]
    titles = {title for title, _, _ in buttons}
    buttons += [
        (entry.label, "topic" if entry.topic else "text", entry.topic or entry.text)
        for entry in reply.suggestions
        if entry.label not in titles
    ]
    return buttons[:_MOST_CHOICES]


def _chat(
    request: Request,
    reply: Reply,
    language: str,
    choices: Choices,
    *,
    chosen: str | None,
    said: str | None = None,
    embedded: bool | None = None,
) -> Response:
    values = {
        "reply": to_json(reply),
        "said": said,
        "choices": choices,
        "chosen": parse_language(chosen) or "",
        "other_languages": [(tag, native_name(tag)) for tag in reply.languages],
        "embedded": request.url.path == "/widget" if embedded is None else embedded,
    }
    return HTMLResponse(page(request, "chat.html", language, **values))
