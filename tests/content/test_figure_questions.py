"""Figure questions: a number is given only when it counts exactly what was asked."""

from datetime import date
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from hypothesis import given, settings
from hypothesis import strategies as st

from content.locales import LANGUAGES
from content.search.figures import FigureQuery, read_query
from content.search.resolve import FigureIndex
from content.tables import read_figures

INDEX = FigureIndex(read_figures())


def answer(text: str, language: str) -> float | None:
    found = INDEX.answer(read_query(text, language, today=date(2026, 11, 24))).figures
    return found[0].value if found else None


def rows() -> list[ParameterSet]:
    """The rows of figure_questions/<language>.tsv: what people ask, and the id of the figure that answers, or "-"."""
    return [
        pytest.param(path.stem, *line.split("\t"), id=f"{path.stem}-{number}")
        for path in sorted((Path(__file__).parent / "figure_questions").glob("*.tsv"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if line and not line.startswith("#")
    ]


@pytest.mark.parametrize(("language", "text", "figure"), rows())
def test_a_question_is_answered_by_exactly_what_it_asks_for(language: str, text: str, figure: str) -> None:
    """Two publications of the same number are equally right; for "-" no number may be given."""
    found = INDEX.answer(read_query(text, language, today=date(2026, 11, 24))).figures

    if figure == "-":
        assert not found
    else:
        asked = INDEX.figures.by_id[figure]
        assert found
        assert (found[0].value, found[0].value_min, found[0].unit, found[0].period) == (
            asked.value,
            asked.value_min,
            asked.unit,
            asked.period,
        )


def test_every_language_has_questions() -> None:
    assert {row.values[0] for row in rows()} == set(LANGUAGES)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "how many new clients were under 15"),
        ("en", "how many new clients aged 20-24"),
        ("en", "referrals in March 2025"),
        ("en", "how many people were exploited abroad"),
        ("en", "how many women were new clients, exact count"),
        ("en", "share of referrals by the police"),
        ("en", "how many clients does the Tampere office have"),
        ("en", "how many clients live in Rovaniemi"),
        ("fi", "montako asiakasta on Rovaniemellä"),
        ("fi", "montako esitystä maaliskuussa 2025"),
        ("sv", "hur många klienter från Brasilien"),
        ("sv", "hur många framställningar 2031"),
    ],
)
def test_what_was_not_published_is_not_given(language: str, text: str) -> None:
    assert answer(text, language) is None


def test_years_are_compared_in_one_unit() -> None:
    """For 2022 persons were published, for 2025 a share: they must not stand side by side, and 2022 was named."""
    found = INDEX.answer(FigureQuery({"measure": "referrals", "operator": "victims themselves", "compare": "with"}, (2022,), None))

    assert [(figure.year, figure.is_share) for figure in found.figures] == [(2022, False)]
    assert found.missing == (2025,)


def test_a_pronoun_is_not_a_man() -> None:
    """Swedish "man" means "one": it narrows nothing."""
    assert "gender" not in read_query("kan man få veta antalet klienter", "sv", today=date(2026, 11, 24)).facets


FACETS = {
    "measure": ["referrals", "decisions", "ended", "new_clients", "all_clients", "cases", "reflection", "nationalities"],
    "place": ["finland", "abroad"],
    "gender": ["women", "men", "girls", "boys"],
    "age": ["minors", "adults", "18-29", "unknown"],
    "nationality": ["NP", "SO", "FI", "BR", "other", "unknown", "few"],
    "form": ["forced labour", "forced marriage", "begging"],
    "residence": ["residence permit", "work permit", "visa"],
    "outcome": ["positive", "negative"],
    "reason": ["no_need", "left"],
    "unknown": ["yes"],
}


@settings(max_examples=300)
@given(
    facets=st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in FACETS.items()}),
    years=st.lists(st.sampled_from([2015, 2019, 2023, 2024, 2025, 2026, 2031]), max_size=2, unique=True),
    wants=st.sampled_from([None, "count", "share"]),
)
def test_no_other_figure_ever_answers(facets: dict[str, str], years: list[int], wants: str | None) -> None:
    """Over every combination: a figure that answers has the year, the kind of number and every detail that was asked for."""
    from content.facets import facets_of

    for figure in INDEX.answer(FigureQuery(facets, tuple(years), wants)).figures:
        counted = dict(facets_of(figure) or ())
        assert figure.year in (years or [2025])
        assert wants is None or figure.is_share == (wants == "share")
        assert "unknown" not in facets
        for name in ("gender", "age", "form", "residence", "reason"):
            assert counted.get(name) == facets.get(name), (figure.id, name)
