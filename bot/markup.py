"""A reply's Markdown as plain text and as HTML that is safe to show."""

import re

from markdown_it import MarkdownIt

from content.contacts import CONTACTS
from content.locales import Direction

_MARKDOWN = MarkdownIt("zero", {"html": False}).enable(["list", "emphasis"])
_ISOLATE = "\u2066{}\u2069"
_NUMBERS = re.compile("|".join(map(re.escape, sorted([CONTACTS.helpline, CONTACTS.nollalinja, CONTACTS.riku], key=len, reverse=True))))


def to_text(markdown: str, direction: Direction) -> str:
    """Plain text: list items with a bullet; phone numbers kept left-to-right inside right-to-left text."""
    text = re.sub(r"^- ", "• ", markdown.replace("**", ""), flags=re.MULTILINE)
    return _NUMBERS.sub(lambda number: _ISOLATE.format(number[0]), text) if direction == "rtl" else text


def to_html(markdown: str) -> str:
    """HTML with paragraphs, lists and phone links; everything else a text might hold is escaped."""
    rendered: str = _MARKDOWN.render(markdown)
    return _NUMBERS.sub(lambda number: f'<a href="tel:{number[0].replace(" ", "")}"><bdi dir="ltr">{number[0]}</bdi></a>', rendered)
