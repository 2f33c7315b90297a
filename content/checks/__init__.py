"""What `python -m content check` proves before a sentence can reach a person: each finding is something to mend."""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from content.checks.catalogues import check_catalogues
from content.checks.finding import Finding
from content.checks.texts import check_sources, check_texts
from content.checks.words import check_glossaries, check_words

__all__ = ["Finding", "findings"]


def findings(today: date | None = None) -> list[Finding]:
    """Everything an editor should mend, sorted by file and line."""
    day = today or date.today()
    found: Iterator[Finding] = chain(check_texts(), check_sources(day), check_glossaries(), check_words(), check_catalogues())
    return sorted(set(found))
