"""The terminal channel: lines in, replies out, buttons as numbers. Works at a prompt and in a pipe."""

import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from prompt_toolkit import PromptSession
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console
from rich.markdown import Markdown
from rich.padding import Padding

from bot.conversation import Conversation
from bot.markup import to_text
from bot.message import Incoming, Reply
from content.locales import SOURCE, native_name

Button = tuple[str, Incoming]


async def chat(conversation: Conversation, *, chosen: str | None = None) -> None:
    """Talk until the input ends or the person leaves with Ctrl-C, Ctrl-D or an empty `q`."""
    console = Console()
    interactive = sys.stdin.isatty()
    read = _prompt() if interactive else None
    show(conversation.replies.small_talk("greeting", chosen or SOURCE), console)
    buttons: list[Button] = []
    context: str | None = None
    while True:
        line = await read() if read else sys.stdin.readline()
        if line is None or (not interactive and not line) or line.strip() == "q":
            return
        incoming = _pressed(line.strip(), buttons) or Incoming(line.strip(), "terminal")
        chosen = incoming.chosen or chosen
        reply = conversation.answer(replace(incoming, chosen=chosen, context=context))
        context = reply.context
        buttons = _buttons(reply)
        show(reply, console, [label for label, _ in buttons])


def show(reply: Reply, console: Console, buttons: Sequence[str] | None = None) -> None:
    """Print a reply: colours on a terminal, plain text in a pipe."""
    if console.is_terminal:
        console.print(Padding(Markdown(reply.markdown), (1, 2, 0, 2)))
    else:
        print(to_text(reply.markdown, reply.direction))
    for source in reply.sources:
        console.print(f"  {source.title}: {source.url}", style="dim", highlight=False, soft_wrap=True, markup=False)
    for number, label in enumerate(buttons if buttons is not None else [label for label, _ in _buttons(reply)], start=1):
        console.print(f"  {number}  {label}", style="cyan", highlight=False, markup=False)


def _buttons(reply: Reply) -> list[Button]:
    alternatives = [(choice.title, Incoming("", "terminal", topic=choice.topic)) for choice in reply.alternatives]
    titles = {title for title, _ in alternatives}
    suggestions = [
        (entry.label, Incoming(entry.text, "terminal", topic=entry.topic)) for entry in reply.suggestions if entry.label not in titles
    ]
    languages = [(native_name(tag), Incoming("", "terminal", chosen=tag, again=True)) for tag in reply.languages]
    return alternatives + suggestions + languages


def _pressed(line: str, buttons: Sequence[Button]) -> Incoming | None:
    if line.isascii() and line.isdigit() and 1 <= int(line) <= len(buttons):
        return buttons[int(line) - 1][1]
    return None


def _prompt() -> Callable[[], Awaitable[str | None]]:
    session: PromptSession[str] = PromptSession("> ")

    async def read() -> str | None:
        try:
            with patch_stdout():
                return await session.prompt_async()
        except (EOFError, KeyboardInterrupt):
            return None

    return read
