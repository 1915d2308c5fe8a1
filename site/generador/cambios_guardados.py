"""Los cambios que solo están en la historia: lo que cambió después de publicar y ninguna fila anotada dice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from funciones.dominio.plazo import fecha_en_chile
from generador.cambio import VACIO, Cambio
from generador.esquemas import Campo, Recurso
from generador.filtros import minuscula
from generador.frases import sin
from generador.historia import Suceso
from generador.palabras_de_cambio import en_palabras, sin_datos_ajenos

if TYPE_CHECKING:
    from generador.fichas import Fichas
    from generador.paquetes import Fila

# Lo que no cambia a qué se postula ni a qué se asiste: cómo se explica, quién atiende. El resto es mayor: una pauta
# reescrita, el apoyo que se entrega o el nombre del documento que se pide.
MENORES = frozenset(
    {("convocatorias", c) for c in ("nombre", "tematica", "resumen", "responsable_rol", "oficina")}
    | {("documentos", c) for c in ("descripcion", "donde_obtener", "sitio")}
    | {("eventos", c) for c in ("nombre", "tematica", "resumen", "oficina", "descripcion")}
    | {("sedes", c) for c in ("nombre", "direccion", "latitud", "longitud", "descripcion", "sitio")}
)
TABLAS_MENORES = frozenset({"hitos", "programa"})
# Van dichos junto a otro cambio, o no son de lo que se promete.
CALLADOS = frozenset({"motivo_situacion", "demostracion", "orden"})
ANOTACIONES = frozenset({"enmiendas", "cambios"})
# Se dicen enteras: sus filas se corren de lugar y una por una no se entiende qué cambió.
BASES = "bases"
DE_UNA_VEZ = {BASES: "se publicó otra versión del texto", "programa": "se publicó otro programa"}
NOMBRES = {BASES: "Bases", "criterios": "Pauta", "descriptores": "Notas de la pauta", "hitos": "Fechas"}


@dataclass(frozen=True)
class Guardados:
    """Los sucesos de una convocatoria o un evento, con lo necesario para decirlos."""

    fichas: Fichas
    recursos: Mapping[str, Recurso]
    desde: date | None
    filas: Sequence[Fila]

    def cambios(self, sucesos: Iterable[Suceso]) -> Iterator[Cambio]:
        """Los que nadie anotó, en su orden. `desde` es el día en que se publicó."""
        for tabla, propios in _grupos(self._publicados(sucesos), _tabla).items():
            dichos = set(explicados(self._de_la_tabla(tabla), propios).values())
            quedan = [s for s in propios if _dia(s) not in dichos]
            if tabla in DE_UNA_VEZ:
                yield from self._de_una_vez(tabla, quedan)
                continue
            for (campo, _), iguales in _grupos(quedan, lambda s: (s.campo, s.parte)).items():
                for suceso in sin_anotar(iguales, [f for f in self.filas if f["campo"] == campo]):
                    yield self._dicho(tabla, suceso)

    def con_frases(self, anotado: Cambio, sucesos: Iterable[Suceso]) -> Cambio:
        """El cambio que anotó una persona, con las frases que cambiaron el día que explica."""
        propios = [s for s in self._publicados(sucesos) if _tabla(s) == anotado.campo == BASES]
        dias = explicados(self._de_la_tabla(anotado.campo), propios)
        dia = dias.get(anotado.numero or 0)
        # Si dos filas explican el mismo día, las frases van una sola vez.
        if dia is None or anotado.numero != max(n for n, d in dias.items() if d == dia):
            return anotado
        quitadas, agregadas = _frases([s for s in propios if _dia(s) == dia])
        return replace(anotado, quitadas=quitadas, agregadas=agregadas)

    def _publicados(self, sucesos: Iterable[Suceso]) -> list[Suceso]:
        """Lo que entró junto con la ficha, o antes de publicarla, no es un cambio."""
        todos = list(sucesos)
        entro = max((s.momento for s in todos if s.momento and s.accion == "agrega" and not s.parte), default=None)
        return [s for s in todos if self._se_cuenta(s) and (entro is None or s.momento > entro)]

    def _de_la_tabla(self, tabla: str) -> list[Fila]:
        return [f for f in self.filas if f["campo"] == tabla]

    def _se_cuenta(self, suceso: Suceso) -> bool:
        if suceso.momento is None or suceso.campo in CALLADOS or _tabla(suceso) in ANOTACIONES:
            return False
        entera = suceso.accion != "cambia" and not suceso.parte
        return not entera and (self.desde is None or fecha_en_chile(suceso.momento) >= self.desde)

    def _de_una_vez(self, tabla: str, sucesos: list[Suceso]) -> Iterator[Cambio]:
        nombre, alcance = nombre_de_tabla(self.recursos, tabla), _alcance(tabla, tabla)
        for dia, propios in _grupos(sucesos, _dia).items():
            quitadas, agregadas = _frases(propios) if tabla == BASES else ((), ())
            yield Cambio(dia, tabla, nombre, "", DE_UNA_VEZ[tabla], alcance, quitadas=quitadas, agregadas=agregadas)

    def _dicho(self, tabla: str, suceso: Suceso) -> Cambio:
        recurso = self.recursos[tabla]
        campo = recurso.campos.get(suceso.campo)
        alcance = _alcance(tabla, suceso.campo)
        if suceso.accion == "cambia":
            antes, despues = en_palabras(self.fichas, campo, suceso.antes, suceso.despues)
            return Cambio(_dia(suceso), suceso.campo, self._titulo(suceso, campo), antes, despues, alcance)
        que = sin_datos_ajenos(suceso.antes or suceso.despues or suceso.parte)
        verbo = "se quita" if suceso.accion == "quita" else "se agrega"
        return Cambio(_dia(suceso), tabla, nombre_de_tabla(self.recursos, tabla), "", f"{verbo} «{que}»", alcance)

    def _titulo(self, suceso: Suceso, campo: Campo | None) -> str:
        """`Cierre`, o `Pauta, «Capacidad»: peso` si es de una tabla que cuelga de la convocatoria."""
        columna = str(campo.descriptor["title"]) if campo else suceso.campo
        if not suceso.parte:
            return columna
        nombre = nombre_de_tabla(self.recursos, _tabla(suceso))
        return f"{nombre}, «{self._parte(_tabla(suceso), suceso)}»: {minuscula(columna)}"

    def _parte(self, tabla: str, suceso: Suceso) -> str:
        """Cómo se llama hoy esa fila; si ya no está, su clave."""
        clave = self.recursos[tabla].clave
        for fila in self.fichas.datos[self.recursos[tabla].paquete][tabla]:
            if (fila[clave[0]], "/".join(str(fila[c]) for c in clave[1:])) == (suceso.de, suceso.parte):
                return str(fila.get("titulo") or suceso.parte.replace("/", ", "))
        return suceso.parte.replace("/", ", ")


def nombre_de_tabla(recursos: Mapping[str, Recurso], tabla: str) -> str:
    """Cómo se le dice a lo que guarda esa tabla."""
    return NOMBRES.get(tabla) or str(recursos[tabla].descriptor["title"])


def sin_anotar(sucesos: Sequence[Suceso], filas: Sequence[Fila]) -> list[Suceso]:
    """Los que ninguna fila explica. Una fila explica los pasos seguidos que van de su «antes» a su «después»."""
    quedan = list(sucesos)
    for fila in filas:
        tramo = _tramo(quedan, _celda(fila["antes"]), _celda(fila["despues"]))
        del quedan[tramo]
    return quedan


def explicados(filas: Sequence[Fila], sucesos: Iterable[Suceso]) -> dict[int, date]:
    """Número de cada fila que habla de una tabla entera → el día que explica.

    Es el último con cambios desde la fila anterior hasta ella: lo de días más viejos se sigue contando por su cuenta.
    """
    dias = sorted({_dia(s) for s in sucesos})
    fechas = sorted({f["fecha"] for f in filas})
    por_fila: dict[int, date] = {}
    for fila in filas:
        desde = max((fecha for fecha in fechas if fecha < fila["fecha"]), default=date.min)
        propios = [dia for dia in dias if desde < dia <= fila["fecha"]]
        if propios:
            por_fila[fila["numero"]] = propios[-1]
    return por_fila


def _frases(sucesos: Sequence[Suceso]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Las quitadas y las agregadas entre el primero y el último: lo que entró y salió no se cuenta."""
    quitadas = [frase for s in sucesos for frase in s.antes.split("\n") if frase]
    agregadas = [frase for s in sucesos for frase in s.despues.split("\n") if frase]
    return tuple(map(sin_datos_ajenos, sin(quitadas, agregadas))), tuple(
        map(sin_datos_ajenos, sin(agregadas, quitadas))
    )


def _tramo(sucesos: Sequence[Suceso], antes: str, despues: str) -> slice:
    for primero, suceso in enumerate(sucesos):
        if suceso.accion == "cambia" and _celda(suceso.antes) == antes:
            for ultimo in range(primero, len(sucesos)):
                if _celda(sucesos[ultimo].despues) == despues:
                    return slice(primero, ultimo + 1)
    return slice(0, 0)


def _celda(texto: str) -> str:
    return "" if texto == VACIO else texto


def _grupos(sucesos: Iterable[Suceso], clave: Callable[[Suceso], Hashable]) -> dict[Any, list[Suceso]]:
    grupos: dict[Any, list[Suceso]] = {}
    for suceso in sucesos:
        grupos.setdefault(clave(suceso), []).append(suceso)
    return grupos


def _alcance(tabla: str, campo: str) -> str:
    return "menor" if tabla in TABLAS_MENORES or (tabla, campo) in MENORES else "mayor"


def _tabla(suceso: Suceso) -> str:
    return suceso.tabla.split("/")[1]


def _dia(suceso: Suceso) -> date:
    assert suceso.momento is not None
    return fecha_en_chile(suceso.momento)
