"""Ningún dato de una persona llega a los registros, ni siquiera cuando algo falla."""

from __future__ import annotations

import io

import pytest

from funciones.solicitud import registro
from tests.funciones.puerta import Contexto, Puerta
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
