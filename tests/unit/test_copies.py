"""Near copies and translations: what makes two texts one story, and what does not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.copies import bands, facts, near, translated
from pipeline.warehouse import Warehouse
from tests.sql.world import processed

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2025, 3, 1, tzinfo=UTC)
STORY = (
    "El laboratorio Faro presentó ayer su tercer modelo, entrenado durante cinco meses en un centro de datos nuevo que"
    " está junto al mar. Dicen que escribe mejor, que se equivoca menos y que cuesta la mitad; quienes lo han probado"
    " no lo ven tan claro y piden que se publiquen las pruebas, como se hizo con los dos anteriores."
)
EDITED = STORY.replace("tercer modelo", "tercer gran modelo").replace("quienes lo han", "los que lo han")
OTHER = (
    "El puerto de Boya cerró ayer por el temporal. Los barcos que esperaban fuera volvieron a la bahía, y los que iban"
    " a salir se quedaron; la capitanía cree que mañana se podrá navegar, si el viento cae como se espera, y pide que"
    " nadie salga antes sin avisar, porque las olas son altas y la corriente es fuerte junto a las rocas."
)
SPANISH = (
    "Faro 3 tiene 671.000 millones de parámetros, de los que usa 37.000 millones, y aprendió de 14,8 billones de"
    " tokens en 2048 aceleradores. Boya, su rival, cuenta con 405.000 millones y 16.384 aceleradores, según dice"
    " Marea, que los alquila a ambos desde 2024 y que no piensa subir los precios por ahora, ni a uno ni a otro."
)
ENGLISH = (
    "Faro 3 has 671,000 million parameters, of which it uses 37,000 million, and learned from 14.8 trillion tokens on"
    " 2048 accelerators. Boya, its rival, has 405,000 million and 16,384 accelerators, says Marea, which has rented"
    " them to both since 2024 and does not think of raising its prices for now, neither to the one nor to the other."
)
NAMES = ["model:faro-3", "org:boya", "org:marea"]


def test_an_edited_copy_is_near() -> None:
    """A few words changed leave most runs of three as they were; another story shares next to none."""
    assert near(STORY, EDITED) == pytest.approx(0.84, abs=0.05)
    assert near(STORY, OTHER) is None
    assert near(STORY, STORY.upper()) == 1


def test_texts_alike_share_a_band() -> None:
    """What is near is found without comparing everything with everything."""
    assert set(bands(STORY, [])) & set(bands(EDITED, []))
    assert not set(bands(STORY, [])) & set(bands(OTHER, []))
    assert set(bands(SPANISH, NAMES)) & set(bands(ENGLISH, NAMES))


def test_a_signature_is_the_same_everywhere() -> None:
    """Signatures are kept between runs and machines: another library or seed would need a new migration."""
    assert bands("uno dos tres cuatro", [])[:2] == [6340002640492009622, 16175027707305152705]


def test_a_translation_keeps_its_facts() -> None:
    """Numbers and names are those of the original, however digits are grouped."""
    spanish, english = facts(SPANISH, NAMES), facts(ENGLISH, NAMES)
    assert translated(spanish, english) == 1


def test_the_same_news_is_not_a_translation() -> None:
    """Two posts on one subject share names and a number or two; names or numbers alone are not enough either."""
    spanish = facts(SPANISH, NAMES)
    assert (
        translated(spanish, facts("Faro 3: 671 mil millones, 37 activos, 8 usos, 90 tareas, 12 datos.", NAMES)) is None
    )
    assert translated(facts(SPANISH, []), facts(ENGLISH, [])) is None
    assert translated(frozenset("abcdefgh"), frozenset("abcdefgh")) is None


def story(at: str, text: str, **fields: Any) -> dict[str, Any]:
    return {"at": at, "on": "2025-01-10", "text": text} | fields


def copies(home: Path, *runs: list[dict[str, Any]], names: dict[str, Any] | None = None) -> dict[str, Any]:
    """Of each post by its path what it is a copy of, how that is known, and how sure."""
    with Warehouse.open(home / "w.duckdb") as warehouse:
        for number, posts in enumerate(runs):
            warehouse.load([processed(post, names or {}) for post in posts], run_id=f"run-{number}", now=NOW)
            warehouse.derive()
        found = warehouse.connection.execute(
            "select c.path, o.path, c.duplicate_kind, round(c.duplicate_score, 1)"
            " from posts as c left join posts as o on c.duplicate_of = o.post_id"
        )
        return {path: (original, kind, score) if original else None for path, original, kind, score in found.fetchall()}


def test_a_near_copy_is_linked_to_the_first(tmp_path: Path) -> None:
    """Also when it comes in a later run, and when the copy itself is copied letter for letter."""
    edited = [story("b/copy.md", EDITED, on="2025-01-12"), story("c/again.md", EDITED, on="2025-01-13")]
    assert copies(tmp_path, [story("a/first.md", STORY), story("a/other.md", OTHER)], edited) == {
        "first.md": None,
        "other.md": None,
        "copy.md": ("first.md", "near", 0.8),
        "again.md": ("first.md", "text", 1.0),
    }


def test_a_copy_that_is_rewritten_is_no_copy(tmp_path: Path) -> None:
    """Links follow the texts as they are now."""
    before = [story("a/first.md", STORY), story("b/copy.md", EDITED)]
    assert copies(tmp_path, before, [story("b/copy.md", OTHER)]) == {"first.md": None, "copy.md": None}


def test_a_translation_is_linked_across_sources(tmp_path: Path) -> None:
    """Names and numbers tell, if the days are close; the same file in another language needs no facts at all."""
    entities = {"Faro 3": {"kind": "model"}, "Boya": {"kind": "org"}, "Marea": {"kind": "org"}}
    posts = [
        story("a/es.md", SPANISH, says=list(entities)),
        story("b/en.md", ENGLISH, says=list(entities), language="en", on="2025-01-14"),
        story("c/late.md", ENGLISH + " Again.", says=list(entities), language="en", on="2025-06-14"),
        story("d/es/hola.md", "Hola a todos.", language="es"),
        story("d/en/hola.md", "Hello everyone.", language="en"),
        story("d/note.en.md", "A note.", language="en", on="2025-01-11"),
        story("d/note.md", "Una nota.", language="es"),
    ]
    assert copies(tmp_path, posts, names=entities) == {
        "es.md": None,
        "en.md": ("es.md", "translation", 1.0),
        "late.md": ("es.md", "near", 1.0),  # by way of the first translation
        "es/hola.md": ("en/hola.md", "translation", 1.0),
        "en/hola.md": None,
        "note.md": None,
        "note.en.md": ("note.md", "translation", 1.0),
    }


def test_the_same_address_is_the_same_post(tmp_path: Path) -> None:
    """With or without www, slash and the tags of campaigns; two posts at the root of a site are two."""
    posts = [
        story("a/x.md", "Corto.", url="https://www.faro.example/p/hola/?utm_source=x"),
        story("b/y.md", "Cortado…", url="http://faro.example/p/hola#more", on="2025-01-11"),
        story("b/z.md", "Portada.", url="https://faro.example/"),
        story("a/z.md", "Otra portada.", url="https://faro.example/"),
    ]
    found = copies(tmp_path, posts)
    assert found.pop("y.md") == ("x.md", "address", 1.0)
    assert set(found.values()) == {None}
