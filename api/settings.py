"""Settings of the HTTP server."""

from pathlib import Path

from pydantic import Field

from bot.settings import BotSettings


class ApiSettings(BotSettings):
    """Read once at start, from the environment or `.env`, and passed on as an argument."""

    host: str = Field(default="127.0.0.1", description="The address to listen on.")
    port: int = Field(default=8000, ge=1, le=65535, description="The port to listen on.")
    page_title: str | None = Field(
        default=None, description="What browser tabs and histories show for every page: a neutral word. “Information” when not set."
    )
    page_icon: Path | None = Field(default=None, description="A picture (SVG or PNG) for the browser tab. A grey square when not set.")
    exit_url: str = Field(
        default="https://www.ilmatieteenlaitos.fi/",
        pattern=r"^https://",
        description="The neutral site that “Leave this page” opens: the weather, by default.",
    )
    embed_origins: list[str] = Field(
        default=[], description='Sites that may show the chat in a frame (the widget), as JSON: ["https://ngo.example"]. None by default.'
    )
    cors_origins: list[str] = Field(
        default=[], description='Sites whose pages may call the JSON API from a browser, as JSON: ["https://ngo.example"]. None by default.'
    )
    rate_limit: str = Field(
        default="120/minute",
        pattern=r"^\d+ ?/ ?(second|minute|hour)$",
        description="How many messages one client may send. Clients are told apart by a keyed hash that is forgotten after it.",
    )
    trusted_proxies: str = Field(
        default="127.0.0.1", description="The addresses of reverse proxies whose X-Forwarded-For is believed, with commas between."
    )
