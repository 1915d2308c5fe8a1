"""La página de estado dice qué sigue y cuándo en cada estado, y deja leer enteros los correos sin sus códigos."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from funciones.dominio.postulacion import Estado
from funciones.notificar import enviar
from funciones.tramite import sigue
from funciones.tramite.vista import de_correo
from tests.funciones.puerta import Puerta
from tests.funciones.test_la_vida_de_una_postulacion import convocatoria, en_tres_listas, responder
from tests.funciones.test_paginas import pagina_de_estado
from tests.recorridos.mundo import CONVOCATORIA, rut_de_ejemplo

RUT = rut_de_ejemplo(77_100_600)
TERMINADAS = {Estado.DECLINADA, Estado.OFERTA_VENCIDA, Estado.RETIRADA, Estado.NO_ASISTIO, Estado.EGRESADA}


def lo_que_sigue(puerta: Puerta, folio: str, codigo: str) -> list[dict[str, str]]:
    cuerpo = {"folio": folio, "codigo": codigo}
    estado, visto = puerta.json("consultar", "POST", "/api/consultar", cuerpo=cuerpo)
    assert estado == 200
    pasos: list[dict[str, str]] = visto["sigue"]
    return pasos


def test_quien_espera_el_resultado_ve_el_dia_y_si_se_atrasa_tambien_se_dice(puerta: Puerta) -> None:
    par = puerta.recibida(RUT)
    (paso,) = lo_que_sigue(puerta, *par)
    assert paso["cuando"] == "El sábado 28 de noviembre de 2026"
    puerta.poner_la_hora(puerta.montaje.ahora() + timedelta(days=6))
    (paso,) = lo_que_sigue(puerta, *par)
    assert paso["cuando"] == ""
    assert "se atrasó" in paso["detalle"]


def test_quien_no_confirmo_su_correo_ve_hasta_cuando(puerta: Puerta) -> None:
    _, enviada = puerta.postular(RUT)
    (paso,) = lo_que_sigue(puerta, enviada["folio"], enviada["codigo"])
    assert re.fullmatch(r"Hasta el \w+ \d+ de \w+ de 2026 a las \d+:\d\d", paso["cuando"])


def test_cada_lista_dice_su_proximo_paso_con_fecha(puerta: Puerta) -> None:
    primera, segunda, espera, no_quedo = en_tres_listas(puerta)
    assert [p["cuando"] for p in lo_que_sigue(puerta, *primera)] == [
        "Antes del jueves 3 de diciembre de 2026",
        "El 3 y 4 de diciembre de 2026",
        "Hasta el domingo 13 de diciembre de 2026",
    ]
    assert "te escribimos" in lo_que_sigue(puerta, *espera)[0]["que"]
    assert lo_que_sigue(puerta, *no_quedo)[0]["cuando"].startswith("Hasta el ")
    assert responder(puerta, segunda, "declinar")[0] == 200
    assert lo_que_sigue(puerta, *segunda) == []
    assert "No tienes que hacer nada más." in pagina_de_estado(puerta, *segunda)
    assert lo_que_sigue(puerta, *espera)[0]["que"] == "Acepta el cupo o déjalo"


def test_lo_que_hay_que_hacer_va_antes_que_el_dibujo_de_la_ruta(puerta: Puerta) -> None:
    primera, *_ = en_tres_listas(puerta)
    pagina = pagina_de_estado(puerta, *primera)
    lugares = [pagina.index(que) for que in ('value="aceptar"', "Qué sigue", 'class="ruta"', "Lo que ha pasado")]
    assert lugares == sorted(lugares)


@pytest.mark.parametrize("estado", list(Estado))
def test_todo_estado_que_sigue_vivo_dice_algo_y_toda_espera_sin_fecha_dice_por_que(
    puerta: Puerta, estado: Estado
) -> None:
    folio, _ = puerta.recibida(RUT)
    postulacion = puerta.montaje.almacen.postulacion(folio)
    assert postulacion is not None
    transiciones = puerta.montaje.almacen.transiciones(folio)
    correo = de_correo(postulacion, convocatoria(puerta), transiciones, puerta.montaje)
    falta = ("encuesta",) if estado is Estado.PARTICIPO else ()
    pasos = sigue.de(estado, convocatoria(puerta), correo, falta, puerta.montaje.ahora())
    negadas = {Estado.NO_ADMISIBLE, Estado.NO_SELECCIONADA, Estado.DESISTIDA, Estado.RECURSO_RECHAZADO}
    assert bool(pasos) is (estado not in TERMINADAS | negadas)
    assert [p for p in pasos if not p.cuando and not p.detalle] == []
    dichos = " ".join(f"{p.que}. {p.cuando}. {p.detalle}" for p in pasos)
    assert [f for f in re.split(r"[.:] ", dichos) if len(f.split()) > 25] == []


# Los correos


def leer_correo(puerta: Puerta, par: tuple[str, str], cual: str) -> dict[str, Any]:
    campos = {"folio": par[0], "codigo": par[1], "correo": cual}
    respuesta = puerta.llamar("consultar", "POST", "/api/consultar", formulario=campos, html=True)
    return {"estado": respuesta["statusCode"], "pagina": respuesta["body"]}


def test_cada_correo_se_lee_entero_y_sin_ningun_codigo_en_su_texto(puerta: Puerta) -> None:
    par = puerta.recibida(RUT)
    avisos = puerta.montaje.almacen.avisos(par[0])
    assert [a.estado for a in avisos] == [Estado.POR_CONFIRMAR, Estado.RECIBIDA]
    for aviso in avisos:
        enviar(aviso.id)
        leido = leer_correo(puerta, par, aviso.id)
        texto = leido["pagina"].split('<div class="caja parrafos">')[1].split("</div>")[0]
        assert leido["estado"] == 200
        assert "Panes del Maule" in texto
        assert "Enviado el " in leido["pagina"]
        for codigo in (par[1], puerta.montaje.llavero.codigo_confirmacion(par[0])):
            assert codigo not in texto


def test_un_correo_de_otra_postulacion_no_se_lee(puerta: Puerta) -> None:
    par, otra = puerta.recibida(RUT), puerta.recibida(rut_de_ejemplo(77_100_601))
    ajeno = puerta.montaje.almacen.avisos(otra[0])[0].id
    for cual in (ajeno, "nada", "cambio-1", "cambio-0", "cambio-x"):
        assert leer_correo(puerta, par, cual)["estado"] == 404


# Los cupos


def test_con_resultados_de_otra_parte_los_cupos_son_los_de_las_actas(puerta: Puerta) -> None:
    """Aquí no se recibió ninguna: decir «0 asignados» sería falso."""
    _, cupos = puerta.json(
        "consultar",
        "GET",
        "/api/convocatorias/{id}/cupos",
        camino={"id": "2026-feria-magallanes-fin-del-invierno"},
    )
    assert (cupos["asignados"], cupos["espera"], cupos["fuente"]) == (18, 6, "actas")
    assert cupos["al"].startswith("2026-08-20")
    assert cupos["recibidas"] == 0
    puerta.recibida(RUT)
    _, vivos = puerta.json("consultar", "GET", "/api/convocatorias/{id}/cupos", camino={"id": CONVOCATORIA})
    assert (vivos["asignados"], vivos["en_revision"], vivos["fuente"]) == (0, 1, "ahora")
