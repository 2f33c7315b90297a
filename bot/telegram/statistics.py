"""Published figures on Telegram: a menu of measures, charts as pictures, figures as files, and inline results."""

import asyncio

from aiogram import Router
from aiogram.filters import Command
from aiogram.methods import AnswerInlineQuery, EditMessageText, SendMessage, TelegramMethod
from aiogram.types import BufferedInputFile, CallbackQuery, InlineQuery, InlineQueryResultArticle, InputTextMessageContent, Message

from bot.chart import Chart, to_png
from bot.conversation import Conversation
from bot.message import Incoming
from bot.sessions import Sessions
from bot.table import to_csv
from bot.telegram import sentences
from bot.telegram.buttons import Measures, SendFile, ShowSeries
from bot.telegram.language import read_session, spoken_by
from bot.telegram.render import measures_keyboard, pieces, series_keyboard
from bot.telegram.replying import acknowledge, respond, turn_into
from bot.translations import spoken
from content.locales import SOURCE, parse_language
from content.search.vocabulary import label
from content.series import measures, series_of, years

_MOST_CAPTION = 1024
_MOST_RESULTS = 8
_CACHE_SECONDS = 300


async def statistics(message: Message, conversation: Conversation, sessions: Sessions) -> SendMessage:
    """/statistics: what is published."""
    language = spoken_by(message, await read_session(message, sessions))
    return await respond(message, sentences.statistics(language), measures_keyboard(_named(conversation, language), 0))


async def turn_page(
    query: CallbackQuery, callback_data: Measures, conversation: Conversation, sessions: Sessions
) -> EditMessageText | SendMessage | None:
    """Another page of the menu."""
    await acknowledge(query)
    language = spoken_by(query, await read_session(query, sessions))
    return await turn_into(query, sentences.statistics(language), measures_keyboard(_named(conversation, language), callback_data.page))


async def show(
    query: CallbackQuery, callback_data: ShowSeries, conversation: Conversation, sessions: Sessions
) -> TelegramMethod[Message] | None:
    """A chart as a picture, its numbers in words beneath it, for those who do not see it."""
    await acknowledge(query)
    charts = _charts(conversation, callback_data.measure, spoken(spoken_by(query, await read_session(query, sessions))))
    if not charts or not isinstance(query.message, Message):
        return None
    place = min(callback_data.place, len(charts) - 1)
    chart = charts[place]
    markup = series_keyboard(callback_data.measure, [other.title for other in charts], place, chart.language)
    caption = f"{chart.description}\n\n{chart.source}"
    if not chart.series.can_be_drawn:
        return query.message.answer(pieces(caption)[0], reply_markup=markup)
    picture = await asyncio.to_thread(to_png, chart)
    name = f"{callback_data.measure}-{chart.series.id}.png"
    return query.message.answer_photo(BufferedInputFile(picture, name), caption=_shortened(caption, chart), reply_markup=markup)


async def send_file(query: CallbackQuery, callback_data: SendFile, conversation: Conversation) -> TelegramMethod[Message] | None:
    """A measure's figures as CSV."""
    await acknowledge(query)
    figures = [figure for figure in conversation.figures.figures.all if figure.measure == callback_data.measure]
    if not figures or not isinstance(query.message, Message):
        return None
    content = to_csv([conversation.replies.figures.show(figure, SOURCE) for figure in figures])
    return query.message.answer_document(BufferedInputFile(content.encode(), f"nas-{callback_data.measure}.csv"))


async def inline(query: InlineQuery, conversation: Conversation) -> AnswerInlineQuery:
    """`@bot referrals 2025` in any chat: the figure with its source. Without words, the headline figures."""
    language = parse_language(query.from_user.language_code) or SOURCE
    if query.query.strip():
        reply = await asyncio.to_thread(conversation.answer, Incoming(query.query, "telegram", hinted=language))
        found = reply.figures
    else:
        presenter = conversation.replies.figures
        found = tuple(presenter.show(figure, language) for figure in conversation.figures.published())
    results = [
        InlineQueryResultArticle(
            id=shown.figure.id[:64],
            title=f"{shown.text} · {shown.label}",
            description=shown.source.title,
            url=shown.source.url,
            input_message_content=InputTextMessageContent(
                message_text=f"{shown.label}: {shown.text}\n{shown.source.title}, {shown.source.url}"
            ),
        )
        for shown in found[:_MOST_RESULTS]
    ]
    return query.answer(results, cache_time=_CACHE_SECONDS, is_personal=False)  # type: ignore[arg-type]


def _named(conversation: Conversation, language: str) -> list[tuple[str, str]]:
    return [(measure, label(f"measure.{measure}", spoken(language), SOURCE)) for measure in measures(conversation.figures.figures)]


def _charts(conversation: Conversation, measure: str, language: str) -> list[Chart]:
    figures = conversation.figures.figures
    known = years(figures, measure)
    presenter = conversation.replies.figures
    return [presenter.chart(series, language) for series in series_of(figures, measure, known[0])] if known else []


def _shortened(caption: str, chart: Chart) -> str:
    """A caption within Telegram's limit; the picture says the rest."""
    return caption if len(caption) <= _MOST_CAPTION else f"{chart.title}\n\n{chart.source}"


def build() -> Router:
    """The routes of this module, in the order they are tried."""
    router = Router(name=__name__)
    router.message.register(statistics, Command("statistics"))
    router.callback_query.register(turn_page, Measures.filter())
    router.callback_query.register(show, ShowSeries.filter())
    router.callback_query.register(send_file, SendFile.filter())
    router.inline_query.register(inline)
    return router
