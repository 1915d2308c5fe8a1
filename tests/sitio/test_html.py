"""El HTML de todas las páginas del portal pasa el revisor, sin excepciones."""

from pathlib import Path

from tests.revisor_html import errores


def test_ninguna_pagina_tiene_errores_de_html(portal: Path) -> None:
    assert errores(portal.resolve()) == []


def test_el_revisor_encuentra_un_error(tmp_path: Path) -> None:
    (tmp_path / "mala.html").write_text("<!doctype html>\n<html><body><p><div></p></body></html>\n", encoding="utf-8")
    assert any("mala.html" in error for error in errores(tmp_path.resolve()))
