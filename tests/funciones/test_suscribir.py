"""Pedir avisos, confirmarlos, cambiarlos y dejarlos: sin JavaScript, de un toque y sin decir quién los recibe."""

from __future__ import annotations

import base64
import html
import re
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from funciones import difundir
from funciones.adaptadores.correo import Mensaje
from funciones.adaptadores.correo_maildir import CorreoMaildir
from funciones.dominio.suscripcion import (
    CONFIRMACIONES_AL_PEDIR,
    CONFIRMACIONES_POR_HORA,
    CORREOS_POR_PEDIDO,
    PARA_CONFIRMAR,
    PLAZO_DE_QUIEN_RECIBE,
)
from servidor.correo import leer, mensajes
from tests.funciones.puerta import Contexto, Puerta

CORREO = "mipe@correo.example"
HORA = timedelta(hours=1)


def buzon(puerta: Puerta) -> list[EmailMessage]:
    """Los correos que salieron, del primero al último."""
    return [leer(a) for a in reversed(mensajes(Path(puerta.entorno["ESTADO_LOCAL"]) / "correo").values())]


def texto(correo: EmailMessage) -> str:
    parte = correo.get_body(("plain",))
    assert parte is not None
    return str(parte.get_content())


def codigo_de(correo: EmailMessage) -> str:
    """El código del primer enlace del correo."""
    enlace = re.search(r"http\S+/api/suscripcion\?\S+", texto(correo))
    assert enlace
    return parse_qs(urlsplit(enlace[0]).query)["codigo"][0]


def pedir(puerta: Puerta, correo: str = CORREO, **campos: Any) -> tuple[int, dict[str, Any]]:
    cuerpo = {"correo": correo, "regiones": ["07"], "componentes": [1]} | campos
    return puerta.json("suscribir", "POST", "/api/suscribir", cuerpo=cuerpo)


def decidir(puerta: Puerta, codigo: str, accion: str, **campos: Any) -> tuple[int, dict[str, Any]]:
    cuerpo = {"codigo": codigo, "accion": accion} | campos
    return puerta.json("suscribir", "POST", "/api/suscripcion", cuerpo=cuerpo)


def inscrita(puerta: Puerta, correo: str = CORREO, **campos: Any) -> str:
    """Una suscripción confirmada; el código con que se deja."""
    assert pedir(puerta, correo, **campos)[0] == 200
    estado, cuerpo = decidir(puerta, codigo_de(buzon(puerta)[-1]), "confirmar")
    assert (estado, cuerpo["hecho"]) == (200, "confirmada")
    return str(parse_qs(urlsplit(cuerpo["enlace_baja"]).query)["codigo"][0])


def guardadas(puerta: Puerta) -> list[Any]:
    return list(puerta.montaje.almacen.suscripciones())


def en_pagina(puerta: Puerta, metodo: str, ruta: str, **lo_demas: Any) -> tuple[int, str]:
    respuesta = puerta.llamar("suscribir", metodo, ruta, html=True, **lo_demas)
    return respuesta["statusCode"], html.unescape(respuesta["body"])


# El recorrido entero, sin JavaScript


def test_se_pide_se_confirma_se_cambia_y_se_deja_sin_javascript(puerta: Puerta) -> None:
    estado, pagina = en_pagina(puerta, "GET", "/api/suscribir", consulta={"region": "16", "componente": "2"})
    assert estado == 200
    marcadas = re.findall(r'name="(\w+)" value="si" checked', pagina)
    assert marcadas == ["componente_2", "region_16"]
    pedido = {"correo": f" {CORREO} ", "sitio": "", **dict.fromkeys(marcadas, "si")}
    estado, pagina = en_pagina(puerta, "POST", "/api/suscribir", formulario=pedido)
    assert (estado, CORREO in pagina, "Tienes 48 horas" in pagina) == (200, True, True)
    (correo,) = buzon(puerta)
    assert correo["To"] == CORREO
    codigo = codigo_de(correo)
    # El enlace muestra; solo el botón confirma.
    for _ in range(10):
        estado, pagina = en_pagina(puerta, "GET", "/api/suscripcion", consulta={"codigo": codigo})
    assert (estado, "Ñuble" in pagina, "Encuentros y ruedas de negocios" in pagina) == (200, True, True)
    assert not guardadas(puerta)[0].activa
    confirmar = {"codigo": codigo, "accion": "confirmar"}
    for _ in range(2):
        estado, pagina = en_pagina(puerta, "POST", "/api/suscripcion", formulario=confirmar)
        assert (estado, "Listo: te vamos a avisar" in pagina) == (200, True)
    baja = re.search(r"/api/suscripcion\?codigo=([a-z2-7]+)", pagina)
    assert baja
    estado, pagina = en_pagina(puerta, "GET", "/api/suscripcion", consulta={"codigo": baja[1]})
    assert re.findall(r'name="(\w+)" value="si" checked', pagina) == ["componente_2", "region_16"]
    cambio = {"codigo": baja[1], "accion": "cambiar", "todo_chile": "si", "componente_1": "si"}
    estado, pagina = en_pagina(puerta, "POST", "/api/suscripcion", formulario=cambio)
    assert (estado, "Guardamos tus cambios" in pagina, "Todo Chile" in pagina) == (200, True, True)
    dejar = {"codigo": baja[1], "accion": "baja"}
    for _ in range(2):
        estado, pagina = en_pagina(puerta, "POST", "/api/suscripcion", formulario=dejar)
        assert (estado, "Ya no recibes avisos" in pagina) == (200, True)
    assert guardadas(puerta) == []
    assert len(buzon(puerta)) == 1


def test_la_pagina_de_pegar_el_enlace_lleva_a_la_misma_parte_que_el_enlace(puerta: Puerta) -> None:
    estado, pagina = en_pagina(puerta, "GET", "/api/suscripcion")
    assert (estado, '<form method="get" action="/api/suscripcion">' in pagina) == (200, True)
    pedir(puerta)
    codigo = codigo_de(buzon(puerta)[0])
    enlace = f"http://localhost:8000/api/suscripcion?codigo={codigo}"
    for pegado in (f"  {codigo[:30].upper()} {codigo[30:]}\n", enlace, f"{enlace[:70]}\n {enlace[70:]}"):
        assert "Falta un toque" in en_pagina(puerta, "GET", "/api/suscripcion", consulta={"codigo": pegado})[1]


def test_marcar_los_dos_componentes_es_quererlo_todo(puerta: Puerta) -> None:
    inscrita(puerta, componentes=[1, 2], regiones=[])
    (guardada,) = guardadas(puerta)
    assert (guardada.preferencias.componentes, guardada.preferencias.regiones) == (frozenset(), frozenset())


def test_al_confirmar_se_ven_las_que_ya_se_puede_postular(puerta: Puerta) -> None:
    pedir(puerta, regiones=["07"], componentes=[])
    _, cuerpo = decidir(puerta, codigo_de(buzon(puerta)[0]), "confirmar")
    enlaces = [abierta["enlace"] for abierta in cuerpo["abiertas"]]
    assert "/convocatorias/2027-feria-maule-sabores-y-oficios/" in enlaces
    assert not [enlace for enlace in enlaces if "mesa-del-sur" in enlace]


# La baja de un toque (RFC 8058)


def un_toque(tipo: str, cuerpo: bytes) -> dict[str, Any]:
    return {
        "headers": {"content-type": tipo, "accept": "*/*"},
        "body": base64.b64encode(cuerpo).decode(),
        "isBase64Encoded": True,
    }


@pytest.mark.parametrize(
    ("tipo", "cuerpo"),
    [
        ("application/x-www-form-urlencoded", b"List-Unsubscribe=One-Click"),
        (
            'multipart/form-data; boundary="---FroNTera"',
            b'-----FroNTera\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n'
            b"-----FroNTera--\r\n",
        ),
    ],
)
def test_el_lector_de_correo_da_de_baja_con_un_toque(puerta: Puerta, tipo: str, cuerpo: bytes) -> None:
    codigo = inscrita(puerta)
    evento = puerta.evento("POST", "/api/suscripcion", consulta={"codigo": codigo}) | un_toque(tipo, cuerpo)
    from funciones import suscribir

    for _ in range(2):
        respuesta = suscribir.handler(evento, Contexto())
        assert respuesta["statusCode"] == 200
        assert "cookies" not in respuesta
    assert guardadas(puerta) == []


def test_la_baja_sigue_sirviendo_despues_de_volver_a_inscribirse(puerta: Puerta) -> None:
    viejo = inscrita(puerta)
    decidir(puerta, viejo, "baja")
    puerta.pasar(HORA)
    assert inscrita(puerta) == viejo
    assert decidir(puerta, viejo, "baja")[0] == 200
    assert guardadas(puerta) == []


# Códigos


def test_un_codigo_malo_vencido_o_de_otra_persona_no_hace_nada(puerta: Puerta) -> None:
    propio, otro = inscrita(puerta), inscrita(puerta, "otra@correo.example")
    mezclado = propio[:24] + otro[24:]
    for codigo in ("", "x", "a" * 56, mezclado, otro[:-1] + ("a" if otro[-1] != "a" else "b")):
        for accion in ("confirmar", "cambiar", "baja"):
            assert decidir(puerta, codigo, accion)[0] == 404
        if codigo:
            respuesta = puerta.llamar("suscribir", "GET", "/api/suscripcion", consulta={"codigo": codigo})
            assert respuesta["statusCode"] == 404
    assert len(guardadas(puerta)) == 2


def test_el_enlace_de_confirmar_vence_y_lo_pedido_se_borra(puerta: Puerta) -> None:
    pedir(puerta)
    codigo = codigo_de(buzon(puerta)[0])
    puerta.pasar(PARA_CONFIRMAR - timedelta(minutes=1))
    difundir.difundir()
    assert len(guardadas(puerta)) == 1
    puerta.pasar(timedelta(minutes=2))
    assert decidir(puerta, codigo, "confirmar")[0] == 404
    difundir.difundir()
    assert guardadas(puerta) == []


def test_el_enlace_de_un_cambio_que_vencio_no_dice_que_quedo_hecho(puerta: Puerta) -> None:
    inscrita(puerta)
    puerta.pasar(HORA)
    pedir(puerta, regiones=["16"])
    codigo = codigo_de(buzon(puerta)[-1])
    puerta.pasar(PARA_CONFIRMAR)
    estado, cuerpo = decidir(puerta, codigo, "confirmar")
    assert (estado, cuerpo["error"]) == (409, "cambio_de_avisos_vencido")
    estado, pagina = en_pagina(puerta, "GET", "/api/suscripcion", consulta={"codigo": codigo})
    assert (estado, "Tus avisos siguen como antes" in pagina) == (409, True)
    assert guardadas(puerta)[0].preferencias.regiones == {"07"}
    assert decidir(puerta, codigo, "baja")[0] == 200


def test_el_enlace_viejo_no_inscribe_a_quien_se_fue(puerta: Puerta) -> None:
    pedir(puerta)
    viejo = codigo_de(buzon(puerta)[0])
    decidir(puerta, viejo, "confirmar")
    decidir(puerta, viejo, "baja")
    assert decidir(puerta, viejo, "confirmar")[0] == 404
    pedir(puerta)
    assert decidir(puerta, viejo, "confirmar")[0] == 404
    assert not guardadas(puerta)[0].activa


def test_con_el_codigo_de_la_baja_no_se_confirma_lo_que_pidio_otro(puerta: Puerta) -> None:
    codigo = inscrita(puerta)
    puerta.pasar(HORA)
    pedir(puerta, regiones=["01"])
    # Son dos mensajes distintos: un lector que junta repetidos no esconde el segundo.
    assert len({correo["Message-ID"] for correo in buzon(puerta)}) == 2
    assert decidir(puerta, codigo, "confirmar")[0] == 404
    assert guardadas(puerta)[0].preferencias.regiones == {"07"}
    assert decidir(puerta, codigo_de(buzon(puerta)[-1]), "confirmar")[1]["regiones"] == ["01"]


# Sin decir de nadie si recibe avisos, ni molestar


def test_la_respuesta_es_la_misma_reciba_avisos_los_haya_pedido_o_se_le_haya_escrito_ya_demasiado(
    puerta: Puerta,
) -> None:
    inscrita(puerta)
    puerta.pasar(HORA)
    cuerpos = []
    for correo in (CORREO, CORREO.upper(), *["nueva@correo.example"] * (CORREOS_POR_PEDIDO + 2)):
        puerta.pasar(timedelta(minutes=3))
        estado, cuerpo = pedir(puerta, correo)
        assert estado == 200
        cuerpos.append({clave: valor for clave, valor in cuerpo.items() if clave != "correo"})
    assert all(cuerpo == cuerpos[0] for cuerpo in cuerpos)
    assert len(guardadas(puerta)) == 2


def test_mil_pedidos_para_una_direccion_son_a_lo_mas_tres_correos(puerta: Puerta) -> None:
    for n in range(60):
        puerta.pasar(timedelta(minutes=3))
        pedir(puerta, regiones=[f"{n % 16 + 1:02}"])
    assert len(buzon(puerta)) == CORREOS_POR_PEDIDO
    difundir.difundir()
    assert len(buzon(puerta)) == CORREOS_POR_PEDIDO


def test_un_doble_toque_manda_un_solo_correo(puerta: Puerta) -> None:
    pedir(puerta)
    pedir(puerta)
    assert len(buzon(puerta)) == 1


def test_pasado_el_tope_de_la_hora_el_correo_sale_en_la_siguiente(puerta: Puerta) -> None:
    hora = f"suscripciones-{puerta.montaje.ahora():%Y%m%d%H}"
    for _ in range(CONFIRMACIONES_POR_HORA):
        assert puerta.montaje.almacen.contar_en(hora, CONFIRMACIONES_POR_HORA, puerta.montaje.ahora() + HORA)
    assert pedir(puerta)[0] == 200
    puerta.pasar(PLAZO_DE_QUIEN_RECIBE)
    assert difundir.difundir()["confirmaciones"] == 0
    assert buzon(puerta) == []
    puerta.pasar(HORA)
    assert [difundir.difundir()["confirmaciones"] for _ in range(2)] == [1, 0]
    assert decidir(puerta, codigo_de(buzon(puerta)[0]), "confirmar")[0] == 200


def gastar_la_hora(puerta: Puerta, cuantos: int = CONFIRMACIONES_POR_HORA) -> None:
    """Otras personas piden tantos avisos en esta hora."""
    ahora = puerta.montaje.ahora()
    for _ in range(cuantos):
        puerta.montaje.almacen.contar_en(f"suscripciones-{ahora:%Y%m%d%H}", CONFIRMACIONES_POR_HORA, ahora + HORA)


def test_aunque_la_hora_se_gaste_dos_dias_seguidos_el_correo_sale_y_sirve_48_horas(puerta: Puerta) -> None:
    gastar_la_hora(puerta)
    pedir(puerta)
    for _ in range(2 * 24 + 3):
        puerta.pasar(HORA)
        gastar_la_hora(puerta)
        hecho = difundir.difundir()
        assert (hecho["confirmaciones"], hecho["en_espera"], hecho["borradas"] <= 2) == (0, 1, True)
    puerta.pasar(HORA)
    assert difundir.difundir()["confirmaciones"] == 1
    puerta.pasar(PARA_CONFIRMAR - timedelta(minutes=1))
    assert decidir(puerta, codigo_de(buzon(puerta)[0]), "confirmar")[0] == 200


def test_quien_espera_desde_antes_va_primero_y_quien_recien_pide_no_le_quita_el_lugar(puerta: Puerta) -> None:
    gastar_la_hora(puerta)
    direcciones = [f"quien-{n}@correo.example" for n in range(6)]
    for direccion in direcciones:
        pedir(puerta, direccion)
        puerta.pasar(timedelta(minutes=1))
    puerta.pasar(HORA)
    # Los que piden ahora dejan lugar en esta hora, y no son de los que lo ocupan.
    gastar_la_hora(puerta, CONFIRMACIONES_AL_PEDIR)
    pedir(puerta, "recien@correo.example")
    assert buzon(puerta) == []
    gastar_la_hora(puerta, CONFIRMACIONES_POR_HORA - CONFIRMACIONES_AL_PEDIR - 2)
    assert difundir.difundir()["confirmaciones"] == 2
    assert [correo["To"] for correo in buzon(puerta)] == direcciones[:2]


def test_lo_que_no_alcanza_a_salir_no_gasta_los_correos_de_la_hora(puerta: Puerta) -> None:
    carpeta = Path(puerta.entorno["ESTADO_LOCAL"]) / "correo"
    carpeta.parent.mkdir(exist_ok=True)
    carpeta.write_text("aquí no se puede guardar")
    gastar_la_hora(puerta, CONFIRMACIONES_AL_PEDIR - 1)
    for n in range(5):
        pedir(puerta, f"quien-{n}@correo.example")
    carpeta.unlink()
    pedir(puerta)
    assert [correo["To"] for correo in buzon(puerta)] == [CORREO]


def test_dos_repartos_a_la_vez_no_mandan_dos_veces_la_confirmacion(
    puerta: Puerta, monkeypatch: pytest.MonkeyPatch
) -> None:
    gastar_la_hora(puerta)
    pedir(puerta)
    puerta.pasar(HORA)
    enviar, otras = CorreoMaildir.enviar, [1]

    def enviar_mientras_pasa_otro(buzon_local: CorreoMaildir, mensaje: Mensaje) -> None:
        if otras:
            otras.pop()
            assert difundir.difundir()["confirmaciones"] == 0
        enviar(buzon_local, mensaje)

    monkeypatch.setattr(CorreoMaildir, "enviar", enviar_mientras_pasa_otro)
    assert difundir.difundir()["confirmaciones"] == 1
    assert len(buzon(puerta)) == 1


def test_si_el_correo_esta_caido_lo_pedido_no_se_pierde(puerta: Puerta) -> None:
    carpeta = Path(puerta.entorno["ESTADO_LOCAL"]) / "correo"
    carpeta.parent.mkdir(exist_ok=True)
    carpeta.write_text("aquí no se puede guardar")
    assert pedir(puerta)[0] == 200
    carpeta.unlink()
    assert difundir.difundir()["confirmaciones"] == 0
    puerta.pasar(PLAZO_DE_QUIEN_RECIBE)
    assert [difundir.difundir()["confirmaciones"] for _ in range(2)] == [1, 0]
    assert len(buzon(puerta)) == 1


def test_un_programa_que_llena_el_campo_escondido_recibe_la_misma_pagina_y_no_queda_nada(puerta: Puerta) -> None:
    pedido = {"correo": CORREO, "todo_chile": "si", "componente_1": "si", "sitio": "https://spam.example"}
    de_programa = en_pagina(puerta, "POST", "/api/suscribir", formulario=pedido)
    assert (guardadas(puerta), buzon(puerta)) == ([], [])
    assert en_pagina(puerta, "POST", "/api/suscribir", formulario=pedido | {"sitio": ""}) == de_programa
    assert len(buzon(puerta)) == 1


def test_la_direccion_no_queda_en_el_registro_ni_en_ninguna_direccion(
    puerta: Puerta, capsys: pytest.CaptureFixture[str]
) -> None:
    codigo = inscrita(puerta, "canario@correo.example")
    decidir(puerta, codigo, "cambiar", regiones=[])
    difundir.handler({}, Contexto())
    salida = capsys.readouterr()
    assert "canario" not in salida.out + salida.err
    assert all("canario" not in enlace for correo in buzon(puerta) for enlace in re.findall(r"http\S+", texto(correo)))


# Mala entrada


@pytest.mark.parametrize(
    ("pedido", "errores"),
    [
        ({}, {"correo": "Escribe tu correo.", "todo_chile": "Marca al menos", "componente_1": "Marca qué te interesa"}),
        ({"correo": "mipe@", "todo_chile": "si", "componente_2": "si"}, {"correo": "como nombre@correo.cl"}),
        ({"correo": CORREO, "componente_1": "si"}, {"todo_chile": "o «Todo Chile»"}),
        ({"correo": CORREO, "region_07": "si"}, {"componente_1": "ferias, encuentros o los dos"}),
    ],
)
def test_lo_que_falta_se_dice_junto_a_su_campo_y_nada_se_pierde(
    puerta: Puerta, pedido: dict[str, str], errores: dict[str, str]
) -> None:
    estado, pagina = en_pagina(puerta, "POST", "/api/suscribir", formulario=pedido)
    assert (estado, "<title>Error: " in pagina) == (422, True)
    for campo, dicho in errores.items():
        assert re.search(rf'<a href="#{campo}">[^<]*{re.escape(dicho)}', pagina)
        assert re.search(rf'id="error-{campo}">[^<]*{re.escape(dicho)}', pagina)
        assert re.search(rf'\bid="{campo}"', pagina)
    assert pagina.count('class="msj"') == len(errores)
    assert f'value="{pedido.get("correo", "")}"' in pagina
    marcadas = set(re.findall(r'name="(\w+)" value="si" checked', pagina))
    assert marcadas == set(pedido) - {"correo"}
    assert guardadas(puerta) == []


@pytest.mark.parametrize(
    ("campos", "estado", "que"),
    [
        ({"regiones": ["99"]}, 422, "regiones"),
        ({"componentes": [3]}, 422, "componentes"),
        ({"regiones": "07"}, 400, ""),
        ({"regiones": [7]}, 400, ""),
        ({"componentes": [True]}, 400, ""),
        ({"rol": "administrador"}, 400, "rol"),
        ({"sitio": "x"}, 400, "sitio"),
    ],
)
def test_un_json_que_no_calza_dice_que_campo(puerta: Puerta, campos: dict[str, Any], estado: int, que: str) -> None:
    dado, cuerpo = pedir(puerta, **campos)
    assert (dado, list(cuerpo["campos"])) == (estado, [que] if que else [])
    assert guardadas(puerta) == []


@pytest.mark.parametrize("accion", ["", "borrar", "CONFIRMAR"])
def test_una_accion_que_no_existe_no_hace_nada(puerta: Puerta, accion: str) -> None:
    assert decidir(puerta, inscrita(puerta), accion)[0] == 400
    assert len(guardadas(puerta)) == 1


def test_cambiar_sin_marcar_nada_no_borra_lo_que_habia(puerta: Puerta) -> None:
    codigo = inscrita(puerta)
    estado, pagina = en_pagina(puerta, "POST", "/api/suscripcion", formulario={"codigo": codigo, "accion": "cambiar"})
    assert (estado, "Marca al menos una región" in pagina) == (422, True)
    assert guardadas(puerta)[0].preferencias.regiones == {"07"}


def test_el_enlace_que_ya_no_sirve_dice_que_hacer(puerta: Puerta) -> None:
    estado, pagina = en_pagina(puerta, "GET", "/api/suscripcion", consulta={"codigo": "a" * 56})
    assert (estado, "Este enlace ya no sirve" in pagina) == (404, True)
    assert 'href="/api/suscribir">Pedir avisos' in pagina
