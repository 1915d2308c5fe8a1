"""Subsanar: cada cosa pedida se corrige en su campo, se revisa como en el formulario y vuelve a la mesa."""

from __future__ import annotations

import re
from typing import Any

import pytest

from funciones.dominio.postulacion import Correccion, Estado, Papel
from tests.funciones.puerta import Puerta
from tests.funciones.test_la_vida_de_una_postulacion import escritas, estado, rut
from tests.recorridos.mundo import PDF

PIDE_F30 = {"que": "documento:f30", "texto": "Sube el de este mes."}
PIDE_VENTAS = {"que": "respuesta:ventas", "texto": "Escribe las ventas netas del año, sin IVA."}
PIDE_COMUNA = {"que": "respuesta:comuna", "texto": "Escribe la comuna de tu local."}


def pedida(puerta: Puerta, *correcciones: dict[str, str], **campos: Any) -> tuple[str, str]:
    """Una postulación a la que la mesa le pide corregir eso."""
    par = puerta.recibida(rut(1))
    campos = {"motivo": "Faltan dos cosas.", "correcciones": list(correcciones)} | campos
    respuesta = puerta.decidir(par[0], "en_correccion", **campos)
    assert respuesta[0] == 200, respuesta
    return par


def subir(puerta: Puerta, par: tuple[str, str], documento: str = "f30", contenido: bytes = PDF + b"nuevo") -> None:
    version = puerta.montaje.almacen.postulacion(par[0]).version
    puerta.subir(f"{par[0]}.{version}", [documento], contenido)


def corregir(puerta: Puerta, par: tuple[str, str], **campos: Any) -> tuple[int, dict[str, Any]]:
    cuerpo = {"folio": par[0], "codigo": par[1], "accion": "corregir"} | campos
    return puerta.json("responder", "POST", "/api/responder", cuerpo=cuerpo)


def en_la_pagina(puerta: Puerta, par: tuple[str, str], **campos: str) -> tuple[int, str]:
    """Lo mismo, con el formulario de la página y sin JavaScript."""
    formulario = {"folio": par[0], "codigo": par[1], "accion": "corregir"} | campos
    respuesta = puerta.llamar("responder", "POST", "/api/responder", formulario=formulario, html=True)
    return respuesta["statusCode"], respuesta["body"]


def pagina(puerta: Puerta, par: tuple[str, str]) -> str:
    formulario = {"folio": par[0], "codigo": par[1]}
    return puerta.llamar("consultar", "POST", "/api/consultar", formulario=formulario, html=True)["body"]


def test_la_pagina_pide_cada_cosa_con_sus_palabras_y_en_su_campo(puerta: Puerta) -> None:
    par = pedida(puerta, PIDE_F30, PIDE_VENTAS, PIDE_COMUNA)
    vista = pagina(puerta, par)
    for dicho in ("Faltan dos cosas.", PIDE_F30["texto"], PIDE_VENTAS["texto"], PIDE_COMUNA["texto"]):
        assert vista.count(dicho) == 1, dicho
    assert re.findall(r'name="documento" value="([\w-]+)"', vista) == ["f30"]
    assert 'name="ventas"' in vista
    # La comuna se escribe, como en el formulario, y viene con su nombre y no con su código.
    assert re.search(r'<input id="comuna" name="comuna" value="Talca, Maule" list="comunas"', vista)
    assert "Escríbela y elígela de la lista." in vista
    assert 'name="rut"' not in vista


def test_lo_corregido_queda_canonico_y_lo_pedido_se_borra(puerta: Puerta) -> None:
    par = pedida(puerta, PIDE_F30, PIDE_VENTAS, PIDE_COMUNA)
    antes = puerta.montaje.almacen.postulacion(par[0])
    subir(puerta, par)
    codigo, cuerpo = corregir(puerta, par, respuestas={"ventas": " $ 41.000.000 ", "comuna": "linares"})
    assert (codigo, cuerpo["estado"]) == (200, "recibida")
    despues = puerta.montaje.almacen.postulacion(par[0])
    assert (despues.datos["ventas"], despues.datos["comuna"]) == ("41000000", "07401")
    assert despues.correcciones == ()
    assert {k: v for k, v in despues.datos.items() if k not in {"ventas", "comuna"}} == {
        k: v for k, v in antes.datos.items() if k not in {"ventas", "comuna"}
    }
    huellas = {a.documento: a.huella for a in antes.adjuntos}
    assert {a.documento for a in despues.adjuntos if a.huella != huellas[a.documento]} == {"f30"}
    assert puerta.montaje.almacen.transiciones(par[0])[-1].actor.papel is Papel.POSTULANTE
    # Repetir el envío no tiene nada más que hacer.
    assert corregir(puerta, par, respuestas={"ventas": "1"})[0] == 200
    assert puerta.montaje.almacen.postulacion(par[0]) == despues


def test_lo_mismo_se_corrige_desde_la_pagina_sin_javascript(puerta: Puerta) -> None:
    par = pedida(puerta, PIDE_VENTAS)
    codigo, vista = en_la_pagina(puerta, par, ventas="41.000.000", nota="")
    assert codigo == 200
    assert puerta.montaje.almacen.postulacion(par[0]).datos["ventas"] == "41000000"
    assert "Corrige esto" not in vista


@pytest.mark.parametrize("escrito", ["muchas", "-5", "41.00", "1" * 30, ""])
def test_una_respuesta_que_no_sirve_se_explica_junto_a_su_campo_y_no_se_pierde(puerta: Puerta, escrito: str) -> None:
    par = pedida(puerta, PIDE_VENTAS, PIDE_COMUNA)
    codigo, vista = en_la_pagina(puerta, par, ventas=escrito, comuna="07401", nota="Va la comuna")
    assert codigo == 422
    assert "<title>Error: " in vista
    assert 'href="#ventas"' in vista
    assert 'id="error-ventas"' in vista
    assert 'value="07401" list="comunas"' in vista
    assert "Va la comuna</textarea>" in vista
    assert corregir(puerta, par, respuestas={"ventas": escrito})[1]["error"] == "respuestas_por_corregir"
    assert estado(puerta, par[0]) is Estado.EN_CORRECCION


def test_una_explicacion_muy_larga_no_se_corta_se_avisa_y_se_devuelve_entera(puerta: Puerta) -> None:
    par = pedida(puerta, PIDE_VENTAS)
    vista = pagina(puerta, par)
    assert 'data-tope="1000" data-de="nota"' in vista
    assert "contador.js" in vista
    larga = "x" * 1001
    codigo, devuelta = en_la_pagina(puerta, par, nota=larga)
    assert codigo == 422
    assert "Acórtalo: tiene 1001 caracteres y caben 1000." in devuelta
    assert f"{larga}</textarea>" in devuelta
    assert corregir(puerta, par, nota=larga)[1]["campos"] == {"nota": "Acórtalo: tiene 1001 caracteres y caben 1000."}
    # Un salto de línea viaja como dos letras y cuenta como una, igual que en el contador.
    assert en_la_pagina(puerta, par, nota="x" * 500 + "\r\n" + "x" * 499)[0] == 200


def test_sin_explicar_nada_hay_que_traer_todo_lo_pedido(puerta: Puerta) -> None:
    par = pedida(puerta, PIDE_F30, PIDE_VENTAS)
    vigente = puerta.montaje.almacen.postulacion(par[0]).datos["ventas"]
    codigo, cuerpo = corregir(puerta, par, respuestas={"ventas": vigente})
    assert (codigo, cuerpo["error"], set(cuerpo["campos"])) == (422, "correccion_vacia", {"documento-f30", "ventas"})
    subir(puerta, par)
    assert set(corregir(puerta, par)[1]["campos"]) == {"ventas"}
    _, vista = en_la_pagina(puerta, par, nota="")
    for campo in re.findall(r'href="#([\w-]+)">', vista):
        assert campo == "contenido" or f'id="{campo}"' in vista, campo
    assert corregir(puerta, par, nota="Las ventas están bien: mira la carpeta.")[0] == 200


def test_un_documento_que_no_se_pidio_no_se_puede_subir_ni_se_toma(puerta: Puerta) -> None:
    par = pedida(puerta, PIDE_F30)
    pedido = {"folio": par[0], "codigo": par[1], "documento": "deuda-tributaria"}
    assert puerta.json("adjuntar", "POST", "/api/adjuntar", cuerpo=pedido)[1]["error"] == "campo_desconocido"
    assert puerta.json("adjuntar", "POST", "/api/adjuntar", cuerpo=pedido | {"documento": "f30"})[0] == 200
    antes = puerta.montaje.almacen.postulacion(par[0]).adjuntos
    subir(puerta, par, "deuda-tributaria")
    assert corregir(puerta, par)[1]["error"] == "correccion_vacia"
    subir(puerta, par)
    assert corregir(puerta, par)[0] == 200
    nuevas = {a.huella for a in puerta.montaje.almacen.postulacion(par[0]).adjuntos} - {a.huella for a in antes}
    assert len(nuevas) == 1


def test_la_pagina_para_subir_repite_lo_que_se_pidio(puerta: Puerta) -> None:
    par = pedida(puerta, PIDE_F30)
    formulario = {"folio": par[0], "codigo": par[1], "documento": "f30"}
    vista = puerta.llamar("adjuntar", "POST", "/api/adjuntar", formulario=formulario, html=True)["body"]
    assert PIDE_F30["texto"] in vista


def test_corregir_no_es_una_puerta_para_entrar_a_la_fila_sin_confirmar_el_correo(puerta: Puerta) -> None:
    _, cuerpo = puerta.postular(rut(1))
    par = (cuerpo["folio"], cuerpo["codigo"])
    assert corregir(puerta, par, nota="Déjame entrar.")[1]["error"] == "accion_imposible"
    assert estado(puerta, par[0]) is Estado.POR_CONFIRMAR


def test_una_respuesta_que_no_se_pidio_no_cambia(puerta: Puerta) -> None:
    par = pedida(puerta, PIDE_VENTAS)
    antes = puerta.montaje.almacen.postulacion(par[0]).datos
    respuestas = {"ventas": "41000000", "nombre": "Otra empresa", "rut": rut(9)}
    assert corregir(puerta, par, respuestas=respuestas)[0] == 200
    assert puerta.montaje.almacen.postulacion(par[0]).datos == {**antes, "ventas": "41000000"}


def test_lo_que_la_mesa_habia_marcado_y_cambio_se_mira_de_nuevo(puerta: Puerta) -> None:
    marcas = {"ventas": "cumple", "deudas": "cumple", "territorio": "falta_dato"}
    par = pedida(puerta, PIDE_VENTAS, PIDE_F30, hallazgos=marcas)
    subir(puerta, par)
    assert corregir(puerta, par, respuestas={"ventas": "41000000"})[0] == 200
    guardada = puerta.montaje.almacen.postulacion(par[0])
    assert guardada.hallazgos == {"deudas": "cumple"}


def test_sin_nada_con_nombre_se_corrige_como_siempre(puerta: Puerta) -> None:
    par = pedida(puerta)
    assert len(set(re.findall(r'name="documento" value="([\w-]+)"', pagina(puerta, par)))) > 1
    assert corregir(puerta, par)[1]["campos"] == {"nota": "Sube un documento o explica qué corregiste."}
    assert corregir(puerta, par, nota="Ya está.")[0] == 200


def test_sin_nada_con_nombre_el_motivo_se_muestra_entero_aunque_parezca_una_lista(puerta: Puerta) -> None:
    par = pedida(puerta, motivo="· Falta la firma.")
    assert "· Falta la firma." in pagina(puerta, par)


def test_lo_guardado_con_nombre_sobrevive_a_volver_a_leerlo(puerta: Puerta) -> None:
    par = pedida(puerta, PIDE_F30, PIDE_VENTAS)
    guardadas = puerta.montaje.almacen.postulacion(par[0]).correcciones
    assert guardadas == (Correccion(**PIDE_F30), Correccion(**PIDE_VENTAS))


@pytest.mark.parametrize("respuestas", [[], "ventas", 3])
def test_las_respuestas_van_en_un_objeto(puerta: Puerta, respuestas: Any) -> None:
    par = pedida(puerta, PIDE_VENTAS)
    codigo = corregir(puerta, par, respuestas=respuestas)[0]
    assert codigo in {400, 422}
    assert estado(puerta, par[0]) is Estado.EN_CORRECCION


def test_un_campo_que_no_es_de_la_correccion_se_rechaza(puerta: Puerta) -> None:
    par = pedida(puerta, PIDE_VENTAS)
    assert corregir(puerta, par, estado="recibida")[1]["error"] == "campo_desconocido"
    assert en_la_pagina(puerta, par, region="07", nota="x")[0] == 400
    aceptar = {"folio": par[0], "codigo": par[1], "accion": "retirar", "respuestas": {}}
    assert puerta.json("responder", "POST", "/api/responder", cuerpo=aceptar)[1]["error"] == "campo_desconocido"


def test_el_correo_y_el_registro_dicen_cada_cosa_pedida_aunque_se_corrija_antes_de_que_salga(puerta: Puerta) -> None:
    par = pedida(puerta, PIDE_F30, PIDE_VENTAS)
    motivo = puerta.montaje.almacen.transiciones(par[0])[-1].motivo
    assert motivo.splitlines()[0] == "Faltan dos cosas."
    assert corregir(puerta, par, nota="No puedo por ahora.")[0] == 200
    texto = escritas(puerta, par[0], "falta algo para revisarla")
    for renglon in motivo.splitlines():
        assert renglon in texto
    assert PIDE_F30["texto"] in texto
    assert PIDE_VENTAS["texto"] in texto


def test_el_correo_de_la_correccion_respondida_lo_dice(puerta: Puerta) -> None:
    par = pedida(puerta, PIDE_VENTAS)
    assert corregir(puerta, par, respuestas={"ventas": "41000000"})[0] == 200
    texto = escritas(puerta, par[0], "Recibimos tu corrección")
    assert "Conservas tu lugar en la fila." in texto
