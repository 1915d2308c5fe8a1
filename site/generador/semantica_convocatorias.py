"""Revisa que cada convocatoria tenga sentido por sí sola: situación, documentos y financiamiento."""

import re
from collections.abc import Iterator

from funciones.dominio.convocatoria import TIPOS_POR_COMPONENTE
from generador.problemas import Problema
from generador.semantica_parametros import NECESARIOS, rige
from generador.vista import Renglon, Vista

PALABRAS_POR_FRASE = 25


def componente(vista: Vista) -> Iterator[Problema]:
    """El componente 2 «es» financiado en 100 %: nunca hay aporte de la empresa (formulario, sección 5.2)."""
    for fila in _convocatorias(vista):
        yield from tipo_del_componente(fila)
        cofinanciado = fila["financiamiento"] == "cofinanciado"
        if cofinanciado and fila["componente"] == 2:
            yield fila.mal("financiamiento", "el componente 2 nunca es cofinanciado", "escribe «sercotec» o «fndr»")
        elif cofinanciado and not fila["cofinanciamiento_clp"]:
            yield fila.mal(
                "cofinanciamiento_clp", "falta cuánto aporta la empresa", "escribe los pesos, por ejemplo 45000"
            )
        elif fila["cofinanciamiento_clp"] and not cofinanciado:
            yield fila.mal(
                "cofinanciamiento_clp", "hay aporte y la convocatoria no es cofinanciada", "deja la celda vacía"
            )


def tipo_del_componente(fila: Renglon) -> Iterator[Problema]:
    permitidos = TIPOS_POR_COMPONENTE[fila["componente"]]
    if fila["tipo_actividad"] not in permitidos:
        que = f"«{fila['tipo_actividad']}» no es del componente {fila['componente']}"
        yield fila.mal("tipo_actividad", que, f"se permite: {', '.join(permitidos)}")


def motivo(fila: Renglon, normal: str) -> Iterator[Problema]:
    """Lo que no sigue su curso normal lleva motivo; lo demás, no."""
    if fila["situacion"] != normal and not fila["motivo_situacion"]:
        yield fila.mal(
            "motivo_situacion", f"falta por qué la situación es «{fila['situacion']}»", "escribe el motivo en una frase"
        )
    if fila["situacion"] == normal and fila["motivo_situacion"]:
        yield fila.mal("motivo_situacion", f"hay un motivo y la situación es «{normal}»", "deja la celda vacía")


def situacion(vista: Vista) -> Iterator[Problema]:
    for fila in _convocatorias(vista):
        yield from motivo(fila, "vigente")


def frases(vista: Vista) -> Iterator[Problema]:
    for paquete, tabla in (("convocatorias", "convocatorias"), ("eventos", "eventos")):
        for fila in vista.filas(paquete, tabla):
            largas = [f for f in re.split(r"[.?!]\s+", fila["resumen"]) if len(f.split()) > PALABRAS_POR_FRASE]
            if largas:
                que = f"una frase tiene {len(largas[0].split())} palabras"
                yield fila.mal("resumen", que, f"divídela: hasta {PALABRAS_POR_FRASE} palabras por frase")


def parametros_vigentes(vista: Vista) -> Iterator[Problema]:
    """Cada convocatoria se rige por los parámetros vigentes el día en que se publicó."""
    if not vista.completa("parametros", "parametros"):
        return
    grupos = vista.grupos("parametros", "parametros", "clave")
    dichas: set[tuple[str, ...]] = set()
    for fila in sorted(_convocatorias(vista), key=lambda f: f["publicacion"]):
        dia = fila["publicacion"]
        faltan = tuple(c for c in NECESARIOS if not any(rige(p, dia) for p in grupos.get(c, [])))
        if faltan and faltan not in dichas:
            que = f"el {dia} no rige ningún valor de: {', '.join(faltan)}"
            yield fila.mal("publicacion", que, "agrega ese valor en parametros.csv o corrige la fecha")
        dichas.add(faltan)


def unidad_de_fomento(vista: Vista) -> Iterator[Problema]:
    for fila in _convocatorias(vista):
        if fila.textos["fecha_uf"] not in vista.textos("parametros", "uf", "fecha"):
            yield fila.mal("fecha_uf", f"no está la UF del {fila['fecha_uf']}", "agrégala en uf.csv o corrige la fecha")
        if fila["fecha_uf"].year != fila["anio_ventas"]:
            que = f"la UF es de {fila['fecha_uf'].year} y las ventas de {fila['anio_ventas']}"
            yield fila.mal("fecha_uf", que, f"escribe {fila['anio_ventas']}-12-31")


def _convocatorias(vista: Vista) -> list[Renglon]:
    return vista.filas("convocatorias", "convocatorias")
