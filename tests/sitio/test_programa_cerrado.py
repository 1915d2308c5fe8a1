"""Un programa que cerró lo dice en la portada, no invita a postular y todo lo que hizo se sigue leyendo."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generador.hornear import escribir, hornear
from generador.paquetes import leer as leer_paquetes
from generador.validar import problemas_de
from tests.datos.copia import Copia
from tests.sitio.conftest import DATOS, construir_en
from tests.sitio.lector import Nodo, leer

DESPUES = datetime(2028, 11, 1, 12, 0, tzinfo=UTC)
NOTA = "El programa terminó y no abre más convocatorias."


@pytest.fixture(scope="module")
def cerrado(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """El portal de un programa que cerró después de su última convocatoria."""
    carpeta = tmp_path_factory.mktemp("cerrado")
    copia = Copia(Path(shutil.copytree(DATOS, carpeta / "datos")))
    copia.celda("parametros/parametros.csv", "programa_estado", "vigente_hasta", "2028-09-30")
    cierre = {"valor": "cerrado", "vigente_desde": "2028-10-01", "descripcion": NOTA}
    copia.agregar("parametros/parametros.csv", clave="programa_estado", unidad="texto", **cierre)
    assert problemas_de(copia.carpeta) == []
    escribir(hornear(leer_paquetes(copia.carpeta), DESPUES), carpeta / "horneado.json")
    return construir_en(carpeta, copia.carpeta, DESPUES)


def pagina(portal: Path, ruta: str) -> Nodo:
    return leer((portal / ruta.strip("/") / "index.html").read_text(encoding="utf-8"))


def test_la_portada_dice_que_cerro_y_desde_cuando(cerrado: Path) -> None:
    portada = pagina(cerrado, "/").uno("main")
    assert "El programa cerró" in portada.uno("h1").texto
    assert "1 de octubre de 2028" in portada.uno("p", "guia").texto
    assert NOTA in portada.texto


def test_la_portada_no_invita_a_postular(cerrado: Path) -> None:
    portada = pagina(cerrado, "/").uno("main")
    assert not re.search(r"[Pp]ostulas?\b|[Pp]uedes postular|abierto hoy", portada.uno("div", "heroe").texto)
    assert not [a for a in portada.todos("a") if a.atributos["href"].startswith("/api/postular")]
    assert "Puedes postular hoy" not in portada.texto
    assert portada.uno("a", "boton").atributos["href"] == "/anios/"
    for ruta in ("/", "/convocatorias/", "/convocatorias/regiones/07/"):
        assert "saber de la próxima" not in pagina(cerrado, ruta).uno("main").texto


def test_lo_que_hizo_se_sigue_leyendo(cerrado: Path) -> None:
    anios = pagina(cerrado, "/anios/").uno("main")
    assert [a.texto for h in anios.todos("h2") for a in h.todos("a")] == [
        "2028", "2027", "2026", "2025", "2024", "2023",
    ]  # fmt: skip
    assert "cerrado desde el domingo 1 de octubre de 2028" in anios.texto
    assert "Feria de verano" in pagina(cerrado, "/anios/2027/").uno("main").texto
    assert pagina(cerrado, "/convocatorias/2027-feria-maule-sabores-y-oficios/").uno("h1").texto


@pytest.mark.parametrize("ruta", ["/ruta/", "/preguntas/"])
def test_las_paginas_que_explican_lo_dicen_arriba(cerrado: Path, ruta: str) -> None:
    assert "El programa está cerrado desde el" in pagina(cerrado, ruta).uno("div", "aviso").texto


def test_mientras_rige_nada_habla_de_cierre(portal: Path) -> None:
    for ruta in ("/", "/ruta/", "/preguntas/", "/anios/"):
        texto = pagina(portal, ruta).uno("main").texto
        assert "programa está cerrado" not in texto
        assert "programa cerró" not in texto


def test_un_anio_no_medido_no_es_un_cero(portal: Path) -> None:
    respuesta = pagina(portal, "/anios/2023/").uno("div", "respuesta").texto
    assert "no se midió" in respuesta
    assert "0" not in respuesta.replace("2023", "")
