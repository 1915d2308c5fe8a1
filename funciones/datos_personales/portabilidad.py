"""Llevarse los propios datos: todo lo que se guarda de una postulación, en JSON o como una tabla."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.avisos import contactos
from funciones.datos_personales import derechos_guardados
from funciones.dominio import folio as folios
from funciones.dominio.celda_segura import celda_segura
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import Postulacion
from funciones.entrada.acceso import convocatoria_de
from funciones.entrada.solicitud import Respuesta
from funciones.tramite import compromiso, presencial
from funciones.tramite.respuestas import preguntas_de
from funciones.tramite.vista import ESTADO_EN_PALABRAS
from funciones.vitrinas.vista_vitrina import contenido

FORMATO, VERSION = "ferias-y-redes/mis-datos", 1


def entregar(postulacion: Postulacion) -> Respuesta:
    """El archivo JSON: cada respuesta con su pregunta, y cada cosa con su fecha en UTC."""
    return Respuesta(reunir(postulacion), cabeceras=_adjunto(postulacion, "json"))


def entregar_tabla(postulacion: Postulacion) -> Respuesta:
    """Lo mismo en filas «qué, dato», para abrirlo con una planilla."""
    salida = io.StringIO()
    hoja = csv.writer(salida)
    hoja.writerow(["que", "dato"])
    hoja.writerows([que, celda_segura(dato)] for que, dato in _filas("", reunir(postulacion)))
    # La marca del comienzo: sin ella, una planilla lee mal las tildes.
    cabeceras = _adjunto(postulacion, "csv") | {"content-type": "text/csv; charset=utf-8"}
    return Respuesta({}, cabeceras=cabeceras, texto=f"\ufeff{salida.getvalue()}")


def _adjunto(postulacion: Postulacion, extension: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="mis-datos-{postulacion.folio}.{extension}"'}


def _filas(prefijo: str, valor: Any) -> Iterator[tuple[str, str]]:
    """`{"a": [{"b": 1}]}` → `("a 1 b", "1")`."""
    match valor:
        case Mapping():
            for clave, dentro in valor.items():
                yield from _filas(f"{prefijo} {clave}".strip(), dentro)
        case list() | tuple():
            for numero, dentro in enumerate(valor, 1):
                yield from _filas(f"{prefijo} {numero}", dentro)
        case None:
            yield prefijo, ""
        case _:
            yield prefijo, str(valor)


def reunir(postulacion: Postulacion) -> dict[str, Any]:
    """Todo lo que se guarda de quien postula bajo este folio, y lo que consta de su RUT en los registros."""
    convocatoria = convocatoria_de(postulacion)
    carta = compromiso.aceptada(postulacion)
    vitrina = montaje().almacen.vitrina(postulacion.folio)
    return {
        "formato": FORMATO,
        "version": VERSION,
        "generado": montaje().ahora().isoformat(),
        "folio": folios.mostrar(postulacion.folio),
        "convocatoria": {"id": convocatoria.id, "nombre": convocatoria.nombre},
        "estado": ESTADO_EN_PALABRAS[postulacion.estado],
        "recibida": postulacion.llego.isoformat(),
        "canal": postulacion.canal,
        "respuestas": _respuestas(postulacion, convocatoria),
        "documentos": [
            {"documento": a.documento, "nombre": a.nombre, "tipo": a.tipo, "bytes": a.tamano, "sha256": a.huella}
            for a in postulacion.adjuntos
        ],
        "historia": _historia(postulacion),
        "correos": [
            {
                "que": ESTADO_EN_PALABRAS[a.estado],
                "creado": a.creado.isoformat(),
                "enviado": None if a.rechazado or a.enviado is None else a.enviado.isoformat(),
            }
            for a in montaje().almacen.avisos(postulacion.folio)
        ],
        "postulacion_en_papel": _papel(postulacion),
        "intentos_de_contacto": [
            contactos.intento_en_palabras(intento) | {"quien": ""}
            for hoja in contactos.de_la_convocatoria(convocatoria)
            if hoja.cuerpo["folio"] == postulacion.folio
            for intento in hoja.cuerpo["intentos"]
        ],
        "carta_de_compromiso": None if carta is None else {"aceptada": carta.cuando.isoformat(), "texto": carta.texto},
        "ficha_del_catalogo": None if vitrina is None else contenido(vitrina.borrador),
        "registros": _registros(postulacion),
        "pedidos_sobre_mis_datos": [
            derechos_guardados.escribir(p, sin_codigos=True)
            for p in derechos_guardados.leer(convocatoria.region, postulacion.folio)[0]
        ],
    }


def _respuestas(postulacion: Postulacion, convocatoria: Convocatoria) -> list[dict[str, str]]:
    """Las del formulario con su pregunta; la que ya nadie pregunta, con su clave."""
    publicado = montaje().horneado
    preguntas = {p.clave: p for p in preguntas_de(publicado, "postulacion", convocatoria)}
    return [
        {
            "clave": clave,
            "pregunta": preguntas[clave].titulo if clave in preguntas else clave,
            "respuesta": preguntas[clave].mostrar(dato, publicado) if clave in preguntas else dato,
        }
        for clave, dato in postulacion.datos.items()
    ]


def _papel(postulacion: Postulacion) -> dict[str, Any] | None:
    papel = presencial.papel_de(postulacion)
    if papel is None:
        return None
    visto = {"recibido": papel.recibido.isoformat(), "oficina": papel.oficina}
    return visto | {"domicilio": papel.domicilio, "documentos_vistos": list(papel.en_papel)}


def _historia(postulacion: Postulacion) -> list[dict[str, str]]:
    """Por dónde pasó y cuándo. Quién decidió va con su rol y su oficina, como en los correos."""
    return [
        {
            "cuando": t.cuando.isoformat(),
            "estado": ESTADO_EN_PALABRAS[t.a],
            "quien": ", ".join(dato for dato in (t.actor.rol, t.actor.oficina) if dato) or str(t.actor.papel),
        }
        for t in montaje().almacen.transiciones(postulacion.folio)
        if t.de is not t.a
    ]


def _registros(postulacion: Postulacion) -> dict[str, Any]:
    """Lo que consta de su RUT: se busca por su huella, que es lo único que se guarda ahí."""
    pendiente = montaje().almacen.rendicion_pendiente(postulacion.huella_rut)
    return {
        "rendicion_pendiente": {True: "sí", False: "no", None: "no se sabe"}[pendiente],
        "participaciones": [
            {"componente": p.componente, "actividad": p.tipo_actividad, "objetivo": p.objetivo, "anio": p.anio}
            for p in montaje().almacen.participaciones(postulacion.huella_rut)
        ],
    }
