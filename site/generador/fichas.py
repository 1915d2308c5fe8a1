"""Los datos de todos los paquetes, cruzados y buscables, como los necesitan las plantillas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from funciones.adaptadores.horneado import Horneado
from funciones.dominio.plazo import fecha_en_chile
from generador.cambios import Cambios
from generador.entradas import Entradas
from generador.ficha_catalogo import FichaEmpresa
from generador.ficha_convocatoria import FichaConvocatoria
from generador.ficha_evento import FichaEvento
from generador.fotos import Fotos
from generador.paquetes import Fila, Paquetes
from generador.permisos import con_permiso
from generador.sugerencias import sin_tildes
from generador.vitrinas import leer as leer_vitrinas

_HIJAS = ("documentos", "criterios", "hitos", "enmiendas")


class Fichas:
    """Los datos de todos los paquetes, cruzados y buscables; se arma una vez por construcción."""

    def __init__(self, datos: Paquetes, publicado: Horneado, ahora: datetime, entradas: Entradas | None = None) -> None:
        self.hoy = fecha_en_chile(ahora)
        self.datos = datos = con_permiso(datos, self.hoy)
        self.publicado, self.ahora = publicado, ahora
        self.entradas = entradas or Entradas()
        self.vitrinas = leer_vitrinas(self.entradas.vitrinas, datos, self.hoy)
        self.fotos = Fotos(self.entradas.obra)
        parametros = datos["parametros"]
        self.regiones = sorted(parametros["regiones"], key=lambda r: r["orden"])
        self.region = {r["region"]: r for r in self.regiones}
        self.comuna = {c["comuna"]: c for c in parametros["comunas"]}
        self.oficina = {o["id"]: o for o in parametros["oficinas"]}
        self.rubro = {r["id"]: r for r in parametros["rubros"]}
        self.seccion_de_division = {a["codigo"][:2]: a["seccion"] for a in parametros["actividades"]}
        self.eventos_por_id = {e["id"]: e for e in datos["eventos"]["eventos"]}
        self.sedes = {s["id"]: s for s in datos["eventos"]["sedes"]}
        self._hijas = {t: agrupar(datos["convocatorias"][t], "convocatoria") for t in _HIJAS}
        self._programa = agrupar(datos["eventos"]["programa"], "evento")
        self._busquedas = agrupar(datos["eventos"]["busquedas"], "evento")
        self._productos = agrupar([*datos["catalogos"]["productos"], *self.vitrinas.productos], "empresa")

    @cached_property
    def convocatorias(self) -> list[FichaConvocatoria]:
        """Todas, primero las que cierran antes."""
        filas = sorted(self.datos["convocatorias"]["convocatorias"], key=lambda c: (c["cierre"], c["id"]))
        return [FichaConvocatoria(fila, self) for fila in filas]

    @cached_property
    def eventos(self) -> list[FichaEvento]:
        filas = sorted(self.datos["eventos"]["eventos"], key=lambda e: (e["inicio"], e["id"]))
        return [FichaEvento(fila, self) for fila in filas]

    @cached_property
    def evento(self) -> dict[str, FichaEvento]:
        return {e.fila["id"]: e for e in self.eventos}

    @cached_property
    def empresas(self) -> list[FichaEmpresa]:
        """Las que dieron su permiso y no lo han retirado, con las vitrinas; de norte a sur y por nombre."""
        filas = [*self.datos["catalogos"]["empresas"], *self.vitrinas.empresas]
        fichas = [FichaEmpresa(fila, self) for fila in filas]
        return sorted(fichas, key=lambda e: (e.region_orden, sin_tildes(e.nombre).lower(), e.id))

    @cached_property
    def empresa(self) -> dict[str, FichaEmpresa]:
        return {e.fila["id"]: e for e in self.empresas}

    @cached_property
    def participantes(self) -> dict[str, list[FichaEmpresa]]:
        """Las empresas publicadas de cada evento."""
        pares = agrupar([*self.datos["eventos"]["participantes"], *self.vitrinas.participantes], "evento")
        return {str(e): [self.empresa[p["empresa"]] for p in grupo] for e, grupo in pares.items()}

    @cached_property
    def eventos_por_empresa(self) -> dict[str, list[FichaEvento]]:
        """Los eventos de cada empresa, por fecha."""
        donde: dict[str, list[FichaEvento]] = defaultdict(list)
        for evento in self.eventos:
            for empresa in evento.empresas:
                donde[empresa.id].append(evento)
        return donde

    @cached_property
    def cambios(self) -> Cambios:
        """Lo que ha cambiado en cada convocatoria y cada evento."""
        return Cambios(self)

    def hijas(self, tabla: str, convocatoria: str) -> list[Fila]:
        return self._hijas[tabla].get(convocatoria, [])

    def programa(self, evento: str) -> list[Fila]:
        return sorted(self._programa.get(evento, []), key=lambda p: p["orden"])

    def busquedas(self, evento: str) -> list[Fila]:
        """Lo que se busca y lo que se ofrece ahí, en su orden."""
        return sorted(self._busquedas.get(evento, []), key=lambda b: b["orden"])

    def productos(self, empresa: str) -> list[Fila]:
        return self._productos.get(empresa, [])

    def lugar(self, fila: Mapping[str, Any]) -> str:
        """`Talca, Maule`; si es por internet, lo dice."""
        region = self.region[fila["region"]]["nombre"]
        if fila.get("modalidad") == "virtual":
            return f"Por internet · {region}"
        comuna = self.comuna[fila["comuna"]]["nombre"] if fila.get("comuna") else region
        return region if comuna == region else f"{comuna}, {region}"

    def excluidos(self) -> list[str]:
        """Los rubros que el programa no atiende, como los nombra su formulario."""
        return [s["excluida_por"] for s in self.datos["parametros"]["secciones"] if s["excluida_por"]]


def agrupar(filas: Iterable[Fila], columna: str) -> dict[Hashable, list[Fila]]:
    """Las filas juntas por el valor de una columna, en su orden."""
    grupos: dict[Hashable, list[Fila]] = defaultdict(list)
    for fila in filas:
        grupos[fila[columna]].append(fila)
    return dict(grupos)
