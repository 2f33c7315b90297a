"""What the bot says on Telegram only: how it begins, what it keeps, its commands and its description."""

from collections.abc import Callable
from dataclasses import replace

from bot.markup import to_text
from bot.message import Reply
from bot.replies import plain
from bot.translations import spoken, translations
from content.contacts import CONTACTS
from content.locales import direction

Say = Callable[[str], str]

COMMANDS = ("start", "help", "helpline", "topics", "statistics", "professionals", "language", "privacy", "forget")

MOST_DESCRIPTION, MOST_SHORT = 512, 120
"""Characters of a bot's description and short description, as the Bot API has them."""


def command_names(language: str) -> dict[str, str]:
    """What each command does, for Telegram's menu."""
    say = _say(language)
    return {
        "start": say("Begin"),
        "help": say("What this bot can do"),
        "helpline": say("The helpline's number"),
        "topics": say("All answers"),
        "statistics": say("Published figures"),
        "professionals": say("For people who refer clients"),
        "language": say("Change the language"),
        "privacy": say("What is kept about you"),
        "forget": say("Delete what is kept"),
    }


def description(language: str) -> str:
    """What a person reads before pressing Start."""
    say = _say(language)
    parts = (
        say("Information about help for victims of human trafficking in Finland. A machine answers."),
        say("Telegram is not anonymous. To talk to a person, call the helpline {helpline}, day and night."),
    )
    return _filled(" ".join(parts), language)[:MOST_DESCRIPTION]


def short_description(language: str) -> str:
    """What stands on the bot's profile."""
    say = _say(language)
    return _filled(say("Help for victims of human trafficking in Finland. Helpline {helpline}"), language)[:MOST_SHORT]


def welcome(language: str, greeting: Reply) -> Reply:
    """After a language was chosen: what this is, and how to stay safe here."""
    say = _say(language)
    parts = [
        say("I am a machine. I answer questions about help for victims of human trafficking in Finland. You need not tell your story."),
        say(
            "Telegram is not anonymous: the company can see messages, and so can anyone who holds your phone. Delete this chat afterwards. You can also set messages to delete themselves (auto-delete) in the chat's menu."
        ),
        say("To talk to a person, call the helpline {helpline}, day and night. In danger, call {emergency}."),
        say("Write your question, or press a button."),
    ]
    return replace(plain("small-talk", spoken(language), parts), suggestions=greeting.suggestions)


def help_text(language: str, greeting: Reply) -> Reply:
    """What the bot can do."""
    say = _say(language)
    names = command_names(language)
    parts = [
        say("Write a question in your own words, in any language, or use a command:"),
        "\n".join(f"- /{command}: {names[command]}" for command in COMMANDS if command != "start"),
        _number(language),
    ]
    return replace(plain("small-talk", spoken(language), parts), suggestions=greeting.suggestions)


def helpline(language: str) -> Reply:
    """The number, beside the contact that can be called."""
    say = _say(language)
    parts = [
        say("Press the contact to call, or the number: {helpline}. It is open day and night."),
        say("You need not say your name or where you are. An interpreter can be arranged."),
        say("In danger, call {emergency}."),
    ]
    return plain("human", spoken(language), parts)


def topics(language: str) -> Reply:
    """The heading over the lists of answers."""
    say = _say(language)
    return plain("small-talk", spoken(language), [say("Which answer would you like to read?"), _number(language)])


def professionals(language: str) -> Reply:
    """The heading over the answers for those who refer clients."""
    say = _say(language)
    parts = [say("Answers for authorities, organisations and others who meet victims:"), _number(language)]
    return plain("small-talk", spoken(language), parts)


def statistics(language: str) -> Reply:
    """The heading over what is published."""
    say = _say(language)
    parts = [say("Choose a figure, or ask for one in your own words, such as a year or a nationality."), _number(language)]
    return plain("small-talk", spoken(language), parts)


def kept_nothing(language: str, what: str) -> Reply:
    """A voice message, picture, place or contact: it is neither read nor kept."""
    say = _say(language)
    told = {
        "location": say("I cannot use a location, and I have not kept it. Nobody was told where you are."),
        "contact": say("I cannot use a contact, and I have not kept it."),
        "voice": say("I cannot listen to voice messages, and I have not kept it."),
        "picture": say("I cannot look at pictures or files, and I have not kept it."),
    }
    parts = [
        told.get(what, say("I can only read written words. Please write your question in a few words, in any language.")),
        say("If you are in danger, call {emergency}. To talk to a person, call the helpline {helpline}, day and night."),
        say("You can delete your message here so that nobody else sees it."),
    ]
    return plain("fallback", spoken(language), parts)


def rated(language: str, *, good: bool) -> str:
    """What a press on a thumb is answered with."""
    say = _say(language)
    return say("Thank you.") if good else _filled(say("Sorry. A person can help better: {helpline}, day and night."), language)


def too_many(language: str) -> Reply:
    """More messages at once than can be answered."""
    say = _say(language)
    parts = [
        say("You have written many messages at once. I go on answering in a minute."),
        say("If you are in danger, call {emergency}. To talk to a person, call the helpline {helpline}, day and night."),
    ]
    return plain("fallback", spoken(language), parts)


def in_group(language: str, username: str) -> str:
    """Under an answer in a group, where others read along."""
    say = _say(language)
    return say("Others can read this. To ask alone: {address}").replace("{address}", f"t.me/{username}")


def old_button(language: str) -> str:
    """A press on a keyboard that this version does not know any more."""
    say = _say(language)
    return _filled(say("This button is old. Write your question, or call {helpline}."), language)


def labels(language: str) -> dict[str, str]:
    """What small buttons say."""
    say = _say(language)
    return {
        "call": say("Call the helpline"),
        "language": say("Another language"),
        "victim": say("For you"),
        "professional": say("For professionals"),
        "public": say("For the public"),
        "back": say("Back"),
        "file": say("As a file (CSV)"),
    }


def _number(language: str) -> str:
    say = _say(language)
    return say("The helpline {helpline} answers day and night.")


def _say(language: str) -> Say:
    return translations(spoken(language)).gettext


def _filled(text: str, language: str) -> str:
    """Plain text with the numbers in place, which right-to-left text must not turn round."""
    filled = text.replace("{helpline}", CONTACTS.helpline).replace("{emergency}", CONTACTS.emergency)
    return to_text(filled, direction(spoken(language)))
