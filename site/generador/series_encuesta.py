"""Qué números lleva cada gráfico de lo que dicen las empresas en la encuesta, con todo lo que se midió en un año."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from funciones.dominio.indicador import TODAS, TODOS
from generador.paquetes import Fila
from generador.serie import Dato, Extra, Serie
from generador.series import COLORES, COMPONENTES, CONTRA_LA_META, PERSONAS, RESPUESTA, con_meta, fuentes

CARPETA = "/indicadores/encuesta/"
OFICIAL = "acceso-vinculacion"
DE_TRES_MANERAS = {
    OFICIAL: "Empresas que participaron",
    "vinculacion-entre-respuestas": "Empresas que respondieron",
    "acceso-vinculacion-emprendedores": "Emprendedores que participaron",
}
CAMBIOS = {
    "aumenta-alguno": "Alguno de los cuatro",
    "aumenta-clientes": "Más clientes",
    "aumenta-proveedores": "Más proveedores",
    "aumenta-redes": "Más redes",
    "aumenta-ferias": "Más ferias o encuentros",
}
CASOS = (Extra("numerador", "Dicen que sí"), Extra("denominador", "De cuántas"))
INTERVALO = (Extra("intervalo_desde", "Desde", "%"), Extra("intervalo_hasta", "Hasta", "%"))
NO_SE_PUBLICA = "«No se publica» quiere decir que hay diez casos o menos, o que el número permitiría deducirlos."


def de_tres_maneras(mediciones: Sequence[Fila]) -> Serie:
    """El mismo «sí», contado entre quienes participaron, entre quienes respondieron y entre los emprendedores."""
    titulo = "Dicen que mejoró su vinculación comercial"
    return _de_indicadores("tres-maneras", titulo, "Entre quiénes", DE_TRES_MANERAS, mediciones)


def de_cambios(mediciones: Sequence[Fila]) -> Serie:
    """Cuántas dicen tener más que al postular."""
    titulo = "Dicen tener más que cuando postularon"
    return _de_indicadores("cambios", titulo, "Qué aumentó", CAMBIOS, mediciones)


def de_notas(mediciones: Sequence[Fila]) -> Serie:
    """La nota que ponen, en todo el programa y en cada componente."""
    nombres = {TODOS: "Todas las actividades", **COMPONENTES}
    filas = {str(m["componente"]): m for m in mediciones if m["indicador"] == "satisfaccion" and _de_todas(m)}
    datos = tuple(
        _dato(filas[componente], componente, nombre, (filas[componente]["denominador"], _tasa(filas[componente])))
        for componente, nombre in nombres.items()
        if componente in filas
    )
    extras = (Extra("denominador", "Notas puestas"), RESPUESTA)
    propias = list(filas.values())
    return Serie("notas", "Qué nota ponen, de 1 a 7", "Actividad", "nota", datos, fuentes(propias), extras, "", CARPETA)


def de_categorias(
    desagregacion: str,
    titulo: str,
    encabezado: str,
    nombres: Mapping[str, str],
    mediciones: Sequence[Fila],
    meta: Decimal | None,
) -> Serie:
    """El indicador oficial separado por quién postula; la categoría sin nadie no va."""
    propias = {
        m["categoria"]: m
        for m in mediciones
        if (m["indicador"], m["desagregacion"], str(m["componente"])) == (OFICIAL, desagregacion, TODOS)
    }
    datos = tuple(
        _dato(propias[categoria], categoria, nombre, con_meta(propias[categoria], meta))
        for categoria, nombre in nombres.items()
        if categoria in propias
    )
    extras = (*CONTRA_LA_META, *PERSONAS, RESPUESTA)
    return Serie(
        f"por-{desagregacion.replace('_', '-')}",
        titulo,
        encabezado,
        "%",
        datos,
        fuentes(propias.values()),
        extras,
        NO_SE_PUBLICA,
        CARPETA,
    )


def _de_indicadores(
    id_: str, titulo: str, encabezado: str, nombres: Mapping[str, str], mediciones: Iterable[Fila]
) -> Serie:
    filas = {m["indicador"]: m for m in mediciones if str(m["componente"]) == TODOS and _de_todas(m)}
    datos = tuple(
        _dato(filas[indicador], indicador, nombre, _casos(filas[indicador]))
        for indicador, nombre in nombres.items()
        if indicador in filas
    )
    propias = [fila for indicador, fila in filas.items() if indicador in nombres]
    extras = (*INTERVALO, *CASOS, RESPUESTA)
    return Serie(id_, titulo, encabezado, "%", datos, fuentes(propias), extras, "", CARPETA)


def _de_todas(medicion: Fila) -> bool:
    return (medicion["region"], medicion["desagregacion"]) == (TODAS, TODOS)


def _casos(fila: Fila) -> tuple[Decimal | int | None, ...]:
    bordes = (fila["intervalo_desde"], fila["intervalo_hasta"])
    return (*bordes, fila["numerador"], fila["denominador"], _tasa(fila))


def _tasa(fila: Fila) -> Decimal | None:
    tasa: Decimal | None = fila["tasa_respuesta"]
    return tasa


def _dato(fila: Fila, clave: str, nombre: str, extras: tuple[Decimal | int | None, ...]) -> Dato:
    color = COLORES.get(clave, "b2f")
    return Dato(clave, nombre, fila["valor"], fila["estado"], color, extras, fila["demostracion"])
