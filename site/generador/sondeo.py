"""Pregunta a las reglas de una convocatoria: qué dicen de una respuesta, y dónde empiezan a decir otra cosa."""

from __future__ import annotations

import re
from collections.abc import Hashable
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from funciones.adaptadores.casos import NINGUNA
from funciones.adaptadores.horneado import Horneado
from funciones.adaptadores.textos import clausula_de, clave_de_frase, requisitos
from funciones.dominio.admisibilidad import REGLAS, Hallazgo, en_uf, mostrar_uf, rige
from funciones.dominio.convocatoria import Convocatoria
from funciones.tramite.canonicas import PRIMER_ANIO
from funciones.tramite.respuestas import declaracion_de
from generador.tabla import Respuestas, cortes, crecientes

# El promedio por asociado se compara sin dividir: ventas × ASOCIADOS contra corte × asociados. Es potencia de diez para
# que el corte, que sale de multiplicar dos números con hasta dos decimales, sea un entero exacto.
ASOCIADOS = 10_000
TOPE_VENTAS = 10**15
ANIOS_CUMPLIDOS = re.compile(r"^\d+ años? cumplidos?$")
Visto = tuple[str, str, str, str] | None


class Sondeo:
    """Las reglas de una convocatoria, con sus números y sus textos, listas para preguntarles muchas veces."""

    def __init__(self, convocatoria: Convocatoria, publicado: Horneado, plantillas: Path) -> None:
        self.convocatoria, self.publicado = convocatoria, publicado
        self.reglamento = publicado.reglamento(convocatoria)
        self.textos = requisitos(convocatoria, publicado, plantillas)
        self.codigos = tuple(sorted(self.reglamento.actividades))
        self._grupos: dict[str, str] = {}

    def mirar(self, regla: str, respuestas: Respuestas) -> Visto:
        """Resultado, frase, lo declarado (con hueco donde va lo escrito) y cláusula; None si la regla no rige."""
        hallazgo = self._hallazgo(regla, respuestas)
        if hallazgo is None:
            return None
        suyos = self.textos[regla]
        declarado = self._con_hueco(hallazgo, respuestas)
        return str(hallazgo.resultado), suyos[clave_de_frase(hallazgo)], declarado, clausula_de(hallazgo, suyos)

    def _hallazgo(self, regla: str, respuestas: Respuestas) -> Hallazgo | None:
        """Solo esa regla: preguntarlas todas tardaría trece veces más."""
        declaracion = declaracion_de(respuestas, self.publicado)
        return REGLAS[regla](declaracion, self.reglamento) if rige(regla, declaracion, self.reglamento) else None

    def _con_hueco(self, hallazgo: Hallazgo, respuestas: Respuestas) -> str:
        """`código 107100` → `{codigos}`: el guion lo llena con lo que escribió cada quien."""
        if not hallazgo.declarado:
            return ""
        if hallazgo.regla in {"sector", "categoria"}:
            return "{principal}" if self.reglamento.giro == "principal" else "{codigos}"
        if hallazgo.regla == "territorio":
            return "{comuna}"
        if hallazgo.regla == "ventas_cooperativa":
            promedio = self._uf(respuestas) / int(respuestas["asociados"])
            return hallazgo.declarado.replace(mostrar_uf(promedio), "{promedio}")
        if hallazgo.regla == "ventas":
            return hallazgo.declarado.replace(mostrar_uf(self._uf(respuestas)), "{uf}")
        if hallazgo.regla == "antiguedad":
            return ANIOS_CUMPLIDOS.sub("{anios}", hallazgo.declarado)
        return hallazgo.declarado

    def _uf(self, respuestas: Respuestas) -> Decimal:
        return en_uf(int(respuestas["ventas"]), self.reglamento.uf_clp)

    def ejemplos(self, regla: str) -> list[str]:
        """Un código de cada grupo."""
        grupos = self.grupos_de_codigos(regla)
        return [self.codigos[grupos.index(str(grupo))] for grupo in range(int(max(grupos)) + 1)]

    def grupos_de_codigos(self, regla: str) -> str:
        """Una cifra por código del SII, en orden: la misma si la regla dice lo mismo de los dos."""
        if regla not in self._grupos:
            self._grupos[regla] = self._agrupar_codigos(regla)
        return self._grupos[regla]

    def _agrupar_codigos(self, regla: str) -> str:
        quien = _INICIADA | {"otras_actividades": escribir_otras([])}
        firmas: dict[Visto, int] = {}
        numeros = [firmas.setdefault(self.mirar(regla, quien | {"actividad": c}), len(firmas)) for c in self.codigos]
        return "".join(str(numero) for numero in numeros)

    @cached_property
    def grupos_de_comunas(self) -> dict[str, int]:
        """Comuna → número de grupo: el mismo si la regla del territorio dice lo mismo de las dos."""
        firmas: dict[Visto, int] = {}
        return {
            comuna: firmas.setdefault(self.mirar("territorio", {"comuna": comuna}), len(firmas))
            for comuna in sorted(self.publicado.comunas)
        }

    @cached_property
    def cortes_de_ventas(self) -> list[int]:
        """Los pesos en que cambia la regla de ventas, hallados preguntándole."""
        return cortes(lambda monto: self._con("ventas", "natural", {"ventas": str(monto)}), crecientes(TOPE_VENTAS))

    @cached_property
    def corte_por_asociado(self) -> int:
        """Las ventas de ASOCIADOS asociados desde las que una cooperativa no cumple."""
        entre = {"asociados": str(ASOCIADOS)}
        hallados = cortes(
            lambda v: self._con("ventas_cooperativa", "cooperativa", entre | {"ventas": str(v)}),
            crecientes(TOPE_VENTAS),
        )
        assert len(hallados) == 1, "el tope por asociado tiene que ser uno"
        return hallados[0]

    @cached_property
    def cortes_de_fecha(self) -> list[str]:
        """Los días en que cambia lo que se dice de la fecha de inicio."""
        anios = range(PRIMER_ANIO, self.convocatoria.publicacion.year + 2)
        dias = [date(anio, 1, 1).toordinal() for anio in anios]
        hallados = cortes(lambda dia: self.antiguedad(date.fromordinal(dia).isoformat()), dias)
        return [date.fromordinal(dia).isoformat() for dia in hallados]

    def antiguedad(self, inicio: str) -> Hallazgo | None:
        """Lo que dice la regla de los años de quien inició ese día."""
        return self._hallazgo("antiguedad", _INICIADA | {"inicio_fecha": inicio})

    def _con(self, regla: str, tipo: str, respuestas: Respuestas) -> Hashable:
        return self.mirar(regla, _INICIADA | {"tipo_persona": tipo} | dict(respuestas))


_INICIADA = {"tipo_persona": "natural", "inicio_actividades": "primera"}


def escribir_otras(codigos: list[str]) -> str:
    """Como queda escrito en la respuesta: separados por comas, o que no hay."""
    return ", ".join(codigos) or NINGUNA
