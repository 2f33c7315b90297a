"""Series: figures that one publication counts in one way."""

import pytest

from content.figures import Figures
from content.measures import read_measures
from content.series import measures, series_of, value_of, years
from content.tables import read_figures

FIGURES: Figures = read_figures()


@pytest.mark.parametrize("measure", measures(FIGURES))
def test_a_series_never_mixes_counts_with_shares_or_publications_ways_of_cutting(measure: str) -> None:
    for year in years(FIGURES, measure):
        for series in series_of(FIGURES, measure, year):
            assert {figure.measure for figure in series.figures} == {measure}
            assert {figure.unit for figure in series.figures} == {series.unit}
            if series.dimension is None:
                assert len({figure.year for figure in series.figures}) == len(series.figures)
            else:
                assert {figure.period for figure in series.figures} == {series.figures[0].period}
            assert series.largest == max(value_of(figure) for figure in series.figures)


@pytest.mark.parametrize("measure", measures(FIGURES))
def test_names_of_series_stay_and_are_told_apart(measure: str) -> None:
    for year in years(FIGURES, measure):
        names = [series.id for series in series_of(FIGURES, measure, year)]
        assert len(set(names)) == len(names)
        assert all(name.replace("-", "").replace("_", "").isalnum() for name in names)


def test_every_measure_is_defined_and_says_what_was_not_published() -> None:
    assert set(measures(FIGURES)) == {
        figure.measure for figure in FIGURES.all if figure.is_stated and figure.unit not in {"rank", "qualitative", "year"}
    }
    assert measures(FIGURES)[0] == "referrals"
    for measure in read_measures().values():
        assert measure.definition["en"]
        assert measure.not_published["en"]


def test_of_two_publications_of_a_year_the_systems_own_stands_in_the_series() -> None:
    [referrals] = [series for series in series_of(FIGURES, "referrals", 2025) if series.dimension is None]
    assert [(figure.year, figure.value) for figure in referrals.figures][-2:] == [(2024, 371), (2025, 467)]
