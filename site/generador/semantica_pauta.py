"""Revisa que la pauta de notas cuadre: pesos que suman 100, una escala, desempate sin repetir y notas descritas."""

from collections import Counter
from collections.abc import Iterator

from generador.problemas import Problema
from generador.sugerencias import parecido
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


def quienes_evaluan(vista: Vista) -> Iterator[Problema]:
    """Sin notas no hay quien las ponga ni qué esconder."""
    for fila in vista.filas("convocatorias", "convocatorias"):
        if fila["modo_seleccion"] == "llegada":
            for columna in ("evaluadores", "a_ciegas"):
                if fila[columna]:
                    que = f"se elige por orden de llegada y dice «{columna}»"
                    yield fila.mal(columna, que, "deja la celda vacía o cambia modo_seleccion a «puntaje»")


def descriptores(vista: Vista) -> Iterator[Problema]:
    """Cada descriptor es de un criterio y de una nota que existen; cada criterio describe los extremos."""
    if not (vista.completa("convocatorias", "descriptores") and vista.completa("convocatorias", "criterios")):
        return
    criterios = {(c["convocatoria"], c["criterio"]): c for c in vista.filas("convocatorias", "criterios")}
    descritas: dict[tuple[str, str], set[int]] = {clave: set() for clave in criterios}
    for fila in vista.filas("convocatorias", "descriptores"):
        clave = (fila["convocatoria"], fila["criterio"])
        if clave not in criterios:
            yield _sin_criterio(fila, sorted(c for convocatoria, c in criterios if convocatoria == clave[0]))
            continue
        descritas[clave].add(fila["nota"])
        yield from _fuera_de_escala(fila, criterios[clave])
    for clave, notas in descritas.items():
        faltan = [n for n in (criterios[clave]["escala_minima"], criterios[clave]["escala_maxima"]) if n not in notas]
        if faltan:
            que = f"en descriptores.csv falta qué se ve en la nota {' y en la '.join(map(str, faltan))}"
            yield criterios[clave].mal(
                "criterio", que, "agrega una fila por cada nota, al menos la más baja y la más alta"
            )


def _sin_criterio(fila: Renglon, posibles: list[str]) -> Problema:
    que = f"la pauta de «{fila['convocatoria']}» no tiene el criterio «{fila['criterio']}»"
    cerca = parecido(fila["criterio"], posibles)
    if cerca:
        return fila.mal("criterio", que, f"escribe «{cerca}» ({', '.join(posibles)})")
    return fila.mal("criterio", que, f"se permite: {', '.join(posibles)}" if posibles else "borra la fila")


def _fuera_de_escala(fila: Renglon, criterio: Renglon) -> Iterator[Problema]:
    minima, maxima = criterio["escala_minima"], criterio["escala_maxima"]
    if not minima <= fila["nota"] <= maxima:
        yield fila.mal(
            "nota", f"la nota {fila['nota']} queda fuera de la escala", f"escribe una de {minima} a {maxima}"
        )


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
