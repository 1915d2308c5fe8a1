"""Cada clase de hoja tiene su plazo, dicho en la página de privacidad, y pasado ese plazo no queda nada (S10)."""

from __future__ import annotations

import ast
import csv
import importlib
import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from funciones import barrer
from funciones.adaptadores.almacen import AlmacenNoResponde
from funciones.datos_personales import derechos_guardados
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.plazo import fin_del_dia
from funciones.tramite import conservacion, presencial
from tests.funciones.conftest import HOY, entorno_embebido
from tests.funciones.oficina import ingresada, ingresar, papel
from tests.funciones.puerta import Puerta
from tests.funciones.test_derechos import bandeja, decidir, pedir
from tests.funciones.una_vida import publicada, vivir
from tests.recorridos.mundo import CONVOCATORIA, RAIZ

FUNCIONES, PRIVACIDAD = RAIZ / "funciones", RAIZ / "site" / "paginas" / "privacidad.md"
DOS_ANIOS, UN_DIA = timedelta(days=730), timedelta(days=1)
DE_LA_POSTULACION = "Propuesto: dos años después de la encuesta. Se borra solo"
DEL_CAMBIO = "Propuesto: dos años desde el fin de la actividad. Se borra solo"


def de_la_encuesta(escrita: datetime, convocatoria: Convocatoria) -> datetime:
    return fin_del_dia(convocatoria.encuesta_cierre) + DOS_ANIOS


def del_termino(escrita: datetime, convocatoria: Convocatoria) -> datetime:
    return fin_del_dia(convocatoria.actividad_termino) + DOS_ANIOS


def del_cierre(dias: int) -> Callable[[datetime, Convocatoria], datetime]:
    return lambda escrita, convocatoria: convocatoria.cierre + timedelta(days=dias)


def desde_que_se_escribe(dias: int) -> Callable[[datetime, Convocatoria], datetime]:
    return lambda escrita, convocatoria: escrita + timedelta(days=dias)


class Fila(NamedTuple):
    """Con qué palabras empieza su fila en la página, cómo empieza su plazo, y cuándo se borra."""

    dato: str
    plazo: str
    hasta: Callable[[datetime, Convocatoria], datetime]


FILAS = {
    "antivirus": Fila("Qué postulaciones tienen un documento que el antivirus", DE_LA_POSTULACION, de_la_encuesta),
    "aporte": Fila("Aporte que compromete tu empresa", DE_LA_POSTULACION, de_la_encuesta),
    "bitacora": Fila("Quién de la mesa bajó", "Propuesto: dos años. Se borra solo", desde_que_se_escribe(730)),
    "bitacora_mis_datos": Fila("Quién importó", "Propuesto: un año. Se borra solo", desde_que_se_escribe(365)),
    "cambio_avisado": Fila("Qué cambios de la actividad te avisamos", DEL_CAMBIO, del_termino),
    "cambio_visto": Fila("Cuándo apareció cada cambio", DEL_CAMBIO, del_termino),
    "choque": Fila("Lugar en el plano, marcas de asistencia por decidir", DE_LA_POSTULACION, de_la_encuesta),
    "cierre": Fila("Lugar en el plano, marcas de asistencia por decidir", DE_LA_POSTULACION, de_la_encuesta),
    "compromiso": Fila("Carta de compromiso", DE_LA_POSTULACION, de_la_encuesta),
    "contacto": Fila("Intentos de contactarte", DE_LA_POSTULACION, de_la_encuesta),
    "derecho": Fila("Lo que pides sobre tus datos", DE_LA_POSTULACION.partition(".")[0], de_la_encuesta),
    "derecho_por_avisar": Fila("Correo por mandar sobre un pedido", "Hasta que sale", desde_que_se_escribe(30)),
    "direccion_mala": Fila("Dirección de correo que no recibe", "90 días", desde_que_se_escribe(90)),
    "encuesta_respondida": Fila("Que respondiste la encuesta", DE_LA_POSTULACION, de_la_encuesta),
    "invitacion": Fila("Invitación a una convocatoria", "90 días después del cierre", del_cierre(90)),
    "lugares": Fila("Lugar en el plano", DE_LA_POSTULACION, de_la_encuesta),
    "mis_datos": Fila("Lo importado de «Mis Datos»", "30 días", desde_que_se_escribe(30)),
    "reemplazo": Fila("Lugar en el plano, marcas de asistencia por decidir", DE_LA_POSTULACION, de_la_encuesta),
    "presencial": Fila("Lo que se anota de una postulación en papel", DE_LA_POSTULACION, de_la_encuesta),
    "recordatorio": Fila("Correo de quien pide que le recordemos", "Hasta que sale ese correo", del_cierre(1)),
}


# Lo que dice el código


class Escrita(NamedTuple):
    """Un `Hoja(` del código: dónde está, de qué clase es y si dice cuándo expira."""

    donde: str
    clase: str
    expira: bool


def escritas() -> Iterator[Escrita]:
    """Todos, salvo el del cuaderno, que solo vuelve a abrir lo guardado."""
    for archivo in sorted(FUNCIONES.rglob("*.py")):
        if archivo.name != "cuaderno.py":
            yield from _de_un_archivo(archivo)


def _de_un_archivo(archivo: Path) -> Iterator[Escrita]:
    for nodo in ast.walk(ast.parse(archivo.read_text(encoding="utf-8"))):
        if isinstance(nodo, ast.Call) and isinstance(nodo.func, ast.Name) and nodo.func.id == "Hoja":
            clave = next((k.value for k in nodo.keywords if k.arg == "expira"), None)
            expira = clave or (nodo.args[5] if len(nodo.args) > 5 else None)
            dice = expira is not None and not (isinstance(expira, ast.Constant) and expira.value is None)
            yield Escrita(f"{archivo.name}:{nodo.lineno}", _clase(archivo, nodo.args[0]), dice)


def _clase(archivo: Path, primero: ast.expr) -> str:
    """La clase va con nombre: así se sabe sin correr nada cuáles hay."""
    assert isinstance(primero, ast.Name), f"{archivo.name}: la clase de una hoja se nombra con una constante"
    modulo = ".".join(archivo.relative_to(RAIZ).with_suffix("").parts)
    return str(getattr(importlib.import_module(modulo), primero.id))


def filas_de_la_pagina() -> list[tuple[str, str]]:
    filas = re.findall(r"^\| (.+?) \| (.+?) \|$", PRIVACIDAD.read_text(encoding="utf-8"), re.MULTILINE)
    return [(dato, plazo) for dato, plazo in filas if dato != "Dato"]


@pytest.mark.parametrize("hoja", list(escritas()), ids=lambda hoja: hoja.donde)
def test_toda_hoja_dice_cuando_expira_y_tiene_su_fila(hoja: Escrita) -> None:
    assert hoja.expira, f"{hoja.donde}: di cuándo expira"
    assert hoja.clase in FILAS, f"{hoja.donde}: agrega «{hoja.clase}» aquí y en site/paginas/privacidad.md"


def test_ninguna_fila_es_de_una_clase_que_ya_no_se_escribe() -> None:
    assert {hoja.clase for hoja in escritas()} == set(FILAS)


@pytest.mark.parametrize("clase", sorted(FILAS))
def test_la_pagina_de_privacidad_dice_su_plazo(clase: str) -> None:
    suyas = [plazo for dato, plazo in filas_de_la_pagina() if dato.startswith(FILAS[clase].dato)]
    assert len(suyas) == 1, clase
    assert suyas[0].startswith(FILAS[clase].plazo)


def test_el_plazo_es_uno_solo_publicado_con_su_fecha_y_como_propuesta() -> None:
    """La página dice «dos años»: si el parámetro cambia, cambian las dos cosas."""
    with (RAIZ / "datos" / "parametros" / "parametros.csv").open(encoding="utf-8", newline="") as archivo:
        (fila,) = [f for f in csv.DictReader(archivo) if f["clave"] == "dias_conservar"]
    assert (fila["valor"], fila["certeza"], fila["vigente_hasta"]) == ("730", "propuesta", "")
    fuentes = {a.name: a.read_text(encoding="utf-8") for a in FUNCIONES.rglob("*.py")}
    assert [nombre for nombre, texto in fuentes.items() if re.search(r"\b73[01]\b", texto)] == []


# Lo que queda guardado


@pytest.fixture
def puerta(tmp_path: Path, horneado: Path) -> Iterator[Puerta]:
    with entorno_embebido(tmp_path, publicada(horneado, tmp_path)) as puerta:
        yield puerta


def convocatoria(puerta: Puerta) -> Convocatoria:
    hallada = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
    assert hallada is not None
    return hallada


def guardadas(puerta: Puerta) -> list[tuple[str, str, int | None]]:
    """Clase, grupo y cuándo expira, leídos del archivo sin pasar por el programa."""
    with sqlite3.connect(puerta.montaje.estado_local / "almacen.sqlite") as conexion:
        return conexion.execute("SELECT clase, grupo, expira FROM hojas ORDER BY clase").fetchall()


def test_pasado_su_plazo_no_queda_nada_de_ninguna_clase(puerta: Puerta, monkeypatch: pytest.MonkeyPatch) -> None:
    # Sin la pasada que manda los correos y borra sus notas, queda una hoja de cada clase.
    vistas: set[str] = set()
    almacen = puerta.montaje.almacen
    guardar = almacen.guardar_hoja
    monkeypatch.setattr(almacen, "guardar_hoja", lambda hoja: (vistas.add(hoja.clase), guardar(hoja))[1])
    monkeypatch.setattr(almacen, "borrar_hoja", lambda *lugar: None)
    vivir(puerta)
    assert vistas == set(FILAS)
    ultima = max(_vence(puerta, clase, grupo) for clase, grupo, _ in guardadas(puerta))
    for clase, grupo, expira in guardadas(puerta):
        assert expira is not None, clase
        assert expira / 1000 <= _vence(puerta, clase, grupo).timestamp(), clase
    nunca = HOY - timedelta(days=365)
    almacen.purgar(min(datetime.fromtimestamp(e / 1000, HOY.tzinfo) for *_, e in guardadas(puerta) if e), nunca)
    assert guardadas(puerta) != []
    almacen.purgar(ultima, nunca)
    assert guardadas(puerta) == []


def _vence(puerta: Puerta, clase: str, grupo: str) -> datetime:
    """A más tardar: escrita en el último instante de esta vida."""
    suya = puerta.montaje.horneado.convocatoria(grupo) or convocatoria(puerta)
    return FILAS[clase].hasta(puerta.montaje.ahora(), suya)


def test_lo_del_papel_dura_lo_que_un_enlace_hasta_que_entra_a_la_fila(
    puerta: Puerta, monkeypatch: pytest.MonkeyPatch
) -> None:
    def caido(*_: object) -> None:
        raise AlmacenNoResponde

    cuerpo = papel(puerta)
    with monkeypatch.context() as corte:
        corte.setattr(puerta.montaje.almacen, "aplicar", caido)
        assert ingresar(puerta, cuerpo)[0] == 503
    assert timedelta() < _expira(puerta) - puerta.montaje.ahora() <= 2 * UN_DIA
    puerta.pasar(timedelta(hours=1))
    assert ingresar(puerta, cuerpo)[0] == 200
    assert _expira(puerta) == conservacion.conservar_hasta(convocatoria(puerta))


def test_si_nadie_repite_el_ingreso_cortado_al_final_el_barrido_conserva_su_papel(
    puerta: Puerta, monkeypatch: pytest.MonkeyPatch
) -> None:
    def caido(*_: object) -> None:
        raise AlmacenNoResponde

    with monkeypatch.context() as corte:
        corte.setattr(presencial, "conservar", caido)
        assert ingresar(puerta, papel(puerta))[0] == 503
    assert _expira(puerta) < HOY + 3 * UN_DIA
    assert [barrer.barrer()["papeles"] for _ in range(2)] == [1, 0]
    assert _expira(puerta) == conservacion.conservar_hasta(convocatoria(puerta))
    puerta.pasar(10 * UN_DIA)
    barrer.barrer()
    assert _expira(puerta) == conservacion.conservar_hasta(convocatoria(puerta))


def test_el_barrido_no_conserva_el_papel_de_la_que_no_entro(puerta: Puerta, monkeypatch: pytest.MonkeyPatch) -> None:
    def caido(*_: object) -> None:
        raise AlmacenNoResponde

    with monkeypatch.context() as corte:
        corte.setattr(puerta.montaje.almacen, "aplicar", caido)
        ingresar(puerta, papel(puerta))
    assert barrer.barrer()["papeles"] == 0
    puerta.pasar(3 * UN_DIA)
    barrer.barrer()
    assert [clase for clase, *_ in guardadas(puerta) if clase == "presencial"] == []


def _expira(puerta: Puerta) -> datetime:
    (hoja,) = puerta.montaje.almacen.hojas(presencial.CLASE, CONVOCATORIA)
    assert hoja.expira is not None
    return hoja.expira


def test_lo_pedido_se_borra_a_los_dos_anos_de_su_respuesta_y_sin_ella_nunca(puerta: Puerta) -> None:
    comprobante = ingresada(puerta)
    pedir(puerta, (comprobante["folio"], comprobante["codigo"]))
    (hoja,) = puerta.montaje.almacen.hojas(derechos_guardados.CLASE, "07")
    assert hoja.expira is None
    tarde = conservacion.conservar_hasta(convocatoria(puerta)) - 100 * UN_DIA
    puerta.poner_la_hora(tarde)
    (suyo,) = bandeja(puerta)
    assert decidir(puerta, suyo)[0] == 200
    (hoja,) = puerta.montaje.almacen.hojas(derechos_guardados.CLASE, "07")
    assert hoja.expira is not None
    assert timedelta() <= hoja.expira - (tarde + DOS_ANIOS) < timedelta(minutes=5)
