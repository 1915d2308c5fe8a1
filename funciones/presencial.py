"""La postulación en papel: qué se pregunta en la oficina, y qué se anota del papel que las respuestas no dicen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.horneado import Horneado
from funciones.adaptadores.montaje import montaje
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.postulacion import PRESENCIAL, Postulacion
from funciones.respuestas import Pregunta, preguntas_para

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


def anotar(postulacion: Postulacion, papel: Papel) -> None:
    """Lo deja escrito y sellado; repetirlo no cambia nada. Error: Conflicto si ahora dice otra cosa."""
    cuerpo = {
        "recibido": papel.recibido.isoformat(),
        "en_papel": list(papel.en_papel),
        "domicilio": papel.domicilio,
        "atendio": papel.atendio,
        "oficina": papel.oficina,
    }
    montaje().almacen.guardar_hoja(Hoja(CLASE, postulacion.convocatoria, postulacion.folio, cuerpo))


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
