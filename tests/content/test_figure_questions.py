"""Figure questions: a number is given only when it counts exactly what was asked."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.search.figures import FigureQuery, read_query
from content.search.resolve import FigureIndex
from content.tables import read_figures

INDEX = FigureIndex(read_figures())


def answer(text: str, language: str) -> float | None:
    found = INDEX.answer(read_query(text, language, today=date(2026, 11, 24))).figures
    return found[0].value if found else None


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "How many negative decisions were there?", 154),
        ("en", "how many clients exploited in finland were finnish citizens", 17),
        ("en", "how many reflection periods were granted", 35),
        ("en", "clients of unknown nationality", 9),
        ("en", "how many nationalities have fewer than 4 clients", 43),
        ("en", "percentage of new clients aged 30 to 39", 35),
        ("en", "children of clients at the end of 2025", 210),
        ("en", "how many cases of exploitation altogether among new clients", 314),
        ("en", "forced labour cases in Finland", 101),
        ("en", "new clients in 2024", 207),
        ("fi", "montako harkinta-aikaa myönnettiin", 35),
        ("fi", "montako uhria asiakkaina 31.12.2025", 1424),
        ("fi", "kuinka moni Suomessa hyväksikäytetty oli mies", 86),
        ("fi", "kielteisiä päätöksiä vuonna 2025", 154),
        ("sv", "hur många betänketider beviljades", 35),
        ("sv", "hur många fall av tvångsarbete i Finland", 101),
        ("sv", "andelen kvinnor bland nya klienter", 61),
    ],
)
def test_what_was_published_is_found(language: str, text: str, value: float) -> None:
    assert answer(text, language) == value


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
