"""Pages from templates: the interface in the person's language, right way round, with the numbers on top."""

from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.translations import spoken, translations
from content.contacts import CONTACTS
from content.locales import LANGUAGES, SOURCE, accepted, direction, native_name, parse_language

_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    extensions=["jinja2.ext.i18n"],
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(request: Request, template: str, language: str, **values: Any) -> str:
    """A template in a language; `_` says its sentences."""
    shown = spoken(language)
    catalogue = translations(shown)
    base = {
        "request": request,
        "query": lambda **changes: request.url.include_query_params(**changes).query,
        "embedded": False,
        "language": shown,
        "direction": direction(shown),
        "contacts": CONTACTS,
        "languages": [(tag, native_name(tag)) for tag in LANGUAGES],
        "_": catalogue.gettext,
        "gettext": catalogue.gettext,
        "ngettext": catalogue.ngettext,
    }
    return _environment.get_template(template).render(base | values)


def language_of(request: Request, chosen: str | None) -> str:
    """The person's choice, else what the browser says, else English."""
    return parse_language(chosen) or hinted(request) or SOURCE


def hinted(request: Request) -> str | None:
    """The language the browser is set to."""
    return accepted(request.headers.get("accept-language"))
