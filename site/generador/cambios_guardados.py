"""Los cambios que solo están en la historia: lo que cambió después de publicar y ninguna fila anotada dice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from funciones.dominio.plazo import fecha_en_chile
from generador.cambio import VACIO, Cambio
from generador.esquemas import Campo, Recurso
from generador.filtros import minuscula
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
DE_UNA_VEZ = {"bases": "se publicó otra versión del texto", "programa": "se publicó otro programa"}
NOMBRES = {"bases": "Bases", "criterios": "Pauta", "descriptores": "Notas de la pauta", "hitos": "Fechas"}


@dataclass(frozen=True)
class Guardados:
    """Los sucesos de una convocatoria o un evento, con lo necesario para decirlos."""

    fichas: Fichas
    recursos: Mapping[str, Recurso]
    desde: date | None
    filas: Sequence[Fila]

    def cambios(self, sucesos: Iterable[Suceso]) -> Iterator[Cambio]:
        """Los que nadie anotó, en su orden. `desde` es el día en que se publicó."""
        todos = list(sucesos)
        # Lo que entró junto con la ficha, o antes de publicarla, no es un cambio.
        entro = max((s.momento for s in todos if s.momento and s.accion == "agrega" and not s.parte), default=None)
        publicados = [s for s in todos if self._se_cuenta(s) and (entro is None or s.momento > entro)]
        for tabla, propios in _grupos(publicados, _tabla).items():
            if tabla in DE_UNA_VEZ:
                yield from self._de_una_vez(tabla, propios)
                continue
            for (campo, _), iguales in _grupos(propios, lambda s: (s.campo, s.parte)).items():
                for suceso in sin_anotar(iguales, [f for f in self.filas if f["campo"] in (tabla, campo)]):
                    yield self._dicho(tabla, suceso)

    def _se_cuenta(self, suceso: Suceso) -> bool:
        if suceso.momento is None or suceso.campo in CALLADOS or _tabla(suceso) in ANOTACIONES:
            return False
        entera = suceso.accion != "cambia" and not suceso.parte
        return not entera and (self.desde is None or fecha_en_chile(suceso.momento) >= self.desde)

    def _de_una_vez(self, tabla: str, sucesos: list[Suceso]) -> Iterator[Cambio]:
        dias = dict.fromkeys(_dia(s) for s in sucesos)
        anotados = [f["fecha"] for f in self.filas if f["campo"] == tabla]
        for dia in dias:
            if not any(fecha >= dia for fecha in anotados):
                yield Cambio(
                    dia, tabla, nombre_de_tabla(self.recursos, tabla), "", DE_UNA_VEZ[tabla], _alcance(tabla, tabla)
                )

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
    """Los que ninguna fila explica. Una fila explica los pasos seguidos que van de su «antes» a su «después».

    Donde no hay qué comparar (algo se agregó o se quitó) basta una fila de ese día o de después.
    """
    quedan = list(sucesos)
    for fila in filas:
        tramo = _tramo(quedan, _celda(fila["antes"]), _celda(fila["despues"]))
        del quedan[tramo]
    libres = [f["fecha"] for f in filas if f["campo"] in DE_UNA_VEZ or f["campo"] == (sucesos and _tabla(sucesos[0]))]
    return [s for s in quedan if not any(fecha >= _dia(s) for fecha in libres)]


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
