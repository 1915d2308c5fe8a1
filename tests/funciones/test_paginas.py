"""Lo que muestran la página de estado y la mesa, y lo que responde la puerta cuando algo falla al escribirlo."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from funciones import barrer, medir
from funciones.adaptadores.redaccion import redactar
from funciones.dominio.postulacion import Estado
from funciones.tramite.respuestas import Pregunta, RespuestaMala, canonizar, preguntas_de
from tests.correo.contexto import PLANTILLAS, completo
from tests.funciones.puerta import EVALUADOR, Contexto, Puerta
from tests.recorridos.mundo import CHILE, CONVOCATORIA, RAIZ, rut_de_ejemplo

RUT = rut_de_ejemplo(77_100_020)
PAGINA_MINIMA = '<!DOCTYPE html>\n<html lang="es-CL"><title>Ferias</title><main><h1>'


def pagina_de_estado(puerta: Puerta, folio: str, codigo: str) -> str:
    """La página de estado, en HTML y sin etiquetas partidas por saltos."""
    respuesta = puerta.llamar(
        "consultar", "POST", "/api/consultar", formulario={"folio": folio, "codigo": codigo}, html=True
    )
    assert respuesta["statusCode"] == 200
    return str(respuesta["body"])


def por_que(pagina: str) -> str:
    """El texto del cuadro «Por qué», sin etiquetas."""
    return _cuadro(pagina, "Por qué")


def si_no_esta_de_acuerdo(pagina: str) -> str:
    """El texto del cuadro para pedir otra revisión, sin etiquetas."""
    return _cuadro(pagina, "¿No estás de acuerdo?")


def _cuadro(pagina: str, titulo: str) -> str:
    cuadro = re.search(rf"<h2>{re.escape(titulo)}</h2>(.*?)</div>", pagina, re.DOTALL)
    assert cuadro, f"la página no tiene el cuadro «{titulo}»"
    return " ".join(re.sub(r"<[^>]+>", " ", cuadro[1]).split())


def elegidas(puerta: Puerta, notas: tuple[str, ...]) -> list[tuple[str, str]]:
    """Una postulación por nota, ya elegidas con el motivo del lote."""
    pares = [puerta.recibida(rut_de_ejemplo(77_100_030 + i), nombre=f"Empresa {i}") for i in range(len(notas))]
    convocatoria = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
    assert convocatoria is not None
    puerta.poner_la_hora(convocatoria.cierre + timedelta(hours=1))
    for (folio, _), nota in zip(pares, notas, strict=True):
        assert puerta.decidir(folio, "admisible")[0] == 200
        assert puerta.decidir(folio, "evaluada", notas={"origen": nota, "presentacion": nota})[0] == 200
    assert puerta.seleccionar("ejecutar", motivo="Nota interna del lote")[0] == 200
    return pares


# Los correos que no salieron


def con_aviso_rechazado(puerta: Puerta) -> tuple[str, str]:
    folio, codigo = puerta.recibida(RUT)
    for aviso in puerta.montaje.almacen.avisos(folio):
        puerta.montaje.almacen.aviso_enviado(aviso.id, puerta.montaje.ahora(), "rechazada")
    return folio, codigo


def test_un_correo_rechazado_no_se_muestra_como_enviado(puerta: Puerta) -> None:
    pagina = pagina_de_estado(puerta, *con_aviso_rechazado(puerta))
    assert "No se pudo enviar a tu correo: llama a la oficina" in pagina
    assert "Enviado el" not in pagina


def test_un_correo_que_si_salio_dice_cuando(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(RUT)
    for aviso in puerta.montaje.almacen.avisos(folio):
        puerta.montaje.almacen.aviso_enviado(aviso.id, puerta.montaje.ahora(), "ref")
    pagina = pagina_de_estado(puerta, folio, codigo)
    assert "Enviado el lunes 23 de noviembre de 2026" in pagina
    assert "No se pudo enviar" not in pagina


def test_la_mesa_sabe_que_un_correo_fue_rechazado(puerta: Puerta) -> None:
    folio, _ = con_aviso_rechazado(puerta)
    _, cuerpo = puerta.mesa("GET", "/postulaciones/{folio}", EVALUADOR, camino={"folio": folio})
    assert {(aviso["enviado_texto"], aviso["rechazado"]) for aviso in cuerpo["avisos"]} == {(None, True)}


def test_el_expediente_de_la_mesa_dice_que_hay_que_llamar() -> None:
    guion = (RAIZ / "site" / "tema" / "mesa_llego.js").read_text(encoding="utf-8")
    assert '"Hay que llamar o escribir"' in guion


@pytest.mark.parametrize("correo", ["ñandú@correo.example", "a'b\u0301@correo.example", "x@-malo.cl"])
def test_un_correo_al_que_no_se_puede_escribir_se_dice_al_postular(puerta: Puerta, correo: str) -> None:
    estado, cuerpo = puerta.postular(RUT, correo=correo)
    assert (estado, list(cuerpo["campos"])) == (422, ["correo"])
    assert "completo" in cuerpo["campos"]["correo"]


# Por qué


def test_quien_quedo_bajo_la_nota_minima_ve_su_nota_y_la_regla_y_no_la_nota_del_lote(puerta: Puerta) -> None:
    [par] = elegidas(puerta, ("3",))
    pagina = pagina_de_estado(puerta, *par)
    assert "No alcanzó la nota mínima. La regla: nota 4,0 o más. Lo que vimos: tu nota es 3" in por_que(pagina)
    assert "Pide que otra persona lo revise." in si_no_esta_de_acuerdo(pagina)
    assert "Nota interna del lote" not in pagina


def test_quien_se_quedo_sin_cupo_ni_espera_ve_que_otras_iban_antes(puerta: Puerta) -> None:
    *_, ultima = elegidas(puerta, ("7", "6,5", "6", "5"))
    pagina = pagina_de_estado(puerta, *ultima)
    assert "No quedaron cupos ni lugares en la lista de espera." in por_que(pagina)
    assert "tu nota es 5" in por_que(pagina)
    assert "otras postulaciones iban antes" in por_que(pagina)
    assert "Nota interna del lote" not in pagina


def test_quien_no_corrigio_a_tiempo_ve_que_se_le_pidio_y_como_reclamar(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(RUT)
    assert puerta.decidir(folio, "en_correccion", motivo="El F30 es de hace dos meses.")[0] == 200
    puerta.poner_la_hora(datetime(2026, 12, 1, 0, 0, 10, tzinfo=CHILE))
    assert barrer.handler({}, Contexto())["desistidas"] == 1
    pagina = pagina_de_estado(puerta, folio, codigo)
    assert "El plazo para corregir terminó" in por_que(pagina)
    assert "Te pedimos: El F30 es de hace dos meses." in por_que(pagina)
    assert "5 días hábiles" in si_no_esta_de_acuerdo(pagina)


def test_quien_no_cumple_una_regla_sigue_viendo_cual(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(RUT)
    puerta.decidir(folio, "no_admisible", motivo="Vimos 2.612 UF", hallazgos={"ventas": "no_cumple"})
    texto = por_que(pagina_de_estado(puerta, folio, codigo))
    assert "No cumple: Ventas del año." in texto
    assert "Vimos 2.612 UF" in texto


# La encuesta sin JavaScript


def test_desde_la_pagina_de_estado_se_llega_a_la_encuesta_sin_javascript(puerta: Puerta) -> None:
    (folio, codigo), *_ = elegidas(puerta, ("7", "6"))
    puerta.pasar(timedelta(days=12))
    version = puerta.montaje.almacen.postulacion(folio).version
    asistencia = {"folio": folio, "asistio": "si", "version": version}
    assert puerta.json("asistir", "POST", "/api/mesa/asistencia", funcionario=EVALUADOR, cuerpo=asistencia)[0] == 200
    pagina = pagina_de_estado(puerta, folio, codigo)
    formulario = re.search(r'<form method="post" action="/api/encuestar">(.*?)</form>', pagina, re.DOTALL)
    assert formulario
    campos = dict(re.findall(r'name="(\w+)" value="([^"]+)"', formulario[1]))
    encuesta = puerta.llamar("encuestar", "POST", "/api/encuestar", formulario=campos, html=True)
    assert encuesta["statusCode"] == 200
    assert "capacidad de vinculación comercial" in encuesta["body"]


# La puerta no se cae


@pytest.mark.parametrize(
    "cuerpo",
    [
        '{"folio": "\\ud800", "codigo": "x"}',
        '{"\\udfff": "x"}',
        '{"folio": ["\\ud83d"]}',
        "[" * 200_000,
        '{"folio": ' + "[" * 200_000,
        '{"folio": "\ud800"}',
    ],
    ids=["valor", "nombre", "lista", "hondo", "hondo en un campo", "sin escapar"],
)
@pytest.mark.parametrize("html", [False, True])
def test_medio_caracter_o_un_json_sin_fondo_se_rechazan_con_palabras(puerta: Puerta, cuerpo: str, html: bool) -> None:
    respuesta = puerta.llamar("consultar", "POST", "/api/consultar", cuerpo=cuerpo, html=html)
    assert respuesta["statusCode"] == 400
    assert "El envío llegó cortado" in respuesta["body"]


def test_medio_caracter_en_la_direccion_tambien_se_rechaza(puerta: Puerta) -> None:
    respuesta = puerta.llamar("postular", "GET", "/api/postular", consulta={"convocatoria": "\udc80"}, html=True)
    assert respuesta["statusCode"] == 400
    respuesta["body"].encode()


def test_un_emoji_entero_no_es_medio_caracter(puerta: Puerta) -> None:
    assert puerta.postular(RUT, lleva="Quesos 🧀")[0] == 200


def test_sin_plantillas_la_pagina_minima_explica_y_no_cae(puerta: Puerta, tmp_path: Path) -> None:
    puerta.entorno["PLANTILLAS"] = str(tmp_path)
    respuesta = puerta.llamar("consultar", "GET", "/api/consultar", html=True)
    assert respuesta["statusCode"] == 500
    assert respuesta["headers"]["content-type"].startswith("text/html")
    assert "Algo falló de nuestro lado" in respuesta["body"]
    # Quien la escucha también encuentra dónde empieza lo que importa.
    assert re.search(r"<main>\n<h1>.*</main>", respuesta["body"], re.DOTALL)


def test_sin_plantillas_un_rechazo_sigue_diciendo_que_paso(puerta: Puerta, tmp_path: Path) -> None:
    puerta.entorno["PLANTILLAS"] = str(tmp_path)
    pedido: dict[str, Any] = {"folio": "ZZZZ2222", "codigo": "x"}
    respuesta = puerta.llamar("consultar", "POST", "/api/consultar", formulario=pedido, html=True)
    assert respuesta["statusCode"] == 404
    assert "No encontramos esa postulación" in respuesta["body"]
    assert respuesta["headers"]["cache-control"] == "no-store"


def test_una_pagina_que_no_se_puede_escribir_es_una_falla_con_su_pagina(puerta: Puerta, tmp_path: Path) -> None:
    carpeta = tmp_path / "formulario"
    carpeta.mkdir()
    (carpeta / "consultar.html.j2").write_text("{{ no_existe }}", encoding="utf-8")
    (carpeta / "problema.html.j2").write_text(f"{PAGINA_MINIMA}{{{{ titulo }}}}</h1></main>", encoding="utf-8")
    puerta.entorno["PLANTILLAS"] = str(tmp_path)
    respuesta = puerta.llamar("consultar", "GET", "/api/consultar", html=True)
    assert (respuesta["statusCode"], respuesta["body"]) == (
        500,
        f"{PAGINA_MINIMA}Algo falló de nuestro lado</h1></main>",
    )


# Los nombres que llegan a un correo sin confirmar


@pytest.mark.parametrize(
    ("nombre", "queda"),
    [
        ("Cobra tu premio en estafa.cl/gana", "Cobra tu premio en"),
        ("Entra a estafa.cl, hoy", "Entra a hoy"),
        ("Entra a (estafa.com)", "Entra a"),
        ("Escribe a pagos@estafa.example ya", "Escribe a ya"),
        ("Mira estafa.xn--p1ai/x", "Mira"),
        ("Mira estafa。cl", "Mira"),
        ("Mira 10.0.0.1/x ahora", "Mira ahora"),
        ("Mira estafa.ltda/gana", "Mira"),
    ],
)
def test_un_enlace_sin_http_tampoco_llega_en_el_nombre(nombre: str, queda: str) -> None:
    _, texto, html = redactar(Estado.POR_CONFIRMAR, completo(nombre=nombre, representante=nombre), PLANTILLAS)
    assert f"Hola, {queda}." in texto
    assert "estafa" not in (texto + html).replace("Entra a estafa ", "")
    assert "10.0.0.1" not in texto + html


@pytest.mark.parametrize(
    "nombre",
    [
        "Quesos del Sur S.A.",
        "Quesos del Sur S.A",
        "Panes SpA",
        "Panes S.p.A.",
        "Telares E.I.R.L.",
        "Maderas Pérez Ltda.",
        "Pérez y Cía. Ltda.",
        "Hnos. Soto",
    ],
)
def test_las_formas_legales_quedan_como_estan(nombre: str) -> None:
    texto = redactar(Estado.POR_CONFIRMAR, completo(nombre=nombre, representante=nombre), PLANTILLAS)[1]
    assert f"Hola, {nombre}." in texto


def test_una_forma_legal_pegada_se_separa_y_queda() -> None:
    texto = redactar(Estado.POR_CONFIRMAR, completo(representante="Pérez y Cía.Ltda."), PLANTILLAS)[1]
    assert "Hola, Pérez y Cía. Ltda.." in texto


# Las fechas


def test_la_ayuda_de_una_fecha_da_el_mismo_ejemplo_que_su_error(puerta: Puerta) -> None:
    fechas = [p for p in preguntas_de(puerta.montaje.horneado, "postulacion") if p.tipo == "fecha"]
    assert fechas
    for pregunta in fechas:
        ejemplo = pregunta.error_formato.rpartition("como ")[2]
        assert f"Ejemplo: {ejemplo}." in pregunta.ayuda


# Los números enteros


@pytest.mark.parametrize(
    ("escrito", "canonico"), [("25", "25"), ("0", "0"), ("1.250", "1250"), ("1.234.567", "1234567"), ("007", "7")]
)
def test_el_punto_de_un_entero_separa_miles(puerta: Puerta, escrito: str, canonico: str) -> None:
    assert canonizar(_reuniones(puerta), escrito, puerta.montaje.horneado) == canonico


@pytest.mark.parametrize("escrito", ["2.5", "2,5", "1.25", "1234.567", ".5", "5.", "12.345.678", "12345678", "-1"])
def test_un_entero_con_decimales_no_se_convierte_en_otro(puerta: Puerta, escrito: str) -> None:
    pregunta = _reuniones(puerta)
    with pytest.raises(RespuestaMala, match=re.escape(pregunta.error_formato)):
        canonizar(pregunta, escrito, puerta.montaje.horneado)


def _reuniones(puerta: Puerta) -> Pregunta:
    pregunta = next(p for p in preguntas_de(puerta.montaje.horneado, "encuesta") if p.clave == "reuniones")
    return replace(pregunta, largo_maximo=20)


# Volver a medir


def test_medir_otra_vez_un_ano_sin_participantes_borra_lo_calculado_antes(puerta: Puerta, tmp_path: Path) -> None:
    archivo = tmp_path / "datos" / "indicadores" / "mediciones.csv"
    archivo.parent.mkdir(parents=True)
    original = (RAIZ / "datos" / "indicadores" / "mediciones.csv").read_text(encoding="utf-8")
    cifras = "medido,8,12,66.67,,,12,12,100.00"
    vieja = f"acceso-vinculacion,2026,todos,07,todos,todos,{cifras},Encuesta,2027-01-02,acceso-vinculacion/1,no\n"
    archivo.write_text(original + vieja, encoding="utf-8")
    puerta.entorno["DATOS"] = str(tmp_path / "datos")
    puerta.montaje.__dict__.pop("publicacion", None)
    assert medir.medir_y_publicar(2026) == []
    assert archivo.read_text(encoding="utf-8") == original


def test_la_respuesta_en_json_dice_si_el_correo_fue_rechazado(puerta: Puerta) -> None:
    folio, codigo = con_aviso_rechazado(puerta)
    respuesta = puerta.llamar("consultar", "POST", "/api/consultar", cuerpo={"folio": folio, "codigo": codigo})
    assert {(a["enviado"], a["rechazado"]) for a in json.loads(respuesta["body"])["avisos"]} == {(None, True)}
