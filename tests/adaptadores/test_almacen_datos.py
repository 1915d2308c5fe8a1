"""Los datos guardados: siguen ahí al reabrir, y en lo escrito no se lee nada personal."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from cryptography.exceptions import InvalidTag

from funciones.adaptadores import registro
from funciones.adaptadores.almacen import Borrador
from funciones.adaptadores.llavero import Llavero
from funciones.dominio.encuesta import Respuesta
from funciones.dominio.postulacion import Adjunto, Estado
from tests.adaptadores.conftest import Bodega
from tests.mundo import FERIA, HORA, LLAVERO, LLEGADA, avanzar, cambio, paso, postulacion, recibir

# Si cualquiera de estos textos aparece en lo guardado, algo personal quedó a la vista.
CANARIOS = {
    "rut": "76543210-3",
    "correo": "canario.unico@correo.example",
    "telefono": "+56987654321",
    "nombre": "Quesería Canario Ñandú",
    "motivo": "Canario: declaró ventas por otro monto",
    "archivo": "f30 de Canario Ñandú.pdf",
    "regla": "deuda_alimentos",
    "comentario": "Canario: nos fue bien con un comprador",
}


def llenar(bodega: Bodega) -> str:
    """Un canario en cada lugar donde puede ir algo personal."""
    almacen = bodega.almacen
    personales = {clave: CANARIOS[clave] for clave in ("rut", "correo", "telefono", "nombre")}
    almacen.guardar_borrador(Borrador(LLAVERO.huella_borrador("clave"), FERIA, personales, LLEGADA + HORA))
    archivo = Adjunto("f30", "limpio/1", CANARIOS["archivo"], "application/pdf", 10, "ab" * 32)
    enviada = recibir(
        almacen,
        postulacion(
            rut=CANARIOS["rut"],
            datos=personales,
            adjuntos=(archivo,),
            hallazgos={CANARIOS["regla"]: "no_cumple"},
        ),
    )
    recibida = avanzar(almacen, enviada, Estado.RECIBIDA)
    observada = paso(recibida, Estado.EN_CORRECCION)
    dicho = replace(
        observada,
        despues=replace(observada.despues, motivo=CANARIOS["motivo"]),
        transicion=replace(observada.transicion, motivo=CANARIOS["motivo"]),
    )
    almacen.aplicar(cambio(dicho))
    almacen.responder_encuesta(
        Respuesta(
            id=LLAVERO.id_respuesta(enviada.folio),
            convocatoria=FERIA,
            anio=2027,
            componente=1,
            region="08",
            firma=LLAVERO.firma_anual(CANARIOS["rut"], 2027),
            emprendedor=False,
            version_formulario=1,
            dia=date(2027, 1, 20),
            respuestas={"comentario": CANARIOS["comentario"]},
        )
    )
    return enviada.folio


def test_en_lo_guardado_no_se_lee_nada_personal(bodega: Bodega) -> None:
    folio = llenar(bodega)
    crudo = bodega.crudo()
    # El control: lo que no es personal sí se ve, así que se está mirando donde es.
    assert folio.encode() in crudo
    assert b"en_correccion" in crudo
    minusculas = crudo.lower()
    for clave, texto in CANARIOS.items():
        for forma in {texto, texto.replace("-", ""), texto.split("-")[0], json.dumps(texto)[1:-1]}:
            assert forma.lower().encode() not in minusculas, f"{clave} quedó a la vista"


def test_al_reabrir_esta_todo(bodega: Bodega) -> None:
    folio = llenar(bodega)
    antes, despues = bodega.almacen, bodega.reabrir()
    guardada = despues.postulacion(folio)
    assert guardada is not None
    assert guardada == antes.postulacion(folio)
    assert guardada.datos["nombre"] == CANARIOS["nombre"]
    assert guardada.adjuntos[0].nombre == CANARIOS["archivo"]
    assert guardada.hallazgos == {CANARIOS["regla"]: "no_cumple"}
    assert guardada.motivo == despues.transiciones(folio)[-1].motivo == CANARIOS["motivo"]
    assert despues.transiciones(folio) == antes.transiciones(folio)
    assert despues.avisos(folio) == antes.avisos(folio)
    assert list(despues.cola(FERIA)) == [guardada]
    assert [r.respuestas for r in despues.respuestas(2027)] == [{"comentario": CANARIOS["comentario"]}]
    dejado = despues.borrador(LLAVERO.huella_borrador("clave"), LLEGADA)
    assert dejado is not None
    assert dejado.respuestas["correo"] == CANARIOS["correo"]


def test_lo_sellado_para_un_folio_no_se_abre_en_otro_ni_con_otra_clave() -> None:
    sellado = registro.sellar({"nombre": "x"}, "K7M4PR9X", LLAVERO)
    assert registro.abrir(sellado, "K7M4PR9X", LLAVERO) == {"nombre": "x"}
    for folio, llavero in (("K7M4PR9Y", LLAVERO), ("K7M4PR9X", Llavero(bytes(32)))):
        with pytest.raises(InvalidTag):
            registro.abrir(sellado, folio, llavero)


def test_cada_uso_de_la_clave_maestra_da_una_huella_distinta() -> None:
    huellas = [
        LLAVERO.huella_rut("x"),
        LLAVERO.huella_borrador("x"),
        LLAVERO.secreto("x"),
        LLAVERO.codigo_confirmacion("x"),
        LLAVERO.codigo_encuesta("x"),
        LLAVERO.vitrina("x").removeprefix("v-"),
        LLAVERO.clave_de_foto("x", ""),
        LLAVERO.id_respuesta("x"),
        LLAVERO.firma_anual("x", 2026),
        LLAVERO.firma_anual("x", 2027),
        Llavero(bytes(32)).huella_rut("x"),
    ]
    assert len({huella[:16] for huella in huellas}) == len(huellas)
