"""Pasado el plazo no queda nada de quien postuló; antes, todo; y lo que espera respuesta no se borra."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from funciones import auditar, barrer, medir
from funciones.adaptadores.deposito import DepositoNoResponde
from funciones.datos_personales import olvido
from funciones.dominio.exhibicion import editar, nueva
from funciones.dominio.postulacion import Estado
from funciones.entrada.errores import Rechazo
from funciones.tramite import expediente
from funciones.tramite.conservacion import conservar_hasta
from tests.adaptadores.test_almacen_vitrinas import CONTENIDO
from tests.funciones.conftest import entorno_embebido
from tests.funciones.puerta import Puerta
from tests.funciones.test_conservacion import filas_de_la_pagina
from tests.funciones.test_derechos import bandeja, decidir, pedir
from tests.funciones.una_vida import CORREO, RUT, publicada, vivir
from tests.mundo import avanzar
from tests.recorridos.mundo import CONVOCATORIA, rut_de_ejemplo


@pytest.fixture
def puerta(tmp_path: Path, horneado: Path) -> Iterator[Puerta]:
    with entorno_embebido(tmp_path, publicada(horneado, tmp_path)) as puerta:
        yield puerta


def _plazo(puerta: Puerta) -> datetime:
    convocatoria = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
    assert convocatoria is not None
    return conservar_hasta(convocatoria)


def _guardado(puerta: Puerta) -> dict[str, str]:
    """Todo lo que hay en el disco, por archivo: el almacén, el depósito y lo que esté al lado."""
    estado = puerta.montaje.estado_local
    return {str(a.relative_to(estado)): a.read_bytes().decode("latin-1") for a in estado.rglob("*") if a.is_file()}


def _documentos(puerta: Puerta) -> tuple[str, ...]:
    return puerta.montaje.deposito.listar(expediente.EXPEDIENTES)


def _con_foto(puerta: Puerta, folio: str) -> None:
    ahora = puerta.montaje.ahora()
    puerta.montaje.almacen.guardar_vitrina(editar(nueva(folio, CONVOCATORIA, "v", "", ahora), CONTENIDO, ahora))
    puerta.montaje.deposito.escribir(f"vitrinas/{folio.lower()}/{'ab' * 32}", b"foto de Canario", "image/jpeg")


def test_un_segundo_antes_sigue_todo_y_al_vencer_no_queda_nada(puerta: Puerta) -> None:
    vivir(puerta)
    folios = puerta.montaje.almacen.folios(CONVOCATORIA)
    _con_foto(puerta, folios[0])
    puerta.poner_la_hora(_plazo(puerta) - timedelta(seconds=1))
    assert barrer.barrer()["olvidadas"] == 0
    assert _documentos(puerta) != ()
    assert puerta.montaje.almacen.folios(CONVOCATORIA) == folios

    puerta.poner_la_hora(_plazo(puerta) + timedelta(days=731))
    assert barrer.barrer()["olvidadas"] == len(folios)
    assert barrer.barrer()["olvidadas"] == 0
    assert puerta.montaje.almacen.folios(CONVOCATORIA) == ()
    assert puerta.montaje.deposito.listar("") == ()
    donde = {
        archivo for archivo, texto in _guardado(puerta).items() for f in folios if f in texto or f.lower() in texto
    }
    # El libro, que no dice quién era, y los correos que ya están en la casilla de cada persona.
    assert {archivo for archivo in donde if not archivo.startswith("correo/")} == {"almacen.sqlite"}
    with sqlite3.connect(puerta.montaje.estado_local / "almacen.sqlite") as conexion:
        tablas = [t for (t,) in conexion.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        con_folio = {t for t in tablas for fila in conexion.execute(f"SELECT * FROM {t}") if _nombra(fila, folios)}
    assert con_folio == {"libro"}
    assert [falla for revision in auditar.auditar() for falla in revision.fallas] == []


def _nombra(fila: Any, folios: tuple[str, ...]) -> bool:
    return any(folio in str(celda) for celda in fila for folio in folios)


def test_lo_borrado_no_sigue_en_las_paginas_libres_del_archivo(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(RUT)
    puerta.poner_la_hora(_plazo(puerta))
    barrer.barrer()
    crudo = {archivo: texto for archivo, texto in _guardado(puerta).items() if archivo.startswith("almacen.sqlite")}
    assert [archivo for archivo, texto in crudo.items() if folio in texto] == []


def test_olvidada_es_como_si_nunca_hubiera_existido_y_ese_ano_ya_no_se_mide(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(RUT)
    assert medir.medir_y_publicar(2027) == []
    puerta.poner_la_hora(_plazo(puerta))
    barrer.barrer()
    estado, cuerpo = puerta.json("consultar", "POST", "/api/consultar", cuerpo={"folio": folio, "codigo": codigo})
    assert (estado, cuerpo["error"]) == (404, "no_existe")
    with pytest.raises(Rechazo, match="datos_olvidados"):
        medir.medir_y_publicar(2027)


def test_si_el_deposito_no_responde_no_se_pierde_de_vista_y_la_proxima_termina(
    puerta: Puerta, monkeypatch: pytest.MonkeyPatch
) -> None:
    puerta.recibida(RUT)
    puerta.poner_la_hora(_plazo(puerta))

    def caido(llave: str) -> None:
        raise DepositoNoResponde

    with monkeypatch.context() as corte:
        corte.setattr(puerta.montaje.deposito, "borrar", caido)
        hecho = barrer.barrer()
    assert hecho["olvidadas"] == 0
    assert hecho["fallas"] > 0
    assert len(puerta.montaje.almacen.folios(CONVOCATORIA)) == 1
    assert barrer.barrer()["olvidadas"] == 1
    assert _documentos(puerta) == ()


def test_mientras_espera_una_respuesta_no_se_borra(puerta: Puerta) -> None:
    con_pedido = puerta.recibida(RUT)
    recurrida, _ = puerta.recibida(rut_de_ejemplo(77_654_323), correo=f"otra.{CORREO}")
    guardada = puerta.montaje.almacen.postulacion(recurrida)
    assert guardada is not None
    avanzar(puerta.montaje.almacen, guardada, Estado.NO_ADMISIBLE, Estado.RECURRIDA)
    pedir(puerta, con_pedido, "supresion")
    # El pedido es de hace años: si su hoja se borrara en una pasada, la siguiente olvidaría la postulación.
    puerta.poner_la_hora(_plazo(puerta) + timedelta(days=1000))
    assert [barrer.barrer()["olvidadas"] for _ in range(3)] == [0, 0, 0]
    assert set(puerta.montaje.almacen.folios(CONVOCATORIA)) == {con_pedido[0], recurrida}
    (suyo,) = bandeja(puerta)
    assert decidir(puerta, suyo)[0] == 200
    assert [barrer.barrer()["olvidadas"] for _ in range(2)] == [1, 0]
    assert puerta.montaje.almacen.folios(CONVOCATORIA) == (recurrida,)


def test_la_que_no_se_puede_borrar_no_detiene_a_las_demas(puerta: Puerta, monkeypatch: pytest.MonkeyPatch) -> None:
    folios = [puerta.recibida(rut_de_ejemplo(77_700_000 + n), correo=f"c{n}@ejemplo.cl")[0] for n in range(3)]
    puerta.poner_la_hora(_plazo(puerta))
    destruir = expediente.destruir

    def rota(deposito: Any, folio: str) -> None:
        if folio == folios[0]:
            raise DepositoNoResponde
        destruir(deposito, folio)

    monkeypatch.setattr(expediente, "destruir", rota)
    assert barrer.barrer()["fallas"] == 1
    assert puerta.montaje.almacen.folios(CONVOCATORIA) == (folios[0],)


def test_cada_pasada_olvida_un_numero_acotado(puerta: Puerta, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(olvido, "POR_PASADA", 1)
    for numero in range(2):
        puerta.recibida(rut_de_ejemplo(77_700_000 + numero), correo=f"c{numero}@ejemplo.cl")
    puerta.poner_la_hora(_plazo(puerta))
    assert [barrer.barrer()["olvidadas"] for _ in range(3)] == [1, 1, 0]


PLAZOS = {
    "Postulación y documentos": "Propuesto: dos años después de la encuesta. Se borra solo",
    "Ficha del catálogo y sus fotos": "A la vista hasta que retires tu permiso o se borre tu postulación.",
    "Libro de decisiones": "Se queda",
    "Acta de una selección": "Se queda",
}


@pytest.mark.parametrize("dato", sorted(PLAZOS))
def test_la_pagina_de_privacidad_lo_dice(dato: str) -> None:
    (plazo,) = [plazo for fila, plazo in filas_de_la_pagina() if fila.startswith(dato)]
    assert plazo.startswith(PLAZOS[dato])
