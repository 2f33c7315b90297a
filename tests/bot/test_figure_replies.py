"""Over questions put together in every language: no reply states a number that is not the figure's that was asked for."""

import re
import unicodedata

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation import Conversation
from bot.markup import to_text
from bot.message import Incoming, Reply
from content.contacts import CONTACTS
from content.facets import facets_of
from content.locales import LANGUAGES, locale_of
from content.search.vocabulary import vocabulary

ASKED = {
    "measure": ("referrals", "new_clients", "all_clients"),
    "gender": ("women", "men"),
    "age": ("minors", "adults"),
    "place": ("finland", "abroad"),
    "nationality": ("NP", "SO", "BR", "PH"),
}
Asked = tuple[str, str, dict[str, str], int | None]
"""A language, a question in it, and what it asks for."""
NUMBERS = (CONTACTS.helpline, CONTACTS.nollalinja, CONTACTS.riku, CONTACTS.emergency)
YEARS = (2015, 2023, 2024, 2025, 2031)


def wordings(language: str, name: str, value: str) -> list[str]:
    """The plain phrases that set exactly this, or the country's name."""
    if name == "nationality":
        return [locale_of(language).territories[value]]
    phrases = vocabulary(language).phrases.get(f"{name}={value}", [])
    return [phrase.rstrip("*") for phrase in phrases if not set("*~_|") & set(phrase.rstrip("*"))][:6]


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    language = draw(st.sampled_from(LANGUAGES))
    names = ["measure", *draw(st.lists(st.sampled_from([name for name in ASKED if name != "measure"]), unique=True, max_size=3))]
    facets = {name: draw(st.sampled_from(ASKED[name])) for name in names}
    words = [draw(st.sampled_from(found)) for name, value in facets.items() if (found := wordings(language, name, value))]
    year = draw(st.sampled_from([None, *YEARS]))
    many = wordings(language, "want", "count")
    return language, " ".join([*many[:1], *words, *([str(year)] if year else [])]), facets, year


def stated(reply: Reply) -> set[int]:
    """The numbers of a reply besides phone numbers, years of what is missing, and the names of figures and sources."""
    text = to_text(reply.markdown, "ltr")
    for name in (*(s.label for s in reply.figures), *(s.text for s in reply.suggestions), *(s.title for s in reply.sources), *NUMBERS):
        text = text.replace(name, "")
    text = "".join(str(unicodedata.decimal(character, character)) for character in text)
    return {int(re.sub(r"\D", "", found)) for found in re.findall(r"\d+(?:[\u00a0\u202f,.٬\u2019 ]\d{3}\b)*", text)}


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=questions())
def test_a_figure_given_is_the_one_asked_for(conversation: Conversation, asked: Asked) -> None:
    language, text, facets, year = asked

    reply = conversation.answer(Incoming(text, "api", chosen=language))

    for shown in reply.figures:
        counted = dict(facets_of(shown.figure) or ())
        assert year is None or shown.figure.year == year
        assert counted["measure"] == facets["measure"], shown.figure.id
        for name in ("gender", "nationality", "age"):
            assert counted.get(name) == facets.get(name), (shown.figure.id, name)
    if reply.kind == "figure":
        figures = [entry.figure for entry in reply.figures]
        published = [number for figure in figures for number in (figure.value, figure.value_min, figure.value_max) if number is not None]
        assert stated(reply) <= set(map(round, published)), reply.markdown
