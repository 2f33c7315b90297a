"""A reply's Markdown as plain text and as HTML that is safe to show."""

import re

from markdown_it import MarkdownIt

from content.contacts import CONTACTS
from content.locales import Direction

_MARKDOWN = MarkdownIt("zero", {"html": False}).enable(["list", "emphasis"])
_ISOLATE = "\u2066{}\u2069"
_NUMBERS = re.compile("|".join(map(re.escape, sorted([CONTACTS.helpline, CONTACTS.nollalinja, CONTACTS.riku], key=len, reverse=True))))
_LEFT_TO_RIGHT = re.compile(rf"{_NUMBERS.pattern}|[\w.+-]+@[\w.-]+\w|{re.escape(CONTACTS.website)}|(?<![<\w])/[a-z]+\b|\+?\d[\d ]{{6,}}\d")
"""What right-to-left text must not turn round: phone numbers, addresses, commands."""


def to_text(markdown: str, direction: Direction) -> str:
    """Plain text: list items with a bullet; numbers and addresses kept left-to-right inside right-to-left text."""
    text = re.sub(r"^- ", "• ", markdown.replace("**", ""), flags=re.MULTILINE)
    return _LEFT_TO_RIGHT.sub(lambda found: _ISOLATE.format(found[0]), text) if direction == "rtl" else text


def to_html(markdown: str) -> str:
    """HTML with paragraphs, lists and phone links; everything else a text might hold is escaped."""
    rendered: str = _MARKDOWN.render(markdown)
    return _LEFT_TO_RIGHT.sub(_isolated, rendered)


def _isolated(found: re.Match[str]) -> str:
    kept = f'<bdi dir="ltr">{found[0]}</bdi>'
    return f'<a href="tel:{found[0].replace(" ", "")}">{kept}</a>' if _NUMBERS.fullmatch(found[0]) else kept
