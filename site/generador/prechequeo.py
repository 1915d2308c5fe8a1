"""El prechequeo: qué dice cada regla para cada respuesta, tabulado al construir con las funciones que deciden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from funciones.dominio.admisibilidad import NECESITAN_REGISTRO, TipoPersona
from funciones.tramite.canonicas import AUN_NO_LLEGA, PRIMER_ANIO
from funciones.tramite.preguntas import Pregunta
from generador.sondeo import ASOCIADOS, Sondeo, escribir_otras
from generador.tabla import Eje, Respuestas, por_prefijo, saltos, tabular

# Qué mira cada regla, y al final la pregunta junto a la que se muestra. El tipo y el inicio dicen además a quién rige.
_DE_QUIEN = ("tipo_persona", "inicio_actividades")
EJES: Mapping[str, tuple[str, ...]] = {
    "inicio_actividades": _DE_QUIEN,
    "categoria": (*_DE_QUIEN, "otras_actividades", "actividad"),
    "ventas": (*_DE_QUIEN, "ventas"),
    "ventas_cooperativa": (*_DE_QUIEN, "asociados"),
    "sector": (*_DE_QUIEN, "otras_actividades", "actividad"),
    "territorio": (*_DE_QUIEN, "comuna"),
    "antiguedad": (*_DE_QUIEN, "inicio_fecha"),
    "perfil": (*_DE_QUIEN, "liderada_por_mujeres"),
    "deudas": (*_DE_QUIEN, "deudas"),
    "practicas_antisindicales": (*_DE_QUIEN, "condena_antisindical"),
    "rendiciones": (*_DE_QUIEN, "rendiciones_pendientes"),
    "deuda_alimentos": (*_DE_QUIEN, "deuda_alimentos"),
    "no_repetir": _DE_QUIEN,
}


class Prechequeo:
    """Lo que necesita el guion de una convocatoria. `tabla` cabe en un atributo de la página."""

    def __init__(self, sondeo: Sondeo, preguntas: tuple[Pregunta, ...]) -> None:
        self.sondeo, self.preguntas = sondeo, preguntas
        self._hay = {pregunta.clave for pregunta in preguntas}

    @cached_property
    def tabla(self) -> dict[str, Any]:
        """Listas y cortes para leer las respuestas, y por cada regla su tabla de salidas."""
        return {
            "uf": list(self.sondeo.reglamento.uf_clp.as_integer_ratio()),
            "preguntas": {pregunta.clave: self._para_leer(pregunta) for pregunta in self.preguntas},
            "opciones": self.opciones,
            "cortes": {"ventas": self.sondeo.cortes_de_ventas, "inicio_fecha": self.cortes_de_fecha},
            "anios": self._anios(),
            "asociado": [self.sondeo.corte_por_asociado, ASOCIADOS],
            "codigos": saltos(self.sondeo.codigos),
            "comunas": por_prefijo(self.sondeo.grupos_de_comunas),
            "reglas": self.reglas,
            "fuera": list(NECESITAN_REGISTRO),
        }

    def _para_leer(self, pregunta: Pregunta) -> dict[str, Any]:
        """Cómo se lee lo escrito y a quién se le pregunta; «» es quien aún no dice cómo postula."""
        componente = self.sondeo.convocatoria.componente
        tipos = [tipo for tipo in ("", *TipoPersona) if pregunta.rige_para(tipo, componente)]
        leer = {"tipo": pregunta.tipo, "largo": pregunta.largo_maximo, "error": pregunta.error_formato, "tipos": tipos}
        if pregunta.tipo == "fecha" and pregunta.hasta:
            leer |= {"hasta": pregunta.hasta.isoformat(), "error_hasta": AUN_NO_LLEGA}
        return leer

    @property
    def requisitos(self) -> list[dict[str, str]]:
        """Los textos de cada regla que puede tocarle a alguien en esta convocatoria, antes de responder."""
        return [{**self.sondeo.textos[regla], "regla": regla, "resultado": ""} for regla in self.reglas]

    @cached_property
    def reglas(self) -> dict[str, dict[str, Any]]:
        """Por cada regla que puede tocarle a alguien, su tabla de salidas."""
        return dict(self._tabuladas())

    def _tabuladas(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for regla, claves in EJES.items():
            ejes = [self.eje(clave, regla) for clave in claves if clave in self._hay]
            tabla = tabular(ejes, lambda respuestas, regla=regla: self.sondeo.mirar(regla, respuestas))
            if tabla["salidas"] == [None]:
                continue
            grupos = {"grupos": self.sondeo.grupos_de_codigos(regla)} if "actividad" in claves else {}
            yield regla, tabla | grupos | {"junto": claves[-1]}

    @cached_property
    def opciones(self) -> dict[str, list[str]]:
        """Los valores de cada pregunta de elegir, en el orden en que se leen."""
        cerradas = {p.clave: [valor for valor, _ in p.opciones] for p in self.preguntas if p.opciones}
        return cerradas | {p.clave: ["si", "no"] for p in self.preguntas if p.tipo == "si_no"}

    def eje(self, clave: str, regla: str) -> Eje:
        """El índice 0 es no haber respondido."""
        if clave in self.opciones:
            return Eje(clave, [{}, *({clave: valor} for valor in self.opciones[clave])])
        return Eje(clave, [{}, *_MUESTRAS[clave](self, regla)])

    def muestras_de_ventas(self, regla: str) -> list[Respuestas]:
        """Una por tramo."""
        return [{"ventas": str(monto)} for monto in (0, *self.sondeo.cortes_de_ventas)]

    def muestras_de_asociados(self, regla: str) -> list[Respuestas]:
        """Bajo el corte y en el corte."""
        return [{"ventas": str(v), "asociados": str(ASOCIADOS)} for v in (0, self.sondeo.corte_por_asociado)]

    def muestras_de_comuna(self, regla: str) -> list[Respuestas]:
        """Una por grupo de comunas que dan lo mismo."""
        return [{"comuna": comuna} for comuna in _primeras(self.sondeo.grupos_de_comunas)]

    def muestras_de_actividad(self, regla: str) -> list[Respuestas]:
        """Una por grupo de códigos que dan lo mismo."""
        return [{"actividad": codigo} for codigo in self.sondeo.ejemplos(regla)]

    def muestras_de_otras(self, regla: str) -> list[Respuestas]:
        """Sin otras, y todas las mezclas de grupos: el bit de cada grupo dice si hay algún código suyo."""
        ejemplos = self.sondeo.ejemplos(regla)
        mezclas = ([c for bit, c in enumerate(ejemplos) if m >> bit & 1] for m in range(2 ** len(ejemplos)))
        return [{"otras_actividades": escribir_otras(mezcla)} for mezcla in mezclas]

    def muestras_de_fecha(self, regla: str) -> list[Respuestas]:
        """Una por tramo, de la más antigua a la más nueva."""
        return [{"inicio_fecha": dia} for dia in (f"{PRIMER_ANIO}-01-01", *self.cortes_de_fecha)]

    @property
    def cortes_de_fecha(self) -> list[str]:
        """Ninguno si la convocatoria no mira la fecha de inicio."""
        return self.sondeo.cortes_de_fecha if "inicio_fecha" in self._hay else []

    def _anios(self) -> list[str]:
        """Lo que se dice haber declarado en cada tramo de fechas: `7 años cumplidos`."""
        if "inicio_fecha" not in self._hay:
            return []
        vistos = (self.sondeo.antiguedad(muestra["inicio_fecha"]) for muestra in self.muestras_de_fecha(""))
        return [visto.declarado if visto else "" for visto in vistos]


def _primeras(grupos: Mapping[str, int]) -> list[str]:
    """La primera de cada grupo, por número de grupo."""
    return list({grupo: clave for clave, grupo in reversed(grupos.items())}[g] for g in range(max(grupos.values()) + 1))


_MUESTRAS = {
    "ventas": Prechequeo.muestras_de_ventas,
    "asociados": Prechequeo.muestras_de_asociados,
    "comuna": Prechequeo.muestras_de_comuna,
    "actividad": Prechequeo.muestras_de_actividad,
    "otras_actividades": Prechequeo.muestras_de_otras,
    "inicio_fecha": Prechequeo.muestras_de_fecha,
}
