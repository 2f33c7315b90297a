"""The pages in a real Chromium: with and without JavaScript, by keyboard, for screen readers, and left in a hurry."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.async_api import Browser, BrowserContext, Page, Route, expect

from tests.web.conftest import DESKTOP, EXIT, PHONE, picture

QUESTIONS = {"en": "is it free", "ne": "यो सेवा निःशुल्क हो?", "ar": "هل المساعدة مجانية؟"}
NUMBER = "+358 295 463 177"
MOST_BYTES = 60_000

PAGES = {
    "chat": "/?lang={}",
    "topic": "/topics/reflection-period?lang={}",
    "figures": "/figures?lang={}",
    "measure": "/figures/exploited_in_finland?lang={}",
    "translations": "/about/translations?lang={}",
    "widget": "/widget?lang={}",
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


async def weather(route: Route) -> None:
    """The neutral site, without asking the network for it."""
    await route.fulfill(body="<title>Weather</title><h1>Weather</h1>", content_type="text/html")


class TestChat:
    @pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without"])
    @pytest.mark.parametrize("language", QUESTIONS)
    async def test_a_question_is_answered(self, browser: Browser, site: str, language: str, *, scripted: bool) -> None:
        context = await browser.new_context(viewport=PHONE, java_script_enabled=scripted)  # type: ignore[arg-type]
        page = await context.new_page()
        await page.goto(f"{site}/?lang={language}")
        await picture(page, f"chat-{language}-first")

        await page.fill("#text", QUESTIONS[language])
        await page.click("button.send")

        await expect(page.locator(".said")).to_have_text(QUESTIONS[language])
        await expect(page.locator("#log .reply").last).to_contain_text(NUMBER)
        await expect(page.locator("#log .reply").last).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
        await picture(page, f"chat-{language}-{'scripted' if scripted else 'plain'}")
        await context.close()

    @pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without"])
    async def test_a_follow_up_and_another_language_are_one_press_away(self, browser: Browser, site: str, *, scripted: bool) -> None:
        context = await browser.new_context(viewport=PHONE, java_script_enabled=scripted, locale="fi-FI")  # type: ignore[arg-type]
        page = await context.new_page()
        await page.goto(site)
        await page.fill("#text", "what is a reflection period")
        await page.click("button.send")
        await expect(page.locator("#log .reply").last).to_contain_text("reflection period")

        await page.click(".other-languages button[value=fi]")
        await expect(page.locator("#log .reply").last).to_contain_text("Harkinta-aika")

        await page.click(".choices button[name=topic] >> nth=0")
        await expect(page.locator("#log .reply").last).to_contain_text(NUMBER)
        await expect(page.locator("#log .reply").last).to_have_attribute("lang", "fi")
        await context.close()

    async def test_danger_stands_out_and_names_112_first(self, page: Page, site: str) -> None:
        await page.goto(f"{site}/?lang=en")
        await page.fill("#text", "help he is beating me")
        await page.press("#text", "Enter")
        reply = page.locator("#log .reply.danger").first
        await expect(reply.locator("a").first).to_have_attribute("href", "tel:+358295463177")
        assert (await reply.inner_text()).index("112") < (await reply.inner_text()).index(NUMBER)
        await picture(page, "chat-en-danger")

    async def test_nothing_is_kept_at_the_client(self, page: Page, context: BrowserContext, site: str) -> None:
        """No cookie, no storage, no history entry for a message, and no request to another host."""
        hosts: set[str] = set()
        page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        await page.goto(f"{site}/?lang=en")
        entries = await page.evaluate("history.length")
        for text in ("is it free", "and my children?"):
            await page.fill("#text", text)
            await page.click("button.send")
            await expect(page.locator(".said").last).to_have_text(text)
            await expect(page.locator("#log")).not_to_have_attribute("aria-busy", "true")

        assert await context.cookies() == []
        assert await page.evaluate("localStorage.length + sessionStorage.length") == 0
        assert await page.evaluate("history.length") == entries
        assert hosts == {site.removeprefix("http://")}

    async def test_without_javascript_no_address_tells_what_was_asked(self, browser: Browser, site: str) -> None:
        """A browser without JavaScript keeps an entry for each form that is sent: always the same address and title."""
        context = await browser.new_context(java_script_enabled=False)
        page = await context.new_page()
        await page.goto(f"{site}/?lang=en")
        title = await page.title()
        for text in ("is it free", "what help is there"):
            await page.fill("#text", text)
            await page.click("button.send")
            await expect(page.locator(".said")).to_have_text(text)
            assert page.url == f"{site}/?lang=en"
            assert await page.title() == title == "Information"
        await context.close()

    async def test_when_the_server_cannot_be_reached_the_number_is_shown(self, page: Page, site: str) -> None:
        await page.goto(f"{site}/?lang=en")
        await page.route("**/*", lambda route: route.abort())
        await page.fill("#text", "is it free")
        await page.click("button.send")
        await expect(page.locator("#failure")).to_contain_text(NUMBER)

    async def test_the_first_load_is_light(self, page: Page, site: str) -> None:
        sizes: list[int] = []

        async def weigh(response: Any) -> None:
            sizes.append(len(await response.body()) + sum(len(name) + len(value) for name, value in (await response.all_headers()).items()))

        waiting: list[Any] = []
        page.on("response", lambda response: waiting.append(response))  # noqa: PLW0108  (Playwright marks its handlers)
        await page.goto(f"{site}/?lang=ne", wait_until="networkidle")
        for response in waiting:
            await weigh(response)
        print(f"page weight: {sum(sizes)} bytes in {len(sizes)} responses, uncompressed")
        assert sum(sizes) < MOST_BYTES


class TestExit:
    async def test_the_button_blanks_the_page_and_takes_its_place_in_the_history(self, page: Page, site: str) -> None:
        await page.route(f"{EXIT}**", weather)
        await page.goto("about:blank")
        await page.goto(f"{site}/?lang=en")
        entries = await page.evaluate("history.length")

        await page.click("#exit")
        await page.wait_for_url(EXIT)

        assert await page.evaluate("history.length") == entries
        await page.go_back()
        assert page.url == "about:blank"

    async def test_the_page_is_blank_before_the_other_one_comes(self, page: Page, site: str) -> None:
        """A slow network must not leave the conversation on the screen."""
        blanked: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        await page.expose_function("blanked", lambda text: blanked.set_result(text))  # noqa: PLW0108  (Playwright marks it)

        async def slow(route: Route) -> None:
            await blanked
            await weather(route)

        await page.route(f"{EXIT}**", slow)
        await page.goto(f"{site}/?lang=en")
        await page.evaluate("new MutationObserver(() => blanked(document.body.innerText)).observe(document.body, {childList: true})")

        await page.click("#exit", no_wait_after=True)

        assert await asyncio.wait_for(blanked, 5) == "Leaving this page"
        await page.wait_for_url(EXIT)

    async def test_shift_three_times_leaves(self, page: Page, site: str) -> None:
        await page.route(f"{EXIT}**", weather)
        await page.goto(f"{site}/?lang=en")
        await page.keyboard.press("Shift")
        await expect(page.locator("[role=status]")).to_have_text("Press Shift 2 more times to leave")
        await page.keyboard.press("Shift")
        await page.keyboard.press("Shift")
        await page.wait_for_url(EXIT)

    async def test_writing_capitals_does_not_leave(self, page: Page, site: str) -> None:
        await page.goto(f"{site}/?lang=en")
        await page.focus("#text")
        for letter in "ABCD":
            await page.keyboard.press(f"Shift+{letter}")
        assert page.url.startswith(site)
        await expect(page.locator("#text")).to_have_value("ABCD")

    async def test_without_javascript_it_is_a_link(self, browser: Browser, site: str) -> None:
        context = await browser.new_context(java_script_enabled=False)
        page = await context.new_page()
        await page.route(f"{EXIT}**", weather)
        await page.goto(site)
        await page.click("#exit")
        await page.wait_for_url(EXIT)
        await context.close()

    async def test_it_is_always_in_view(self, page: Page, site: str) -> None:
        await page.goto(f"{site}/topics/leave-safely?lang=en")
        await page.evaluate("scrollTo(0, document.body.scrollHeight)")
        await expect(page.locator("#exit")).to_be_in_viewport()


class TestAccess:
    async def test_everything_is_reached_by_keyboard(self, page: Page, site: str) -> None:
        await page.goto(f"{site}/?lang=en")
        reached = []
        for _ in range(16):
            await page.keyboard.press("Tab")
            reached.append(await page.evaluate("document.activeElement.innerText || document.activeElement.id"))
        assert reached[0] == "Skip to the content"
        assert any("Leave this page" in name for name in reached)
        assert "112" in reached
        await page.focus(".choices button >> nth=0")
        await page.keyboard.press("Enter")
        await expect(page.locator(".said")).to_have_count(1)

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("language", ["en", "fi", "ne", "ar"])
    async def test_no_page_breaks_wcag(self, browser: Browser, site: str, language: str, scheme: Any) -> None:
        context = await browser.new_context(viewport=PHONE, color_scheme=scheme)  # type: ignore[arg-type]
        page = await context.new_page()
        found: dict[str, list[str]] = {}
        for name, path in PAGES.items():
            await page.goto(site + path.format(language))
            if name == "chat":
                await page.fill("#text", QUESTIONS.get(language, "onko apu ilmaista"))
                await page.click("button.send")
                await expect(page.locator(".said")).to_have_count(1)
            await page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
            result = await page.evaluate("rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES)
            broken = [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in result["violations"]]
            if broken:
                found[name] = broken
            await picture(page, f"{name}-{language}-{scheme}")
        await context.close()
        assert found == {}

    @pytest.mark.parametrize("language", ["en", "fi", "ar", "am"])
    async def test_nothing_is_wider_than_the_smallest_phone(self, browser: Browser, site: str, language: str) -> None:
        context = await browser.new_context(viewport={"width": 320, "height": 600})
        page = await context.new_page()
        wide = []
        for path in PAGES.values():
            await page.goto(site + path.format(language))
            if await page.evaluate("document.documentElement.scrollWidth") > 320:
                wide.append(path)
        await context.close()
        assert wide == []

    async def test_a_desktop_shows_the_same(self, browser: Browser, site: str) -> None:
        context = await browser.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
        page = await context.new_page()
        for language in ("en", "ne", "ar"):
            for name in ("chat", "measure", "topic"):
                await page.goto(site + PAGES[name].format(language))
                await picture(page, f"desktop-{name}-{language}")
                await expect(page.locator("h1")).to_be_visible()
        await context.close()


class TestWidget:
    @pytest.fixture
    async def organisation(self, site: str) -> AsyncIterator[str]:
        """Another site with one line of ours."""

        async def show(_: web.Request) -> web.Response:
            html = f'<h1>An organisation</h1><script src="{site}/widget.js" data-lang="fi" async></script>'
            return web.Response(text=html, content_type="text/html")

        app = web.Application()
        app.router.add_get("/", show)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        await runner.cleanup()

    async def test_one_line_puts_the_chat_into_another_page(self, page: Page, organisation: str) -> None:
        await page.goto(organisation)
        sandbox = "allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        await expect(page.locator("iframe")).to_have_attribute("sandbox", sandbox)
        frame = page.frame_locator("iframe")
        await expect(frame.locator("html")).to_have_attribute("lang", "fi")
        await frame.locator("#text").fill("onko apu ilmaista")
        await frame.locator("button.send").click()
        await expect(frame.locator("#log .reply").last).to_contain_text(NUMBER)

    async def test_a_site_that_was_not_named_may_not_show_it(self, page: Page, organisation: str) -> None:
        await page.goto(organisation.replace("127.0.0.1", "localhost"))
        await expect(page.frame_locator("iframe").locator("#text")).to_have_count(0)
