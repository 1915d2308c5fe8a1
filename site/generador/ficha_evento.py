"""Un evento con su sede, su programa, su convocatoria y las empresas que van."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from funciones.dominio.plazo import fecha_en_chile
from generador.agenda import Jornada, Pareja, jornadas, parejas
from generador.ficha_convocatoria import FichaConvocatoria
from generador.ficha_de_fila import FichaDeFila
from generador.filtros import rango
from generador.palabras_convocatoria import EN_QUE_CONSISTE, MODALIDADES, TIPOS
from generador.silueta import Mapa, mapa


class Situacion(NamedTuple):
    """Cómo está un evento: su clave, la palabra con su forma, y por qué si algo cambió."""

    clave: str
    palabra: str
    clase: str
    motivo: str = ""

    @property
    def frase(self) -> str:
        """`Cancelado. La plaza se inundó.`"""
        return f"{self.palabra}. {self.motivo}".strip() if self.motivo else f"{self.palabra}."


SITUACIONES_EVENTO = {
    "programado": ("Programado", "abierta"),
    "pospuesto": ("Cambió de fecha", "espera"),
    "trasladado": ("Cambió de lugar", "evaluacion"),
    "cancelado": ("Cancelado", "no"),
}


@dataclass(frozen=True)
class FichaEvento(FichaDeFila):
    """Un evento con su sede, su programa, su convocatoria y las empresas que van."""

    ruta = property(lambda self: f"/eventos/{self.fila['id']}/")
    ruta_catalogo = property(lambda self: f"/catalogo/eventos/{self.fila['id']}/")
    clase = property(lambda self: f"c{self.fila['componente']}")
    tipo = property(lambda self: TIPOS[self.fila["tipo_actividad"]])
    en_que_consiste = property(lambda self: EN_QUE_CONSISTE[self.fila["tipo_actividad"]])
    modalidad_palabra = property(lambda self: MODALIDADES[self.fila["modalidad"]])
    sede_ficha = property(lambda self: self.fichas.sedes.get(self.fila["sede"]))
    programa = property(lambda self: self.fichas.programa(self.fila["id"]))
    empresas = property(lambda self: self.fichas.participantes.get(self.fila["id"], []))
    situacion_palabra = property(lambda self: self.estado.palabra)
    situacion_clase = property(lambda self: self.estado.clase)

    @property
    def convocatorias(self) -> list[FichaConvocatoria]:
        return [c for c in self.fichas.convocatorias if c.fila["evento"] == self.fila["id"]]

    @property
    def estado(self) -> Situacion:
        """Lo que dice la fila; si ya pasó y no se canceló, que se realizó."""
        if self.terminado and self.fila["situacion"] != "cancelado":
            return Situacion("realizado", "Realizado", "cerrada")
        clave = self.fila["situacion"]
        return Situacion(clave, *SITUACIONES_EVENTO[clave], self.fila["motivo_situacion"] or "")

    @property
    def novedad(self) -> Situacion | None:
        """Lo que nadie puede dejar de saber antes de ir: que se canceló o cambió de fecha o de lugar.

        De aquí sale en todas partes: portada, listas, convocatoria, catálogo, calendarios, imagen y datos.
        """
        return self.estado if self.estado.clave in {"pospuesto", "trasladado", "cancelado"} else None

    @property
    def un_dia(self) -> bool:
        return self.primer_dia == self.ultimo_dia

    @property
    def primer_dia(self) -> date:
        return fecha_en_chile(self.fila["inicio"])

    @property
    def ultimo_dia(self) -> date:
        return fecha_en_chile(self.fila["termino"])

    @property
    def dias(self) -> list[date]:
        """Todos los días que dura, en el calendario de Chile."""
        return [self.primer_dia + timedelta(days=n) for n in range((self.ultimo_dia - self.primer_dia).days + 1)]

    @property
    def terminado(self) -> bool:
        return bool(self.fila["termino"] < self.fichas.ahora)

    @property
    def jornadas(self) -> list[Jornada]:
        return jornadas(self.programa)

    @property
    def parejas(self) -> list[Pareja]:
        """Por rubro, lo que se busca frente a lo que se ofrece."""
        return parejas(self.fichas.busquedas(self.fila["id"]), self.fichas.rubro)

    @property
    def mapa(self) -> Mapa:
        return mapa(self.fichas.regiones, self.fila["region"], self.sede_ficha)

    @property
    def compartir_texto(self) -> str:
        """Lo que se manda por mensaje, sin la dirección; si algo cambió, va primero."""
        cambio = self.novedad.palabra.upper() if self.novedad else ""
        partes = (cambio, self.fila["nombre"], rango(self.fila["inicio"], self.fila["termino"]), self.lugar)
        return " · ".join(p for p in partes if p)
