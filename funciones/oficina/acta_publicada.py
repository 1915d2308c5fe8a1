"""Publicar un acta: su archivo, sus resultados y sus motivos, una sola vez y con su fila al final."""

from __future__ import annotations

from funciones.adaptadores.montaje import montaje
from funciones.adaptadores.publicacion import YaPublicado
from funciones.dominio.acta import Acta, canonico
from funciones.dominio.acta_escrita import fila_publica, publica
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.resultado import contar_motivos, filas_de_motivos, filas_de_resultados
from funciones.entrada.solicitud import registro

# En este orden: la fila del acta va al final, así quien la ve sabe que lo demás ya está.
RESULTADOS, CLAVE_RESULTADOS = "transparencia/resultados.csv", ("acta", "folio")
MOTIVOS, CLAVE_MOTIVOS = "transparencia/motivos.csv", ("convocatoria", "motivo")
TABLA, CLAVE = "transparencia/actas.csv", ("acta",)


def con_fila() -> frozenset[str]:
    """Las actas ya publicadas enteras."""
    return frozenset(fila["acta"] for fila in montaje().publicacion.leer(TABLA))


def publicar(acta: Acta, convocatoria: Convocatoria) -> None:
    """Una sola vez: con su fila puesta, lo que pase después con cada una no cambia lo publicado."""
    publicacion = montaje().publicacion
    publicadas = con_fila()
    if acta.id in publicadas:
        return
    try:
        publicacion.guardar(f"transparencia/actas/{acta.id}.json", canonico(publica(acta)))
    except YaPublicado:
        # Los datos publicados vienen de otro almacén, como al borrar el local: lo publicado no se pisa.
        registro.error("acta_ya_publicada", extra={"acta": acta.id})
        return
    fila = tuple(montaje().almacen.cola(convocatoria.id))
    minima = int(montaje().horneado.parametro("celda_minima_publicable", convocatoria.publicacion))
    publicacion.anexar(RESULTADOS, filas_de_resultados(acta, fila), CLAVE_RESULTADOS)
    # Los motivos son los de la primera acta: restando los de dos actas se sabría por qué no quedó una sola.
    if not any(otra.rpartition("-")[0] == convocatoria.id for otra in publicadas):
        publicacion.anexar(MOTIVOS, filas_de_motivos(acta, contar_motivos(acta, fila), minima), CLAVE_MOTIVOS)
    publicacion.anexar(TABLA, [fila_publica(acta)], CLAVE)
