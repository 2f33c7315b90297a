"""A series as a bar chart: SVG drawn here, readable without JavaScript, described for screen readers; PNG made from it.

Bars lie, with each label on its own line above its bar: labels are long in some languages, and a phone is narrow. The chart
turns round for languages written from right to left; the renderer (resvg) shapes every script with the fonts it finds
(docs/translations.md names the packages).
"""

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from wcwidth import wcswidth

from bot.message import FigureShown
from content.locales import direction
from content.search.wording import UNSPACED
from content.series import Series, value_of

WIDTH = 640
_MARGIN, _LINE, _BAR, _GAP = 20, 22, 20, 12
_TITLE_SIZE, _TEXT_SIZE, _SMALL_SIZE = 19, 16, 13
_NUMBER_ROOM = 110
_COLUMN = 8.6
"""Pixels that a column of text takes at the text size, at most: wide enough for Ethiopic and Thai."""
_FONTS = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif"
_INK, _SOFT, _BRAND, _PAPER = "#1d2a33", "#52616b", "#0b5a6b", "#ffffff"


@dataclass(frozen=True)
class Chart:
    """What a chart says: its title, its rows with numbers as people read them, and where they come from."""

    series: Series
    title: str
    rows: tuple[FigureShown, ...]
    labels: tuple[str, ...]
    source: str
    language: str

    @property
    def description(self) -> str:
        """The chart in words, for those who do not see it."""
        return f"{self.title}. " + "; ".join(f"{label}: {row.text}" for label, row in zip(self.labels, self.rows, strict=True)) + "."


def to_svg(chart: Chart, *, standalone: bool = True) -> str:
    """The chart as SVG; `standalone` has a background of its own, else the page's colours show."""
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "chart",
            "role": "img",
            "lang": chart.language,
            "direction": "ltr",
            "font-family": _FONTS,
        },
    )
    name = f"chart-{chart.series.measure}-{chart.series.id}".replace("_", "-")
    root.set("aria-labelledby", f"{name}-title {name}-desc")
    ET.SubElement(root, "title", {"id": f"{name}-title"}).text = chart.title
    ET.SubElement(root, "desc", {"id": f"{name}-desc"}).text = chart.description
    paper = ET.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": _PAPER, "class": "paper"}) if standalone else None
    at = _MARGIN
    for line in wrapped(chart.title, chart.language, _TITLE_SIZE):
        at += _LINE + 3
        _text(root, chart, line, (None, at), _TITLE)
    at += _GAP
    for label, row in zip(chart.labels, chart.rows, strict=True):
        at = _row(root, chart, label, row, at)
    for line in wrapped(chart.source, chart.language, _SMALL_SIZE):
        at += _LINE - 3
        _text(root, chart, line, (None, at), _SOURCE)
    height = at + _MARGIN
    root.set("viewBox", f"0 0 {WIDTH} {height}")
    if paper is not None:
        root.set("width", str(WIDTH))
        root.set("height", str(height))
    return ET.tostring(root, encoding="unicode")


def to_png(chart: Chart) -> bytes:
    """The chart as PNG, twice as sharp as its size."""
    from resvg_py import svg_to_bytes

    return bytes(
        svg_to_bytes(svg_string=to_svg(chart), zoom=2, font_family="Noto Sans", sans_serif_family="Noto Sans", languages=[chart.language])
    )


def wrapped(text: str, language: str, size: int = _TEXT_SIZE) -> list[str]:
    """The lines of a text within the chart's width, as near as can be told without measuring it."""
    most = int((WIDTH - 2 * _MARGIN) / (_COLUMN * size / _TEXT_SIZE))
    words = list(text) if language in UNSPACED else [f"{word} " for word in text.split()]
    lines = [""]
    for word in words:
        if wcswidth((lines[-1] + word).rstrip()) > most and lines[-1]:
            lines.append("")
        lines[-1] += word
    return [line.rstrip() for line in lines]


def _row(root: ET.Element, chart: Chart, label: str, row: FigureShown, at: int) -> int:
    for line in wrapped(label, chart.language):
        at += _LINE
        _text(root, chart, line, (None, at))
    at += _GAP // 2
    room = WIDTH - 2 * _MARGIN - _NUMBER_ROOM
    length = max(2.0, room * value_of(row.figure) / chart.series.largest) if chart.series.largest > 0 else 2.0
    right_to_left = direction(chart.language) == "rtl"
    start = WIDTH - _MARGIN - length if right_to_left else _MARGIN
    bar = {"x": f"{start:.1f}", "y": str(at), "width": f"{length:.1f}", "height": str(_BAR), "rx": "3", "fill": _BRAND, "class": "bar"}
    ET.SubElement(root, "rect", bar)
    number = start - 8 if right_to_left else start + length + 8
    _text(root, chart, row.text, (number, at + _BAR - 4), _NUMBER)
    return at + _BAR + _GAP


@dataclass(frozen=True)
class _Style:
    size: int = _TEXT_SIZE
    fill: str = _INK
    weight: str = "400"


_PLAIN = _Style()
_TITLE = _Style(size=_TITLE_SIZE, weight="600")
_NUMBER = _Style(weight="600")
_SOURCE = _Style(size=_SMALL_SIZE, fill=_SOFT)


def _text(root: ET.Element, chart: Chart, text: str, place: tuple[float | None, float], style: _Style = _PLAIN) -> None:
    """A line of text from the edge where the language begins. The isolate makes bidirectional text right in every renderer."""
    right_to_left = direction(chart.language) == "rtl"
    edge = WIDTH - _MARGIN if right_to_left else _MARGIN
    x, y = place
    attributes = {"x": f"{edge if x is None else x:.1f}", "y": f"{y:.1f}", "font-size": str(style.size), "font-weight": style.weight}
    attributes |= {
        "fill": style.fill,
        "class": "soft" if style.fill == _SOFT else "ink",
        "text-anchor": "end" if right_to_left else "start",
    }
    ET.SubElement(root, "text", attributes).text = f"\u2067{text}\u2069" if right_to_left else text
