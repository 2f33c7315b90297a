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

_SURE = 0.30
"""Below this probability a topic is offered, not answered (chosen on the examples, docs/understanding.md)."""

_FOLLOW_UP_WORDS = 8
"""A figure question this short takes what it does not say from the one before it ("and in Finland?")."""

_SUBJECT, _SUBJECT_AND_NUMBER = 2, 3
"""What must be read of a figure question when the classifier is sure of one, and when it is not (FigureQuery.strength)."""

_UNLIKELY = 0.02
"""Below this probability a message is not read for figures at all: reading takes as long as the model."""

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
        reply = self._decide(incoming, previous)
        return reply if reply.context else replace(reply, context=self.signer.write(previous))

    def _decide(self, incoming: Incoming, previous: Context) -> Reply:
        if incoming.topic is not None and incoming.topic in self.library.topics:
            return self._topic(incoming.topic, self._language(incoming, None), None, incoming)
        text = incoming.text[:MOST_CHARACTERS]
        meaning = self.understanding.read(text, before=self._title(previous))
        language = self._language(incoming, meaning)
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
        reply = self.replies.topic(topic, [language, parse_language(incoming.hinted)], wanted=language, possible_danger=possible_danger)
        others = [] if meaning is None else [label for label, _ in meaning.labels if label in self.library.topics and label != topic]
        return replace(
            reply,
            confidence=1.0 if meaning is None else max(meaning.probability(topic), 0.01),
            alternatives=self.replies.choices(others[:_MOST_ALTERNATIVES], reply.language),
            context=self.signer.write(Context(topic=topic)),
        )

    def _figure(self, text: str, language: str, meaning: Meaning, previous: Context) -> Reply | None:
        """The answer to a figure question, or None when the message is not one."""
        if meaning.language is None and meaning.words > _FOLLOW_UP_WORDS // 2:
            # Another language's words would read another question out of it.
            return None
        likely = meaning.probability("figure", "statistics", "statistics-method")
        if likely < _UNLIKELY and previous.query is None:
            return None
        query = read_query(text, language, today=self.today())
        if previous.query is not None and meaning.words <= _FOLLOW_UP_WORDS and not query.is_empty and "measure" not in query.facets:
            query = query.following(previous.query)
        elif not (meaning.best[0] == "figure" and query.strength >= _SUBJECT) and not (
            query.strength >= _SUBJECT_AND_NUMBER and likely >= _SURE
        ):
            return None
        answer = self.figures.answer(query)
        reply = self.replies.figure(answer, language)
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
        detected = meaning.language if meaning else None
        return parse_language(incoming.chosen) or detected or parse_language(incoming.hinted) or SOURCE
