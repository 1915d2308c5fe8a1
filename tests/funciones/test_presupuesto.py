"""Nadie llena de correos a otra persona ni gasta sin fin: pocos envíos por RUT y por dirección en cada hora."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from funciones import notificar
from funciones.avisos import presupuesto
from funciones.tramite import formulario
from tests.funciones.conftest import entorno_embebido
from tests.funciones.puerta import Puerta
from tests.funciones.test_envios import dar, llenar
from tests.funciones.test_suscribir import buzon
from tests.recorridos.mundo import rut_de_ejemplo

ATAQUE = 1_000
VICTIMA = "rosa@correo.example"


@pytest.fixture
def puerta(tmp_path: Path, horneado: Path) -> Iterator[Puerta]:
    """Las diez y un minuto: cualquier prueba cabe en la misma hora."""
    with entorno_embebido(tmp_path, horneado) as puerta:
        puerta.pasar(timedelta(minutes=1))
        yield puerta


def correos(puerta: Puerta) -> int:
    """Manda lo pendiente; cuántos correos hay."""
    for aviso in puerta.montaje.almacen.avisos_pendientes(ATAQUE):
        notificar.enviar(aviso.id)
    return len(buzon(puerta))


def test_mil_envios_a_una_direccion_son_tres_correos(puerta: Puerta) -> None:
    """Con otro RUT cada vez, y disfrazando la dirección con mayúsculas y etiquetas."""
    formas = (VICTIMA, VICTIMA.upper(), "rosa+feria@correo.example", "Rosa+a+b@Correo.example")
    estados = [
        puerta.postular(rut_de_ejemplo(77_500_000 + n), correo=formas[n % len(formas)])[0] for n in range(ATAQUE)
    ]
    assert (estados.count(200), estados.count(429)) == (presupuesto.ENVIOS_POR_HORA, ATAQUE - 3)
    assert correos(puerta) == presupuesto.ENVIOS_POR_HORA


def test_un_rut_tampoco_pasa_de_tres_por_hora_y_en_la_siguiente_vuelve(puerta: Puerta) -> None:
    rut = rut_de_ejemplo(77_500_001)
    estados = [puerta.postular(rut, correo=f"otra{n}@correo.example")[0] for n in range(5)]
    assert estados == [200, 200, 200, 429, 429]
    # Lo que no salió por el RUT no gastó de la dirección.
    for n in range(3):
        assert puerta.postular(rut_de_ejemplo(77_500_100 + n), correo="otra4@correo.example")[0] == 200
    puerta.pasar(timedelta(hours=1))
    assert puerta.postular(rut, correo="otra9@correo.example")[0] == 200


def test_repetir_el_mismo_envio_no_gasta_y_es_una_sola_postulacion(puerta: Puerta) -> None:
    """Cien veces lo mismo: un folio y un correo. La clave del envío se usa una vez."""
    rut, clave = rut_de_ejemplo(77_500_002), secrets.token_urlsafe(24)
    folios = {puerta.postular(rut, clave=clave, correo=VICTIMA)[1]["folio"] for _ in range(100)}
    assert len(folios) == 1
    assert correos(puerta) == 1
    assert puerta.postular(rut, correo=VICTIMA)[0] == 200


def test_a_quien_se_le_dice_que_espere_se_le_dice_desde_cuando_y_otra_salida(puerta: Puerta) -> None:
    rut = rut_de_ejemplo(77_500_003)
    for _ in range(3):
        puerta.postular(rut, correo=VICTIMA)
    estado, cuerpo = puerta.postular(rut, correo=VICTIMA)
    assert estado == 429
    for dicho in ("confírmala", "desde las 11:00", "en la oficina"):
        assert dicho in cuerpo["mensaje"]
    assert VICTIMA not in str(cuerpo)


def test_lo_que_llena_un_programa_no_entra_y_a_una_persona_se_le_dice(puerta: Puerta) -> None:
    """El campo que no se ve: con algo escrito no se guarda nada; en blanco, la misma postulación sale."""
    clave = secrets.token_urlsafe(24)
    assert "No escribas aquí" in llenar(puerta, clave)["body"]
    con_trampa = {formulario.TRAMPA: "https://malo.example", "accion": "enviar", "declaracion": "si"}
    respuesta = dar(puerta, clave, "revisar", **con_trampa)
    assert respuesta["statusCode"] == 422
    assert respuesta["body"].count(formulario.CON_TRAMPA) == 2
    assert "<title>Error: " in respuesta["body"]
    assert "malo.example" not in respuesta["body"]
    assert puerta.montaje.almacen.avisos_pendientes(9) == ()
    assert dar(puerta, clave, "revisar", **con_trampa | {formulario.TRAMPA: ""})["statusCode"] == 200
    assert len(puerta.montaje.almacen.avisos_pendientes(9)) == 1
