"""El recordatorio del cierre: uno por persona, dos días antes del cierre que rige, y después la dirección se borra."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from funciones import difundir
from funciones.adaptadores.correo import CorreoNoResponde
from funciones.avisos import recordar
from tests.funciones.puerta import Contexto, Puerta
from tests.funciones.test_suscribir import buzon, texto
from tests.mundo import a_la_vez
from tests.recorridos.mundo import CHILE

FERIA = "2027-feria-maule-sabores-y-oficios"  # Cierra el 7 de diciembre de 2026 a las 15:00.
CIERRE = datetime(2026, 12, 7, 15, 0, tzinfo=CHILE)
ANA = "ana@ejemplo.cl"


def pedir(puerta: Puerta, correo: str = ANA, convocatoria: str = FERIA, **campos: str) -> Any:
    formulario = {"convocatoria": convocatoria, "correo": correo, **campos}
    return puerta.llamar("suscribir", "POST", "/api/recordar", formulario=formulario, html=True)


def ver(puerta: Puerta, convocatoria: str = FERIA) -> Any:
    return puerta.llamar("suscribir", "GET", "/api/recordar", consulta={"convocatoria": convocatoria}, html=True)


def pasada(puerta: Puerta) -> int:
    return int(difundir.handler({}, Contexto())["recordatorios"])


def recordatorios(puerta: Puerta) -> list[EmailMessage]:
    return [correo for correo in buzon(puerta) if "días" in str(correo["subject"])]


def hojas(puerta: Puerta) -> tuple[Any, ...]:
    return puerta.montaje.almacen.hojas(recordar.RECORDATORIOS, FERIA)


@pytest.fixture
def correr_el_cierre(puerta: Puerta, horneado: Path, tmp_path: Path) -> Callable[..., None]:
    def correr(cuando: datetime, **cambios: Any) -> None:
        crudo = json.loads(horneado.read_text(encoding="utf-8"))
        crudo["convocatorias"][FERIA] |= {"cierre": cuando.isoformat(), **cambios}
        otro = tmp_path / "corrido.json"
        otro.write_text(json.dumps(crudo), encoding="utf-8")
        puerta.entorno["HORNEADO"] = str(otro)

    return correr


def test_llega_uno_dos_dias_antes_y_la_direccion_se_borra(puerta: Puerta) -> None:
    assert "Te vamos a recordar el cierre" in pedir(puerta)["body"]
    puerta.poner_la_hora(CIERRE - timedelta(hours=48, minutes=1))
    assert pasada(puerta) == 0
    puerta.poner_la_hora(CIERRE - timedelta(hours=48))
    assert [pasada(puerta), pasada(puerta)] == [1, 0]
    [correo] = recordatorios(puerta)
    assert correo["to"] == ANA
    assert "Cierra el lunes 7 de diciembre de 2026 a las 15:00." in texto(correo)
    assert f"/api/postular?convocatoria={FERIA}" in texto(correo)
    [hoja] = hojas(puerta)
    assert ANA not in json.dumps(dict(hoja.cuerpo))


def test_pedirlo_otra_vez_contesta_igual_y_manda_uno_solo(puerta: Puerta) -> None:
    paginas = {pedir(puerta, correo)["body"].replace(correo, "x") for correo in (ANA, ANA, "ANA@ejemplo.cl")}
    assert len({pagina.lower() for pagina in paginas}) == 1
    puerta.poner_la_hora(CIERRE - timedelta(hours=30))
    assert pasada(puerta) == 1


def test_la_direccion_no_esta_a_la_vista_en_lo_guardado(puerta: Puerta) -> None:
    pedir(puerta)
    archivos = [a for a in Path(puerta.entorno["ESTADO_LOCAL"]).rglob("*") if a.is_file()]
    assert archivos
    assert not any(b"ana@ejemplo" in archivo.read_bytes() for archivo in archivos)


@pytest.mark.parametrize("antes", [timedelta(hours=48), timedelta(hours=3), timedelta(hours=-1)])
def test_cuando_ya_no_alcanza_no_se_ofrece(puerta: Puerta, antes: timedelta) -> None:
    puerta.poner_la_hora(CIERRE - antes)
    for respuesta in (ver(puerta), pedir(puerta)):
        assert respuesta["statusCode"] == 409
        assert "Ya no alcanza el recordatorio" in respuesta["body"]
    assert hojas(puerta) == ()


def test_si_el_cierre_se_corre_sigue_al_nuevo(puerta: Puerta, correr_el_cierre: Callable[..., None]) -> None:
    pedir(puerta)
    nuevo = CIERRE + timedelta(days=10)
    correr_el_cierre(nuevo)
    puerta.poner_la_hora(CIERRE - timedelta(hours=40))
    assert pasada(puerta) == 0
    # Lo que se borra solo ya no se lleva el pedido: se guarda hasta el cierre nuevo.
    puerta.montaje.almacen.purgar(CIERRE + timedelta(days=2), CIERRE - timedelta(days=30))
    puerta.poner_la_hora(nuevo - timedelta(hours=47))
    assert pasada(puerta) == 1
    assert "jueves 17 de diciembre" in texto(recordatorios(puerta)[0])


def test_detenida_no_se_recuerda_y_al_volver_si(puerta: Puerta, correr_el_cierre: Callable[..., None]) -> None:
    pedir(puerta)
    puerta.poner_la_hora(CIERRE - timedelta(hours=40))
    correr_el_cierre(CIERRE, situacion="suspendida")
    assert pasada(puerta) == 0
    correr_el_cierre(CIERRE)
    assert pasada(puerta) == 1


def test_cerrada_ya_no_se_recuerda_y_se_borra_sola(puerta: Puerta) -> None:
    pedir(puerta)
    puerta.poner_la_hora(CIERRE)
    assert pasada(puerta) == 0
    puerta.montaje.almacen.purgar(CIERRE + timedelta(days=1), CIERRE - timedelta(days=30))
    assert hojas(puerta) == ()


def test_dos_pasadas_a_la_vez_mandan_uno(puerta: Puerta) -> None:
    pedir(puerta)
    puerta.poner_la_hora(CIERRE - timedelta(hours=40))
    pendientes = list(recordar.por_recordar())
    assert sum(map(int, a_la_vez(lambda _: recordar.mandar(*pendientes[0]), range(4), hilos=4))) == 1  # type: ignore[arg-type]
    assert len(recordatorios(puerta)) == 1


def test_si_el_correo_no_responde_otra_pasada_insiste(puerta: Puerta, monkeypatch: pytest.MonkeyPatch) -> None:
    pedir(puerta)
    puerta.poner_la_hora(CIERRE - timedelta(hours=40))

    def caido(mensaje: object) -> str:
        raise CorreoNoResponde

    with monkeypatch.context() as parche:
        parche.setattr(type(puerta.montaje.correo), "enviar", lambda _, mensaje: caido(mensaje))
        with pytest.raises(difundir.DifusionIncompleta):
            difundir.handler({}, Contexto())
    assert pasada(puerta) == 0
    puerta.pasar(timedelta(minutes=16))
    assert pasada(puerta) == 1


def test_nadie_llena_el_correo_de_otra_persona(puerta: Puerta) -> None:
    abiertas = [p.convocatoria for p in puerta.montaje.horneado.publicadas()]
    cuantas = 0
    for convocatoria in abiertas:
        if recordar.ofrece_recordar(convocatoria, puerta.montaje.ahora()):
            for _ in range(4):
                assert pedir(puerta, convocatoria=convocatoria.id)["statusCode"] == 200
            cuantas += len(puerta.montaje.almacen.hojas(recordar.RECORDATORIOS, convocatoria.id))
    assert cuantas <= recordar.POR_CORREO_AL_DIA


def test_una_misma_casilla_escrita_de_varias_formas_recibe_uno(puerta: Puerta) -> None:
    for numero in range(4):
        assert pedir(puerta, f"Ana+{numero}@ejemplo.cl")["statusCode"] == 200
    assert len(hojas(puerta)) == 1


def test_dos_pasadas_en_el_mismo_instante_no_escriben_dos_veces(puerta: Puerta) -> None:
    pedir(puerta)
    puerta.poner_la_hora(CIERRE - timedelta(hours=40))
    ((convocatoria, hoja),) = recordar.por_recordar()
    assert [recordar.mandar(convocatoria, hoja), recordar.mandar(convocatoria, hoja)] == [1, 0]
    assert len(recordatorios(puerta)) == 1


def test_pasado_el_tope_de_la_hora_se_dice(puerta: Puerta, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recordar, "POR_HORA", 2)
    assert [pedir(puerta, f"n{i}@ejemplo.cl")["statusCode"] for i in range(4)] == [200, 200, 429, 429]
    puerta.pasar(timedelta(hours=1))
    assert pedir(puerta, "n9@ejemplo.cl")["statusCode"] == 200


def test_a_un_programa_se_le_contesta_lo_mismo_y_no_se_anota(puerta: Puerta) -> None:
    assert pedir(puerta, sitio="https://x.example")["statusCode"] == 200
    assert hojas(puerta) == ()


@pytest.mark.parametrize("correo", ["", "no es", "ana@ejemplo"])
def test_un_correo_que_no_sirve_se_dice_arriba_y_junto_al_campo(puerta: Puerta, correo: str) -> None:
    salida = pedir(puerta, correo)
    assert salida["statusCode"] == 422
    assert "<title>Error: " in salida["body"]
    junto = re.search(r'id="error-correo">([^<]+)<', salida["body"])
    assert junto
    assert f'<a href="#correo">{junto[1]}</a>' in salida["body"]
    assert f'value="{correo}"' in salida["body"]


def test_por_json_contesta_lo_que_dice_la_descripcion(puerta: Puerta) -> None:
    cuerpo = {"convocatoria": FERIA, "correo": ANA}
    estado, dicho = puerta.json("suscribir", "POST", "/api/recordar", cuerpo=cuerpo)
    assert (estado, dicho["cuando_texto"]) == (200, "sábado 5 de diciembre de 2026 a las 15:00")
