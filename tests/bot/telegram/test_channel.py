"""The Telegram channel over real HTTP: every command, button, link and inline query, in three languages; polling and webhook."""

import json
from typing import Any, ClassVar

import pytest

from bot.telegram.sentences import COMMANDS
from content.locales import LANGUAGES
from tests.bot.telegram.conftest import Person, said
from tests.telegram_server import USERNAME, TelegramServer

THREE = pytest.mark.parametrize("language", ["en", "fi", "ar"])


def buttons(message: dict[str, Any]) -> dict[str, str]:
    """The buttons under a message: what they say and what they carry."""
    markup = message["reply_markup"]
    rows = (json.loads(markup) if isinstance(markup, str) else markup)["inline_keyboard"]
    return {button["text"]: button["callback_data"] for row in rows for button in row}


class TestCommands:
    @THREE
    @pytest.mark.parametrize("command", [command for command in COMMANDS if command != "start"])
    async def test_each_gives_the_number_in_the_persons_language(self, person: Person, language: str, command: str, helpline: str) -> None:
        person.language = language
        await person.presses(f"language:{language}:1")

        calls = await person.send(person.telegram.message(chat=person.chat, text=f"/{command}"))

        assert any(helpline in said(parameters) for _, parameters in calls)

    async def test_start_asks_for_the_language_first(self, person: Person, helpline: str) -> None:
        first = await person.writes("/start")
        assert {"English", "Suomi", "العربية"} <= set(buttons(first))
        assert helpline in said(first)

        second = await person.presses(buttons(first)["Suomi"])

        assert second["method"] == "editMessageText"
        assert "Telegram" in said(second)
        assert helpline in said(second)

    async def test_all_languages_are_found_page_by_page(self, person: Person) -> None:
        page = await person.writes("/language")
        found = set(buttons(page).values())
        while "›" in buttons(page):
            page = await person.presses(buttons(page)["›"])
            assert page["method"] == "editMessageReplyMarkup"
            found |= set(buttons(page).values())
        assert {f"language:{tag}:1" for tag in LANGUAGES} <= found

    async def test_the_helpline_is_a_contact_to_call(self, person: Person) -> None:
        contact = await person.writes("/helpline")
        assert (contact["method"], contact["phone_number"]) == ("sendContact", "+358295463177")

    async def test_forget_drops_the_language_and_says_so(self, person: Person) -> None:
        await person.presses("language:fi:1")
        told = await person.writes("/forget")
        assert "poistettu" in said(told).casefold() or "pois" in said(told).casefold()

        assert "Language" in said(await person.writes("/start"))

    @THREE
    async def test_topics_are_listed_by_audience(self, person: Person, language: str) -> None:
        await person.presses(f"language:{language}:1")
        listed = await person.writes("/topics")
        assert "topic:services" in buttons(listed).values()

        professional = await person.presses("topics:professional")

        assert "topic:refer-client" in buttons(professional).values()


class TestButtons:
    @THREE
    async def test_a_topic_takes_the_messages_place(self, person: Person, language: str, helpline: str) -> None:
        await person.presses(f"language:{language}:1")
        answer = await person.presses("topic:cost")
        assert answer["method"] == "editMessageText"
        assert helpline in said(answer)
        assert {"rate:cost:1", "rate:cost:0", "call", "languages:0:0"} <= set(buttons(answer).values())

    async def test_another_language_gives_the_last_answer_again(self, person: Person) -> None:
        await person.writes("what is a reflection period")
        again = await person.presses("language:fi:0")
        assert "harkinta-aika" in said(again).casefold()

    async def test_call_gives_the_number(self, person: Person) -> None:
        assert (await person.presses("call"))["method"] == "sendContact"

    async def test_thumbs_are_answered_and_a_bad_one_gives_more(self, person: Person, helpline: str) -> None:
        assert await person.presses("rate:cost:1") == {}

        bad = await person.presses("rate:cost:0")

        alert = person.telegram.of("answerCallbackQuery")[-1]
        assert helpline in alert["text"]
        assert {"topic:services", "topic:services-legal"} <= set(buttons(bad).values())

    @pytest.mark.parametrize("data", ["nonsense", "topic:gone-since", "language:xx:0", "old:1:2:3"])
    async def test_a_stale_button_is_told_so(self, person: Person, data: str, helpline: str) -> None:
        assert helpline in said(await person.presses(data))

    async def test_a_button_under_a_picture_is_answered_anew(self, person: Person) -> None:
        assert (await person.presses("measures:0", text=None))["method"] == "sendMessage"

    async def test_a_press_too_old_to_answer_is_no_fault(self, person: Person) -> None:
        person.telegram.faults.append(("answerCallbackQuery", 400, {"description": "Bad Request: query is too old"}))
        calls = await person.send(person.telegram.press("topic:cost"))
        assert [name for name, _ in calls] == ["editMessageText"]

    async def test_the_same_press_twice_is_no_fault(self, telegram: TelegramServer, polling: None) -> None:
        """Telegram refuses to edit a message into what it is already."""
        telegram.faults.append(("editMessageText", 400, {"description": "Bad Request: message is not modified"}))
        telegram.deliver(telegram.press("topic:cost"))
        telegram.deliver(telegram.press("topic:services"))
        assert len(await telegram.until(1, "editMessageText")) == 1


class TestLinks:
    async def test_a_link_opens_at_its_topic(self, person: Person) -> None:
        assert "harkinta-aika" in said(await person.writes("/start topic-reflection-period"))

    async def test_a_link_opens_in_its_language(self, person: Person) -> None:
        assert "भाषा" not in said(await person.writes("/start lang-ne"))
        assert "फिनल्याण्ड" in said(await person.writes("/topics")) or any("ा" in title for title in buttons(await person.writes("/topics")))

    async def test_a_broken_link_begins_as_usual(self, person: Person) -> None:
        assert "Language" in said(await person.writes("/start topic-weather"))


class TestStatistics:
    @THREE
    async def test_the_menu_leads_to_a_chart_with_its_words_and_a_file(self, person: Person, language: str) -> None:
        await person.presses(f"language:{language}:1")
        menu = await person.writes("/statistics")
        assert "series:referrals:0" in buttons(menu).values()

        chart = await person.presses("series:referrals:0")

        assert chart["method"] == "sendPhoto"
        assert chart["photo"].startswith(b"\x89PNG")
        assert "NAS Annual Statistics 2025" in said(chart)
        assert "csv:referrals" in buttons(chart).values()
        file = await person.presses("csv:referrals")
        assert file["method"] == "sendDocument"
        assert b"referrals-2025,referrals" in file["document"]

    async def test_an_inline_query_gives_the_figure_with_its_source(self, person: Person) -> None:
        answer = (await person.send(person.telegram.inline("referrals 2025")))[-1][1]
        [first, *_] = answer["results"]
        assert first["title"].startswith("467 ")
        assert "NAS Annual Statistics 2025" in first["input_message_content"]["message_text"]

    @pytest.mark.parametrize("text", ["referrals 2031", "who won the football"])
    async def test_an_inline_query_for_what_is_not_published_gives_nothing(self, person: Person, text: str) -> None:
        assert (await person.send(person.telegram.inline(text)))[-1][1]["results"] == []

    async def test_an_empty_inline_query_gives_the_headlines(self, person: Person) -> None:
        answer = (await person.send(person.telegram.inline("")))[-1][1]
        assert any(result["title"].startswith("467 ") for result in answer["results"])


class TestWhatIsNotWords:
    CONTENT: ClassVar[dict[str, Any]] = {
        "voice": {"voice": {"file_id": "1", "file_unique_id": "1", "duration": 1}},
        "photo": {"photo": [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]},
        "sticker": {"sticker": {"file_id": "1", "file_unique_id": "1", "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}},
        "location": {"location": {"latitude": 60.2, "longitude": 24.9}},
        "contact": {"contact": {"phone_number": "+3581", "first_name": "X"}},
    }  # fmt: skip

    @pytest.mark.parametrize("kind", CONTENT)
    async def test_each_is_told_what_can_be_read_and_what_was_not_kept(self, person: Person, kind: str, helpline: str) -> None:
        message = await person.shares(**self.CONTENT[kind])
        assert helpline in said(message)
        assert "112" in said(message)

    async def test_a_caption_is_read(self, person: Person) -> None:
        message = await person.shares(**self.CONTENT["photo"], caption="help he is beating me")
        assert said(message).startswith("<b>If somebody is in danger now, call 112.")

    async def test_a_forwarded_message_is_read(self, person: Person) -> None:
        origin = {"type": "hidden_user", "sender_user_name": "X", "date": 1}
        assert "reflection" in said(await person.writes("what is a reflection period", forward_origin=origin))

    async def test_a_mended_message_is_answered(self, person: Person) -> None:
        update = person.telegram.message(text="what is a reflection period")
        update["edited_message"] = update.pop("message") | {"edit_date": 2}
        assert "harkinta-aika" in said((await person.send(update))[-1][1])

    async def test_a_long_answer_comes_in_pieces(self, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("bot.telegram.render.MOST_CHARACTERS", 300)
        monkeypatch.setattr("bot.telegram.render.pieces.__defaults__", (300,))
        calls = await person.send(person.telegram.message(text="what help do you give"))
        texts = [parameters["text"] for name, parameters in calls if name == "sendMessage"]
        assert len(texts) > 2
        assert all(len(text) <= 300 for text in texts)
        assert "reply_markup" not in calls[0][1]

    async def test_markup_in_a_message_is_harmless(self, person: Person, helpline: str) -> None:
        message = await person.writes("<b>hello</b> [x](http://evil) </a>")
        assert helpline in said(message)
        assert "evil" not in said(message)


class TestGroups:
    async def test_only_what_is_addressed_is_answered(self, person: Person) -> None:
        group: dict[str, Any] = {"chat": -100, "kind": "supergroup"}
        assert await person.send(person.telegram.message(text="what does it cost", **group)) == []
        [call] = [
            call
            for call in await person.send(person.telegram.message(text=f"@{USERNAME} what does it cost", **group))
            if call[0] == "sendMessage"
        ]
        assert f"t.me/{USERNAME}" in said(call[1])
        assert call[1]["chat_id"] in {-100, "-100"}

    async def test_an_answer_to_the_bot_is_addressed(self, person: Person) -> None:
        own = person.telegram.message(chat=-100, kind="group", text="…")["message"] | {
            "from": {"id": 123456, "is_bot": True, "first_name": "NAS"}
        }
        calls = await person.send(person.telegram.message(chat=-100, kind="group", text="what does it cost", reply_to_message=own))
        assert "sendMessage" in [name for name, _ in calls]

    async def test_a_group_that_moves_and_people_who_join_get_no_answer(self, person: Person) -> None:
        assert await person.send(person.telegram.message(chat=-100, kind="group", migrate_to_chat_id=-200)) == []
        joined = [{"id": 5, "is_bot": False, "first_name": "X"}]
        assert await person.send(person.telegram.message(chat=-100, kind="group", new_chat_members=joined)) == []
