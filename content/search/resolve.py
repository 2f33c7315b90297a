"""From a figure question to the published figures that answer it, or to "not published".

A figure answers only when it counts exactly what was asked: the same measure, the same categories, the same year, a
count for a count and a share for a share. Nothing is added up, divided or guessed (docs/architecture.md, decision 5).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from content.facets import Facets, facets_of
from content.figures import Figure, Figures
from content.search.figures import FigureQuery

_PLACE_MATTERS = {"new_clients", "cases", "nationalities", None}
"""Elsewhere "in Finland" only says where the system works."""

_SEVERAL = 2
_DETAILS = {"gender", "age", "nationality", "form", "residence", "forms", "reason", "operator", "sector"}


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """The figures that answer (best first); none means not published. `nearby` are published neighbours to name.

    `missing` are the years asked for, of several, that no publication gives this number for.
    """

    query: FigureQuery
    figures: tuple[Figure, ...]
    nearby: tuple[Figure, ...]
    missing: tuple[int, ...] = ()


class FigureIndex:
    """All figures by their facets."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self._by_facets: dict[Facets, list[Figure]] = {}
        for figure in figures.all:
            facets = facets_of(figure)
            if facets is not None:
                self._by_facets.setdefault(facets, []).append(figure)

    def answer(self, query: FigureQuery) -> FigureAnswer:
        """The figures for a question; for several years, or a comparison with one, those of each year in turn.

        A change that was published answers "how did it change" by itself; else the two numbers stand side by side: the
        reader, not the service, subtracts.
        """
        compare = query.facets.get("compare")
        if compare is None or (compare == "change" and len(query.years) < _SEVERAL):
            direct = self._answer(query, query.years or (self.figures.latest_year,))
            if direct.figures or compare is None:
                return direct
        facets = {name: value for name, value in query.facets.items() if name != "compare"}
        years = (query.years or (self.figures.latest_year,)) if query.also else self._compared(query)
        return self._answer(replace(query, facets=facets), years)

    def _answer(self, query: FigureQuery, years: Sequence[int]) -> FigureAnswer:
        wanted = list(self._readings(query))
        found = self._alike(wanted, years, query)
        if not found:
            return FigureAnswer(query, (), self._nearby(wanted, query))
        figures = list(found.values())
        alike = replace(query, wants="share" if figures[0].is_share else "count")
        for name, value in query.also:
            other = list(self._readings(replace(query, facets={**query.facets, name: value})))
            figures += self._alike(other, years, alike).values()
        missing = tuple(year for year in years if year not in found)
        return FigureAnswer(query, tuple({figure.id: figure for figure in figures}.values()), (), missing)

    def _alike(self, wanted: Sequence[Facets], years: Sequence[int], query: FigureQuery) -> dict[int, Figure]:
        """The figures of these years that count one thing in one unit: a share beside a count, or persons beside cases, misleads.

        Of several such series, the one that holds most of the years that the question names.
        """
        named = set(query.years or years)
        series = [
            {year: match[0] for year in years if (match := self._find(facets, year, replace(query, wants=wants)))}
            for facets in wanted
            for wants in ([query.wants] if query.wants else ["count", "share"])
        ]
        return max(series, key=lambda found: (len(named & found.keys()), len(found)), default={})

    def _compared(self, query: FigureQuery) -> tuple[int, ...]:
        """The years to set side by side: the latest with the one named, or with the one before it."""
        latest = self.figures.latest_year
        named = query.years or (latest,)
        years = named if len(named) > 1 else (*named, latest if named[0] < latest else latest - 1)
        return years if query.facets["compare"] == "with" or named == years else tuple(sorted(years, reverse=True))

    def published(self, years: Iterable[int] = ()) -> list[Figure]:
        """The headline figures (no categories) of the given years, or of the latest."""
        wanted = set(years) or {self.figures.latest_year}
        return [figures[0] for facets, figures in self._by_facets.items() if len(facets) == 1 and figures[0].year in wanted]

    def _find(self, facets: Facets, year: int, query: FigureQuery) -> list[Figure]:
        same_year = [figure for figure in self._by_facets.get(facets, []) if figure.year == year]
        in_period = [figure for figure in same_year if _fits_period(figure, query)]
        return [figure for figure in in_period if query.wants is None or figure.is_share == (query.wants == "share")]

    def _nearby(self, wanted: Sequence[Facets], query: FigureQuery) -> tuple[Figure, ...]:
        """Published figures that share the measure and most categories with the question, the latest first."""
        years = set(query.years) or {self.figures.latest_year}

        def closeness(item: tuple[Facets, list[Figure]]) -> tuple[int, bool, int]:
            facets, figures = item
            best = max((len(facets & reading) * 2 - len(facets - reading) * 3 for reading in wanted), default=0)
            return best, any(figure.year in years for figure in figures), -len(facets)

        measures = {dict(reading).get("measure") for reading in wanted}
        related = [item for item in self._by_facets.items() if dict(item[0]).get("measure") in measures]
        related.sort(key=closeness, reverse=True)
        picked = [next((f for f in figures if f.year in years), figures[0]) for _, figures in related]
        return tuple(figure for figure in picked if figure.whole_year)[:3]

    def _readings(self, query: FigureQuery) -> Iterable[Facets]:
        """The facets that the question can mean, most likely first."""
        facets = {name: value for name, value in query.facets.items() if name != "exploited"}
        measure = facets.get("measure")
        if measure == "all_clients" and "exploited" in query.facets:
            facets.pop("measure")
            measure = None
        # "New clients in Finland" only says where the system works; "exploited in Finland" counts others.
        abused = "exploited" in query.facets or "form" in facets or facets.get("place") == "abroad"
        if measure not in _PLACE_MATTERS or (measure == "new_clients" and not abused):
            facets.pop("place", None)
        if measure in {"reflection", "referrals", "decisions", "ended"} and facets.get("type") == "victims":
            facets.pop("type")
        if facets.get("type") == "children" and facets.get("age") == "minors":
            facets.pop("age")
        if measure == "ended" and "outcome" in facets:
            facets.pop("outcome")
        for reading in self._with_measure(facets, measure, exploited=abused):
            yield frozenset(reading.items())
            without_type = {name: value for name, value in reading.items() if (name, value) != ("type", "victims")}
            yield frozenset(without_type.items())

    def _with_measure(self, facets: dict[str, str], measure: str | None, *, exploited: bool) -> Iterable[dict[str, str]]:
        if measure == "nationalities" and facets.get("nationality") in {"other", "unknown"}:
            # Persons of unknown nationality are asked for, not a number of nationalities.
            yield {name: value for name, value in facets.items() if name != "of"} | {"measure": facets.get("of", "all_clients")}
        elif measure == "nationalities":
            # "Of how many nationalities are the clients exploited in Finland": those are new clients.
            of_new = "place" in facets and (exploited or "of" not in facets)
            base = "new_clients" if of_new else facets.get("of", "all_clients")
            yield {**facets, "of": base}
        elif measure == "all_clients" and facets.get("nationality") == "few":
            yield {**facets, "measure": "nationalities", "of": "all_clients"}
        elif measure is not None:
            yield facets
            if measure == "new_clients" and "form" in facets:
                yield {**facets, "measure": "cases"}
        else:
            yield from self._without_measure(facets, exploited=exploited)

    @staticmethod
    def _without_measure(facets: dict[str, str], *, exploited: bool) -> Iterable[dict[str, str]]:
        if "reason" in facets:
            yield (
                {**facets, "measure": "ended"} if facets["reason"] == "left" else {**facets, "measure": "decisions", "outcome": "negative"}
            )
        elif "outcome" in facets:
            yield {**facets, "measure": "decisions"}
        elif "operator" in facets:
            yield {**facets, "measure": "referrals"}
        elif facets.get("nationality") == "few":
            yield {**facets, "measure": "nationalities", "of": "all_clients"}
        elif "residence" in facets or "forms" in facets:
            yield {**facets, "measure": "new_clients", "place": "finland"}
        elif exploited or ("place" in facets and facets.get("type") == "victims"):
            yield {**facets, "measure": "new_clients"}
            if "form" in facets:
                yield {**facets, "measure": "cases"}
        elif facets.get("age") == "admitted_as_minors":
            yield {**facets, "measure": "all_clients"}
        elif _DETAILS & set(facets) and "place" not in facets:
            yield {**facets, "measure": "new_clients"}


def _fits_period(figure: Figure, query: FigureQuery) -> bool:
    if query.period == "first_half":
        return figure.period.endswith("-06-30") or figure.period.endswith("06-30")
    return query.period is None and figure.whole_year and not figure.period.endswith("-06-30")
