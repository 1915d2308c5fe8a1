"""Los datos de todos los paquetes, cruzados y buscables, como los necesitan las plantillas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from funciones.adaptadores.horneado import Horneado
from funciones.dominio.plazo import fecha_en_chile
from generador.entradas import Entradas
from generador.ficha_catalogo import FichaEmpresa
from generador.ficha_convocatoria import FichaConvocatoria
from generador.ficha_evento import FichaEvento
from generador.paquetes import Fila, Paquetes

_HIJAS = ("documentos", "criterios", "hitos", "enmiendas")


class Fichas:
    """Los datos de todos los paquetes, cruzados y buscables; se arma una vez por construcción."""

    def __init__(self, datos: Paquetes, publicado: Horneado, ahora: datetime, entradas: Entradas | None = None) -> None:
        self.datos, self.publicado, self.ahora = datos, publicado, ahora
        self.entradas = entradas or Entradas()
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
        self._productos = agrupar(datos["catalogos"]["productos"], "empresa")

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
    def empresas(self) -> list[FichaEmpresa]:
        """Las que dieron su permiso y no lo han retirado."""
        hoy = fecha_en_chile(self.ahora)
        filas = (e for e in self.datos["catalogos"]["empresas"] if _publicable(e, hoy))
        return [FichaEmpresa(fila, self) for fila in sorted(filas, key=lambda e: e["id"])]

    @cached_property
    def empresa(self) -> dict[str, FichaEmpresa]:
        return {e.fila["id"]: e for e in self.empresas}

    @cached_property
    def participantes(self) -> dict[str, list[FichaEmpresa]]:
        """Las empresas publicadas de cada evento."""
        pares = [p for p in self.datos["eventos"]["participantes"] if p["empresa"] in self.empresa]
        return {e: [self.empresa[p["empresa"]] for p in grupo] for e, grupo in agrupar(pares, "evento").items()}

    def hijas(self, tabla: str, convocatoria: str) -> list[Fila]:
        return self._hijas[tabla].get(convocatoria, [])

    def programa(self, evento: str) -> list[Fila]:
        return sorted(self._programa.get(evento, []), key=lambda p: p["orden"])

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


def _publicable(empresa: Fila, hoy: date) -> bool:
    retirada = empresa["retiro"] is not None and empresa["retiro"] <= hoy
    return empresa["consentimiento"] is not None and not retirada
