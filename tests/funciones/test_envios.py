"""Enviar sin perder nada: dos pestañas, respuestas perdidas, archivos que cambian y clics repetidos."""

from __future__ import annotations

import copy
import json
import re
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from funciones.dominio.postulacion import Estado, Postulacion
from tests.funciones.puerta import Puerta
from tests.recorridos.mundo import CONVOCATORIA, DOCUMENTOS, PDF, respuestas_de, rut_de_ejemplo

RUT = rut_de_ejemplo(77_100_030)
OTRA = "otra-feria-del-recorrido"
DE_COOPERATIVA = "acredita-asociados"


def clave_nueva() -> str:
    return secrets.token_urlsafe(24)


def dar(puerta: Puerta, clave: str, paso: str, convocatoria: str = CONVOCATORIA, **campos: str) -> dict[str, Any]:
    """Un paso del formulario, como lo manda el navegador."""
    formulario = {"convocatoria": convocatoria, "clave": clave, "paso": paso} | campos
    respuesta = puerta.llamar("postular", "POST", "/api/postular", formulario=formulario, html=True)
    return respuesta | {"body": unescape(respuesta["body"])}


def llenar(
    puerta: Puerta,
    clave: str,
    convocatoria: str = CONVOCATORIA,
    documentos: Sequence[str] = DOCUMENTOS,
    **cambios: str,
) -> dict[str, Any]:
    """Todas las páginas hasta la revisión; devuelve la respuesta de la última."""
    respuestas = respuestas_de("Panes del Maule", RUT) | cambios
    respuestas.pop("declaracion")
    ultima: dict[str, Any] = {}
    for campo, valor in respuestas.items():
        ultima = dar(puerta, clave, campo, convocatoria, **{campo: valor})
        assert ultima["statusCode"] == 200, ultima["body"]
    puerta.subir(clave, documentos)
    for documento in documentos:
        ultima = dar(puerta, clave, f"documento:{documento}", convocatoria)
        assert ultima["statusCode"] == 200, ultima["body"]
    return ultima


def enviar(puerta: Puerta, clave: str) -> dict[str, Any]:
    return dar(puerta, clave, "revisar", accion="enviar", declaracion="si")


def guardada(puerta: Puerta, folio: str) -> Postulacion:
    postulacion = puerta.montaje.almacen.postulacion(folio)
    assert postulacion is not None
    return postulacion


def folio_de(puerta: Puerta, clave: str) -> str:
    return puerta.montaje.llavero.folio(CONVOCATORIA, clave, 0)


def republicar(puerta: Puerta, carpeta: Path, cambiar: Callable[[dict[str, Any]], None]) -> None:
    """Lo publicado, con las convocatorias cambiadas."""
    horneado = json.loads(Path(puerta.entorno["HORNEADO"]).read_text(encoding="utf-8"))
    cambiar(horneado["convocatorias"])
    archivo = carpeta / "republicado.json"
    archivo.write_text(json.dumps(horneado), encoding="utf-8")
    puerta.entorno["HORNEADO"] = str(archivo)


@pytest.fixture
def con_cooperativas(puerta: Puerta, tmp_path: Path) -> Puerta:
    """La convocatoria pide, además, un documento que es solo de las cooperativas."""

    def agregar(convocatorias: dict[str, Any]) -> None:
        documentos = convocatorias[CONVOCATORIA]["documentos"]
        documentos.append(documentos[-1] | {"documento": DE_COOPERATIVA, "tipos_persona": ["cooperativa"], "orden": 9})

    republicar(puerta, tmp_path, agregar)
    return puerta


def sin_borrar_borradores(puerta: Puerta) -> None:
    """Desde ahora el almacén falla al borrar un borrador, y solo en eso."""
    with sqlite3.connect(Path(puerta.entorno["ESTADO_LOCAL"]) / "almacen.sqlite") as conexion:
        conexion.execute(
            "CREATE TRIGGER no_borrar BEFORE DELETE ON borradores BEGIN SELECT RAISE(ABORT, 'sin disco'); END"
        )
    conexion.close()


def poco_antes_del_cierre(puerta: Puerta) -> None:
    """Así el borrador, que dura un día, sigue vivo cuando la convocatoria cierra."""
    publicada = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
    assert publicada is not None
    puerta.poner_la_hora(publicada.cierre - timedelta(minutes=10))


# Enviar


def test_si_el_borrador_no_se_deja_borrar_la_postulacion_sale_igual(puerta: Puerta) -> None:
    clave = clave_nueva()
    llenar(puerta, clave)
    sin_borrar_borradores(puerta)
    respuesta = enviar(puerta, clave)
    assert respuesta["statusCode"] == 200
    assert "Recibimos tu postulación" in respuesta["body"]


def test_reintentar_el_envio_despues_del_cierre_da_el_comprobante_aunque_quede_el_borrador(puerta: Puerta) -> None:
    clave = clave_nueva()
    poco_antes_del_cierre(puerta)
    llenar(puerta, clave)
    sin_borrar_borradores(puerta)
    primera = enviar(puerta, clave)
    puerta.pasar(timedelta(hours=1))
    assert enviar(puerta, clave)["body"] == primera["body"]


def test_quien_no_alcanzo_a_enviar_antes_del_cierre_no_entra(puerta: Puerta) -> None:
    clave = clave_nueva()
    poco_antes_del_cierre(puerta)
    llenar(puerta, clave)
    puerta.pasar(timedelta(hours=1))
    respuesta = enviar(puerta, clave)
    assert respuesta["statusCode"] == 409
    assert "Cerró el" in respuesta["body"]
    assert puerta.montaje.almacen.postulacion(folio_de(puerta, clave)) is None


def test_con_el_almacen_caido_no_se_asegura_que_no_quedo_guardado(puerta: Puerta) -> None:
    almacen = Path(puerta.entorno["ESTADO_LOCAL"]) / "almacen.sqlite"
    almacen.parent.mkdir(parents=True, exist_ok=True)
    almacen.write_bytes(b"esto no es una base de datos" * 100)
    estado, cuerpo = puerta.postular(RUT)
    assert estado == 503
    assert "No sabemos si quedó guardado" in cuerpo["mensaje"]
    assert "no se duplica" in cuerpo["mensaje"]


@pytest.mark.parametrize("lo_que_paso", ["cambió", "desapareció"])
def test_si_un_archivo_cambia_antes_de_enviar_se_vuelve_a_la_revision_a_subirlo(
    puerta: Puerta, lo_que_paso: str
) -> None:
    clave = clave_nueva()
    llenar(puerta, clave)
    if lo_que_paso == "cambió":
        puerta.subir(clave, ["f30"], PDF + b"otro")
    else:
        llave = f"cuarentena/{puerta.montaje.llavero.huella_borrador(clave)}/f30"
        puerta.montaje.deposito.borrar(llave)
    respuesta = enviar(puerta, clave)
    assert respuesta["statusCode"] == 422
    assert "Revisa tus respuestas" in respuesta["body"]
    assert "El archivo ya no es el mismo. Súbelo otra vez." in respuesta["body"]
    puerta.subir(clave, ["f30"], PDF + b"otro")
    assert dar(puerta, clave, "documento:f30")["statusCode"] == 200
    assert enviar(puerta, clave)["statusCode"] == 200


# Solo los documentos que se piden


def test_un_documento_que_ya_no_se_pide_no_se_envia(con_cooperativas: Puerta) -> None:
    clave = clave_nueva()
    llenar(con_cooperativas, clave, tipo_persona="cooperativa", documentos=(*DOCUMENTOS, DE_COOPERATIVA))
    assert dar(con_cooperativas, clave, "tipo_persona", tipo_persona="juridica")["statusCode"] == 200
    assert enviar(con_cooperativas, clave)["statusCode"] == 200
    adjuntos = guardada(con_cooperativas, folio_de(con_cooperativas, clave)).adjuntos
    assert sorted(a.documento for a in adjuntos) == sorted(DOCUMENTOS)


def por_json(puerta: Puerta, documentos: Sequence[str]) -> tuple[int, dict[str, Any]]:
    clave = clave_nueva()
    puerta.subir(clave, sorted(set(documentos)))
    cuerpo = {
        "convocatoria": CONVOCATORIA,
        "clave": clave,
        "respuestas": respuestas_de("Panes del Maule", RUT),
        "documentos": list(documentos),
    }
    return puerta.json("postular", "POST", "/api/postular", cuerpo=cuerpo)


def test_un_documento_de_otro_tipo_de_persona_se_rechaza_con_su_nombre(con_cooperativas: Puerta) -> None:
    estado, cuerpo = por_json(con_cooperativas, (*DOCUMENTOS, DE_COOPERATIVA))
    assert (estado, list(cuerpo["campos"])) == (422, [DE_COOPERATIVA])
    assert "Quítalo" in cuerpo["campos"][DE_COOPERATIVA]


def test_un_documento_repetido_se_rechaza_con_su_nombre(puerta: Puerta) -> None:
    estado, cuerpo = por_json(puerta, (*DOCUMENTOS, *["f30"] * 500))
    assert (estado, list(cuerpo["campos"])) == (422, ["f30"])
    assert "más de una vez" in cuerpo["campos"]["f30"]


def test_mas_documentos_que_los_que_se_piden_se_rechazan(puerta: Puerta) -> None:
    estado, cuerpo = por_json(puerta, (*DOCUMENTOS, "acredita-asociados", "otro"))
    assert (estado, list(cuerpo["campos"])) == (422, ["documentos"])
    assert "pide 4 documentos" in cuerpo["campos"]["documentos"]


# Dos pestañas


def retorno(pagina: str) -> dict[str, str]:
    """Lo que lleva la dirección a la que vuelve el navegador después de subir."""
    hallado = re.search(r'name="success_action_redirect" value="([^"]+)"', pagina)
    assert hallado, pagina
    return {clave: valores[0] for clave, valores in parse_qs(urlsplit(hallado[1]).query).items()}


@pytest.fixture
def dos_pestanas(puerta: Puerta, tmp_path: Path) -> tuple[Puerta, list[dict[str, Any]]]:
    """Dos borradores, de dos convocatorias, en la página de su primer documento; un solo navegador."""

    def duplicar(convocatorias: dict[str, Any]) -> None:
        convocatorias[OTRA] = copy.deepcopy(convocatorias[CONVOCATORIA]) | {"id": OTRA, "nombre": "Otra feria"}

    republicar(puerta, tmp_path, duplicar)
    pestanas = []
    for convocatoria in (CONVOCATORIA, OTRA):
        clave = clave_nueva()
        pagina = llenar(puerta, clave, convocatoria, documentos=())
        puerta.subir(clave, ["carpeta-tributaria"])
        pestanas.append({"clave": clave, "galletas": pagina["cookies"], "consulta": retorno(pagina["body"])})
    puerta.galletas = [galleta.split(";")[0] for pestana in pestanas for galleta in pestana["galletas"]]
    return puerta, pestanas


def test_cada_pestana_vuelve_a_su_propio_borrador(dos_pestanas: tuple[Puerta, list[dict[str, Any]]]) -> None:
    puerta, pestanas = dos_pestanas
    galletas = list(puerta.galletas)
    for pestana in pestanas:
        puerta.galletas = galletas
        respuesta = puerta.llamar("adjuntar", "GET", "/api/adjuntar", consulta=pestana["consulta"], html=True)
        assert respuesta["statusCode"] == 200
        assert "Recibimos tu archivo" in respuesta["body"]
        assert f'name="clave" value="{pestana["clave"]}"' in respuesta["body"]


def test_un_borrador_no_vuelve_a_otra_convocatoria_ni_sin_decir_cual_es(
    dos_pestanas: tuple[Puerta, list[dict[str, Any]]],
) -> None:
    puerta, (primera, segunda) = dos_pestanas
    cruzada = primera["consulta"] | {"borrador": segunda["consulta"]["borrador"]}
    sin_borrador = {clave: valor for clave, valor in primera["consulta"].items() if clave != "borrador"}
    for consulta in (cruzada, sin_borrador, primera["consulta"] | {"borrador": "0" * 16}):
        assert puerta.json("adjuntar", "GET", "/api/adjuntar", consulta=consulta)[1]["error"] == "borrador_no_existe"
    assert dar(puerta, primera["clave"], "revisar", OTRA, accion="enviar", declaracion="si")["statusCode"] == 409


def test_la_cookie_dura_lo_que_el_borrador_y_al_enviar_muere_solo_la_suya(puerta: Puerta) -> None:
    clave = clave_nueva()
    pagina = llenar(puerta, clave, documentos=())
    (galleta,) = pagina["cookies"]
    marca = puerta.montaje.llavero.huella_borrador(clave)[:16]
    assert galleta == f"borrador-{marca}={clave}; Max-Age=86400; HttpOnly; SameSite=Lax; Path=/api"
    assert retorno(pagina["body"])["borrador"] == marca
    puerta.subir(clave)
    for documento in DOCUMENTOS:
        dar(puerta, clave, f"documento:{documento}")
    (gastada,) = enviar(puerta, clave)["cookies"]
    assert gastada == f"borrador-{marca}=; Max-Age=0; HttpOnly; SameSite=Lax; Path=/api"


def test_la_pagina_de_subir_dice_hasta_cuanto_llega_y_cuanto_dura_el_permiso(puerta: Puerta) -> None:
    pagina = llenar(puerta, clave_nueva(), documentos=())["body"]
    folio, codigo = por_corregir(puerta)
    pedido = {"folio": folio, "codigo": codigo, "documento": "f30"}
    corregir = puerta.llamar("adjuntar", "POST", "/api/adjuntar", formulario=pedido, html=True)["body"]
    for texto in (pagina, corregir):
        assert "Si pesa más de 20 MB, no llega" in texto
        assert "Si pasa una hora, vuelve atrás y entra de nuevo." in texto


# Corregir


def por_corregir(puerta: Puerta) -> tuple[str, str]:
    par = puerta.recibida(RUT)
    assert puerta.decidir(par[0], "en_correccion", motivo="El F30 es de hace dos meses.")[0] == 200
    return par


def corregir(puerta: Puerta, par: tuple[str, str], nota: str = "", html: bool = False) -> dict[str, Any]:
    formulario = {"folio": par[0], "codigo": par[1], "accion": "corregir", "nota": nota}
    return puerta.llamar("responder", "POST", "/api/responder", formulario=formulario, html=html)


def test_mandar_dos_veces_la_misma_correccion_muestra_el_estado_y_no_cambia_nada(puerta: Puerta) -> None:
    par = por_corregir(puerta)
    primera = corregir(puerta, par, "Ya lo pagué.")
    version = guardada(puerta, par[0]).version
    for nota in ("Ya lo pagué.", ""):
        segunda = corregir(puerta, par, nota)
        assert (segunda["statusCode"], segunda["body"]) == (200, primera["body"])
    assert guardada(puerta, par[0]).version == version


def test_lo_que_sobro_de_un_pedido_anterior_no_cuenta_en_el_siguiente(puerta: Puerta) -> None:
    from funciones.tramite import correccion

    par = por_corregir(puerta)
    llave = correccion.llave(guardada(puerta, par[0]), "f30")
    archivo = Path(puerta.entorno["ESTADO_LOCAL"]) / "documentos" / llave
    archivo.parent.mkdir(parents=True)
    archivo.write_bytes(PDF + b"del primer pedido")
    assert puerta.decidir(par[0], "recibida")[0] == 200
    assert puerta.decidir(par[0], "en_correccion", motivo="Ahora falta otra cosa.")[0] == 200
    respuesta = corregir(puerta, par)
    assert (respuesta["statusCode"], json.loads(respuesta["body"])["error"]) == (422, "correccion_vacia")


def test_corregir_lo_que_nadie_pidio_sigue_siendo_imposible(puerta: Puerta) -> None:
    par = puerta.recibida(RUT)
    respuesta = corregir(puerta, par, "Por si acaso.")
    assert (respuesta["statusCode"], json.loads(respuesta["body"])["error"]) == (409, "accion_imposible")
    assert puerta.decidir(par[0], "en_correccion")[0] == 200
    assert puerta.decidir(par[0], "recibida")[0] == 200
    assert corregir(puerta, par, "La repuso la oficina.")["statusCode"] == 409


def test_si_la_cuarentena_no_se_deja_vaciar_la_correccion_ya_quedo(puerta: Puerta) -> None:
    par = por_corregir(puerta)
    puerta.json("adjuntar", "POST", "/api/adjuntar", cuerpo={"folio": par[0], "codigo": par[1], "documento": "f30"})
    for carpeta in carpetas_para_corregir(puerta, par[0]):
        # El depósito no puede borrar una carpeta donde espera un archivo.
        (carpeta / "carpeta-tributaria").mkdir(parents=True)
    assert corregir(puerta, par, "Ya lo pagué.")["statusCode"] == 200
    assert guardada(puerta, par[0]).estado is Estado.RECIBIDA


def carpetas_para_corregir(puerta: Puerta, folio: str) -> list[Path]:
    """Dónde anota el depósito el tipo de lo que se vuelve a subir."""
    from funciones.tramite import correccion

    llave = correccion.llave(guardada(puerta, folio), "f30")
    return [(Path(puerta.entorno["ESTADO_LOCAL"]) / "documentos" / ".tipos" / llave).parent]


def test_corregir_sin_traer_nada_deja_en_la_misma_pagina_con_su_error(puerta: Puerta) -> None:
    folio, codigo = por_corregir(puerta)
    formulario = {"folio": folio, "codigo": codigo, "accion": "corregir"}
    pagina = puerta.llamar("responder", "POST", "/api/responder", formulario=formulario, html=True)
    assert pagina["statusCode"] == 422
    assert "<title>Error: Tienes que corregir algo" in pagina["body"]
    assert 'id="error-nota"' in pagina["body"]
    assert 'action="/api/responder"' in pagina["body"]


def test_lo_que_no_se_puede_hacer_trae_la_vuelta_con_el_folio_y_el_codigo(puerta: Puerta) -> None:
    folio, codigo = por_corregir(puerta)
    formulario = {"folio": folio, "codigo": codigo, "accion": "aceptar"}
    pagina = puerta.llamar("responder", "POST", "/api/responder", formulario=formulario, html=True)
    assert pagina["statusCode"] == 409
    assert 'action="/api/consultar"' in pagina["body"]
    campos = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', pagina["body"]))
    assert campos == {"folio": folio, "codigo": codigo}
    vuelta = puerta.llamar("consultar", "POST", "/api/consultar", formulario=campos, html=True)
    assert "Tienes que corregir algo" in vuelta["body"]


def test_con_un_codigo_equivocado_no_hay_vuelta_ni_por_json_se_repite_el_codigo(puerta: Puerta) -> None:
    folio, codigo = por_corregir(puerta)
    assert "vuelta" not in json.loads(corregir(puerta, (folio, codigo))["body"])
    ajena = corregir(puerta, (folio, "a" * 32), html=True)
    assert ajena["statusCode"] == 404
    assert 'action="/api/consultar"' not in ajena["body"]


def test_volver_del_deposito_despues_de_enviar_la_correccion_muestra_el_estado(puerta: Puerta) -> None:
    par = por_corregir(puerta)
    pedido = {"folio": par[0], "codigo": par[1], "documento": "f30"}
    puerta.llamar("adjuntar", "POST", "/api/adjuntar", formulario=pedido, html=True)
    assert corregir(puerta, par, "Ya lo pagué.")["statusCode"] == 200
    consulta = {"folio": par[0], "documento": "f30"}
    respuesta = puerta.llamar("adjuntar", "GET", "/api/adjuntar", consulta=consulta, html=True)
    assert respuesta["statusCode"] == 200
    assert "Lo que ha pasado" in respuesta["body"]
