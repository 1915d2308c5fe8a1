"""Ningún dato de una persona llega a lo que se lee sin la clave, ni siquiera cuando algo falla (S6)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from funciones import barrer, difundir
from funciones.entrada.solicitud import registro
from tests.funciones.conftest import entorno_embebido
from tests.funciones.puerta import EVALUADOR, NACIONAL, Contexto, Puerta
from tests.funciones.una_vida import RASTROS as RASTROS_DE_LA_VIDA
from tests.funciones.una_vida import PuertaMirada, publicada, vivir
from tests.recorridos.mundo import CONVOCATORIA, rut_de_ejemplo

RUT = rut_de_ejemplo(77_654_321)
CANARIOS = {
    "nombre": "Canario Nombrefirma",
    "representante": "Canario Representante",
    "correo": "canario.correo@ejemplo.cl",
    "telefono": "987654321",
    "lleva": "Canario de lo que lleva",
}
RASTROS = (RUT, RUT.split("-")[0], "77.654.321", "Canario", "canario", "987654321")


def test_los_canarios_no_aparecen_en_ningun_registro(
    puerta: Puerta, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from funciones import notificar

    registros_escritos = io.StringIO()
    for manejador in registro.handlers:
        monkeypatch.setattr(manejador, "stream", registros_escritos)
    folio, codigo = puerta.recibida(RUT, **CANARIOS)
    puerta.postular(RUT, **CANARIOS | {"correo": "canario sin arroba"})
    puerta.json("consultar", "POST", "/api/consultar", cuerpo={"folio": folio, "codigo": codigo})
    puerta.decidir(folio, "no_admisible", motivo="Canario del motivo", hallazgos={"ventas": "no_cumple"})
    registros = [{"messageId": "1", "body": f'{{"aviso": "{folio}.recibida.2"}}', "eventSource": "aws:sqs"}]
    notificar.handler({"Records": registros}, Contexto())
    _romper_y_postular(puerta)
    salida = registros_escritos.getvalue() + "".join(capfd.readouterr())
    assert '"ruta":"POST /api/postular"' in salida
    assert '"message":"falla"' in salida
    assert not [rastro for rastro in RASTROS if rastro in salida]
    assert folio not in salida or codigo not in salida


def _romper_y_postular(puerta: Puerta) -> None:
    """Una falla inesperada en medio de la escritura, con los datos a mano."""
    almacen = puerta.montaje.almacen

    def explotar(*args: object) -> None:
        raise RuntimeError(f"esto trae datos: {args}")

    almacen.recibir = explotar  # type: ignore[method-assign,assignment]
    estado, cuerpo = puerta.postular(RUT, **CANARIOS)
    assert (estado, cuerpo["error"]) == (500, "falla")
    assert CONVOCATORIA not in cuerpo["mensaje"]


@pytest.fixture
def mirada(tmp_path: Path, horneado: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PuertaMirada]:
    """La puerta de una vida entera, con las métricas encendidas."""
    with entorno_embebido(tmp_path, publicada(horneado, tmp_path)) as puerta:
        monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "false")
        yield PuertaMirada(puerta.entorno)


@pytest.fixture
def escrito(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Todo lo que las funciones dejan en el registro."""
    salida = io.StringIO()
    for manejador in registro.handlers:
        monkeypatch.setattr(manejador, "stream", salida)
    return salida


def test_una_vida_entera_no_deja_canarios_en_lo_que_se_ve_sin_la_clave(
    mirada: PuertaMirada, escrito: io.StringIO, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lugares: list[str] = []
    almacen, guardar = mirada.montaje.almacen, mirada.montaje.almacen.guardar_hoja
    monkeypatch.setattr(
        almacen, "guardar_hoja", lambda hoja: (lugares.append(f"{hoja.clase}/{hoja.grupo}/{hoja.llave}"), guardar(hoja))
    )
    vivir(mirada)
    salida = escrito.getvalue() + "".join(capfd.readouterr())
    assert '"message":"difundido"' in salida
    assert "Respuestas2xx" in salida
    estado = mirada.montaje.estado_local
    guardado = b"".join(a.read_bytes() for a in estado.glob("almacen.sqlite*")).decode("latin-1")
    donde = {
        "registros y métricas": salida,
        "cabeceras": "\n".join(mirada.cabeceras),
        "lugar de una hoja": "\n".join(lugares),
        "nombres de archivo": "\n".join(str(a.relative_to(estado)) for a in estado.rglob("*")),
        "base de datos": guardado,
    }
    assert any("location" in cabecera for cabecera in mirada.cabeceras)
    # Quién de la mesa lo hizo tampoco va a la vista: el código de una persona también es un dato suyo.
    assert [lugar for lugar in lugares if EVALUADOR["sub"] in lugar or NACIONAL["sub"] in lugar] == []
    assert {donde: hallados(texto) for donde, texto in donde.items() if hallados(texto)} == {}


def test_cuando_todo_falla_tampoco(
    mirada: PuertaMirada, escrito: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    """Las mismas llamadas otra vez, con un almacén que al fallar repite lo que le pasaron."""
    vivir(mirada)
    mirada.montaje.__dict__["almacen"] = _Roto()
    desde, _ = escrito.tell(), capfd.readouterr()
    estados = mirada.repetir_todo()
    for tarea in (difundir, barrer):
        with suppress(Exception):
            tarea.handler({}, Contexto())
    salida = escrito.getvalue()[desde:] + "".join(capfd.readouterr())
    assert estados.count(500) > len(estados) / 2
    assert salida.count('"message":"falla"') == sum(estado >= 500 for estado in estados)
    assert hallados(salida) == []


def hallados(texto: str) -> list[str]:
    """Los renglones que llevan algo de una persona, sin tildes que lo escondan."""
    return [linea[:300] for linea in texto.splitlines() if any(r in linea.lower() for r in RASTROS_DE_LA_VIDA)]


class _Roto:
    def __getattr__(self, operacion: str) -> Callable[..., None]:
        def explotar(*args: object, **campos: object) -> None:
            raise RuntimeError(f"{operacion} trae datos de Canario: {args} {campos}")

        return explotar
