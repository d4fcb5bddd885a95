"""The configuration file and where things lie."""

from pathlib import Path

import pytest

from pipeline.config import Schedule, load_config, resolve_paths
from pipeline.errors import ConfigError
from pipeline.operate.cron import cron_complaint
from pipeline.resources import resource


def config(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "recuento.toml"
    path.write_text(text)
    return path


def test_the_example_is_valid_and_complete():
    """The shipped example loads, and its sample source is where it says."""
    example = load_config(resource("data", "recuento.toml"))
    assert [(s.id, s.kind, s.enabled) for s in example.sources] == [
        ("sample", None, True),
        ("my-notes", "vault", False),
    ]
    assert example.sources[0].location == resource("data", "sample")
    assert example.schedule == Schedule("15 6 * * *", "0 7 * * mon", "Europe/Madrid")


def test_an_empty_file_gives_the_defaults(tmp_path):
    """Nothing is required."""
    loaded = load_config(config(tmp_path, ""))
    assert (loaded.sources, loaded.timezone, loaded.home, loaded.schedule.timezone) == ((), "UTC", None, "UTC")


def test_the_schedule_takes_the_general_time_zone(tmp_path):
    """[schedule] timezone falls back to that of [recuento]."""
    assert (
        load_config(config(tmp_path, '[recuento]\ntimezone = "Europe/Madrid"\n')).schedule.timezone == "Europe/Madrid"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[recuento\n", r"not valid TOML \(.*line 1"),
        ("[recuentos]\n", r"\[recuentos\]: unknown table; did you mean 'recuento'\? Allowed are recuento, fetch, publish, schedule, alerts, retention, sources"),
        ('[recuento]\nwarehose = "x"\n', r"\[recuento\]: unknown key 'warehose'; did you mean 'warehouse'\?"),
        ("[recuento]\nxyzzy = 1\n", r"unknown key 'xyzzy'; allowed are home, warehouse, timezone, contact"),
        ("[recuento]\nhome = 3\n", r"\[recuento\]: home = 3: expected text"),
        ('[recuento]\nhome = ""\n', r"home is empty"),
        ('[recuento]\ntimezone = "Madrid"\n', r"timezone = 'Madrid': unknown; expected a name such as Europe/Madrid"),
        ('[schedule]\ningest = "0 25 * * *"\n', r"\[schedule\] ingest = '0 25 \* \* \*': the hour goes from 0 to 23"),
        ("schedule = 1\n", r"\[schedule\]: expected a table of settings, found 1"),
        ('[sources]\nid = "a"\n', r"write \[\[sources\]\], with two brackets"),
        ('[[sources]]\nid = "a"\n', r"\[\[sources\]\] number 1: location is missing"),
        ('[[sources]]\nlocation = "a"\n', r"\[\[sources\]\] number 1: id is missing"),
        ('[[sources]]\nid = "Mi Blog"\nlocation = "a"\n', r"id = 'Mi Blog': allowed are lower case letters"),
        ('[[sources]]\nid = "a"\nlocation = "x"\nkind = "substak"\n', r"kind = 'substak': unknown; did you mean 'substack'\?"),
        ('[[sources]]\nid = "a"\nlocation = "x"\nlanguage = "Spanish"\n', r"expected a two-letter code"),
        ('[[sources]]\nid = "a"\nlocation = "x"\nenabled = "no"\n', r"enabled = 'no': expected true or false"),
        ('[[sources]]\nid = "a"\nlocation = "ftp://x.test"\n', r"expected a folder, a file, or an address"),
        ('[[sources]]\nid = "a"\nlocation = "x"\n' * 2, r"\[\[sources\]\] number 2: id = 'a' is taken"),
    ],
)  # fmt: skip
def test_every_mistake_is_named_with_file_table_key_and_what_is_allowed(tmp_path, text, message):
    """One line that leads to the place and says how to mend it."""
    path = config(tmp_path, text)
    with pytest.raises(ConfigError, match=message) as caught:
        load_config(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_told(tmp_path):
    """The message names the file and where an example is."""
    with pytest.raises(ConfigError, match=r"cannot be read .*recuento.toml is an example"):
        load_config(tmp_path / "no.toml")


def test_relative_paths_start_at_the_file(tmp_path):
    """Where the command is run from does not matter."""
    text = '[recuento]\nhome = "priv"\n[[sources]]\nid = "a"\nlocation = "../blog"\n'
    loaded = load_config(config(tmp_path, text))
    assert loaded.home == tmp_path / "priv"
    assert loaded.sources[0].location == tmp_path.parent / "blog"


@pytest.mark.parametrize(
    ("text", "env", "home", "warehouse"),
    [
        (None, {}, "cwd/.recuento", "cwd/recuento.duckdb"),
        (None, {"RECUENTO_HOME": "h"}, "cwd/h", "cwd/h/recuento.duckdb"),
        ("", {}, "conf/.recuento", "conf/recuento.duckdb"),
        ("", {"RECUENTO_HOME": "h"}, "cwd/h", "cwd/h/recuento.duckdb"),
        ('[recuento]\nhome = "p"\n', {"RECUENTO_HOME": "h"}, "conf/p", "cwd/h/recuento.duckdb"),
        ('[recuento]\nwarehouse = "w.duckdb"\n', {}, "conf/.recuento", "conf/w.duckdb"),
    ],
)
def test_home_and_warehouse(tmp_path, text, env, home, warehouse):
    """The configuration says where they lie, else RECUENTO_HOME, else the folder of the configuration or the call."""
    (tmp_path / "conf").mkdir()
    loaded = None if text is None else load_config(config(tmp_path / "conf", text))
    paths = resolve_paths(loaded, env, tmp_path / "cwd")
    assert (paths.home, paths.warehouse) == (tmp_path / home, tmp_path / warehouse)


def test_publishing_over_the_writer_s_file_is_refused(tmp_path):
    """The published file must not be the database that ingestion writes."""
    loaded = load_config(config(tmp_path, '[recuento]\nhome = "h"\nwarehouse = "h/warehouse.duckdb"\n'))
    with pytest.raises(ConfigError, match="the writer's own file; publish to another name"):
        resolve_paths(loaded, {}, tmp_path)


@pytest.mark.parametrize("expression", ["* * * * *", "*/15 8-18/2 1,15 jan-mar mon-fri", "0 0 * * 7"])
def test_cron_as_it_is_written(expression):
    """Ranges, lists, steps and names are understood."""
    assert cron_complaint(expression) is None


@pytest.mark.parametrize("expression", ["", "@daily", "0 6 * *", "60 * * * *", "0 6 0 * *", "a * * * *", "*/0 * * * *"])
def test_cron_that_is_none(expression):
    """What cron would not take is complained of."""
    assert cron_complaint(expression)
