"""What a pressed button carries. Telegram allows 64 bytes; a press on a keyboard of an older version is told so, not lost."""

from aiogram.filters.callback_data import CallbackData


class PressTopic(CallbackData, prefix="topic"):
    """A topic was chosen."""

    topic: str


class PickLanguage(CallbackData, prefix="language"):
    """A language was chosen; `first` when it was the first thing asked."""

    language: str
    first: bool = False


class Languages(CallbackData, prefix="languages"):
    """A page of languages."""

    page: int = 0
    first: bool = False


class Topics(CallbackData, prefix="topics"):
    """The topics for an audience."""

    audience: str


class Measures(CallbackData, prefix="measures"):
    """A page of what is published."""

    page: int = 0


class ShowSeries(CallbackData, prefix="series"):
    """A chart of figures, by the measure's and the series' places: their names would not fit."""

    measure: str
    place: int = 0


class SendFile(CallbackData, prefix="csv"):
    """A measure's figures as a file."""

    measure: str


class Rate(CallbackData, prefix="rate"):
    """Whether an answer helped."""

    topic: str
    good: bool


class CallHelpline(CallbackData, prefix="call"):
    """The helpline's number, as a contact that can be called."""
