"""The Telegram channel when things go wrong, by long polling and by webhook: waited for, answered once, never silent."""

import asyncio

import httpx
import pytest
from aiogram.methods import SendMessage
from pydantic import SecretStr

from api.settings import ApiSettings
from bot.telegram.polling import TelegramRefusedError, open_bot, poll
from tests.bot.telegram.conftest import SECRET, WEBHOOK, Person, said
from tests.conftest import running
from tests.telegram_server import TOKEN, TelegramServer


class TestFaults:
    async def test_telegram_is_waited_for_as_long_as_it_asks(self, telegram: TelegramServer, polling: None) -> None:
        telegram.faults += [("sendMessage", 429, {"retry_after": 1}), ("sendMessage", 502, {})]
        telegram.deliver(telegram.message(text="what does it cost"))
        [message] = await telegram.until(1)
        assert "free" in message["text"]

    async def test_who_blocked_the_bot_is_forgotten(self, person: Person) -> None:
        await person.presses("language:fi:1")
        assert "Language" not in said(await person.writes("/start"))

        user = {"id": person.chat, "is_bot": False, "first_name": "Somebody"}
        bot = {"id": 123456, "is_bot": True, "first_name": "NAS"}
        change = {
            "chat": {"id": person.chat, "type": "private"},
            "from": user,
            "date": 1,
            "old_chat_member": {"status": "member", "user": bot},
            "new_chat_member": {"status": "kicked", "user": bot, "until_date": 0},
        }
        update = person.telegram.message(text="")
        await person.send({"update_id": update["update_id"], "my_chat_member": change})

        assert "Language" in said(await person.writes("/start"))

    async def test_who_cannot_be_answered_stops_nobody_else(self, telegram: TelegramServer, polling: None) -> None:
        telegram.faults.append(("sendMessage", 403, {"description": "Forbidden: bot was blocked by the user"}))
        telegram.deliver(telegram.message(text="what does it cost", chat=7))
        async with asyncio.timeout(10):
            while telegram.faults:
                await asyncio.sleep(0.02)
        telegram.deliver(telegram.message(text="what does it cost", chat=8))
        assert (await telegram.until(1))[0]["chat_id"] == "8"

    async def test_a_chat_that_moved_is_answered_where_it_is(self, telegram: TelegramServer, polling: None) -> None:
        telegram.faults.append(("sendMessage", 400, {"migrate_to_chat_id": -200, "description": "group chat was upgraded"}))
        telegram.deliver(telegram.message(text="what does it cost"))
        telegram.deliver(telegram.message(text="/helpline"))
        assert await telegram.until(2)

    async def test_too_many_messages_are_told_once_and_danger_still_answered(
        self, webhook_settings: ApiSettings, telegram: TelegramServer
    ) -> None:
        async with running(webhook_settings.model_copy(update={"telegram_flood_limit": 3})) as app:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://nas.test") as client:
                somebody = Person(telegram, client, chat=77)
                for _ in range(3):
                    await somebody.writes("what does it cost")
                told = await somebody.writes("what does it cost")
                assert "many messages" in said(told)
                assert await somebody.writes("what does it cost") == {}
                assert "112" in said(await somebody.writes("help he is beating me"))


class TestPolling:
    async def test_a_conversation(self, telegram: TelegramServer, polling: None, helpline: str) -> None:
        steps = [
            telegram.message(text="/start"),
            telegram.press("language:en:1"),
            telegram.message(text="what is a reflection period"),
            telegram.press("topic:cost"),
            telegram.message(text="/forget"),
        ]
        for number, step in enumerate(steps, start=1):
            telegram.deliver(step)
            await telegram.until(number)
        assert all(helpline in said(message) for message in telegram.sent)
        assert len(telegram.sent) == len(steps)

    async def test_the_same_update_is_answered_once(self, telegram: TelegramServer, polling: None) -> None:
        update = telegram.message(text="what does it cost")
        telegram.deliver(update)
        await telegram.until(1)
        telegram.deliver(update | {"update_id": update["update_id"]})
        telegram.deliver(telegram.message(text="/help"))
        assert len(await telegram.until(2)) == 2


class TestWebhook:
    async def test_telegram_is_told_the_address_and_the_secret(self, telegram: TelegramServer, posted: httpx.AsyncClient) -> None:
        assert telegram.webhook["url"] == WEBHOOK
        assert telegram.webhook["secret_token"] == SECRET
        assert {"message", "edited_message", "callback_query", "inline_query", "my_chat_member"} <= set(telegram.webhook["allowed_updates"])

    async def test_the_reply_is_in_the_response(self, telegram: TelegramServer, posted: httpx.AsyncClient, helpline: str) -> None:
        """One request less: the method that Telegram shall call stands in the webhook's own response."""
        update = telegram.message(text="is it free?", chat=7)
        telegram.calls.clear()

        response = await posted.post("/telegram/webhook", json=update, headers={"X-Telegram-Bot-Api-Secret-Token": SECRET})

        body = response.json()
        assert body.pop("method") == "sendMessage"
        call = SendMessage.model_validate(body)
        assert call.chat_id == 7
        assert helpline in call.text
        assert telegram.sent == []

    async def test_a_duplicate_is_taken_and_not_answered(self, telegram: TelegramServer, posted: httpx.AsyncClient) -> None:
        update = telegram.message(text="is it free?")
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        first = await posted.post("/telegram/webhook", json=update, headers=headers)
        second = await posted.post("/telegram/webhook", json=update, headers=headers)
        assert first.content
        assert (second.status_code, second.content) == (200, b"")

    @pytest.mark.parametrize(("headers", "status"), [({}, 401), ({"X-Telegram-Bot-Api-Secret-Token": "wrong"}, 403)])
    async def test_without_the_secret_nothing_is_read(
        self, telegram: TelegramServer, posted: httpx.AsyncClient, headers: dict[str, str], status: int, helpline: str
    ) -> None:
        response = await posted.post("/telegram/webhook", json=telegram.message(text="hello"), headers=headers)

        assert response.status_code == status
        assert response.json()["helpline"] == helpline

    async def test_what_is_not_an_update_is_a_problem(self, posted: httpx.AsyncClient) -> None:
        response = await posted.post("/telegram/webhook", content=b"{", headers={"X-Telegram-Bot-Api-Secret-Token": SECRET})
        assert response.status_code == 422


class TestRefusal:
    @pytest.mark.parametrize("token", ["not a token", TOKEN + "x"])
    async def test_a_wrong_token_is_told(self, telegram_settings: ApiSettings, token: str) -> None:
        settings = telegram_settings.model_copy(update={"telegram_bot_token": SecretStr(token)})
        with pytest.raises(TelegramRefusedError, match="TELEGRAM_BOT_TOKEN"):
            async with open_bot(settings):
                pass

    async def test_without_a_token_the_message_names_the_terminal(self, settings: ApiSettings) -> None:
        with pytest.raises(TelegramRefusedError, match="--terminal"):
            await poll(settings, lambda _: None)

    async def test_the_web_serves_on_though_the_token_is_refused(self, telegram_settings: ApiSettings) -> None:
        """A mistake about Telegram must not take the web chat from people."""
        async with running(telegram_settings.model_copy(update={"telegram_bot_token": SecretStr(TOKEN + "x")})) as app:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://nas.test") as client:
                assert (await client.get("/readyz")).json()["telegram"] == "down"
                assert (await client.post("/api/v1/chat", json={"text": "hello"})).status_code == 200
