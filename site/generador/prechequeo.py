"""El prechequeo: qué dice cada regla para cada respuesta, tabulado al construir con las funciones que deciden."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from funciones.adaptadores.casos import NINGUNA
from funciones.adaptadores.horneado import Horneado
from funciones.adaptadores.textos import clave_de_frase, requisitos
from funciones.canonicas import AUN_NO_LLEGA, PRIMER_ANIO
from funciones.dominio.admisibilidad import NECESITAN_REGISTRO, REGLAS, Hallazgo, TipoPersona, en_uf, mostrar_uf, rige
from funciones.dominio.convocatoria import Convocatoria
from funciones.preguntas import Pregunta
from funciones.respuestas import declaracion_de
from generador.tabla import Eje, Respuestas, cortes, crecientes, por_prefijo, saltos, tabular

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
# El promedio por asociado se compara sin dividir: ventas × ASOCIADOS contra corte × asociados. Es potencia de diez para
# que el corte, que sale de multiplicar dos números con hasta dos decimales, sea un entero exacto.
ASOCIADOS = 10_000
TOPE_VENTAS = 10**15
ANIOS_CUMPLIDOS = re.compile(r"^\d+ años? cumplidos?$")
Visto = tuple[str, str, str] | None


class Prechequeo:
    """Lo que necesita el guion de una convocatoria. `tabla()` cabe en un atributo de la página."""

    def __init__(
        self, convocatoria: Convocatoria, publicado: Horneado, preguntas: tuple[Pregunta, ...], plantillas: Path
    ) -> None:
        self.convocatoria, self.publicado, self.preguntas = convocatoria, publicado, preguntas
        self.reglamento = publicado.reglamento(convocatoria)
        self.textos = requisitos(convocatoria, publicado, plantillas)
        self.codigos = tuple(sorted(self.reglamento.actividades))
        self._hay = {pregunta.clave for pregunta in preguntas}
        self._grupos: dict[str, str] = {}

    @cached_property
    def tabla(self) -> dict[str, Any]:
        """Listas y cortes para leer las respuestas, y por cada regla su tabla de salidas."""
        return {
            "uf": list(self.reglamento.uf_clp.as_integer_ratio()),
            "preguntas": {pregunta.clave: self._para_leer(pregunta) for pregunta in self.preguntas},
            "opciones": self.opciones,
            "cortes": {"ventas": self.cortes_de_ventas, "inicio_fecha": self._fechas_de_corte()},
            "anios": self._anios(),
            "asociado": [self.corte_por_asociado, ASOCIADOS],
            "codigos": saltos(self.codigos),
            "comunas": por_prefijo(self.grupos_de_comunas),
            "reglas": self.reglas,
            "fuera": list(NECESITAN_REGISTRO),
        }

    def _para_leer(self, pregunta: Pregunta) -> dict[str, Any]:
        """Cómo se lee lo escrito y a quién se le pregunta; «» es quien aún no dice cómo postula."""
        componente = self.convocatoria.componente
        tipos = [tipo for tipo in ("", *TipoPersona) if pregunta.rige_para(tipo, componente)]
        leer = {"tipo": pregunta.tipo, "largo": pregunta.largo_maximo, "error": pregunta.error_formato, "tipos": tipos}
        if pregunta.tipo == "fecha" and pregunta.hasta:
            leer |= {"hasta": pregunta.hasta.isoformat(), "error_hasta": AUN_NO_LLEGA}
        return leer

    @property
    def requisitos(self) -> list[dict[str, str]]:
        """Los textos de cada regla que puede tocarle a alguien en esta convocatoria, antes de responder."""
        return [{**self.textos[regla], "regla": regla, "resultado": ""} for regla in self.reglas]

    @cached_property
    def reglas(self) -> dict[str, dict[str, Any]]:
        """Por cada regla que puede tocarle a alguien, su tabla de salidas."""
        return dict(self._tabuladas())

    def _tabuladas(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for regla, claves in EJES.items():
            ejes = [self.eje(clave, regla) for clave in claves if clave in self._hay]
            tabla = tabular(ejes, lambda respuestas, regla=regla: self.mirar(regla, respuestas))
            if tabla["salidas"] == [None]:
                continue
            grupos = {"grupos": self.grupos_de_codigos(regla)} if "actividad" in claves else {}
            yield regla, tabla | grupos | {"junto": claves[-1]}

    def mirar(self, regla: str, respuestas: Respuestas) -> Visto:
        """Resultado, frase y lo declarado, con hueco donde va lo que se escribió; None si la regla no rige."""
        hallazgo = self._hallazgo(regla, respuestas)
        if hallazgo is None:
            return None
        frase = self.textos[regla][clave_de_frase(hallazgo)]
        return str(hallazgo.resultado), frase, self._con_hueco(hallazgo, respuestas)

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
        return [{"ventas": str(monto)} for monto in (0, *self.cortes_de_ventas)]

    def muestras_de_asociados(self, regla: str) -> list[Respuestas]:
        """Bajo el corte y en el corte."""
        return [{"ventas": str(v), "asociados": str(ASOCIADOS)} for v in (0, self.corte_por_asociado)]

    def muestras_de_comuna(self, regla: str) -> list[Respuestas]:
        """Una por grupo de comunas que dan lo mismo."""
        return [{"comuna": comuna} for comuna in _primeras(self.grupos_de_comunas)]

    def muestras_de_actividad(self, regla: str) -> list[Respuestas]:
        """Una por grupo de códigos que dan lo mismo."""
        return [{"actividad": codigo} for codigo in self._ejemplos(regla)]

    def muestras_de_otras(self, regla: str) -> list[Respuestas]:
        """Sin otras, y todas las mezclas de grupos: el bit de cada grupo dice si hay algún código suyo."""
        ejemplos = self._ejemplos(regla)
        mezclas = ([c for bit, c in enumerate(ejemplos) if m >> bit & 1] for m in range(2 ** len(ejemplos)))
        return [{"otras_actividades": _otras(mezcla)} for mezcla in mezclas]

    def muestras_de_fecha(self, regla: str) -> list[Respuestas]:
        """Una por tramo, de la más antigua a la más nueva."""
        primera = date(PRIMER_ANIO, 1, 1).toordinal()
        return [{"inicio_fecha": date.fromordinal(d).isoformat()} for d in (primera, *self.cortes_de_fecha)]

    def _ejemplos(self, regla: str) -> list[str]:
        grupos = self.grupos_de_codigos(regla)
        return [self.codigos[grupos.index(str(grupo))] for grupo in range(int(max(grupos)) + 1)]

    def grupos_de_codigos(self, regla: str) -> str:
        """Una cifra por código del SII, en orden: la misma si la regla dice lo mismo de los dos."""
        if regla not in self._grupos:
            self._grupos[regla] = self._agrupar_codigos(regla)
        return self._grupos[regla]

    def _agrupar_codigos(self, regla: str) -> str:
        quien = {"tipo_persona": "natural", "inicio_actividades": "primera", "otras_actividades": _otras([])}
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
    def cortes_de_fecha(self) -> list[int]:
        """Los días en que cambia lo que se dice de la fecha de inicio; ninguno si la convocatoria no la mira."""
        if "inicio_fecha" not in self._hay:
            return []
        dias = [date(anio, 1, 1).toordinal() for anio in range(PRIMER_ANIO, self.convocatoria.publicacion.year + 2)]
        return cortes(lambda dia: self._antiguedad(date.fromordinal(dia).isoformat()), dias)

    def _antiguedad(self, inicio: str) -> Hallazgo | None:
        quien = {"tipo_persona": "natural", "inicio_actividades": "primera", "inicio_fecha": inicio}
        return self._hallazgo("antiguedad", quien)

    def _anios(self) -> list[str]:
        """Lo que se dice haber declarado en cada tramo de fechas: `7 años cumplidos`."""
        if "inicio_fecha" not in self._hay:
            return []
        vistos = (self._antiguedad(muestra["inicio_fecha"]) for muestra in self.muestras_de_fecha(""))
        return [visto.declarado if visto else "" for visto in vistos]

    def _fechas_de_corte(self) -> list[str]:
        return [date.fromordinal(dia).isoformat() for dia in self.cortes_de_fecha]

    def _con(self, regla: str, tipo: str, respuestas: Respuestas) -> Visto:
        return self.mirar(regla, {"tipo_persona": tipo, "inicio_actividades": "primera"} | dict(respuestas))


def _otras(codigos: list[str]) -> str:
    return ", ".join(codigos) or NINGUNA


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
