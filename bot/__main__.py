"""`python -m bot`: Telegram by long polling; `--terminal`, `ask`, `evaluate`, `link` and `counts` need no token."""

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
from content.counts import read_counts
from content.locales import LANGUAGES
from content.topics import load_library


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
    if options.command in {"setup", "link"}:
        return await _telegram(options, settings)
    async with open_service(settings, _progress if options.terminal else lambda _: None) as service:
        if options.terminal:
            await chat(service.conversation, chosen=options.lang)
        elif options.command == "ask":
            reply = service.conversation.answer(Incoming(options.text, "terminal", chosen=options.lang))
            if options.json:
                print(to_json(reply).model_dump_json(indent=2))
            else:
                show(reply, Console())
        elif options.command == "counts":
            for count, total in await read_counts(service.engine):
                print(f"{total:6}  {count.what:10} {count.topic:26} {count.language:4} {count.channel}")
        else:
            report = evaluate(service.conversation, options.file)
            print_report(report, as_json=options.json)
    return 0


async def _telegram(options: argparse.Namespace, settings: BotSettings) -> int:
    from bot.telegram.polling import open_bot
    from bot.telegram.setup import deep_link, save_code, set_up

    if options.command == "link" and options.username:
        address = deep_link(options.username, options.target, load_library())
    else:
        async with open_bot(settings) as bot:
            if options.command == "setup":
                print(f"{await set_up(bot, _progress)} things set")
                return 0
            address = deep_link((await bot.me()).username or "", options.target, load_library())
    print(address)
    if options.code:
        save_code(address, options.code)
        print(f"QR code: {options.code}")
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
    commands.add_parser("setup", help="tell Telegram the commands and descriptions in every language; may be run again at any time")
    link = commands.add_parser("link", help="the Telegram address of one answer or language, and its QR code")
    link.add_argument("target", help="a topic's id, or a language's tag")
    link.add_argument("--username", help="the bot's name; asked of Telegram when not given")
    link.add_argument("--code", type=Path, help="write the QR code to this file, .png or .svg")
    commands.add_parser("counts", help="how often topics were asked, where it was five times or more")
    return parser


if __name__ == "__main__":
    sys.exit(main())
