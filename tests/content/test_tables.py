"""The tables of figures: checked row by row, loaded as a whole, on both databases."""

import shutil
from pathlib import Path

import pytest
from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from content.database import fetch_figures, open_engine, prepare
from content.errors import TableError
from content.figures import Figure
from content.tables import TABLES, load_figures, read_figures


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TABLES, tmp_path / "tables"))


def break_row(tables: Path, before: str, after: str) -> None:
    path = tables / "figures.csv"
    content = path.read_text(encoding="utf-8")
    assert before in content
    path.write_text(content.replace(before, after, 1), encoding="utf-8")


class TestReading:
    def test_every_figure_of_the_seed_is_there(self) -> None:
        """The 2025 statistics text has 95 rows; the table carries them and the earlier years."""
        figures = read_figures()
        assert sum(figure.publication == "nas-annual-statistics-2025" for figure in figures.all) == 95
        assert len(figures.all) == 264

    @pytest.mark.parametrize(
        ("before", "after", "column"),
        [
            (",467,,,", ",4x7,,,", "value"),
            ("referrals-2025,nas-annual-statistics-2025,", "referrals-2025,nobody,", "publication"),
            ("decisions-negative-2025,", "decisions-positive-2025,", "id"),
            (",,10,19,persons", ",,19,10,persons", "value_min"),
            ("gender=women and girls", "gender", "dimensions"),
            (",2025,referrals,", ",last year,referrals,", "period"),
        ],
    )
    def test_a_bad_row_is_refused_with_line_and_column(self, tables: Path, before: str, after: str, column: str) -> None:
        break_row(tables, before, after)

        with pytest.raises(TableError) as caught:
            read_figures(tables)

        assert caught.value.column == column
        assert caught.value.line > 1
        assert "figures.csv:" in str(caught.value)

    def test_wrong_columns_are_told_with_the_right_ones(self, tables: Path) -> None:
        break_row(tables, "id,publication", "id,publisher")

        with pytest.raises(TableError, match="the columns must be id, publication"):
            read_figures(tables)

    def test_what_a_publication_says_in_words_keeps_the_words(self) -> None:
        """The share of self-referrals is published as "one fifth"; the figure says so."""
        figure = read_figures().by_id["referrals-2025-referring-operator-victims-themselves-share"]
        assert (figure.value, figure.wording) == (20, "one fifth")


class TestLoading:
    @pytest.fixture(params=["sqlite", "postgres"])
    def database_url(self, request: pytest.FixtureRequest, tmp_path: Path) -> str:
        return str(request.getfixturevalue("postgres")) if request.param == "postgres" else f"sqlite:///{tmp_path}/figures.sqlite3"

    async def test_loading_twice_changes_nothing(self, database_url: str) -> None:
        engine = open_engine(database_url)
        await prepare(engine)
        first = [figure.model_dump() for figure in (await fetch_figures(engine)).all]

        await prepare(engine)

        assert [figure.model_dump() for figure in (await fetch_figures(engine)).all] == first
        assert first == [figure.model_dump() for figure in read_figures().all]
        await engine.dispose()

    async def test_a_load_that_breaks_leaves_the_old_figures(self, database_url: str) -> None:
        """All or nothing: a figure whose publication is missing undoes the whole load."""
        engine = open_engine(database_url)
        loaded = await prepare(engine)
        broken = read_figures()
        broken.all[-1].unit = None  # type: ignore[assignment]

        with pytest.raises(Exception, match=r"(?i)not.?null"):
            async with engine.begin() as connection:
                await load_figures(connection, broken)

        async with AsyncSession(engine) as session:
            assert (await session.exec(select(func.count()).select_from(Figure))).one() == loaded
        await engine.dispose()
