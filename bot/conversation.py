"""One message in, one reply out, on every channel: danger, then a person, then figures, topics, small talk, fallback."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bot.context import Context, ContextSigner
from bot.message import MOST_CHARACTERS, Incoming, Reply
from bot.replies import Replies
from content.locales import SOURCE, parse_language
from content.search.figures import read_query
from content.search.resolve import FigureIndex
from content.search.understand import Meaning, Understanding
from content.topics import Library

log = logging.getLogger(__name__)

_SURE = 0.40
"""Below this probability a topic is offered, not answered (chosen on the examples, docs/understanding.md)."""

_FOLLOW_UP_WORDS = 8
"""A figure question this short takes what it does not say from the one before it ("and in Finland?")."""

_SUBJECT, _SUBJECT_AND_NUMBER = 2, 3
"""What must be read of a figure question when the classifier is sure of one, and when it is not (FigureQuery.strength)."""

_UNLIKELY = 0.02
"""Below this probability a message is not read for figures at all: reading takes as long as the model."""

_READABLE = 0.1
"""How probable a language must be for a figure question to be read with its words too, and to be offered."""

_MOST_LANGUAGES = 2
_SMALL_TALK = {"greeting", "thanks", "bye"}
_MOST_ALTERNATIVES = 3


@dataclass(frozen=True)
class Conversation:
    """Answers messages. Holds no state about anybody: what a follow-up needs travels in the signed context."""

    library: Library
    understanding: Understanding
    figures: FigureIndex
    replies: Replies
    signer: ContextSigner
    today: Callable[[], date] = date.today

    def answer(self, incoming: Incoming) -> Reply:
        """The reply to a message. Never raises: whatever fails, the person gets the helpline number."""
        language = parse_language(incoming.chosen) or parse_language(incoming.hinted) or SOURCE
        try:
            return self._answer(incoming)
        except Exception as error:  # noqa: BLE001  (the person must get the number, whatever it was)
            log.error("answering failed: %s", type(error).__name__)
            return self.replies.failure(language)

    def _answer(self, incoming: Incoming) -> Reply:
        previous = self.signer.read(incoming.context)
        if incoming.again:
            return self._again(previous, self._language(incoming, None))
        reply = self._decide(incoming, previous)
        return reply if reply.context else replace(reply, context=self.signer.write(replace(previous, kind=reply.kind)))

    def _again(self, previous: Context, language: str) -> Reply:
        """The last answer in another language; what it was is known, what had been written is not."""
        if previous.kind in {"danger", "human"}:
            reply = self.replies.danger(language) if previous.kind == "danger" else self.replies.human(language)
        elif previous.query is not None and previous.kind is None:
            reply = self.replies.figure(self.figures.answer(previous.query), language)
        elif previous.topic is not None and previous.topic in self.library.topics and previous.kind is None:
            reply = self.replies.topic(previous.topic, [language], wanted=language)
        else:
            reply = self.replies.small_talk("greeting", language)
        return replace(reply, context=self.signer.write(previous))

    def _decide(self, incoming: Incoming, previous: Context) -> Reply:
        if incoming.topic is not None and incoming.topic in self.library.topics:
            return self._topic(incoming.topic, self._language(incoming, None), None, incoming)
        text = incoming.text[:MOST_CHARACTERS]
        meaning = self.understanding.read(text, before=self._title(previous))
        language = self._language(incoming, meaning)
        reply = self._understood(text, meaning, language, previous, incoming)
        return replace(reply, languages=self._other_languages(reply.language, meaning, incoming))

    def _understood(self, text: str, meaning: Meaning, language: str, previous: Context, incoming: Incoming) -> Reply:
        if meaning.danger or self.understanding.cued_danger(incoming.text[MOST_CHARACTERS:]):
            return self.replies.danger(language)
        if meaning.words == 0:
            return self.replies.unreadable(language)
        best, probability = meaning.best
        if best == "human":
            return replace(self.replies.human(language), confidence=probability)
        return self._figure(text, language, meaning, previous) or self._worded(meaning, language, incoming)

    def _worded(self, meaning: Meaning, language: str, incoming: Incoming) -> Reply:
        """Everything that is answered by a text: a topic, small talk, or the fallback."""
        best, probability = meaning.best
        topics = [(label, share) for label, share in meaning.labels if label in self.library.topics]
        if best in _SMALL_TALK:
            return replace(self.replies.small_talk(best, language), confidence=probability)
        if best == "possible-danger" or (best in self.library.topics and probability >= _SURE):
            return self._topic(topics[0][0], language, meaning, incoming)
        if best == "figure":
            # A number is asked for in words that the vocabulary does not know: show what is published.
            return self._topic("statistics", language, meaning, incoming)
        closest = [label for label, _ in topics[:_MOST_ALTERNATIVES]]
        return replace(self.replies.fallback(language, closest), confidence=probability)

    def _topic(self, topic: str, language: str, meaning: Meaning | None, incoming: Incoming) -> Reply:
        possible_danger = meaning is not None and meaning.possible_danger
        languages = [language, parse_language(incoming.hinted)]
        reply = self.replies.topic(topic, languages, wanted=language, possible_danger=possible_danger)
        answered = {topic}
        second = meaning.second if meaning is not None else None
        if second is not None and second in self.library.topics and second != topic:
            reply = self.replies.both(reply, self.replies.topic(second, languages, wanted=language))
            answered.add(second)
        labels = [] if meaning is None else [label for label, _ in meaning.labels]
        others = [label for label in labels if label in self.library.topics and label not in answered]
        return replace(
            reply,
            confidence=1.0 if meaning is None else max(meaning.probability(topic), 0.01),
            alternatives=self.replies.choices(others[:_MOST_ALTERNATIVES], reply.language),
            context=self.signer.write(Context(topic=topic)),
        )

    def _figure(self, text: str, language: str, meaning: Meaning, previous: Context) -> Reply | None:
        """The answer to a figure question, or None when the message is not one."""
        likely = meaning.probability("figure", "statistics", "statistics-method")
        if likely < _UNLIKELY and previous.query is None:
            return None
        readable = [tag for tag, share in meaning.languages if share >= _READABLE] or [language]
        query = read_query(text, *readable, today=self.today())
        if previous.query is not None and meaning.words <= _FOLLOW_UP_WORDS and not query.is_empty and "measure" not in query.facets:
            query = query.following(previous.query)
        elif not (meaning.best[0] == "figure" and query.strength >= _SUBJECT) and not (
            query.strength >= _SUBJECT_AND_NUMBER and likely >= _SURE
        ):
            return None
        reply = self.replies.figure(self.figures.answer(query), language)
        return replace(reply, confidence=max(likely, 0.5), context=self.signer.write(Context(query=query)))

    def title(self, topic: str, language: str) -> str:
        """The title of a topic as buttons name it; the id itself for an unknown one."""
        return self.library.text(topic, language).title if topic in self.library.topics else topic

    def _title(self, previous: Context) -> str | None:
        if previous.topic is None or previous.topic not in self.library.topics:
            return None
        return self.library.text(previous.topic, SOURCE).title

    @staticmethod
    def _language(incoming: Incoming, meaning: Meaning | None) -> str:
        """The person's choice, then the language of the message, then what the browser or Telegram says."""
        chosen, hinted = parse_language(incoming.chosen), parse_language(incoming.hinted)
        detected = meaning.language_hinted(hinted) if meaning else None
        return chosen or detected or hinted or SOURCE

    @staticmethod
    def _other_languages(spoken: str, meaning: Meaning, incoming: Incoming) -> tuple[str, ...]:
        """The languages to offer beside a reply's own: the person's, the runner-up's, English."""
        likely = [tag for tag, share in meaning.languages if share >= _READABLE]
        wanted = dict.fromkeys([parse_language(incoming.chosen), *likely, parse_language(incoming.hinted), SOURCE])
        return tuple(tag for tag in wanted if tag and tag != spoken)[:_MOST_LANGUAGES]
