"""Settings of the conversation and its channels; each has a sentence in docs/settings.md."""

import secrets
from typing import Self

from pydantic import Field, SecretStr, model_validator

from content.settings import ContentSettings


class BotSettings(ContentSettings):
    """Read once at start, from the environment or `.env`, and passed on as an argument."""

    secret_key: SecretStr = Field(
        default_factory=lambda: SecretStr(secrets.token_urlsafe(32)),
        description="Signs the context of a conversation and scrambles chat ids. Made at start when not set; set it when several processes serve.",
    )
    redis_url: str | None = Field(
        default=None, description="Where Telegram sessions are kept for an hour: redis://host:6379/0. In memory when not set."
    )
    telegram_bot_token: SecretStr | None = Field(default=None, description="The bot's token from BotFather. Telegram is off when not set.")
    telegram_api_url: str | None = Field(
        default=None, description="Another Bot API server, for tests and self-hosting. Telegram's own when not set."
    )
    telegram_webhook_url: str | None = Field(
        default=None, description="The public https address that Telegram posts to. Long polling when not set."
    )
    telegram_webhook_secret: SecretStr | None = Field(
        default=None, description="What Telegram must send in X-Telegram-Bot-Api-Secret-Token. Needed with a webhook."
    )
    telegram_flood_limit: int = Field(
        default=30, ge=1, description="How many messages and presses of one chat are answered a minute; danger always is."
    )
    log_level: str = Field(default="INFO", description="How much is logged: DEBUG, INFO, WARNING or ERROR. Never what a person wrote.")

    @model_validator(mode="after")
    def _webhook_needs_a_secret(self) -> Self:
        if self.telegram_webhook_url and not self.telegram_webhook_secret:
            raise ValueError("set TELEGRAM_WEBHOOK_SECRET to a long random word: without one anybody could post to the webhook")
        return self
