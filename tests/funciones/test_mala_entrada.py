"""Lo que llega mal recibe palabras en español que dicen qué hacer, y nada se pierde ni se guarda a medias."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path

import pytest

from tests.funciones.puerta import Puerta
from tests.recorridos.mundo import CONVOCATORIA, DOCUMENTOS, PDF, respuestas_de, rut_de_ejemplo

RUT = rut_de_ejemplo(77_100_010)


@pytest.mark.parametrize(
    ("escrito", "palabras"),
    [
        ("77.100.010-0", "el último número o letra no calza"),
        ("12", "el último número o letra no calza"),
        ("no tengo", "el último número o letra no calza"),
        ("", "Escribe el RUT"),
        (rut_de_ejemplo(11_111_111), "Ese RUT no existe"),
        (rut_de_ejemplo(999_999), "Ese RUT no existe"),
        ("00.000.000-0", "Ese RUT no existe"),
    ],
)
def test_un_rut_equivocado_o_imposible_dice_cual_es_el_problema(puerta: Puerta, escrito: str, palabras: str) -> None:
    estado, cuerpo = puerta.postular(escrito)
    assert estado == 422
    assert palabras in cuerpo["campos"]["rut"]
    assert list(cuerpo["campos"]) == ["rut"]


@pytest.mark.parametrize("escrito", [RUT, RUT.replace("-", ""), f" {RUT[:2]}.{RUT[2:5]}.{RUT[5:]} ", RUT.lower()])
def test_el_rut_se_acepta_con_o_sin_puntos_y_guion(puerta: Puerta, escrito: str) -> None:
    estado, cuerpo = puerta.postular(escrito)
    assert estado == 200, cuerpo


@pytest.mark.parametrize(
    ("campo", "escrito", "palabras"),
    [
        ("ventas", "veinticuatro palos", "solo con números"),
        ("ventas", "24.500.000,50", "solo con números"),
        ("correo", "sin arroba", "completo"),
        ("correo", "a@b@c.cl", "completo"),
        ("telefono", "123", "nueve números"),
        ("comuna", "Macondo", "comuna"),
        ("actividad", "999999", "seis números"),
        ("deudas", "quizás", "sí o no"),
        ("lleva", "x" * 5000, "caben 600"),
        ("declaracion", "", "Marca la casilla"),
    ],
)
def test_cada_campo_mal_escrito_dice_como_escribirlo(puerta: Puerta, campo: str, escrito: str, palabras: str) -> None:
    estado, cuerpo = puerta.postular(RUT, **{campo: escrito})
    assert (estado, list(cuerpo["campos"])) == (422, [campo])
    assert palabras in cuerpo["campos"][campo]


def test_un_segundo_despues_del_cierre_no_se_recibe_y_un_segundo_antes_si(puerta: Puerta) -> None:
    convocatoria = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
    assert convocatoria is not None
    puerta.poner_la_hora(convocatoria.cierre + timedelta(seconds=1))
    estado, cuerpo = puerta.postular(RUT)
    assert (estado, cuerpo["error"]) == (409, "convocatoria_cerrada")
    assert "Cerró el martes 24 de noviembre de 2026 a las 15:00" in cuerpo["mensaje"]
    puerta.poner_la_hora(convocatoria.cierre - timedelta(seconds=5))
    assert puerta.postular(RUT)[0] == 200


def test_una_convocatoria_que_no_abre_dice_cuando_abre(puerta: Puerta) -> None:
    convocatoria = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
    assert convocatoria is not None
    puerta.poner_la_hora(convocatoria.apertura - timedelta(seconds=5))
    estado, cuerpo = puerta.postular(RUT)
    assert (estado, cuerpo["error"]) == (409, "convocatoria_no_abre")
    assert "Abre el jueves 19 de noviembre de 2026 a las 9:00" in cuerpo["mensaje"]


def test_la_segunda_postulacion_del_mismo_rut_queda_retenida_y_lo_dice(puerta: Puerta) -> None:
    primera, _ = puerta.recibida(RUT)
    segunda, _ = puerta.recibida(RUT, nombre="Otra empresa con el mismo RUT")
    assert puerta.montaje.almacen.postulacion(primera).estado == "recibida"
    assert puerta.montaje.almacen.postulacion(segunda).estado == "retenida"
    pagina = puerta.llamar(
        "consultar",
        "POST",
        "/api/consultar",
        formulario={"folio": segunda, "codigo": puerta.montaje.llavero.secreto(segunda)},
        html=True,
    )
    assert "Ya hay otra postulación confirmada con este RUT en esta convocatoria" in pagina["body"]


def test_un_correo_mal_escrito_no_le_quita_el_lugar_a_la_empresa(puerta: Puerta) -> None:
    assert puerta.postular(RUT)[0] == 200
    folio, _ = puerta.recibida(RUT)
    assert puerta.montaje.almacen.postulacion(folio).estado == "recibida"


def test_la_misma_solicitud_dos_veces_da_el_mismo_folio(puerta: Puerta) -> None:
    clave = secrets.token_urlsafe(24)
    primera, segunda = puerta.postular(RUT, clave=clave), puerta.postular(RUT, clave=clave)
    assert primera == segunda
    assert len(puerta.montaje.almacen.avisos(primera[1]["folio"])) == 1


def test_la_misma_clave_con_otras_respuestas_dice_el_folio_que_ya_vale(puerta: Puerta) -> None:
    clave = secrets.token_urlsafe(24)
    folio = puerta.postular(RUT, clave=clave)[1]["folio"]
    estado, cuerpo = puerta.postular(RUT, clave=clave, lleva="Otra cosa")
    assert (estado, cuerpo["error"], cuerpo["folio"]) == (409, "clave_usada", folio)


def test_reintentar_despues_del_cierre_da_el_folio_y_no_un_rechazo(puerta: Puerta) -> None:
    clave = secrets.token_urlsafe(24)
    primera = puerta.postular(RUT, clave=clave)
    convocatoria = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
    assert convocatoria is not None
    puerta.poner_la_hora(convocatoria.cierre + timedelta(minutes=1))
    assert puerta.postular(RUT, clave=clave) == primera


def _enviar(puerta: Puerta, documentos: tuple[str, ...], contenido: bytes = PDF) -> tuple[int, dict[str, object]]:
    clave = secrets.token_urlsafe(24)
    puerta.subir(clave, documentos, contenido)
    cuerpo = {
        "convocatoria": CONVOCATORIA,
        "clave": clave,
        "respuestas": respuestas_de("Panes del Maule", RUT),
        "documentos": list(documentos),
    }
    return puerta.json("postular", "POST", "/api/postular", cuerpo=cuerpo)


def test_un_documento_que_falta_se_nombra(puerta: Puerta) -> None:
    estado, cuerpo = _enviar(puerta, DOCUMENTOS[:2])
    assert estado == 422
    assert cuerpo["campos"] == {"deuda-tributaria": "Falta subir: Certificado deuda-tributaria."}


@pytest.mark.parametrize(
    ("contenido", "palabras"),
    [
        (PDF + b"x" * (8 * 1024 * 1024), "pesa más de 7 MB"),
        (b"MZ\x90\x00" + b"\x00" * 100, "por dentro es un programa o un comprimido"),
        (b"PK\x03\x04" + b"\x00" * 100, "por dentro es un programa o un comprimido"),
        (b"hola, soy un texto", "no es PDF, JPG ni PNG"),
        (b"", "está vacío"),
    ],
    ids=["ocho megas", "programa", "comprimido", "texto", "vacío"],
)
def test_un_archivo_que_no_sirve_dice_por_que(puerta: Puerta, contenido: bytes, palabras: str) -> None:
    estado, cuerpo = _enviar(puerta, DOCUMENTOS, contenido)
    assert estado == 422
    assert all(palabras in mensaje for mensaje in cuerpo["campos"].values())
    assert set(cuerpo["campos"]) == set(DOCUMENTOS)


@pytest.mark.parametrize("cuerpo", ["{", "[]", '"hola"', "{'a': 1}", "\x00", '{"a": 1}{'])
def test_un_json_mal_formado_no_rompe_nada(puerta: Puerta, cuerpo: str) -> None:
    estado, respuesta = puerta.json("postular", "POST", "/api/postular", cuerpo=cuerpo)
    assert (estado, respuesta["error"]) == (400, "solicitud_mal_formada")
    assert "Vuelve a la página" in respuesta["mensaje"]


@pytest.mark.parametrize("sobra", ["estado", "puntaje", "region", "turno", "constructor"])
def test_un_campo_que_nadie_pidio_se_rechaza_con_su_nombre(puerta: Puerta, sobra: str) -> None:
    estado, cuerpo = puerta.postular(RUT, **{sobra: "seleccionada"})
    assert (estado, cuerpo["error"], list(cuerpo["campos"])) == (400, "campo_desconocido", [sobra])
    base = {"convocatoria": CONVOCATORIA, "clave": secrets.token_urlsafe(24), "respuestas": {}, sobra: "x"}
    estado, cuerpo = puerta.json("postular", "POST", "/api/postular", cuerpo=base)
    assert (estado, list(cuerpo["campos"])) == (400, [sobra])


@pytest.mark.parametrize("clave", ["", "corta", "con espacios y larga para pasar", "x" * 65])
def test_sin_clave_de_envio_se_dice_de_donde_sale(puerta: Puerta, clave: str) -> None:
    cuerpo = {"convocatoria": CONVOCATORIA, "clave": clave, "respuestas": {}}
    estado, respuesta = puerta.json("postular", "POST", "/api/postular", cuerpo=cuerpo)
    assert (estado, respuesta["error"]) == (400, "falta_clave")


@pytest.mark.parametrize(
    "respuestas",
    [{"rut": ["a"]}, {"ventas": {"x": 1}}, {"tipo_persona": {"a": 1}}, {"tipo_persona": []}, {"rut": None}],
)
def test_una_respuesta_que_no_es_texto_no_rompe_nada(puerta: Puerta, respuestas: dict[str, object]) -> None:
    completas = {"tipo_persona": "juridica"} | respuestas
    cuerpo = {"convocatoria": CONVOCATORIA, "clave": secrets.token_urlsafe(24), "respuestas": completas}
    estado, respuesta = puerta.json("postular", "POST", "/api/postular", cuerpo=cuerpo)
    assert estado == 422
    assert next(iter(respuestas)) in respuesta["campos"]


def test_con_el_almacen_danado_se_dice_que_no_quedo_guardado(puerta: Puerta) -> None:
    almacen = Path(puerta.entorno["ESTADO_LOCAL"]) / "almacen.sqlite"
    almacen.parent.mkdir(parents=True, exist_ok=True)
    almacen.write_bytes(b"esto no es una base de datos" * 100)
    estado, cuerpo = puerta.postular(RUT)
    assert (estado, cuerpo["error"]) == (503, "servicio_caido")
    assert "no se duplica" in cuerpo["mensaje"]


def test_sin_lo_publicado_la_pagina_explica_y_no_cae(puerta: Puerta) -> None:
    puerta.entorno["HORNEADO"] = "/no/existe.json"
    respuesta = puerta.llamar("postular", "GET", "/api/postular", consulta={"convocatoria": CONVOCATORIA}, html=True)
    assert respuesta["statusCode"] == 503
    assert "No pudimos guardar" in respuesta["body"]
