"""Settings of the content: where the figures are kept and which model reads questions."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

CONTENT_DIR = Path(__file__).parent
"""Where the editors' files are."""

STATE_DIR = Path("var")
"""Everything the service writes: the SQLite database and the cached vectors. Git ignores it."""


class ContentSettings(BaseSettings):
    """Read once at start, from the environment or `.env`, and passed on as an argument."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: str = Field(
        default=f"sqlite+aiosqlite:///{STATE_DIR}/nas.sqlite3",
        description="Where the figures are kept: SQLite under ./var, or postgresql://user:password@host/name.",
    )
    embedding_model: str = Field(
        default="bundled",
        description="The model that reads questions: `bundled`, `none` (lexical match only), or a folder that holds "
        "an ONNX export (model.onnx and tokenizer.json) or a sentence-transformers model of multilingual-e5-small.",
    )
