"""A served app and a real Chromium."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import uvicorn
from playwright.async_api import Browser, BrowserContext, Page, async_playwright
from pydantic import SecretStr

from api.app import create_app
from api.settings import ApiSettings
from tests.conftest import unavailable

EXIT = "https://weather.test/"
"""The neutral site that "Leave this page" opens in these tests."""

SCREENSHOTS = Path("var") / "screenshots"
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1200, "height": 900}

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
async def site(settings: ApiSettings, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The address of the app, served by uvicorn as `python -m api` does."""
    folder = tmp_path_factory.mktemp("web")
    own = settings.model_copy(
        update={
            "database_url": f"sqlite:///{folder}/nas.sqlite3",
            "exit_url": EXIT,
            "embed_origins": ["http://127.0.0.1:*"],
            "rate_limit": "10000/minute",
            "secret_key": SecretStr("for tests only"),
        }
    )
    server = uvicorn.Server(uvicorn.Config(create_app(own), host="127.0.0.1", port=0, log_level="warning", access_log=False))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await task


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        unavailable("Chromium: apt-get install chromium fonts-noto-core fonts-noto-cjk")
        return
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        await opened.close()


@pytest.fixture
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A phone."""
    opened = await browser.new_context(viewport=PHONE, locale="en-GB", device_scale_factor=2)  # type: ignore[arg-type]
    yield opened
    await opened.close()


@pytest.fixture
async def page(context: BrowserContext) -> Page:
    return await context.new_page()


async def picture(page: Page, name: str) -> None:
    """Keep a screenshot for people to look at, when SCREENSHOTS is set."""
    if os.environ.get("SCREENSHOTS"):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=SCREENSHOTS / f"{name}.png")
