"""Figures as a table for a file: one row each, dimensions as name=category pairs."""

import csv
import io
from collections.abc import Sequence

from bot.message import FigureShown
from bot.rendering import figure_json

COLUMNS = (
    ("id", "string", "The figure's name; it stays"),
    ("measure", "string", "What is counted"),
    ("population", "string", "Among whom"),
    ("period", "string", "ISO 8601: a year, a date, or an interval"),
    ("dimensions", "string", "name=category pairs"),
    ("value", "number", "The number; empty for a range or for words"),
    ("value_min", "number", "The least, of a range"),
    ("value_max", "number", "The most, of a range"),
    ("unit", "string", "persons, percent, decisions, …"),
    ("wording", "string", "What the publication wrote, when it wrote words"),
    ("note", "string", "What to know about the number"),
    ("publication", "string", "The publication that states it"),
    ("source", "anyURI", "Where that publication is"),
)
"""Name, CSVW datatype and meaning of each column."""


def to_csv(figures: Sequence[FigureShown]) -> str:
    """The figures as CSV, as RFC 4180 has it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([name for name, _, _ in COLUMNS])
    for shown in figures:
        row = figure_json(shown).model_dump() | {"wording": shown.figure.wording, "note": shown.figure.note}
        row["dimensions"] = "; ".join(f"{name}={category}" for name, category in shown.figure.dimensions.items())
        writer.writerow([row[name] for name, _, _ in COLUMNS])
    return out.getvalue()
