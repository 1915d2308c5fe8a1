"""A quién llega una convocatoria: de dónde, de qué rubro y de qué tamaño. Con eso se busca y se dice para quién es."""

from __future__ import annotations

from dataclasses import dataclass

from generador.ficha_reglas import FichaConReglas
from generador.filtros import enumerar, numero
from generador.palabras_convocatoria import PERFILES


@dataclass(frozen=True)
class FichaConAlcance(FichaConReglas):
    """Una convocatoria vista por quiénes pueden entrar."""

    @property
    def admitidas(self) -> list[str]:
        """Nombres de las regiones admitidas; vacía, todo el país."""
        return [r["nombre"] for r in self.fichas.regiones if r["region"] in self.fila["regiones_admitidas"]]

    @property
    def codigos_region(self) -> list[str]:
        """Donde interesa, como en los avisos por correo: la que la organiza y todas las que admite."""
        return sorted({self.fila["region"], *self.admite_de})

    @property
    def region_sede(self) -> str:
        """La región donde hay que ir; vacía si es solo por internet, que no se hace en ninguna."""
        return "" if self.fila["modalidad"] == "virtual" else str(self.fila["region"])

    @property
    def admite_de(self) -> list[str]:
        """Las regiones de donde puede postular alguien: las que nombra, las de sus comunas o, sin límite, todas."""
        de_comunas = {self.fichas.comuna[c]["region"] for c in self.fila["comunas_admitidas"]}
        return sorted(de_comunas or self.fila["regiones_admitidas"] or self.fichas.region)

    @property
    def regiones_lista(self) -> list[str]:
        """En qué regiones sale en las listas y al filtrar: donde se hace y de donde admite."""
        return sorted({*self.admite_de, self.region_sede} - {""})

    @property
    def rubros(self) -> list[str]:
        """Los rubros con que se encuentra; vacía si admite todo lo que atiende el programa."""
        admitidas = self.fila["actividades_admitidas"]
        if not admitidas:
            return []
        return [r["id"] for r in self.fichas.rubro.values() if any(self._admite(d) for d in r["divisiones"])]

    def _admite(self, division: str) -> bool:
        """Una división entra si se nombra ella, su sección o alguno de sus códigos."""
        seccion = self.fichas.seccion_de_division.get(division)
        return any(a == seccion or a[:2] == division for a in self.fila["actividades_admitidas"])

    @property
    def para_quien(self) -> str:
        """`Empresas de todo Chile que venden entre 200 y 2.400 UF al año.`"""
        r = self.reglamento
        quienes = PERFILES.get(self.fila["perfil"] or "", "Empresas")
        ventas = f"que venden entre {numero(r.ventas_minimas_uf)} y {numero(r.ventas_maximas_uf)} UF al año"
        frase = f"{quienes} {self._de_donde} {ventas}."
        return frase + (" También si aún no inicias actividades." if self.fila["componente"] == 2 else "")

    @property
    def _de_donde(self) -> str:
        comunas = self.fila["comunas_admitidas"]
        if comunas:
            return f"de {numero(len(comunas))} comunas de {enumerar(self.admitidas) or self.region_nombre}"
        return f"de {enumerar(self.admitidas)}" if self.admitidas else "de todo Chile"

    @property
    def comunas_nombres(self) -> list[str]:
        """Las comunas admitidas, por su nombre; vacía si no las limita."""
        return [self.fichas.comuna[c]["nombre"] for c in self.fila["comunas_admitidas"]]

    @property
    def para_buscar(self) -> str:
        """Lo que se mira al buscar por palabra, además de lo que ya se lee en la tarjeta."""
        admite = [*self.rubros_nombres, *self.admitidas, *self.comunas_nombres]
        return " ".join([self.fila["resumen"], self.fila["tematica"], self.tipo, *self.fila["apoyo"], *admite])

    @property
    def rubros_nombres(self) -> list[str]:
        """Los rubros que admite, por su nombre; vacía si no los limita."""
        return [self.fichas.rubro[r]["nombre"] for r in self.rubros]
