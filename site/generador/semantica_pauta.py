"""Revisa que la pauta de notas cuadre: pesos que suman 100, una sola escala y un desempate sin repetir."""

from collections import Counter
from collections.abc import Iterator

from generador.problemas import Problema
from generador.vista import Renglon, Vista


def pauta(vista: Vista) -> Iterator[Problema]:
    if not vista.completa("convocatorias", "criterios"):
        return
    grupos = vista.grupos("convocatorias", "criterios", "convocatoria")
    for fila in vista.filas("convocatorias", "convocatorias"):
        criterios = grupos.get(fila["id"], [])
        if fila["modo_seleccion"] == "puntaje":
            yield from _con_pauta(fila, criterios)
        else:
            yield from _sin_pauta(fila, criterios)


def _con_pauta(fila: Renglon, criterios: list[Renglon]) -> Iterator[Problema]:
    if not criterios:
        yield fila.mal("modo_seleccion", "se elige por puntaje y no hay pauta", "agrega sus criterios en criterios.csv")
        return
    suma = sum(c["ponderacion"] for c in criterios)
    if suma != 100:
        que = f"las ponderaciones de «{fila['id']}» suman {suma}"
        yield criterios[-1].mal("ponderacion", que, "ajústalas para que sumen 100")
    yield from _desempate(criterios)
    escalas = Counter((c["escala_minima"], c["escala_maxima"]) for c in criterios)
    minima, maxima = escalas.most_common(1)[0][0]
    for criterio in criterios:
        escala = (criterio["escala_minima"], criterio["escala_maxima"])
        if escala != (minima, maxima):
            que = f"la escala es de {escala[0]} a {escala[1]} y en los demás criterios de {minima} a {maxima}"
            yield criterio.mal("escala_maxima", que, "usa una sola escala en toda la pauta")
    if minima >= maxima:
        yield criterios[0].mal("escala_maxima", "la nota más alta no supera a la más baja", "escribe, por ejemplo, 7")
    elif fila["nota_minima"] is not None and not minima <= fila["nota_minima"] <= maxima:
        que = f"{fila['nota_minima']} queda fuera de la escala"
        yield fila.mal("nota_minima", que, f"escribe una nota de {minima} a {maxima}")


def _desempate(criterios: list[Renglon]) -> Iterator[Problema]:
    vistos: dict[int, int] = {}
    for criterio in criterios:
        orden = criterio["desempate"]
        if orden in vistos:
            que = f"el desempate {orden} ya está en la fila {vistos[orden]}"
            yield criterio.mal("desempate", que, "cada criterio lleva un número distinto")
        vistos[orden] = criterio.fila


def _sin_pauta(fila: Renglon, criterios: list[Renglon]) -> Iterator[Problema]:
    if fila["nota_minima"] is not None:
        yield fila.mal("nota_minima", "hay nota mínima y se elige por orden de llegada", "deja la celda vacía")
    if criterios:
        que = f"«{fila['id']}» se elige por orden de llegada y no lleva pauta"
        yield criterios[0].mal("convocatoria", que, "borra sus criterios o cambia modo_seleccion a «puntaje»")
