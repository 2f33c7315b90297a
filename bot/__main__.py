"""`python -m bot`: Telegram by long polling; `--terminal`, `ask` and `evaluate` need no token."""

import argparse
import asyncio
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from bot.app import open_service
from bot.evaluation import evaluate, print_report
from bot.message import Incoming
from bot.rendering import to_json
from bot.settings import BotSettings
from bot.terminal import chat, show
from content.contacts import CONTACTS
from content.locales import LANGUAGES


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    settings = BotSettings()
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.basicConfig(level=settings.log_level, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    try:
        return asyncio.run(_run(options, settings))
    except (ValueError, OSError) as error:
        print(f"{error}\nThe helpline answers day and night: {CONTACTS.helpline}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


async def _run(options: argparse.Namespace, settings: BotSettings) -> int:
    if options.command is None and not options.terminal:
        # aiogram takes two seconds to import; the other commands do without it.
        from bot.telegram.polling import poll

        await poll(settings, _progress)
        return 0
    async with open_service(settings, _progress if options.terminal else lambda _: None) as service:
        if options.terminal:
            await chat(service.conversation, chosen=options.lang)
        elif options.command == "ask":
            reply = service.conversation.answer(Incoming(options.text, "terminal", chosen=options.lang))
            if options.json:
                print(to_json(reply).model_dump_json(indent=2))
            else:
                show(reply, Console())
        else:
            report = evaluate(service.conversation, options.file)
            print_report(report, as_json=options.json)
    return 0


def _progress(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    parser.add_argument("--terminal", action="store_true", help="chat in the terminal")
    parser.add_argument("--lang", choices=LANGUAGES, help="the language of the answers")
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(dest="command")
    ask = commands.add_parser("ask", help="print one reply")
    ask.add_argument("text")
    ask.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help="the language of the answer")
    ask.add_argument("--json", action="store_true", help="the JSON of the chat response")
    evaluation = commands.add_parser("evaluate", help="accuracy on labelled questions, and every miss")
    evaluation.add_argument("file", type=Path)
    evaluation.add_argument("--json", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())
