"""What can be wrong with the content.

ContentError (ValueError)     never raised itself
├── TextError                 a text, contact or cue file is broken
├── TableError                a row of a figures table is broken
└── ModelUnavailableError          no embedding model can be had here
"""

from pathlib import Path


class ContentError(ValueError):
    """Something in the content must be mended by an editor; the message says where and how."""


class TextError(ContentError):
    """A file of the content is broken: which one, in which line, and what to do."""

    def __init__(self, file: Path, line: int, remedy: str) -> None:
        super().__init__(f"{file}:{line}: {remedy}")
        self.file, self.line, self.remedy = file, line, remedy


class TableError(ContentError):
    """A row of a table is refused: which file, line and column, and what to do."""

    def __init__(self, file: Path, line: int, column: str, remedy: str) -> None:
        super().__init__(f"{file}:{line}: column {column}: {remedy}")
        self.file, self.line, self.column, self.remedy = file, line, column, remedy


class ModelUnavailableError(ContentError):
    """The embedding model cannot be loaded on this platform or from this folder."""
