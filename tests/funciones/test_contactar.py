"""Quien no recibe correo queda por contactar, con su carta y lo que se hizo por avisarle; nadie se pierde."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from funciones import difundir
from funciones.adaptadores.cuaderno import Hoja
from funciones.avisos import contactos
from funciones.avisos.avisar_cambios import cambios_avisados
from funciones.avisos.superados import superados
from funciones.dominio.postulacion import DIRECCION_RECHAZADA, PRESENCIAL, SIN_CORREO, Estado
from funciones.entrada.acceso import aplicar, convocatoria_de
from tests.funciones.oficina import (
    OTRO_RUT,
    RUT,
    ingresada,
    llega_el_rebote,
    por_contactar,
    rebota,
    repartir,
)
from tests.funciones.puerta import DE_OTRA_REGION, EVALUADOR, Puerta
from tests.funciones.test_avisar_cambios import avisados, cancelar
from tests.funciones.test_quien_alcanza_que import ALCANZAN, OPERADOR
from tests.mundo import paso
from tests.recorridos.mundo import CONVOCATORIA


def _que_corrija(puerta: Puerta, folio: str) -> None:
    cosas = [{"que": "documento:f30", "texto": "Manda el del mes."}]
    assert puerta.decidir(folio, "en_correccion", correcciones=cosas)[0] == 200
    repartir(puerta)


def _por_avisar(puerta: Puerta, **cambios: str) -> tuple[str, str]:
    """Una sin correo a la que hay que pedirle algo: su folio y el id de su aviso."""
    folio = ingresada(puerta, **cambios)["folio"]
    repartir(puerta)
    _que_corrija(puerta, folio)
    return folio, por_contactar(puerta)[0]["aviso"]


def _anotar(puerta: Puerta, aviso: str, medio: str, resultado: str, version: int, **mas: object) -> tuple[int, dict]:
    cuerpo = {"medio": medio, "resultado": resultado, "version": version} | mas
    ruta = "/api/mesa/contactos/{aviso}"
    return puerta.json("contactar", "POST", ruta, funcionario=EVALUADOR, camino={"aviso": aviso}, cuerpo=cuerpo)


def _carta(puerta: Puerta, aviso: str, funcionario: dict[str, str] = EVALUADOR) -> tuple[int, dict]:
    ruta = "/api/mesa/contactos/{aviso}/carta"
    return puerta.json("contactar", "GET", ruta, funcionario=funcionario, camino={"aviso": aviso})


def _mandados(puerta: Puerta) -> list[str]:
    buzon = Path(puerta.entorno["ESTADO_LOCAL"]) / "correo" / "new"
    mensajes = [message_from_bytes(archivo.read_bytes(), policy=policy.default) for archivo in buzon.glob("*")]
    return sorted(str(mensaje["to"]) for mensaje in mensajes)


def test_sin_correo_el_aviso_queda_por_contactar_con_su_plazo_y_no_se_pide_otra_vez(puerta: Puerta) -> None:
    folio, _ = _por_avisar(puerta)
    (fila,) = por_contactar(puerta)
    assert (fila["folio"], fila["causa_texto"], fila["telefono"]) == (folio, "No tiene correo", "+56912345678")
    assert (fila["estado_texto"], fila["lo_sabe"]) == ("Tienes que corregir algo", False)
    assert "lunes 30 de noviembre" in fila["vence_texto"]
    assert [a.referencia for a in puerta.montaje.almacen.avisos(folio)][-1] == SIN_CORREO
    assert puerta.montaje.almacen.avisos_pendientes(10) == ()


def test_repartir_dos_veces_no_borra_lo_anotado(puerta: Puerta) -> None:
    folio, id_aviso = _por_avisar(puerta)
    assert _anotar(puerta, id_aviso, "telefono", "no_contesta", 1)[0] == 200
    aviso = next(a for a in puerta.montaje.almacen.avisos(folio) if a.id == id_aviso)
    contactos.anotar(aviso, contactos.Causa.SIN_CORREO)
    assert len(por_contactar(puerta)[0]["intentos"]) == 1


def test_cada_intento_dice_quien_cuando_y_que_paso(puerta: Puerta) -> None:
    _, aviso = _por_avisar(puerta)
    estado, fila = _anotar(puerta, aviso, "telefono", "no_contesta", 1, nota="Llamar después de las 18")
    assert (estado, fila["lo_sabe"], fila["version"]) == (200, False, 2)
    puerta.pasar(timedelta(hours=2))
    fila = _anotar(puerta, aviso, "telefono", "contactada", 2)[1]
    assert (fila["lo_sabe"], fila["notificada_texto"]) == (True, "")
    primero, segundo = fila["intentos"]
    assert (primero["quien"], primero["nota"]) == (EVALUADOR["sub"], "Llamar después de las 18")
    assert primero["texto"] == "Por teléfono: no contestó."
    assert segundo["cuando_texto"].endswith("a las 12:00")


def test_la_carta_cuenta_al_tercer_dia_habil_y_si_vuelve_ya_no(puerta: Puerta) -> None:
    _, aviso = _por_avisar(puerta)
    fila = _anotar(puerta, aviso, "carta", "despachada", 1)[1]
    assert fila["notificada_texto"].startswith("jueves 26 de noviembre")
    fila = _anotar(puerta, aviso, "carta", "devuelta", 2)[1]
    assert (fila["lo_sabe"], fila["notificada_texto"]) == (False, "")
    fila = _anotar(puerta, aviso, "en_persona", "entregada", 3)[1]
    assert (fila["lo_sabe"], fila["notificada_texto"][:22]) == (True, "lunes 23 de noviembre ")


def test_si_otra_persona_anoto_antes_no_se_pisa(puerta: Puerta) -> None:
    _, aviso = _por_avisar(puerta)
    assert _anotar(puerta, aviso, "telefono", "no_contesta", 1)[0] == 200
    estado, rechazo = _anotar(puerta, aviso, "telefono", "contactada", 1)
    assert (estado, rechazo["error"], rechazo["version"]) == (409, "cambio_entre_medio", 2)


@pytest.mark.parametrize(
    ("medio", "resultado", "nota", "campo"),
    [
        ("paloma", "entregada", "", "resultado"),
        ("carta", "contactada", "", "resultado"),
        ("carta", "despachada", "x" * 301, "nota"),
    ],
)
def test_lo_que_no_va_se_explica(puerta: Puerta, medio: str, resultado: str, nota: str, campo: str) -> None:
    _, aviso = _por_avisar(puerta)
    estado, rechazo = _anotar(puerta, aviso, medio, resultado, 1, nota=nota)
    assert (estado, list(rechazo["campos"])) == (422, [campo])


def test_la_carta_dice_lo_mismo_que_el_correo_sin_el_codigo_secreto(puerta: Puerta) -> None:
    folio, aviso = _por_avisar(puerta, domicilio="Calle Uno 123")
    estado, carta = _carta(puerta, aviso)
    assert estado == 200
    assert "Manda el del mes." in carta["texto"]
    assert (carta["domicilio"], carta["comuna"]) == ("Calle Uno 123", "Talca, Maule")
    llavero = puerta.montaje.llavero
    for codigo in (llavero.secreto(folio), llavero.codigo_encuesta(folio), llavero.codigo_confirmacion(folio)):
        assert codigo not in str(carta)
    assert "está en tu comprobante" in carta["texto"]


def test_la_carta_no_habla_de_un_correo_que_nadie_recibio(puerta: Puerta) -> None:
    folio = ingresada(puerta)["folio"]
    assert puerta.decidir(folio, "no_admisible", hallazgos={"ventas": "no_cumple"})[0] == 200
    repartir(puerta)
    texto = _carta(puerta, por_contactar(puerta)[0]["aviso"])[1]["texto"]
    assert "esta carta o acércate a la oficina" in texto
    assert "Esta carta no te pide claves" in texto
    assert "este correo" not in texto.lower()


def test_desde_otra_region_no_existe(puerta: Puerta) -> None:
    _, aviso = _por_avisar(puerta)
    assert por_contactar(puerta, DE_OTRA_REGION) == []
    assert _carta(puerta, aviso, DE_OTRA_REGION)[0] == 404
    assert _carta(puerta, "K7M4PR9X.seleccionada.5")[0] == 404


def test_primero_a_quien_se_le_acaba_el_plazo_y_al_final_quien_ya_lo_sabe(puerta: Puerta) -> None:
    _, sabe = _por_avisar(puerta)
    assert _anotar(puerta, sabe, "telefono", "contactada", 1)[0] == 200
    puerta.pasar(timedelta(hours=1))
    otro = ingresada(puerta, OTRO_RUT, nombre="Quesos del Maule")["folio"]
    repartir(puerta)
    _que_corrija(puerta, otro)
    assert [(f["folio"] == otro, f["lo_sabe"]) for f in por_contactar(puerta)] == [(True, False), (False, True)]


# Lo que quedó atrás


def test_de_una_misma_postulacion_se_muestra_solo_el_ultimo_aviso(puerta: Puerta) -> None:
    folio, viejo = _por_avisar(puerta)
    corregida = puerta.montaje.almacen.postulacion(folio)
    assert corregida is not None
    aplicar((paso(corregida, Estado.RECIBIDA),), convocatoria_de(corregida))
    assert puerta.decidir(folio, "no_admisible", hallazgos={"ventas": "no_cumple"})[0] == 200
    repartir(puerta)
    (fila,) = por_contactar(puerta)
    assert (fila["aviso"] != viejo, fila["estado_texto"]) == (True, "No cumple los requisitos")
    # Lo que alcanzó a saber no se borra de la vista.
    assert _anotar(puerta, viejo, "carta", "despachada", 1)[0] == 200
    assert [(f["aviso"] == viejo, f["lo_sabe"]) for f in por_contactar(puerta)] == [(False, False), (True, True)]


def test_el_aviso_viejo_queda_atras_aunque_el_nuevo_si_haya_llegado(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(RUT)
    repartir(puerta)
    llega_el_rebote(rebota(puerta.montaje.almacen.avisos(folio)[-1].id))
    assert len(por_contactar(puerta)) == 1
    postulacion = puerta.montaje.almacen.postulacion(folio)
    assert postulacion is not None
    aplicar((paso(postulacion, Estado.EN_CORRECCION),), convocatoria_de(postulacion))
    assert por_contactar(puerta) == []


def _hoja(llave: str, **cuerpo: str) -> Hoja:
    return Hoja(contactos.CLASE, CONVOCATORIA, llave, {"folio": llave.partition(".")[0], **cuerpo})


def test_cada_pedido_cada_cambio_y_cada_ficha_va_por_separado(puerta: Puerta) -> None:
    llaves = ("A.derecho.1.1", "A.derecho.1.2", "A.derecho.2.1", "A.vitrina.9", "A.vitrina.10", "A.0f3c", "A.9d2e")
    atras = {"A.derecho.1.1", "A.vitrina.9"}
    assert superados(tuple(map(_hoja, llaves))) == atras
    de_otra = _hoja("B.derecho.1.3")
    assert superados((*map(_hoja, llaves), de_otra)) == atras


# Los correos que vuelven horas después


def test_un_correo_que_vuelve_deja_el_aviso_por_contactar_y_no_se_le_escribe_mas(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(RUT)
    repartir(puerta)
    aviso = next(a for a in puerta.montaje.almacen.avisos(folio) if a.estado is Estado.RECIBIDA)
    assert llega_el_rebote(rebota(aviso.id)) == {"por_contactar": True}
    assert llega_el_rebote(rebota(aviso.id)) == {"por_contactar": True}
    (fila,) = por_contactar(puerta)
    assert (fila["aviso"], fila["causa_texto"]) == (aviso.id, "El correo volvió")
    antes = _mandados(puerta)
    _que_corrija(puerta, folio)
    assert _mandados(puerta) == antes
    assert [a.referencia for a in puerta.montaje.almacen.avisos(folio)][-1] == DIRECCION_RECHAZADA
    assert {f["causa_texto"] for f in por_contactar(puerta)} == {"El correo volvió"}
    ficha = puerta.mesa("GET", "/postulaciones/{folio}", camino={"folio": folio})[1]
    assert [a["rechazado"] for a in ficha["avisos"]] == [False, True, True]


def test_la_ficha_dice_desde_que_dia_cuenta_lo_notificado(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(RUT)
    repartir(puerta)
    ficha = puerta.mesa("GET", "/postulaciones/{folio}", camino={"folio": folio})[1]
    assert ficha["avisos"][-1]["notificado_texto"].startswith("jueves 26 de noviembre")


def test_quien_confirma_despues_desde_esa_direccion_vuelve_a_recibir(puerta: Puerta) -> None:
    postulacion = puerta.montaje.almacen.postulacion(puerta.recibida(RUT)[0])
    assert postulacion is not None
    contactos.marcar_direccion(postulacion.datos["correo"])
    assert contactos.sin_direccion(postulacion) is contactos.Causa.REBOTE
    puerta.pasar(timedelta(minutes=1))
    nueva = replace(postulacion, llego=puerta.montaje.ahora())
    assert contactos.sin_direccion(nueva) is None
    # En papel nadie confirma nada: sigue siendo una dirección que no recibe.
    assert contactos.sin_direccion(replace(nueva, canal=PRESENCIAL)) is contactos.Causa.REBOTE


def test_el_rebote_de_una_direccion_que_ya_corrigio_no_marca_la_nueva(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(RUT)
    suceso = rebota(puerta.montaje.almacen.avisos(folio)[-1].id)
    suceso["detail"]["mail"]["destination"] = ["otra@ejemplo.cl"]
    assert llega_el_rebote(suceso) == {"por_contactar": True}
    postulacion = puerta.montaje.almacen.postulacion(folio)
    assert postulacion is not None
    assert contactos.sin_direccion(postulacion) is None


def test_pasado_un_tiempo_se_vuelve_a_intentar_con_esa_direccion(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(RUT)
    repartir(puerta)
    aviso = puerta.montaje.almacen.avisos(folio)[-1]
    llega_el_rebote(rebota(aviso.id))
    postulacion = puerta.montaje.almacen.postulacion(folio)
    assert postulacion is not None
    assert contactos.sin_a_donde(aviso, postulacion) is contactos.Causa.REBOTE
    puerta.pasar(timedelta(days=contactos.DIAS_DE_UNA_DIRECCION_MALA, seconds=1))
    assert contactos.sin_a_donde(aviso, postulacion) is None


@pytest.mark.parametrize(
    ("tipo", "suceso", "anota"),
    [
        ("Transient", "Bounce", False),
        ("Undetermined", "Bounce", False),
        ("", "Delivery", False),
        ("", "Complaint", True),
    ],
)
def test_solo_lo_que_no_tiene_vuelta_se_anota(puerta: Puerta, tipo: str, suceso: str, anota: bool) -> None:
    folio, _ = puerta.recibida(RUT)
    aviso = puerta.montaje.almacen.avisos(folio)[-1]
    assert llega_el_rebote(rebota(aviso.id, tipo, suceso)) == {"por_contactar": anota}
    assert bool(por_contactar(puerta)) is anota


@pytest.mark.parametrize("ajeno", ["", "otra-cosa", "K7M4PR9X.recibida.2", "abc.123456"])
def test_lo_que_no_es_un_aviso_nuestro_se_ignora(puerta: Puerta, ajeno: str) -> None:
    assert llega_el_rebote(rebota(ajeno)) == {"por_contactar": False}
    assert llega_el_rebote({"detail": {"eventType": "Bounce", "bounce": {"bounceType": "Permanent"}}}) == {
        "por_contactar": False
    }


def test_del_rebote_no_queda_la_direccion_en_el_registro(puerta: Puerta, capsys: pytest.CaptureFixture[str]) -> None:
    folio, _ = puerta.recibida(RUT)
    repartir(puerta)
    capsys.readouterr()
    llega_el_rebote(rebota(puerta.montaje.almacen.avisos(folio)[-1].id))
    assert "panesdelmaule" not in "".join(capsys.readouterr())


def test_quien_no_confirmo_su_correo_no_queda_en_la_lista_para_siempre(puerta: Puerta) -> None:
    estado, comprobante = puerta.postular(RUT)
    assert estado == 200
    repartir(puerta)
    aviso = puerta.montaje.almacen.avisos(comprobante["folio"])[0]
    llega_el_rebote(rebota(aviso.id))
    (fila,) = por_contactar(puerta)
    assert fila["con_carta"] is False
    assert _carta(puerta, aviso.id)[0] == 409
    hoja = puerta.montaje.almacen.hoja(contactos.CLASE, CONVOCATORIA, aviso.id)
    assert hoja is not None
    assert hoja.expira is not None


# Los correos de una actividad que cambió


def test_el_de_una_actividad_cancelada_tambien_queda_por_contactar_con_su_carta(puerta: Puerta) -> None:
    folio = ingresada(puerta)["folio"]
    cancelar(puerta)
    avisados(puerta)
    (fila,) = por_contactar(puerta)
    assert (fila["folio"], fila["causa_texto"], fila["con_carta"]) == (folio, "No tiene correo", True)
    estado, carta = _carta(puerta, fila["aviso"])
    assert (estado, carta["asunto"]) == (200, fila["estado_texto"])
    assert puerta.montaje.llavero.secreto(folio) not in carta["texto"]


def test_si_ese_correo_vuelve_queda_por_contactar(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(RUT)
    cancelar(puerta)
    avisados(puerta)
    postulacion = puerta.montaje.almacen.postulacion(folio)
    assert postulacion is not None
    (correo,) = cambios_avisados(postulacion)
    assert llega_el_rebote(rebota(correo["id"])) == {"por_contactar": True}
    (fila,) = por_contactar(puerta)
    assert (fila["causa_texto"], fila["estado_texto"]) == ("El correo volvió", correo["asunto"])


def test_lo_que_se_responde_de_un_pedido_sobre_sus_datos_tambien(puerta: Puerta) -> None:
    comprobante = ingresada(puerta)
    pedido = {"folio": comprobante["folio"], "codigo": comprobante["codigo"], "accion": "pedir"}
    cuerpo = pedido | {"derecho": "rectificacion", "texto": "Mi comuna es Curicó."}
    assert puerta.json("responder", "POST", "/api/derechos", cuerpo=cuerpo)[0] == 200
    difundir.difundir()
    assert [f["folio"] for f in por_contactar(puerta)] == [comprobante["folio"]]
    # Quien opera por encargo no ve lo que alguien pidió sobre sus datos, ni su carta, ni anota en él.
    (aviso,) = [f["aviso"] for f in por_contactar(puerta)]
    for persona in ALCANZAN:
        ve = persona["rol"] != "operador"
        assert len(por_contactar(puerta, persona)) == ve, persona
        assert _carta(puerta, aviso, persona)[0] == (200 if ve else 404), persona
    intento = {"medio": "telefono", "resultado": "contactada", "version": 1}
    ruta, camino = "/api/mesa/contactos/{aviso}", {"aviso": aviso}
    assert puerta.json("contactar", "POST", ruta, funcionario=OPERADOR, camino=camino, cuerpo=intento)[0] == 404
