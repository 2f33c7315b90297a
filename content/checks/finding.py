"""One thing to mend."""

from dataclasses import dataclass
from pathlib import Path

from content.settings import CONTENT_DIR

ROOT = CONTENT_DIR.parent


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """Where it stands (file and line), and what to do."""

    file: str
    line: int
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.remedy}"


def finding(path: Path, remedy: str, line: int = 1) -> Finding:
    """A finding in a file of the project, named from its root."""
    return Finding(path.resolve().relative_to(ROOT).as_posix() if path.resolve().is_relative_to(ROOT) else str(path), line, remedy)
