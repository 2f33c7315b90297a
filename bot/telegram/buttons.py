"""What a pressed button carries."""

from aiogram.filters.callback_data import CallbackData


class PressTopic(CallbackData, prefix="topic"):
    """A topic was chosen."""

    topic: str


class PickLanguage(CallbackData, prefix="language"):
    """A language was chosen."""

    language: str
