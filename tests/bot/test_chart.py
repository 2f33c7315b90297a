"""Charts: what the eye sees and the screen reader says are the figures, in every language."""

from xml.etree import ElementTree as ET

import pytest

from bot.chart import WIDTH, Chart, to_png, to_svg, wrapped
from bot.presentation import FigurePresenter
from content.locales import LANGUAGES, direction
from content.series import series_of
from content.tables import read_figures

FIGURES = read_figures()
SVG = "{http://www.w3.org/2000/svg}"


def chart(language: str, measure: str = "exploited_in_finland", name: str = "2025-right_of_residence-persons") -> Chart:
    series = next(series for series in series_of(FIGURES, measure, 2025) if series.id == name)
    return FigurePresenter(FIGURES).chart(series, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_says_every_number_to_eye_and_ear(language: str) -> None:
    drawn = chart(language)
    root = ET.fromstring(to_svg(drawn))  # noqa: S314  (made here)
    texts = [str(element.text) for element in root.iter(f"{SVG}text")]
    described = str(root.findtext(f"{SVG}desc"))
    for row in drawn.rows:
        assert any(row.text in text for text in texts)
        assert row.text in described
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == " ".join(str(root.find(f"{SVG}{name}").get("id")) for name in ("title", "desc"))  # type: ignore[union-attr]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_bars_are_as_long_as_their_numbers_and_begin_where_the_language_does(language: str) -> None:
    drawn = chart(language)
    bars = [bar.attrib for bar in ET.fromstring(to_svg(drawn)).iter(f"{SVG}rect") if bar.get("class") == "bar"]  # noqa: S314
    lengths = [float(bar["width"]) for bar in bars]
    values = [row.figure.value for row in drawn.rows]
    assert [round(length / lengths[0], 2) for length in lengths] == [round((value or 0) / (values[0] or 1), 2) for value in values]
    edges = {float(bar["x"]) + (float(bar["width"]) if direction(language) == "rtl" else 0) for bar in bars}
    assert len({round(edge) for edge in edges}) == 1


def test_a_range_is_drawn_by_its_upper_end_and_read_as_a_range() -> None:
    drawn = chart("en", "all_clients", "2025-nationality-persons")
    assert "10–19" in drawn.description


@pytest.mark.parametrize("language", ["ne", "ar", "zh"])
def test_a_picture_is_made_of_it(language: str) -> None:
    assert to_png(chart(language)).startswith(b"\x89PNG")


def test_long_text_is_broken_into_lines() -> None:
    assert len(wrapped("word " * 60, "en")) > 3
    assert len(wrapped("字" * 100, "zh")) > 1
    assert "".join(wrapped("字" * 100, "zh")) == "字" * 100
    assert WIDTH > 0
