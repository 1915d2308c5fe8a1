"""«Mis Datos», el registro de la institución: llega en un archivo, se compara un tiempo corto y se devuelve en otro.

Aquí no vive una copia: lo importado sirve para mostrar diferencias y vence solo a los treinta días.
"""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from funciones.adaptadores.almacen import Conflicto
from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.montaje import montaje
from funciones.dominio.celda_segura import celda_segura
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.plazo import fecha_en_chile
from funciones.dominio.postulacion import Estado, Postulacion
from funciones.entrada.solicitud import Funcionario
from funciones.oficina import nomina
from funciones.tramite.respuestas import preguntas_de

CLASE, BITACORA, GRUPO = "mis_datos", "bitacora_mis_datos", "importado"
DIAS_DE_VIGENCIA = 30
DIAS_DE_LA_BITACORA = 365
# De quién es no se sabe todavía: otra postulación tiene ese RUT, y una persona lo está mirando.
SIN_IDENTIDAD = frozenset({Estado.RETENIDA})
_PREFIJO_DE_CHILE = "+56"


def importar(filas: tuple[dict[str, str], ...], funcionario: Funcionario) -> None:
    """Deja cada fila bajo la huella de su RUT, en lugar de la que hubiera; repetir el archivo deja lo mismo."""
    ahora = montaje().ahora()
    for fila in filas:
        cuerpo = {"cargado": ahora.isoformat(), "datos": {c: v for c, v in fila.items() if v and c != "rut"}}
        llave = montaje().llavero.huella_rut(fila["rut"])
        _reemplazar(Hoja(CLASE, GRUPO, llave, cuerpo, expira=ahora + timedelta(days=DIAS_DE_VIGENCIA)))
    _dejar_constancia(funcionario, "importó", len(filas), "")


def _reemplazar(hoja: Hoja) -> None:
    try:
        montaje().almacen.guardar_hoja(hoja)
    except Conflicto:
        anterior = montaje().almacen.hoja(hoja.clase, hoja.grupo, hoja.llave)
        montaje().almacen.guardar_hoja(replace(hoja, version=anterior.version + 1 if anterior else 1))


def _vigente(huella_rut: str) -> Hoja | None:
    hoja = montaje().almacen.hoja(CLASE, GRUPO, huella_rut)
    return None if hoja is None or hoja.expira is None or hoja.expira <= montaje().ahora() else hoja


def para_mostrar(huella_rut: str) -> dict[str, Any] | None:
    """Lo que «Mis Datos» dice de ese RUT, con sus fechas; None si no está o ya venció."""
    hoja = _vigente(huella_rut)
    if hoja is None or hoja.expira is None:
        return None
    datos: Mapping[str, str] = hoja.cuerpo["datos"]
    return {
        "cargado_texto": fecha_hora_larga(datetime.fromisoformat(hoja.cuerpo["cargado"])),
        "vence_texto": fecha_hora_larga(hoja.expira),
        "datos": [
            {"clave": p.clave, "titulo": p.titulo, "valor": _escrito(p.clave, datos[p.clave]), "texto": texto}
            for p in preguntas_de(montaje().horneado, "postulacion")
            if p.clave in datos
            for texto in [p.mostrar(datos[p.clave], montaje().horneado)]
        ],
    }


def diferencias(postulacion: Postulacion) -> list[dict[str, str]]:
    """En qué no calza lo declarado con «Mis Datos»; vacío si calza, si falta en uno de los dos o si ya venció."""
    hoja = _vigente(postulacion.huella_rut)
    if hoja is None:
        return []
    publicado, alla = montaje().horneado, hoja.cuerpo["datos"]
    return [
        {"titulo": p.titulo, "declarado": p.mostrar(aqui, publicado), "registro": p.mostrar(alla[p.clave], publicado)}
        for p in preguntas_de(publicado, "postulacion")
        for aqui in [postulacion.datos.get(p.clave, "")]
        if aqui and p.clave in alla and _comparable(aqui) != _comparable(alla[p.clave])
    ]


def _comparable(texto: str) -> str:
    return " ".join(texto.casefold().split())


def exportar(
    convocatorias: tuple[str, ...], desde: date, hasta: date, funcionario: Funcionario, pedida: str
) -> tuple[str, int]:
    """Lo que declararon quienes entraron a la fila en esos días, en un CSV; y cuántas filas. Queda anotado quién."""
    ultimas: dict[str, Postulacion] = {}
    for postulacion in sorted(_en_esos_dias(convocatorias, desde, hasta), key=_orden):
        ultimas[postulacion.huella_rut] = postulacion
    salida = io.StringIO(newline="")
    hoja = csv.writer(salida)
    hoja.writerow((*nomina.COLUMNAS_DE_MIS_DATOS, "declarado"))
    for postulacion in ultimas.values():
        hoja.writerow([celda_segura(celda) for celda in _fila(postulacion)])
    _dejar_constancia(funcionario, "exportó", len(ultimas), pedida)
    return salida.getvalue(), len(ultimas)


def _en_esos_dias(convocatorias: tuple[str, ...], desde: date, hasta: date) -> Iterator[Postulacion]:
    for convocatoria in convocatorias:
        for postulacion in montaje().almacen.cola(convocatoria):
            dentro = postulacion.turno is not None and desde <= fecha_en_chile(postulacion.turno) <= hasta
            if dentro and postulacion.estado not in SIN_IDENTIDAD:
                yield postulacion


def _orden(postulacion: Postulacion) -> tuple[datetime, str]:
    return postulacion.turno or postulacion.llego, postulacion.folio


def _fila(postulacion: Postulacion) -> Iterator[str]:
    for columna in nomina.COLUMNAS_DE_MIS_DATOS:
        yield _escrito(columna, postulacion.datos.get(columna, ""))
    yield fecha_en_chile(_orden(postulacion)[0]).isoformat()


def _escrito(columna: str, canonico: str) -> str:
    """Como se escribe a mano: el teléfono sin el signo más, que una planilla tomaría por fórmula."""
    return canonico.removeprefix(_PREFIJO_DE_CHILE) if columna == "telefono" else canonico


def movimientos(anio: int) -> list[dict[str, Any]]:
    """Quién importó o exportó ese año, lo último primero."""
    hojas = montaje().almacen.hojas(BITACORA, str(anio))
    return [
        {clave: hoja.cuerpo[clave] for clave in ("cuando_texto", "quien", "rol", "que", "filas", "convocatoria")}
        for hoja in reversed(hojas)
    ]


def _dejar_constancia(funcionario: Funcionario, que: str, filas: int, convocatoria: str) -> None:
    ahora = montaje().ahora()
    cuerpo = {
        "cuando_texto": fecha_hora_larga(ahora),
        "quien": funcionario.id,
        "rol": funcionario.rol,
        "que": que,
        "filas": filas,
        "convocatoria": convocatoria,
    }
    anio = str(fecha_en_chile(ahora).year)
    # Quién fue va sellado adentro: la llave se guarda a la vista.
    llave = f"{ahora:%Y%m%dT%H%M%S%f}-{secrets.token_hex(6)}"
    expira = ahora + timedelta(days=DIAS_DE_LA_BITACORA)
    montaje().almacen.guardar_hoja(Hoja(BITACORA, anio, llave, cuerpo, expira=expira))
