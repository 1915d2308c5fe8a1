"""Cada cosa tiene la suya: estado y correo, regla y textos, puerta y fila del README, error y palabras."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from funciones.dominio.admisibilidad import REGLAS
from funciones.dominio.postulacion import SIN_AVISO, TRANSICIONES, Estado
from funciones.entrada import errores
from funciones.tramite.vista import ESTADO_EN_PALABRAS, PASO_DE_LA_RUTA

RAIZ = Path(__file__).resolve().parents[1]
PUERTAS = sorted(p.stem for p in (RAIZ / "funciones").glob("*.py") if "\ndef handler(" in p.read_text(encoding="utf-8"))


@pytest.mark.parametrize("estado", list(Estado))
def test_cada_estado_tiene_transiciones_palabras_y_paso_de_la_ruta(estado: Estado) -> None:
    assert estado in TRANSICIONES
    assert ESTADO_EN_PALABRAS[estado]
    assert 1 <= PASO_DE_LA_RUTA[estado] <= 7


@pytest.mark.parametrize("estado", sorted(set(Estado) - SIN_AVISO))
def test_cada_estado_con_aviso_tiene_sus_dos_correos(estado: Estado) -> None:
    for forma in ("txt", "html"):
        assert (RAIZ / "plantillas" / "correo" / f"{estado}.{forma}.j2").is_file()


def test_ningun_correo_es_de_un_estado_que_no_existe() -> None:
    correos = {p.name.split(".")[0] for p in (RAIZ / "plantillas" / "correo").glob("[a-z]*.j2")}
    assert correos == {str(estado) for estado in set(Estado) - SIN_AVISO}


def test_cada_regla_tiene_sus_textos_y_cada_texto_su_regla() -> None:
    import tomllib

    textos = tomllib.loads((RAIZ / "plantillas" / "reglas.toml").read_text(encoding="utf-8"))
    assert set(textos) == set(REGLAS)
    for regla, campos in textos.items():
        assert {"titulo", "requisito", "correccion", "certificado", "donde", "clausula"} <= set(campos), regla
        # Los números viven en los parámetros, no en el texto: solo se permite el de una ley o un certificado.
        sin_nombres_propios = "".join(v for k, v in campos.items() if k != "clausula").replace("F30", "")
        assert not re.search(r"\d", sin_nombres_propios), regla


@pytest.mark.parametrize("puerta", PUERTAS)
def test_cada_puerta_aparece_en_la_tabla_del_readme(puerta: str) -> None:
    assert f"funciones/{puerta}.py" in (RAIZ / "README.md").read_text(encoding="utf-8")


def test_el_readme_es_corto_y_solo_nombra_archivos_que_existen() -> None:
    texto = (RAIZ / "README.md").read_text(encoding="utf-8")
    assert len(texto.splitlines()) <= 120
    rutas = re.findall(r"`((?:datos|funciones|site|plantillas|infra|tests)/[\w./-]*)`", texto)
    assert rutas
    assert [ruta for ruta in rutas if not (RAIZ / ruta).exists()] == []


@pytest.mark.parametrize("codigo", sorted(errores.TEXTOS))
def test_cada_error_tiene_palabras_que_dicen_que_hacer(codigo: str) -> None:
    texto = errores.TEXTOS[codigo]
    assert 400 <= texto.estado <= 503
    assert texto.titulo
    assert texto.mensaje.endswith(".")
    assert not re.search(r"inválid|por favor", f"{texto.titulo} {texto.mensaje}", re.IGNORECASE)


@pytest.mark.parametrize("codigo", sorted(errores.TEXTOS))
def test_cada_error_de_la_tabla_se_usa_en_alguna_puerta(codigo: str) -> None:
    usos = "".join(p.read_text(encoding="utf-8") for p in (RAIZ / "funciones").rglob("*.py"))
    assert usos.count(f'"{codigo}"') >= 2, f"{codigo} no lo levanta nadie: bórralo de la tabla"


def test_cada_biblioteca_tiene_su_razon_en_la_documentacion() -> None:
    import tomllib

    from generador.bibliotecas import leer

    grupos = tomllib.loads((RAIZ / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    directas = {(g, re.split(r"[<>=\[!]", d)[0]) for g, lista in grupos.items() for d in lista if isinstance(d, str)}
    assert {(b.grupo, b.nombre) for b in leer(RAIZ / "pyproject.toml")} == directas


def test_cada_biblioteca_de_javascript_tiene_su_razon() -> None:
    from generador.bibliotecas import leer_npm

    descrito = json.loads((RAIZ / "infra" / "npm" / "package.json").read_text(encoding="utf-8"))
    assert {b.nombre for b in leer_npm(RAIZ / "infra" / "npm" / "package.json")} == set(descrito["razones"])
