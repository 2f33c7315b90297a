"""Figures by facet: the many wordings of publications brought to one set of names, so that questions can find them.

A facet is a pair such as ("gender", "women"). `exploited_in_finland` is the measure `new_clients` at the place `finland`:
that is how the publications define it. What a figure's category means is decided here and nowhere else.
"""

from functools import cache

from babel import Locale

from content.figures import Figure

Facets = frozenset[tuple[str, str]]

_MEASURES: dict[str, tuple[str, dict[str, str]]] = {
    "admittance_decisions": ("decisions", {}),
    "negative_decision_reasons": ("decisions", {"outcome": "negative"}),
    "assistance_ended": ("ended", {}),
    "new_clients_children": ("new_clients", {"type": "children"}),
    "new_clients_nationalities": ("nationalities", {"of": "new_clients"}),
    "exploited_in_finland": ("new_clients", {"place": "finland"}),
    "exploited_in_finland_nationalities": ("nationalities", {"of": "new_clients", "place": "finland"}),
    "nationalities": ("nationalities", {"of": "new_clients", "place": "finland"}),
    "exploitation_cases": ("cases", {}),
    "exploitation_cases_in_finland": ("cases", {"place": "finland"}),
    "reflection_periods_granted": ("reflection", {}),
    "reflection_period_length": ("reflection", {"length": "yes"}),
    "all_clients_nationalities": ("nationalities", {"of": "all_clients"}),
    "referrals_change": ("referrals", {"compare": "change"}),
    "nas_offices": ("offices", {}),
    "government_funding": ("funding", {}),
}

_KEYS = {
    "age_group": "age",
    "right_of_residence": "residence",
    "place_of_exploitation": "place",
    "client_type": "type",
    "referring_operator": "operator",
    "number_of_forms": "forms",
    "nationality_group": "nationality",
}

_CATEGORIES = {
    "women and girls": "women",
    "minors (under 18)": "minors",
    "under 18": "minors",
    "children": "minors",
    "children at the date": "minors",
    "admitted while minors": "admitted_as_minors",
    "no need for NAS help": "no_need",
    "no need for help": "no_need",
    "not a matter of human trafficking": "not_trafficking",
    "left Finland or missing": "left",
    "abroad": "abroad",
    "outside Finland": "abroad",
    "Finland (wholly or partly)": "finland",
    "identified victims": "victims",
    "presumed or identified victims": "victims",
    "potential victims": "victims",
    "victims and persons assisting an investigation": "victims",
    "underage children of victims": "children",
    "underage children of clients": "children",
    "more than one form": "multiple",
    "nationalities with fewer than 4 persons each": "few",
    "Other (nationalities with fewer than 5 persons each)": "other",
    "unknown or no nationality": "unknown",
    "unknown nationality": "unknown",
}


def facets_of(figure: Figure) -> Facets | None:
    """What the figure counts, by facet; None for one that no question about a number can mean (named or qualitative)."""
    if not figure.is_stated or figure.unit in {"rank", "qualitative", "year"}:
        return None
    if figure.dimensions.get("nationality_group", "").startswith("each "):
        return None
    measure, implied = _MEASURES.get(figure.measure, (figure.measure, {}))
    facets = {"measure": measure, **implied}
    for dimension, category in figure.dimensions.items():
        if dimension == "granted_by":
            continue  # only the Assistance System's own grants are published; the label says so
        key = _KEYS.get(dimension, dimension)
        if key == "nationality" and category not in _CATEGORIES:
            facets[key] = territory_of(category) or category
        elif key == "place":
            facets[key] = _CATEGORIES.get(category, category.lower())
        else:
            facets[key] = _CATEGORIES.get(category, category)
    return frozenset(facets.items())


@cache
def territory_of(country: str) -> str | None:
    """The ISO 3166 code of a country by its English name."""
    return next((code for code, name in _english().items() if name == country and code.isalpha()), None)


@cache
def _english() -> dict[str, str]:
    return dict(Locale("en").territories)
