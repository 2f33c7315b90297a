"""Settings of the HTTP server."""

from pydantic import Field

from bot.settings import BotSettings


class ApiSettings(BotSettings):
    """Read once at start, from the environment or `.env`, and passed on as an argument."""

    host: str = Field(default="127.0.0.1", description="The address to listen on.")
    port: int = Field(default=8000, ge=1, le=65535, description="The port to listen on.")
