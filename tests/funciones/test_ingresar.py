"""Lo que llegó en papel entra con las mismas reglas, firmado por quien lo ingresa, y sin pasar delante de nadie."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest

from funciones.adaptadores.almacen import AlmacenNoResponde
from funciones.adaptadores.almacen_sqlite import AlmacenSqlite
from funciones.dominio.postulacion import EN_MANO, PRESENCIAL, Estado, Papel
from tests.funciones.oficina import OTRO_RUT, RUT, ingresada, ingresar, papel, por_contactar, repartir
from tests.funciones.puerta import DE_OTRA_REGION, EVALUADOR, NACIONAL, Puerta
from tests.recorridos.mundo import CONVOCATORIA, DOCUMENTOS, PDF

OPERADOR = {"sub": "operador-maule", "rol": "operador", "region": "07"}


def test_entra_a_la_fila_al_momento_con_la_firma_de_quien_la_ingreso(puerta: Puerta) -> None:
    comprobante = ingresada(puerta)
    guardada = puerta.montaje.almacen.postulacion(comprobante["folio"])
    assert guardada is not None
    assert (guardada.estado, guardada.canal, guardada.turno) == (Estado.RECIBIDA, PRESENCIAL, guardada.turno)
    nacida, puesta = puerta.montaje.almacen.transiciones(comprobante["folio"])
    for transicion in (nacida, puesta):
        assert transicion.actor.papel is Papel.PERSONAL
        assert transicion.actor.id == EVALUADOR["sub"]
        assert "en papel recibida el lunes 23 de noviembre" in transicion.motivo
        assert "Certificado f30, Certificado deuda-tributaria" in transicion.motivo
    assert comprobante["estado"] == "recibida"


def test_el_comprobante_trae_con_que_volver_y_con_que_probar_lo_que_se_dijo(puerta: Puerta) -> None:
    cuerpo = papel(puerta)
    comprobante = ingresar(puerta, cuerpo)[1]
    guardada = puerta.montaje.almacen.postulacion(comprobante["folio"])
    assert guardada is not None
    contenido = {
        "convocatoria": CONVOCATORIA,
        "respuestas": dict(guardada.datos),
        "documentos": {DOCUMENTOS[0]: hashlib.sha256(PDF).hexdigest()},
    }
    escrito = json.dumps(contenido, sort_keys=True, ensure_ascii=False).encode()
    assert comprobante["huella"] == hashlib.sha256(escrito).hexdigest()
    assert comprobante["convocatoria"]["resultados_texto"]
    entrada = {"folio": comprobante["folio"], "codigo": comprobante["codigo"]}
    assert puerta.json("consultar", "POST", "/api/consultar", cuerpo=entrada)[0] == 200
    assert [d["huella"] for d in comprobante["documentos"]] == [hashlib.sha256(PDF).hexdigest(), "", ""]


def test_se_ingresa_despues_de_quien_ya_estaba_aunque_el_timbre_sea_anterior(puerta: Puerta) -> None:
    antes = puerta.montaje.ahora() - timedelta(hours=3)
    en_linea, _ = puerta.recibida(OTRO_RUT)
    puerta.pasar(timedelta(minutes=1))
    comprobante = ingresada(puerta, recibido=antes.isoformat())
    assert [p.folio for p in puerta.montaje.almacen.cola(CONVOCATORIA)] == [en_linea, comprobante["folio"]]
    assert comprobante["recibido_texto"].endswith("a las 7:00")


def test_sin_correo_no_sale_ninguno_y_lo_de_la_entrada_cuenta_como_entregado(puerta: Puerta) -> None:
    comprobante = ingresada(puerta)
    repartir(puerta)
    avisos = puerta.montaje.almacen.avisos(comprobante["folio"])
    assert [(a.estado, a.referencia) for a in avisos] == [(Estado.RECIBIDA, EN_MANO)]
    assert por_contactar(puerta) == []


def test_con_correo_le_llega_el_de_haber_entrado_y_no_el_de_confirmar(puerta: Puerta) -> None:
    comprobante = ingresada(puerta, respuestas={"correo": "panes@ejemplo.cl"})
    repartir(puerta)
    (aviso,) = puerta.montaje.almacen.avisos(comprobante["folio"])
    assert aviso.estado is Estado.RECIBIDA
    assert aviso.enviado is not None
    assert not aviso.rechazado
    assert not aviso.en_mano


def test_repetir_el_envio_da_el_mismo_folio_y_con_otras_respuestas_se_niega(puerta: Puerta) -> None:
    cuerpo = papel(puerta)
    primero, segundo = ingresar(puerta, cuerpo)[1], ingresar(puerta, cuerpo)[1]
    assert primero == segundo
    assert len(list(puerta.montaje.almacen.cola(CONVOCATORIA))) == 1
    otro = cuerpo | {"respuestas": cuerpo["respuestas"] | {"nombre": "Otra empresa"}}
    estado, rechazo = ingresar(puerta, otro)
    assert (estado, rechazo["error"]) == (409, "clave_usada")


def test_si_se_corta_antes_de_entrar_a_la_fila_repetir_la_termina(
    puerta: Puerta, monkeypatch: pytest.MonkeyPatch
) -> None:
    cuerpo, aplicar = papel(puerta), AlmacenSqlite.aplicar

    def caido(*_: object) -> None:
        raise AlmacenNoResponde

    monkeypatch.setattr(AlmacenSqlite, "aplicar", caido)
    assert ingresar(puerta, cuerpo)[0] == 503
    assert list(puerta.montaje.almacen.cola(CONVOCATORIA)) == []
    monkeypatch.setattr(AlmacenSqlite, "aplicar", aplicar)
    estado, comprobante = ingresar(puerta, cuerpo)
    assert (estado, comprobante["estado"]) == (200, "recibida")


def test_el_mismo_rut_no_entra_dos_veces_lo_mira_una_persona(puerta: Puerta) -> None:
    puerta.recibida(RUT)
    comprobante = ingresada(puerta)
    assert (comprobante["estado"], comprobante["retenida"]) == ("retenida", True)


def test_antes_de_escribir_se_sabe_si_el_rut_ya_esta(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(RUT)
    cuerpo = {"convocatoria": CONVOCATORIA, "rut": "77.300.010-7"}
    estado, visto = puerta.json("ingresar", "POST", "/api/mesa/ingresos/consulta", funcionario=EVALUADOR, cuerpo=cuerpo)
    assert (estado, visto["mis_datos"]) == (200, None)
    assert [(f["folio"], f["tiene_el_rut"]) for f in visto["en_la_fila"]] == [(folio, True)]
    libre = cuerpo | {"rut": OTRO_RUT}
    visto = puerta.json("ingresar", "POST", "/api/mesa/ingresos/consulta", funcionario=EVALUADOR, cuerpo=libre)[1]
    assert visto["en_la_fila"] == []


@pytest.mark.parametrize(
    ("cambios", "campo", "dice"),
    [
        ({"respuestas": {"nombre": ""}}, "nombre", "Escribe"),
        ({"respuestas": {"rut": "77300010-4"}}, "rut", "RUT"),
        ({"en_papel": []}, "f30", "márcalo|marca que lo viste en papel"),
        ({"documentos": ["f30"], "en_papel": ["carpeta-tributaria", "deuda-tributaria"]}, "f30", "Falta subir"),
        ({"respuestas": {"telefono": ""}}, "domicilio", "carta"),
        ({"recibido": ""}, "recibido", "timbre"),
        ({"recibido": "2026-11-23"}, "recibido", "hora"),
        ({"recibido": "2026-11-23T23:59"}, "recibido", "aún no llega"),
        ({"recibido": "2026-10-01T10:00"}, "recibido", "abrió"),
        ({"recibido": "0001-01-01T00:00"}, "recibido", "timbre|abrió"),
        ({"domicilio": "x" * 201}, "domicilio", "Acórtalo"),
    ],
)
def test_lo_que_falta_se_dice_junto_a_su_campo(puerta: Puerta, cambios: dict[str, Any], campo: str, dice: str) -> None:
    estado, rechazo = ingresar(puerta, papel(puerta, **cambios))
    assert (estado, rechazo["error"]) == (422, "respuestas_por_corregir")
    assert any(parte in rechazo["campos"][campo] for parte in dice.split("|")), rechazo["campos"]
    assert list(puerta.montaje.almacen.cola(CONVOCATORIA)) == []


@pytest.mark.parametrize(
    ("cambios", "estado", "error"),
    [
        ({"convocatoria": "no-existe"}, 404, "convocatoria_no_existe"),
        ({"clave": "corta"}, 400, "falta_clave"),
        ({"respuestas": "texto"}, 400, "solicitud_mal_formada"),
        ({"documentos": ["f30", "f30"]}, 400, "solicitud_mal_formada"),
        ({"en_papel": ["otro"]}, 400, "campo_desconocido"),
        ({"puntaje": "7"}, 400, "campo_desconocido"),
    ],
)
def test_lo_que_no_se_entiende_se_rechaza(puerta: Puerta, cambios: dict[str, Any], estado: int, error: str) -> None:
    cuerpo = papel(puerta) | cambios
    contestado, rechazo = ingresar(puerta, cuerpo)
    assert (contestado, rechazo["error"]) == (estado, error)


def test_una_respuesta_que_no_le_toca_se_rechaza(puerta: Puerta) -> None:
    estado, rechazo = ingresar(puerta, papel(puerta, respuestas={"asociados": "12"}))
    assert (estado, rechazo["error"]) == (400, "campo_desconocido")


def test_cerrada_no_recibe_papel_y_lo_que_ya_entro_se_vuelve_a_imprimir(puerta: Puerta) -> None:
    cuerpo = papel(puerta)
    assert ingresar(puerta, cuerpo)[0] == 200
    tarde = papel(puerta, OTRO_RUT)
    puerta.pasar(timedelta(days=2))
    assert ingresar(puerta, cuerpo)[0] == 200
    estado, rechazo = ingresar(puerta, tarde)
    assert (estado, rechazo["error"]) == (409, "convocatoria_cerrada")
    consulta = {"convocatoria": CONVOCATORIA}
    preparado = puerta.json("ingresar", "GET", "/api/mesa/ingresos", funcionario=EVALUADOR, consulta=consulta)[1]
    assert preparado["por_que_no"].startswith("Cerró el")


def test_se_pregunta_lo_mismo_que_en_linea_y_el_correo_no_obliga(puerta: Puerta) -> None:
    consulta = {"convocatoria": CONVOCATORIA}
    estado, preparado = puerta.json("ingresar", "GET", "/api/mesa/ingresos", funcionario=NACIONAL, consulta=consulta)
    assert (estado, preparado["por_que_no"]) == (200, "")
    por_clave = {p["clave"]: p for p in preparado["preguntas"]}
    assert set(papel(puerta)["respuestas"]) <= set(por_clave)
    assert (por_clave["correo"]["obligatoria"], por_clave["nombre"]["obligatoria"]) == (False, True)
    assert "Talca, Maule" in preparado["comunas"]


@pytest.mark.parametrize(("funcionario", "estado"), [(DE_OTRA_REGION, 404), (OPERADOR, 404), (NACIONAL, 200)])
def test_ingresa_quien_atiende_esa_region(puerta: Puerta, funcionario: dict[str, str], estado: int) -> None:
    assert ingresar(puerta, papel(puerta), funcionario)[0] == estado


def test_la_ficha_dice_que_llego_en_papel_y_que_se_vio(puerta: Puerta) -> None:
    comprobante = ingresada(puerta, domicilio="Calle Uno 123")
    camino = {"folio": comprobante["folio"]}
    ficha = puerta.mesa("GET", "/postulaciones/{folio}", camino=camino)[1]
    assert ficha["presencial"]["en_papel"] == ["Certificado f30", "Certificado deuda-tributaria"]
    assert ficha["presencial"]["domicilio"] == "Calle Uno 123"
    assert puerta.mesa("GET", "/postulaciones", consulta={})[1]["postulaciones"][0]["canal"] == PRESENCIAL


def test_el_libro_guarda_como_entro_y_calza(puerta: Puerta) -> None:
    comprobante = ingresada(puerta)
    assert puerta.decidir(comprobante["folio"], "admisible")[0] == 200
    (asiento,) = puerta.montaje.almacen.libro(CONVOCATORIA)
    # Cómo nació, cómo entró a la fila y la decisión.
    assert asiento.texto.count(comprobante["folio"]) == 3
