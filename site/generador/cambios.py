"""Lo que ha cambiado en cada convocatoria y cada evento: lo que anotó una persona y lo que guardó la historia."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from generador import historia
from generador.cambio import Cambio
from generador.cambios_guardados import Guardados, nombre_de_tabla
from generador.esquemas import Recurso
from generador.historia import Suceso
from generador.palabras_de_cambio import en_palabras

if TYPE_CHECKING:
    from generador.ficha_convocatoria import FichaConvocatoria
    from generador.ficha_evento import FichaEvento
    from generador.fichas import Fichas
    from generador.paquetes import Fila

    Ficha = FichaConvocatoria | FichaEvento

ANOTACIONES = (("convocatorias", "enmiendas", "convocatoria"), ("eventos", "cambios", "evento"))


class Cambios:
    """Todos los cambios del portal; se arma una vez por construcción."""

    def __init__(self, fichas: Fichas) -> None:
        self._fichas = fichas
        self.historia = historia.leer(fichas.entradas.historia)
        self._de: dict[str, list[Cambio]] = {}

    def de(self, ficha: Ficha) -> list[Cambio]:
        """Los de una convocatoria o un evento, del día más nuevo al más viejo y, en cada uno, primero los mayores."""
        if ficha.ruta not in self._de:
            guardados = Guardados(self._fichas, self._recursos(ficha), ficha.fila.get("publicacion"), self.filas(ficha))
            sucesos = self._sucesos(ficha)
            anotados = (guardados.con_frases(cambio, sucesos) for cambio in self._anotados(ficha))
            juntos = [*anotados, *guardados.cambios(sucesos)]
            self._de[ficha.ruta] = sorted(juntos, key=lambda c: (-c.fecha.toordinal(), not c.mayor, c.numero or 0))
        return self._de[ficha.ruta]

    def filas(self, ficha: Ficha) -> list[Fila]:
        """Los que anotó una persona: solo aumentan, y son los mismos con historia o sin ella."""
        return sorted(self._anotaciones.get(ficha.ruta, []), key=lambda f: f["numero"])

    @cached_property
    def por_dia(self) -> list[tuple[date, list[tuple[Ficha, list[Cambio]]]]]:
        """Día por día, del más nuevo al más viejo; en cada uno, los de cada convocatoria y cada evento."""
        dias: dict[date, list[tuple[Ficha, list[Cambio]]]] = defaultdict(list)
        fichas: Sequence[Ficha] = [*self._fichas.convocatorias, *self._fichas.eventos]
        for ficha in fichas:
            propios: dict[date, list[Cambio]] = defaultdict(list)
            for cambio in self.de(ficha):
                propios[cambio.fecha].append(cambio)
            for fecha, grupo in propios.items():
                dias[fecha].append((ficha, grupo))
        for del_dia in dias.values():
            del_dia.sort(key=lambda par: not any(c.mayor for c in par[1]))
        return sorted(dias.items(), key=lambda par: par[0], reverse=True)

    def _anotados(self, ficha: Ficha) -> Iterator[Cambio]:
        recursos = self._recursos(ficha)
        campos = recursos["eventos" if _es_evento(ficha) else "convocatorias"].campos
        for f in self.filas(ficha):
            campo = campos.get(f["campo"])
            antes, despues = en_palabras(self._fichas, campo, f["antes"], f["despues"])
            titulo = campo.descriptor["title"] if campo else nombre_de_tabla(recursos, f["campo"])
            yield Cambio(f["fecha"], f["campo"], titulo, antes, despues, f["alcance"], f["motivo"], f["numero"])

    def _recursos(self, ficha: Ficha) -> Mapping[str, Recurso]:
        return self._fichas.datos.esquemas["eventos" if _es_evento(ficha) else "convocatorias"].recursos

    def _sucesos(self, ficha: Ficha) -> list[Suceso]:
        paquete = "eventos" if _es_evento(ficha) else "convocatorias"
        propios = [(paquete, ficha.fila["id"]), *([("sedes", ficha.fila["sede"])] if _es_evento(ficha) else [])]
        return [s for clave in propios for s in self._por_ficha.get(clave, [])]

    @cached_property
    def _por_ficha(self) -> dict[tuple[str, str], list[Suceso]]:
        grupos: dict[tuple[str, str], list[Suceso]] = defaultdict(list)
        for suceso in self.historia.sucesos:
            paquete, tabla = suceso.tabla.split("/")
            grupos["sedes" if tabla == "sedes" else paquete, suceso.de].append(suceso)
        return dict(grupos)

    @cached_property
    def _anotaciones(self) -> dict[str, list[Fila]]:
        grupos: dict[str, list[Fila]] = defaultdict(list)
        for paquete, tabla, columna in ANOTACIONES:
            for fila in self._fichas.datos[paquete].get(tabla, []):
                grupos[f"/{paquete}/{fila[columna]}/"].append(fila)
        return dict(grupos)


def _es_evento(ficha: Ficha) -> bool:
    return ficha.ruta.startswith("/eventos/")
