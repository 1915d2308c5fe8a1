"""Cuida que lo ya prometido no cambie en silencio: con la historia a la vista, cada cambio lleva su fila."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import groupby

from funciones.dominio.plazo import fecha_en_chile
from generador.cambio import VACIO
from generador.cambios_guardados import nombre_de_tabla
from generador.historia import Historia, Suceso
from generador.problemas import Problema
from generador.semantica_cambios import DE_EVENTOS, ENMIENDAS, Anotaciones, fila_nueva, igual
from generador.valores import hora_local, instante
from generador.vista import Renglon, Vista

# Va dicho en la enmienda de otra columna, o no es una regla.
SIN_ENMIENDA = frozenset({"motivo_situacion", "demostracion", "bases"})
# Lo que puede aclararse sin cambiar la regla. El título de un documento dice cuál se pide: no está aquí.
ACLARACIONES = frozenset(
    {("documentos", c) for c in ("descripcion", "donde_obtener", "sitio", "orden")}
    | {("preguntas_propias", c) for c in ("ayuda", "error_falta", "error_formato", "orden")}
    | {("criterios", "orden"), ("descriptores", "orden"), ("compromisos", "orden")}
)
DE_REGLAS = frozenset(
    {"bases", "documentos", "criterios", "descriptores", "reservas", "preguntas_propias", "compromisos"}
)
# De un evento se avisa dónde y cuándo es, y si se hace.
DEL_EVENTO = frozenset({"inicio", "termino", "sede", "region", "comuna", "modalidad", "situacion"})
SIN_GUARDAR = datetime.max.replace(tzinfo=UTC)


def revisar(vista: Vista, historia: Historia, ahora: datetime) -> Iterator[Problema]:
    """Lo que cambió en una convocatoria ya abierta, o en un evento ya publicado, y ninguna fila dice."""
    recientes: dict[tuple[str, str], list[Suceso]] = defaultdict(list)
    for suceso in historia.sucesos:
        recientes[suceso.tabla.split("/")[0], suceso.de].append(suceso)
    for fila in vista.filas("convocatorias", "convocatorias"):
        suyos = recientes["convocatorias", fila["id"]]
        firmes = [s for s in _tras_abrir(fila, suyos, ahora) if _es_regla(s)]
        yield from _sin_su_fila(vista, ENMIENDAS, fila, firmes, suyos, ahora)
    for fila in vista.filas("eventos", "eventos"):
        suyos = recientes["eventos", fila["id"]]
        firmes = [s for s in suyos if _tabla(s) == "eventos" and s.campo in DEL_EVENTO]
        yield from _sin_su_fila(vista, DE_EVENTOS, fila, firmes, suyos, ahora)
    yield from _borradas(vista, historia.sucesos, ahora)


def _tras_abrir(fila: Renglon, sucesos: Sequence[Suceso], ahora: datetime) -> Iterator[Suceso]:
    """Los sucesos desde que abrió, con la apertura que regía entonces: correrla después no suelta las reglas."""
    aperturas = [s for s in sucesos if s.tabla == "convocatorias/convocatorias" and s.campo == "apertura"]
    rige = aperturas[0].antes if aperturas else fila.textos["apertura"]
    abrio = False
    for momento, juntos in groupby(sucesos, key=lambda s: s.momento):
        propios = list(juntos)
        abrio = abrio or (momento or ahora) >= instante(hora_local(rige))
        if abrio:
            yield from propios
        rige = next((s.despues for s in propios if s in aperturas), rige)


def _es_regla(suceso: Suceso) -> bool:
    tabla = _tabla(suceso)
    if tabla == "convocatorias":
        return suceso.accion == "cambia" and suceso.campo not in SIN_ENMIENDA
    return tabla in DE_REGLAS and (tabla, suceso.campo) not in ACLARACIONES


def _sin_su_fila(
    vista: Vista, a: Anotaciones, fila: Renglon, firmes: Sequence[Suceso], todos: Sequence[Suceso], ahora: datetime
) -> Iterator[Problema]:
    anotadas = sorted(vista.grupos(a.paquete, a.tabla, a.columna).get(fila["id"], []), key=lambda f: f["numero"])
    numero = len(anotadas)
    for campo, sucesos in _por_campo(a, firmes).items():
        suyas = [f for f in anotadas if f["campo"] == campo]
        antes, despues = sucesos[0].antes, sucesos[-1].despues
        entera = campo in a.enteras
        if _anotado_entero(suyas, sucesos, todos) if entera else _anotado(suyas, antes, despues):
            continue
        numero += 1
        dia = fecha_en_chile(ahora).isoformat()
        como = fila_nueva(a, fila, campo, "lo que decía" if entera else antes, numero, dia)
        if entera:
            yield _problema_entero(vista, a, fila, campo, como)
        else:
            que = f"cambió de «{antes or VACIO}» a «{despues or VACIO}» {_en_que_momento(a)} y nadie lo anotó"
            yield fila.mal(campo, que, como)


def _problema_entero(vista: Vista, a: Anotaciones, fila: Renglon, campo: str, como: str) -> Problema:
    nombre = nombre_de_tabla(vista.esquemas[a.paquete].recursos, campo)
    archivo = f"{a.paquete}/bases/{fila['id']}.md" if campo == "bases" else f"{a.paquete}/{campo}.csv"
    que = f"{nombre} de «{fila['id']}»: algo cambió {_en_que_momento(a)} y nadie lo anotó"
    return Problema(archivo, 0, "", que, como)


def _en_que_momento(a: Anotaciones) -> str:
    return "con la convocatoria abierta" if a is ENMIENDAS else "después de publicarse"


def _por_campo(a: Anotaciones, sucesos: Iterable[Suceso]) -> dict[str, list[Suceso]]:
    """Cada columna por su nombre; lo que cuelga de la ficha, por el de su tabla."""
    grupos: dict[str, list[Suceso]] = defaultdict(list)
    for suceso in sucesos:
        grupos[suceso.campo if _tabla(suceso) == a.de else _tabla(suceso)].append(suceso)
    return grupos


def _anotado(suyas: Sequence[Renglon], antes: str, despues: str) -> bool:
    """Si las filas llevan de lo que decía a lo que dice; volver a lo mismo no necesita fila."""
    return igual(antes, despues) or (
        any(igual(f["antes"], antes) for f in suyas) and igual(suyas[-1]["despues"], despues)
    )


def _anotado_entero(suyas: Sequence[Renglon], sucesos: Sequence[Suceso], todos: Sequence[Suceso]) -> bool:
    """Un texto libre no se compara: basta una fila guardada junto con el último cambio, o después."""
    ultimo = max(_cuando(s) for s in sucesos)
    altas = {s.parte: _cuando(s) for s in todos if _tabla(s) == "enmiendas" and s.accion == "agrega"}
    return any(altas.get(str(f["numero"]), SIN_GUARDAR) >= ultimo for f in suyas)


def _borradas(vista: Vista, sucesos: Sequence[Suceso], ahora: datetime) -> Iterator[Problema]:
    """Una convocatoria publicada o un evento no desaparecen; los de demostración sí, al poner los de verdad."""
    hoy = fecha_en_chile(ahora)
    for paquete in ("convocatorias", "eventos"):
        existen = vista.textos(paquete, paquete, "id")
        for s in sucesos:
            quitada = s.tabla == f"{paquete}/{paquete}" and s.accion == "quita" and s.de not in existen
            if quitada and s.campo != "demostracion" and _publicada(s.despues, hoy):
                que = f"«{s.de}» ya estaba publicada y su fila se borró"
                como = "vuelve a poner la fila; si no se hará, cambia su «situacion» y di por qué"
                yield Problema(f"{paquete}/{paquete}.csv", 0, "id", que, como)


def _publicada(dia: str, hoy: date) -> bool:
    try:
        return not dia or date.fromisoformat(dia) <= hoy
    except ValueError:
        return True


def _tabla(suceso: Suceso) -> str:
    return suceso.tabla.split("/")[1]


def _cuando(suceso: Suceso) -> datetime:
    return suceso.momento or SIN_GUARDAR
