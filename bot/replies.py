"""Every kind of reply, built from curated texts, figures and catalogue sentences. No other sentence reaches a person."""

import re
from collections.abc import Sequence
from dataclasses import replace

from babel.lists import format_list

from bot.message import Choice, Kind, Reply, SourceLink, Suggestion
from bot.presentation import FigurePresenter
from bot.translations import spoken, translations
from content.contacts import CONTACTS
from content.locales import SOURCE, in_digits, locale_of, native_name
from content.search.resolve import FigureAnswer
from content.topics import Library, Text

_FIGURE = re.compile(r"\{figure:([a-z0-9-]+)\}")
_PLACEHOLDERS = CONTACTS.placeholders()


class Replies:
    """Builds replies in a language; what a text or catalogue lacks in it is said in English."""

    def __init__(self, library: Library, figures: FigurePresenter) -> None:
        self._library = library
        self.figures = figures

    def topic(self, topic: str, languages: Sequence[str | None], *, wanted: str, possible_danger: bool = False) -> Reply:
        """The text of a topic, in the first of the languages that has it; `wanted` is the person's own language."""
        text = self._library.text(topic, *languages)
        say = translations(text.language).gettext
        parts = [self._fill(text)]
        if possible_danger:
            parts.insert(0, say("If you are in danger now, call {emergency}."))
        if text.language != wanted:
            parts.insert(
                0,
                say("This answer is not yet to be had in your language ({language}). The helpline can arrange an interpreter.").replace(
                    "{language}", native_name(wanted)
                ),
            )
        elif text.state == "draft":
            parts.append(
                say("This translation is a draft: nobody has checked it yet. If something is unclear, call the helpline {helpline}.")
            )
        return Reply(
            kind="topic",
            topic=topic,
            language=text.language,
            translation=text.state,
            markdown=_contacts("\n\n".join(parts)),
            possible_danger=possible_danger,
            suggestions=tuple(self._question(related, text.language) for related in self._library.topics[topic].related),
            sources=tuple(self._source(source) for source in text.front.sources),
        )

    def both(self, first: Reply, second: Reply) -> Reply:
        """Two questions, two answers: each under its title; what both say (the draft notice) stands once, at the end."""
        paragraphs = [reply.markdown.split("\n\n") for reply in (first, second)]
        shared = [part for part in paragraphs[0] if part in paragraphs[1]]
        parts: list[str] = []
        for reply, own in zip((first, second), paragraphs, strict=True):
            title = self._library.text(str(reply.topic), reply.language).title
            parts += [f"**{title}**", *(part for part in own if part not in shared)]
        return replace(
            first,
            markdown="\n\n".join([*parts, *shared]),
            sources=tuple(dict.fromkeys([*first.sources, *second.sources])),
            suggestions=tuple(dict.fromkeys([*first.suggestions, *second.suggestions])),
        )

    def danger(self, language: str) -> Reply:
        """112 first, then the helpline, and nothing else to read."""
        language = spoken(language)
        say = translations(language).gettext
        parts = [
            "**" + say("If somebody is in danger now, call {emergency}.") + "**",
            say("Call also when you are not sure. Go to a safe place first, if you can."),
            say("When the danger is over, call the helpline {helpline}. It is open day and night."),
        ]
        return plain("danger", language, parts)

    def human(self, language: str) -> Reply:
        """The way to a person."""
        language = spoken(language)
        say = translations(language).gettext
        parts = [
            say("You can talk to a person: call the helpline {helpline}. It is open day and night."),
            say("You need not say your name or where you are. An interpreter can be arranged."),
            say("This chat is a machine. It cannot call you back. You can also write to {email}."),
        ]
        return plain("human", language, parts)

    def small_talk(self, which: str, language: str) -> Reply:
        """An answer to hello, thanks and goodbye."""
        language = spoken(language)
        say = translations(language).gettext
        sentences = {
            "greeting": say(
                "Hello. I am a machine that answers questions about help for victims of human trafficking in Finland. What would you like to know?"
            ),
            "thanks": say("You are welcome. Ask more whenever you want."),
            "bye": say("Take care. You can come back at any time."),
        }
        parts = [sentences[which], say("To talk to a person, call the helpline {helpline}, day and night.")]
        reply = plain("small-talk", language, parts)
        return replace(reply, suggestions=self.starters(language) if which == "greeting" else ())

    def fallback(self, language: str, closest: Sequence[str]) -> Reply:
        """No answer is sure enough: say so, show the closest topics, give the helpline."""
        language = spoken(language)
        say = translations(language).gettext
        parts = [
            say("I am not sure that I can answer this."),
            say("Did you mean one of these?")
            if closest
            else say("I can answer questions about help for victims of human trafficking in Finland."),
            say("A person can help you: call the helpline {helpline}, day and night."),
        ]
        reply = plain("fallback", language, parts)
        suggestions = tuple(self._question(topic, language) for topic in closest)
        return replace(reply, alternatives=self.choices(closest, language), suggestions=suggestions or self.starters(language))

    def failure(self, language: str) -> Reply:
        """Something broke here; the person still gets the number."""
        language = spoken(language)
        say = translations(language).gettext
        return plain(
            "fallback", language, [say("Something went wrong here. Please call the helpline {helpline}: it is open day and night.")]
        )

    def unreadable(self, language: str) -> Reply:
        """A voice message, picture or sticker, or nothing at all."""
        language = spoken(language)
        say = translations(language).gettext
        parts = [
            say("I can only read written words. Please write your question in a few words, in any language."),
            say("To talk to a person, call the helpline {helpline}, day and night."),
        ]
        return replace(plain("fallback", language, parts), suggestions=self.starters(language))

    def forgotten(self, language: str) -> Reply:
        """Everything held about a chat was dropped."""
        language = spoken(language)
        say = translations(language).gettext
        parts = [
            say("Done: the language and the last topic of this chat are dropped. Your messages were never kept."),
            say("The messages on your own phone stay until you delete them."),
            say("The helpline {helpline} answers day and night."),
        ]
        return plain("small-talk", language, parts)

    def figure(self, answer: FigureAnswer, language: str) -> Reply:
        """The published figures that answer, or that there is none, naming what is published nearby."""
        language = spoken(language)
        say = translations(language).gettext
        shown = tuple(self.figures.show(figure, language) for figure in answer.figures)
        if shown:
            parts = [f"{entry.label}: **{entry.text}**" for entry in shown]
            titles = list(dict.fromkeys(entry.source.title for entry in shown))
            if answer.missing:
                years = format_list([in_digits(str(year), language) for year in answer.missing], locale=locale_of(language))
                parts.append(say("For {years} this number has not been published.").replace("{years}", years))
            parts.append(say("Source: {source}.").replace("{source}", format_list(titles, locale=locale_of(language))))
            if any(entry.figure.measure.startswith("exploitation_cases") for entry in shown):
                parts.append(say("These are cases: one person may have met several forms of exploitation."))
            suggestions: tuple[Suggestion, ...] = ()
        else:
            parts = [say("This number has not been published, so I cannot give it.")]
            labels = list(dict.fromkeys(self.figures.label(figure, language) for figure in answer.nearby))
            if labels:
                parts.append(say("Published are, for example:") + "\n\n" + "\n".join(f"- {label}" for label in labels))
            suggestions = tuple(Suggestion(label, label) for label in labels)
        parts.append(say("The helpline {helpline} answers day and night."))
        reply = plain("figure", language, parts)
        sources = {entry.source.url: entry.source for entry in shown}
        return replace(reply, topic="statistics", figures=shown, suggestions=suggestions, sources=tuple(sources.values()))

    def choices(self, topics: Sequence[str], language: str) -> tuple[Choice, ...]:
        """Topics to offer, with their titles."""
        return tuple(Choice(topic, self._library.text(topic, language).title) for topic in topics)

    def starters(self, language: str) -> tuple[Suggestion, ...]:
        """Six questions to begin with: four for a person who may be a victim, one each for professionals and the public."""
        topics = ("services", "eligibility", "confidentiality", "leave-safely", "refer-client", "statistics")
        return tuple(self._question(topic, language) for topic in topics)

    def _fill(self, text: Text) -> str:
        return _FIGURE.sub(lambda reference: self.figures.number(reference[1], text.language), text.body)

    def _question(self, topic: str, language: str) -> Suggestion:
        text = self._library.text(topic, language)
        return Suggestion(text.title, text.front.questions[0], topic)

    def _source(self, source: str) -> SourceLink:
        return SourceLink(**self._library.sources[source].model_dump(include={"title", "url"}))


def plain(kind: Kind, language: str, parts: Sequence[str]) -> Reply:
    """A reply made of catalogue sentences, in a language that has a catalogue."""
    return Reply(
        kind=kind, language=language, translation="source" if language == SOURCE else "draft", markdown=_contacts("\n\n".join(parts))
    )


def _contacts(text: str) -> str:
    for name, value in _PLACEHOLDERS.items():
        text = text.replace(f"{{{name}}}", value)
    return text
