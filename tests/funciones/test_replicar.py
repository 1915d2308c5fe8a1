"""`make replicar`: dice igual, o cada diferencia, o por qué el archivo no se puede leer."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from funciones.adaptadores.publicacion_carpeta import PublicacionCarpeta
from funciones.adaptadores.regla import huella_de_la_seleccion
from funciones.dominio.acta import Acta, Version, canonico
from funciones.dominio.acta_escrita import entera, fila_publica, publica
from funciones.dominio.seleccion import VERSION
from funciones.replicar import principal, replicar
from tests.dominio.test_acta import ejemplo

RAIZ = Path(__file__).parents[2]


def de_hoy() -> Acta:
    return replace(ejemplo(), regla=Version(VERSION, huella_de_la_seleccion()))


def test_la_entera_y_la_publica_dan_igual(tmp_path: Path) -> None:
    for nombre, escribir in (("entera", entera), ("publica", publica)):
        archivo = tmp_path / nombre
        archivo.write_bytes(canonico(escribir(de_hoy())))
        codigo, texto = replicar(str(archivo))
        assert codigo == 0
        assert texto.splitlines()[0] == f"IGUAL: el acta {de_hoy().id} da lo mismo."
        assert "Aviso" not in texto


def test_una_distinta_dice_en_que_y_sale_con_uno(tmp_path: Path) -> None:
    archivo = tmp_path / "acta.json"
    archivo.write_bytes(canonico(entera(de_hoy())).replace(b'"7.00"', b'"5.50"'))
    codigo, texto = replicar(str(archivo))
    assert codigo == 1
    assert texto.startswith("DISTINTA")
    assert "- el archivo cambió: su huella no es la que dice" in texto
    assert "- en las seleccionadas el acta dice FOLIO001, FOLIO003; al repetir da FOLIO002, FOLIO003" in texto


def test_un_archivo_roto_o_ausente_se_dice_en_palabras_y_sale_con_dos(tmp_path: Path) -> None:
    roto = tmp_path / "roto.json"
    roto.write_bytes(canonico(entera(de_hoy()))[:500])
    assert replicar(str(roto)) == (2, f"No se puede repetir {roto}: el archivo está cortado o no es JSON.")
    assert replicar(str(tmp_path / "nada"))[0] == 2
    assert replicar(str(tmp_path)) == (
        2,
        f"No se pudo abrir {tmp_path}: revisa que exista y que sea un archivo.",
    )


def test_si_la_regla_cambio_desde_entonces_se_avisa(tmp_path: Path) -> None:
    archivo = tmp_path / "acta.json"
    archivo.write_bytes(canonico(publica(ejemplo())))
    codigo, texto = replicar(str(archivo))
    assert codigo == 0
    assert "Aviso: se eligió con otra edición de la regla" in texto


@pytest.mark.parametrize("argumentos", [[], [""] * 2])
def test_sin_acta_se_dice_como_pedirla(argumentos: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(argumentos) == 2
    assert "make replicar ACTA=" in capsys.readouterr().out


def test_se_corre_como_programa(tmp_path: Path) -> None:
    archivo = tmp_path / "acta.json"
    archivo.write_bytes(canonico(publica(de_hoy())))
    orden = [sys.executable, "-m", "funciones.replicar", str(archivo)]
    dado = subprocess.run(orden, cwd=RAIZ, capture_output=True, text=True, timeout=60, check=False)
    assert (dado.returncode, dado.stderr) == (0, "")
    assert dado.stdout.startswith("IGUAL")


@pytest.fixture
def datos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Una carpeta de datos donde el acta de hoy ya está publicada."""
    monkeypatch.setenv("DATOS", str(tmp_path / "datos"))
    PublicacionCarpeta(tmp_path / "datos").anexar("transparencia/actas.csv", [fila_publica(de_hoy())], ("acta",))
    return tmp_path


@pytest.mark.parametrize("escribir", [entera, publica])
@pytest.mark.parametrize("cambio", ["motivo", "quien", "sal"])
def test_una_rehecha_con_sus_huellas_al_dia_no_es_la_que_se_publico(datos: Path, escribir: Any, cambio: str) -> None:
    otra = {"motivo": "Otro", "quien": replace(de_hoy().quien, id="nadie"), "sal": "cd" * 32}[cambio]
    archivo = datos / "acta.json"
    archivo.write_bytes(canonico(escribir(replace(de_hoy(), **{cambio: otra}))))
    codigo, texto = replicar(str(archivo))
    assert codigo == 1
    assert texto.startswith("DISTINTA")
    assert f"en transparencia/actas.csv es {fila_publica(de_hoy())['sha256_acta']}" in texto


@pytest.mark.parametrize("escribir", [entera, publica])
def test_si_es_la_publicada_se_dice_con_que_se_comparo(datos: Path, escribir: Any) -> None:
    archivo = datos / "acta.json"
    archivo.write_bytes(canonico(escribir(de_hoy())))
    codigo, texto = replicar(str(archivo))
    huella = fila_publica(de_hoy())["sha256_acta"]
    assert (codigo, texto.splitlines()[-1]) == (0, f"Su sha256 es el publicado en transparencia/actas.csv: {huella}.")


def test_si_no_hay_una_publicada_se_dice_que_no_se_comparo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATOS", str(tmp_path / "datos"))
    archivo = tmp_path / "acta.json"
    archivo.write_bytes(canonico(entera(de_hoy())))
    ultima = replicar(str(archivo))[1].splitlines()[-1]
    assert ultima.startswith("NO se comparó con una publicada")
    assert fila_publica(de_hoy())["sha256_acta"] in ultima


def test_si_la_tabla_publicada_no_se_puede_leer_se_dice(datos: Path) -> None:
    (datos / "datos" / "transparencia" / "actas.csv").write_bytes(b"a,b\n1\n")
    archivo = datos / "acta.json"
    archivo.write_bytes(canonico(entera(de_hoy())))
    codigo, texto = replicar(str(archivo))
    assert codigo == 2
    assert texto.startswith("No se puede leer transparencia/actas.csv")
