"""Los derechos sobre los propios datos: se bajan, se piden, se avisan y se responden con razón y a tiempo (S12)."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from funciones import barrer, difundir
from funciones.adaptadores import correo_maildir
from funciones.adaptadores.correo import CorreoNoResponde, DireccionRechazada
from funciones.datos_personales import derechos_guardados
from funciones.datos_personales.derechos import EFECTOS
from funciones.dominio.derecho import Derecho
from funciones.dominio.plazo import CHILE
from tests.funciones.oficina import ingresada
from tests.funciones.puerta import DE_OTRA_REGION, EVALUADOR, Contexto, Puerta
from tests.funciones.test_suscribir import buzon, texto
from tests.recorridos.mundo import rut_de_ejemplo

RUT = rut_de_ejemplo(77_100_400)
OPERADOR = {"sub": "aos", "rol": "operador", "region": "07"}

Par = tuple[str, str]


@pytest.fixture
def par(puerta: Puerta) -> Par:
    """Una postulación en la fila: folio y código."""
    return puerta.recibida(RUT, nombre="=Panes del Maule")


def ejercer(puerta: Puerta, par: Par, **campos: str) -> tuple[int, dict[str, Any]]:
    cuerpo = {"folio": par[0], "codigo": par[1], **campos}
    return puerta.json("responder", "POST", "/api/derechos", cuerpo=cuerpo)


def pedir(puerta: Puerta, par: Par, derecho: str = "rectificacion") -> dict[str, Any]:
    estado, cuerpo = ejercer(puerta, par, accion="pedir", derecho=derecho, texto="Mi comuna es Curicó.")
    assert estado == 200, cuerpo
    return cuerpo


def bandeja(puerta: Puerta, quien: dict[str, str] = EVALUADOR) -> list[dict[str, Any]]:
    estado, cuerpo = puerta.json("resolver", "GET", "/api/mesa/derechos", funcionario=quien)
    assert estado == 200, cuerpo
    lista: list[dict[str, Any]] = cuerpo["derechos"]
    return lista


def decidir(puerta: Puerta, uno: dict[str, Any], quien: dict[str, str] = EVALUADOR, **campos: Any) -> Any:
    cuerpo = {"numero": uno["numero"], "version": uno["version"], "decision": "acoger", "motivo": "Ya está."} | campos
    camino = {"folio": uno["folio"]}
    return puerta.json(
        "resolver", "POST", "/api/mesa/derechos/{folio}", funcionario=quien, camino=camino, cuerpo=cuerpo
    )


def nuevos(puerta: Puerta) -> list[EmailMessage]:
    """Los correos sobre datos que manda la pasada siguiente."""
    antes = len(buzon(puerta))
    difundir.difundir()
    return buzon(puerta)[antes:]


# Llevárselos


def test_el_archivo_trae_cada_respuesta_con_su_pregunta_y_nada_de_nadie_mas(puerta: Puerta, par: Par) -> None:
    puerta.recibida(rut_de_ejemplo(77_100_401), nombre="Otra Empresa")
    pedir(puerta, par)
    respuesta = puerta.llamar(
        "responder", "POST", "/api/derechos", cuerpo={"folio": par[0], "codigo": par[1], "accion": "descargar"}
    )
    assert respuesta["headers"]["content-disposition"] == f'attachment; filename="mis-datos-{par[0]}.json"'
    assert respuesta["headers"]["cache-control"] == "no-store"
    datos = json.loads(respuesta["body"])
    guardada = puerta.montaje.almacen.postulacion(par[0])
    assert guardada is not None
    assert {r["clave"] for r in datos["respuestas"]} == set(guardada.datos)
    assert {d["sha256"] for d in datos["documentos"]} == {a.huella for a in guardada.adjuntos}
    assert datos["pedidos_sobre_mis_datos"][0]["hechos"][0]["motivo"] == "Mi comuna es Curicó."
    assert "Otra Empresa" not in respuesta["body"]
    assert EVALUADOR["sub"] not in respuesta["body"]


def test_la_planilla_dice_lo_mismo_y_ninguna_celda_se_ejecuta(puerta: Puerta, par: Par) -> None:
    campos = {"folio": par[0], "codigo": par[1], "accion": "tabla"}
    respuesta = puerta.llamar("responder", "POST", "/api/derechos", formulario=campos, html=True)
    assert respuesta["headers"]["content-type"] == "text/csv; charset=utf-8"
    celdas = [c for fila in csv.reader(io.StringIO(respuesta["body"].removeprefix("\ufeff"))) for c in fila]
    assert "'=Panes del Maule" in celdas
    assert not [c for c in celdas if c.lstrip().startswith(("=", "+", "-", "@"))]


def test_sin_el_codigo_no_se_ve_ni_se_baja_nada(puerta: Puerta, par: Par) -> None:
    for accion in ("", "descargar", "tabla", "pedir"):
        assert ejercer(puerta, (par[0], "a" * 32), accion=accion)[0] == 404


# Pedir


def test_el_pedido_se_guarda_con_su_plazo_y_repetirlo_no_hace_dos(puerta: Puerta, par: Par) -> None:
    uno = pedir(puerta, par)
    assert uno["recien"]["vence_texto"] == "miércoles 23 de diciembre de 2026"
    assert len(pedir(puerta, par)["pedidos"]) == 1
    bloqueo = pedir(puerta, par, "bloqueo")
    assert bloqueo["recien"]["vence_texto"] == "miércoles 25 de noviembre de 2026"
    assert len(bloqueo["pedidos"]) == 2


def test_sin_elegir_o_sin_texto_la_pagina_dice_que_falta_y_guarda_lo_escrito(puerta: Puerta, par: Par) -> None:
    campos = {"folio": par[0], "codigo": par[1], "accion": "pedir", "texto": "Escrito a medias"}
    respuesta = puerta.llamar("responder", "POST", "/api/derechos", formulario=campos, html=True)
    assert respuesta["statusCode"] == 422
    assert "<title>Error: " in respuesta["body"]
    assert respuesta["body"].count("Elige qué quieres pedir.") == 2
    assert "Escrito a medias</textarea>" in respuesta["body"]
    assert ejercer(puerta, par, accion="pedir", derecho="acceso", texto="  ")[1]["campos"].keys() == {"texto"}
    assert ejercer(puerta, par, accion="pedir", derecho="acceso", texto="a" * 2001)[0] == 422
    assert ejercer(puerta, par, accion="otra")[0] == 400


def test_quien_no_confirma_su_correo_no_pide_en_nombre_de_nadie(puerta: Puerta) -> None:
    _, enviada = puerta.postular(RUT)
    par = (enviada["folio"], enviada["codigo"])
    assert ejercer(puerta, par, accion="pedir", derecho="supresion", texto="Bórrenla.")[1]["error"] == (
        "derechos_sin_confirmar"
    )


def test_a_los_veinte_pedidos_se_sigue_en_la_oficina(puerta: Puerta, par: Par) -> None:
    for _ in range(20):
        pedir(puerta, par)
        assert decidir(puerta, next(r for r in bandeja(puerta) if r["decisiones"]))[0] == 200
    assert len(bandeja(puerta)) == 20
    assert ejercer(puerta, par, accion="pedir", derecho="acceso", texto="Otro.")[1]["error"] == "demasiados_pedidos"


# Los correos


def test_cada_cosa_que_pasa_con_el_pedido_manda_un_solo_correo(puerta: Puerta, par: Par) -> None:
    pedir(puerta, par)
    (acuse,) = nuevos(puerta)
    assert acuse["subject"] == "Recibimos tu pedido sobre tus datos"
    assert "miércoles 23 de diciembre de 2026" in texto(acuse)
    assert "Curicó" not in texto(acuse)
    assert nuevos(puerta) == []
    assert decidir(puerta, bandeja(puerta)[0], decision="prorrogar", motivo="Falta un archivo.")[0] == 200
    (alargue,) = nuevos(puerta)
    assert "viernes 22 de enero de 2027" in texto(alargue)
    assert decidir(puerta, bandeja(puerta)[0], decision="rechazar", motivo="La ley manda guardarlo.")[0] == 200
    (respuesta,) = nuevos(puerta)
    assert "La ley manda guardarlo." in texto(respuesta)
    assert "Agencia de Protección de Datos Personales" in texto(respuesta)
    assert puerta.montaje.almacen.hojas(derechos_guardados.POR_AVISAR, derechos_guardados.TODAS) == ()


def test_si_el_correo_no_responde_sale_en_una_pasada_siguiente(puerta: Puerta, par: Par) -> None:
    pedir(puerta, par)
    with pytest.MonkeyPatch.context() as caido:
        caido.setattr(correo_maildir.CorreoMaildir, "enviar", _falla(CorreoNoResponde("caído")))
        assert nuevos(puerta) == []
    assert nuevos(puerta) == []  # Todavía dura el arriendo de la pasada que se cayó.
    puerta.pasar(timedelta(minutes=6))
    assert len(nuevos(puerta)) == 1


def test_una_direccion_que_no_existe_no_deja_el_correo_dando_vueltas(puerta: Puerta, par: Par) -> None:
    pedir(puerta, par)
    with pytest.MonkeyPatch.context() as mala:
        mala.setattr(correo_maildir.CorreoMaildir, "enviar", _falla(DireccionRechazada("no existe")))
        difundir.difundir()
    puerta.pasar(timedelta(minutes=6))
    assert nuevos(puerta) == []


def _falla(error: Exception) -> Any:
    def enviar(*_: Any) -> str:
        raise error

    return enviar


# La bandeja


def test_la_bandeja_muestra_primero_lo_que_vence_antes_y_al_final_lo_respondido(puerta: Puerta, par: Par) -> None:
    pedir(puerta, par, "supresion")
    pedir(puerta, par, "bloqueo")
    pedir(puerta, par, "acceso")
    assert decidir(puerta, next(r for r in bandeja(puerta) if r["derecho"] == "acceso"))[0] == 200
    assert [r["derecho"] for r in bandeja(puerta)] == ["bloqueo", "supresion", "acceso"]
    puerta.pasar(timedelta(days=3))
    assert [r["atrasado"] for r in bandeja(puerta)] == [True, False, False]
    assert bandeja(puerta)[0]["decisiones"] == ["acoger", "rechazar"]


def test_otra_region_no_ve_ni_responde_y_quien_opera_por_encargo_tampoco(puerta: Puerta, par: Par) -> None:
    pedir(puerta, par)
    (uno,) = bandeja(puerta)
    assert bandeja(puerta, DE_OTRA_REGION) == []
    assert decidir(puerta, uno, DE_OTRA_REGION)[0] == 404
    assert puerta.json("resolver", "GET", "/api/mesa/derechos", funcionario=OPERADOR)[0] == 404
    assert decidir(puerta, uno, OPERADOR)[0] == 404


def test_la_segunda_persona_que_responde_se_entera_y_no_cambia_nada(puerta: Puerta, par: Par) -> None:
    pedir(puerta, par)
    (uno,) = bandeja(puerta)
    assert decidir(puerta, uno)[0] == 200
    assert decidir(puerta, uno, decision="rechazar")[1]["error"] == "cambio_entre_medio"
    (quedo,) = bandeja(puerta)
    assert decidir(puerta, quedo, decision="rechazar")[1]["error"] == "derecho_respondido"
    assert bandeja(puerta)[0]["resuelto"] == "acogido"
    ultimo = bandeja(puerta)[0]["historia"][-1]
    assert (ultimo["motivo"], ultimo["quien"]) == ("Ya está.", "evaluador, Dirección Regional de Sercotec, Maule")


@pytest.mark.parametrize(
    ("cambios", "campos"),
    [({"motivo": " "}, {"motivo"}), ({"decision": "olvidar"}, {"decision"}), ({"motivo": "a" * 2001}, {"motivo"})],
)
def test_no_se_responde_sin_decision_ni_razon(
    puerta: Puerta, par: Par, cambios: dict[str, str], campos: set[str]
) -> None:
    pedir(puerta, par)
    estado, cuerpo = decidir(puerta, bandeja(puerta)[0], **cambios)
    assert (estado, cuerpo["campos"].keys()) == (422, campos)
    assert decidir(puerta, bandeja(puerta)[0], numero=9)[1]["error"] == "derecho_no_existe"


def test_un_bloqueo_no_se_alarga(puerta: Puerta, par: Par) -> None:
    pedir(puerta, par, "bloqueo")
    assert decidir(puerta, bandeja(puerta)[0], decision="prorrogar")[1]["error"] == "prorroga_imposible"


def test_lo_guardado_no_se_lee_sin_la_clave(puerta: Puerta, par: Par) -> None:
    pedir(puerta, par)
    crudo = b"".join(
        archivo.read_bytes() for archivo in puerta.montaje.estado_local.glob("almacen.sqlite*") if archivo.is_file()
    )
    assert "Curicó".encode() not in crudo
    assert b"rectificacion" not in crudo


# La página


def test_la_pagina_de_estado_lleva_a_los_derechos_y_muestra_la_respuesta(puerta: Puerta, par: Par) -> None:
    pedir(puerta, par)
    decidir(puerta, bandeja(puerta)[0], motivo="Cambiamos tu comuna.")
    campos = {"folio": par[0], "codigo": par[1]}
    estado = puerta.llamar("consultar", "POST", "/api/consultar", formulario=campos, html=True)["body"]
    assert 'action="/api/derechos"' in estado
    pagina = puerta.llamar("responder", "POST", "/api/derechos", formulario=campos, html=True)["body"]
    assert "Cambiamos tu comuna." in pagina
    assert "Aceptado" in pagina
    assert EVALUADOR["sub"] not in pagina
    entrada = puerta.llamar("responder", "GET", "/api/derechos", html=True)["body"]
    assert "Si no tienes folio" in entrada


def test_al_aceptar_dice_que_cambia_y_que_no_en_la_pagina_y_en_el_correo(puerta: Puerta, par: Par) -> None:
    pedir(puerta, par, derecho=str(Derecho.BLOQUEO))
    campos = {"folio": par[0], "codigo": par[1]}
    antes = puerta.llamar("responder", "POST", "/api/derechos", formulario=campos, html=True)["body"]
    # Dos días hábiles desde el lunes 23.
    assert "Respondemos hasta el <strong>miércoles 25 de noviembre de 2026</strong>" in antes
    assert "Qué no cambia" not in antes
    decidir(puerta, bandeja(puerta)[0], motivo="Hasta revisar el otro pedido.")
    correo = texto(nuevos(puerta)[-1])
    pagina = puerta.llamar("responder", "POST", "/api/derechos", formulario=campos, html=True)["body"]
    for dicho in EFECTOS[Derecho.BLOQUEO]:
        assert dicho in pagina
        assert dicho in correo


def test_cada_derecho_dice_que_cambia_y_que_no() -> None:
    assert set(EFECTOS) == set(Derecho)
    assert all(cambia and sigue for cambia, sigue in EFECTOS.values())


def test_pasado_el_plazo_la_pagina_lo_reconoce_y_dice_ante_quien_reclamar(puerta: Puerta, par: Par) -> None:
    pedir(puerta, par)
    puerta.poner_la_hora(puerta.montaje.ahora().astimezone(CHILE) + timedelta(days=31))
    campos = {"folio": par[0], "codigo": par[1]}
    pagina = puerta.llamar("responder", "POST", "/api/derechos", formulario=campos, html=True)["body"]
    assert "no lo hicimos" in pagina
    assert "Agencia de Protección de Datos Personales" in pagina


def test_quien_postulo_en_papel_se_lleva_tambien_lo_que_se_anoto_de_su_papel(puerta: Puerta) -> None:
    comprobante = ingresada(puerta, domicilio="Calle Uno 123")
    cuerpo = {"folio": comprobante["folio"], "codigo": comprobante["codigo"], "accion": "descargar"}
    estado, datos = puerta.json("responder", "POST", "/api/derechos", cuerpo=cuerpo)
    assert (estado, datos["postulacion_en_papel"]["domicilio"]) == (200, "Calle Uno 123")
    assert datos["intentos_de_contacto"] == []


def test_el_barrido_cuenta_los_pedidos_que_pasaron_su_plazo_sin_respuesta(
    puerta: Puerta, par: Par, monkeypatch: pytest.MonkeyPatch
) -> None:
    contadas: dict[str, int] = {}
    monkeypatch.setattr(barrer, "contar", contadas.__setitem__)

    def vencidos() -> int:
        barrer.handler({}, Contexto())
        return contadas["DerechosVencidos"]

    pedir(puerta, par)
    pedir(puerta, par, "bloqueo")
    assert vencidos() == 0
    # El bloqueo tiene dos días hábiles y los demás, treinta corridos.
    puerta.pasar(timedelta(days=5))
    assert vencidos() == 1
    puerta.pasar(timedelta(days=27))
    assert vencidos() == 2
    for uno in bandeja(puerta):
        assert decidir(puerta, uno | {"version": bandeja(puerta)[0]["version"]})[0] == 200
    assert vencidos() == 0
