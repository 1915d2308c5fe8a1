"""La postulación en papel: qué se pregunta en la oficina, y qué se anota del papel que las respuestas no dicen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from funciones.adaptadores.almacen import Conflicto
from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.horneado import Horneado
from funciones.adaptadores.montaje import montaje
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.postulacion import PRESENCIAL, SIN_CONFIRMAR, Postulacion
from funciones.tramite.conservacion import conservar_hasta, mientras_confirma
from funciones.tramite.respuestas import Pregunta, preguntas_para

CLASE = "presencial"


@dataclass(frozen=True, slots=True)
class Papel:
    """Lo que se recibió: cuándo, qué documentos se vieron en papel, a dónde va una carta y quién atendió."""

    recibido: datetime
    en_papel: tuple[str, ...]
    domicilio: str
    atendio: str
    oficina: str


def preguntas(convocatoria: Convocatoria, publicado: Horneado, tipo_persona: str) -> tuple[Pregunta, ...]:
    """Las mismas del formulario, salvo que aquí nadie está obligado a tener correo."""
    todas = preguntas_para(convocatoria, publicado)
    suyas = (p for p in todas if p.rige_para(tipo_persona, convocatoria.componente))
    return tuple(replace(p, obligatoria=False) if p.tipo == "correo" else p for p in suyas)


def anotar(postulacion: Postulacion, papel: Papel, convocatoria: Convocatoria) -> None:
    """Lo deja escrito y sellado; repetirlo no cambia nada. Error: Conflicto si ahora dice otra cosa.

    Se escribe antes de que la postulación entre a la fila: si no entra, se borra con ella.
    """
    cuerpo = {
        "recibido": papel.recibido.isoformat(),
        "en_papel": list(papel.en_papel),
        "domicilio": papel.domicilio,
        "atendio": papel.atendio,
        "oficina": papel.oficina,
    }
    previa = montaje().almacen.hoja(CLASE, convocatoria.id, postulacion.folio)
    if previa is None or dict(previa.cuerpo) != cuerpo:
        expira = mientras_confirma(convocatoria)
        montaje().almacen.guardar_hoja(Hoja(CLASE, convocatoria.id, postulacion.folio, cuerpo, expira=expira))


def conservar(folio: str, convocatoria: Convocatoria) -> None:
    """Lo anotado de una que ya entró a la fila se guarda tanto como ella; repetirlo no cambia nada."""
    hoja = montaje().almacen.hoja(CLASE, convocatoria.id, folio)
    if hoja is not None:
        _alargar(hoja, convocatoria)


def conservar_las_que_entraron(convocatoria: Convocatoria) -> int:
    """Las que entraron a la fila y, por un corte, quedaron con el plazo de antes. Cuántas eran."""
    hojas = montaje().almacen.hojas(CLASE, convocatoria.id)
    return sum(_alargar(hoja, convocatoria) for hoja in hojas if _entro(hoja.llave))


def _entro(folio: str) -> bool:
    postulacion = montaje().almacen.postulacion(folio)
    return postulacion is not None and postulacion.estado not in SIN_CONFIRMAR


def _alargar(hoja: Hoja, convocatoria: Convocatoria) -> bool:
    """Si hubo que alargarlo."""
    hasta = conservar_hasta(convocatoria)
    if hoja.expira is not None and hoja.expira >= hasta:
        return False
    with suppress(Conflicto):  # Otra pasada lo alargó en este instante.
        montaje().almacen.guardar_hoja(replace(hoja, version=hoja.version + 1, expira=hasta))
    return True


def papel_de(postulacion: Postulacion) -> Papel | None:
    """Lo anotado de una postulación en papel; None si se envió en línea."""
    if postulacion.canal != PRESENCIAL:
        return None
    hoja = montaje().almacen.hoja(CLASE, postulacion.convocatoria, postulacion.folio)
    return None if hoja is None else _papel(hoja.cuerpo)


def _papel(cuerpo: Mapping[str, Any]) -> Papel:
    return Papel(
        datetime.fromisoformat(cuerpo["recibido"]),
        tuple(cuerpo["en_papel"]),
        cuerpo["domicilio"],
        cuerpo["atendio"],
        cuerpo["oficina"],
    )


def titulos(documentos: Sequence[str], convocatoria: Convocatoria) -> list[str]:
    """Cómo se llama cada documento en la convocatoria."""
    nombres = {d.documento: d.titulo for d in convocatoria.documentos}
    return [nombres.get(documento, documento) for documento in documentos]


def en_palabras(papel: Papel, convocatoria: Convocatoria) -> str:
    """El motivo con que queda en el registro encadenado: cuándo llegó el papel y qué se vio sin copia."""
    vistos = ", ".join(titulos(papel.en_papel, convocatoria))
    sin_copia = f" Documentos a la vista en papel: {vistos}." if vistos else ""
    return f"Postulación en papel recibida el {fecha_hora_larga(papel.recibido)}.{sin_copia}"


def para_la_ficha(postulacion: Postulacion, convocatoria: Convocatoria, oculto: bool) -> dict[str, Any] | None:
    """Lo que la mesa ve del papel; None si se envió en línea. A ciegas no se muestra lo que dice de quién es."""
    papel = papel_de(postulacion)
    if papel is None:
        return None
    return {
        "recibido_texto": fecha_hora_larga(papel.recibido),
        "en_papel": [] if oculto else titulos(papel.en_papel, convocatoria),
        "domicilio": "" if oculto else papel.domicilio,
        "atendio": papel.atendio,
        "oficina": papel.oficina,
    }
