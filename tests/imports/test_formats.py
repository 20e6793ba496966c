from pathlib import Path

import pytest

from analysis.imports import FORMATS, ImportProblem, formats, import_file
from analysis.imports.importing import sniff_formats
from analysis.imports.reading.file import PublishedFile

from .published_data import DATA, needs_data, write

_MODULES = Path(formats.__file__).parent


def test_every_module_with_an_importer_is_a_format() -> None:
    defining = {
        path.stem.replace("_", "-")
        for path in _MODULES.glob("*.py")
        if "\nIMPORTER = " in path.read_text(encoding="utf-8")
    }
    assert set(FORMATS) == defining
    assert list(FORMATS) == sorted(FORMATS)
    assert len(FORMATS) >= 13


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_format_says_what_it_expects_and_documents_its_frame(name: str) -> None:
    assert FORMATS[name].expects
    text = (_MODULES / f"{name.replace('-', '_')}.py").read_text(encoding="utf-8")
    assert text.startswith(f'"""``{name}``: ')
    assert "#: The frame: one row a" in text or "Frame (one row a" in text
    assert "flag" in text


def test_an_unknown_format_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match="did you mean 'unhcr-series'") as caught:
        import_file("unhcr-serie", tmp_path / "x.csv")
    assert "\n" not in str(caught.value)
    with pytest.raises(ImportProblem, match="formats: economist-estimates, general-staff"):
        import_file("spreadsheet", tmp_path / "x.csv")


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_missing_file_and_a_wrong_one_are_told_in_one_line(name: str, tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match="there is no such file") as caught:
        import_file(name, tmp_path / "nowhere.csv")
    assert "\n" not in str(caught.value)
    for file, text in (("a.csv", "a,b\n1,2\n"), ("b.json", '{"a": 1}'), ("c.json", "[]")):
        path = write(tmp_path, text, file)
        with pytest.raises(ImportProblem, match=r"expected .*; found") as caught:
            import_file(name, path)
        assert str(path) in str(caught.value)
        assert "\n" not in str(caught.value)
        assert len(str(caught.value)) < 700


def test_a_file_of_another_format_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "date,killed,injured\n2022-03-03,249,553\n")
    with pytest.raises(ImportProblem, match="did you mean format 'ohchr'"):
        import_file("ucdp-ged", path)
    with pytest.raises(ImportProblem, match="did you mean format 'ohchr'"):
        import_file("meduza", path)


def test_any_format_reads_gzip_and_a_byte_order_mark(tmp_path: Path) -> None:
    text = "\ufeffdate,killed,injured\n2022-03-03,249,553\n"
    assert len(import_file("ohchr", write(tmp_path, text, packed=True)).frame) == 2


@needs_data
@pytest.mark.parametrize(
    ("file", "names"),
    [
        ("unhcr-ocha-vintages/unhcr_series_vintages.csv.gz", ["unhcr-series"]),
        ("unhcr-ocha-vintages/unhcr_headline_total_vintages.csv", ["unhcr-series"]),
        ("unhcr-ocha-vintages/unhcr_by_country_vintages.csv", ["unhcr-countries"]),
        ("unhcr-yale-wellsrc/arrivals_moldova.csv", ["unhcr-series"]),
        ("unhcr-one-campaign/hcr_data_by_country_month.csv", ["unhcr-countries"]),
        ("ohchr-civilian-casualties/ocha_update_sheet_2022-04-27.csv", ["ohchr"]),
        ("losses-ukraine-general-staff/russia_losses_equipment.json.gz", ["general-staff"]),
        ("losses-economist/estimates_by_source.csv", ["economist-estimates"]),
        ("losses-economist/meduza_2026_weekly.csv", ["meduza"]),
        ("losses-oryx-scarnecchia/daily_count.csv", ["oryx-daily"]),
        ("un-votes/es11_1_2022-03-02_by_country.csv", ["un-roll-call"]),
        ("population/worldbank_population_1960_2024.csv", ["world-bank-population"]),
        ("population/wpp2024_projections_2024_2050.csv", ["wpp-population"]),
        ("iom-idp/ocha_macro_region_vintages.csv", ["iom-idp"]),
        ("ucdp-ged-ukraine/hdx_ucdp_ukr_to_2021.csv.gz", ["ucdp-ged"]),
        ("losses-oryx-scarnecchia/event_captured.csv.gz", []),
        ("us-white-house-sanction-announcements/announcements.csv", []),
    ],
)
def test_every_published_file_is_recognised_as_one_format(file: str, names: list[str]) -> None:
    assert sniff_formats(PublishedFile(DATA / file)) == names
