"""Lo que una convocatoria exige y cómo elige, en palabras: reglas, números, ejemplos, pauta y documentos."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from funciones.adaptadores.textos import requisitos
from funciones.dominio.admisibilidad import Reglamento
from funciones.dominio.convocatoria import Convocatoria, Descriptor
from funciones.tramite.preguntas import Pregunta, por_bloque, preguntas_para
from funciones.verificar import preguntas_de_requisitos
from generador.ejemplos import CasoMostrado, mostrar
from generador.ficha_de_fila import FichaDeFila
from generador.matriz import TIPOS as TIPOS_DE_PERSONA
from generador.matriz import FilaDeMatriz, filas
from generador.paquetes import Fila
from generador.prechequeo import Prechequeo
from generador.sondeo import Sondeo

PLANTILLAS = Path(__file__).resolve().parents[2] / "plantillas"


@dataclass(frozen=True)
class FichaConReglas(FichaDeFila):
    """Una convocatoria vista por lo que pide y por cómo elige."""

    @cached_property
    def dominio(self) -> Convocatoria:
        convocatoria = self.fichas.publicado.convocatoria(self.fila["id"])
        assert convocatoria is not None
        return convocatoria

    @property
    def documentos(self) -> list[Fila]:
        return sorted(self.fichas.hijas("documentos", self.fila["id"]), key=lambda d: (d["orden"], d["documento"]))

    @property
    def criterios(self) -> list[Fila]:
        return self.fichas.hijas("criterios", self.fila["id"])

    def descriptores(self, criterio: str) -> tuple[Descriptor, ...]:
        """Qué se ve en cada nota de ese criterio, de la más baja a la más alta."""
        return next(k.descriptores for k in self.dominio.criterios if k.criterio == criterio)

    @property
    def desempate(self) -> list[Fila]:
        return sorted(self.criterios, key=lambda c: c["desempate"])

    @cached_property
    def reglamento(self) -> Reglamento:
        return self.fichas.publicado.reglamento(self.dominio)

    def pesos(self, uf: Decimal) -> Decimal:
        """Cuánto es en pesos, con la UF que declara la convocatoria."""
        return uf * self.reglamento.uf_clp

    def parametro(self, clave: str) -> str:
        return self.fichas.publicado.parametro(clave, self.fila["publicacion"])

    @cached_property
    def reglas(self) -> Mapping[str, Mapping[str, str]]:
        """Los textos de cada regla, los mismos que muestran las funciones, con los números que rigen."""
        return requisitos(self.dominio, self.fichas.publicado, PLANTILLAS)

    @property
    def reglas_que_rigen(self) -> list[str]:
        """Las que pueden tocarle a alguien; la del territorio, solo si la convocatoria lo estrecha."""
        libre = not (self.fila["regiones_admitidas"] or self.dominio.comunas_admitidas)
        return [r["regla"] for r in self.prechequeo.requisitos if not (libre and r["regla"] == "territorio")]

    @property
    def reglas_propias(self) -> frozenset[str]:
        """Las que piden algo además de lo que pide el programa, o que esta convocatoria abre a repetir."""
        d = self.dominio
        ventas, anios = (
            (d.ventas_minimas_uf, d.ventas_maximas_uf),
            (d.antiguedad_minima_anios, d.antiguedad_maxima_anios),
        )
        propias = {
            "territorio": bool(d.regiones_admitidas or d.comunas_admitidas),
            "sector": bool(d.actividades_admitidas) or d.giro == "principal",
            "ventas": ventas != (None, None),
            "antiguedad": anios != (None, None),
            "perfil": bool(d.perfil),
            "no_repetir": d.permite_repetir,
        }
        return frozenset(regla for regla, pide in propias.items() if pide)

    @property
    def tipos_de_persona(self) -> Mapping[str, tuple[str, str]]:
        """Cómo se nombra cada tipo en la matriz: corto y entero."""
        return TIPOS_DE_PERSONA

    @property
    def matriz(self) -> list[FilaDeMatriz]:
        """A quién rige cada regla que mira esta convocatoria, y con qué papel de los que pide."""
        titulos = {regla: textos["titulo"] for regla, textos in self.reglas.items()}
        papeles = {d["documento"]: d["titulo"] for d in self.documentos}
        return filas(self.fichas.publicado.matriz, self.componente, self.reglas_que_rigen, titulos, papeles)

    @cached_property
    def casos(self) -> list[CasoMostrado]:
        """Los ejemplos de la convocatoria con lo que contestan las reglas."""
        escritos = self.fichas.publicado.casos(self.fila["id"])
        return [mostrar(caso, self.reglamento, self.reglas, self.fichas.publicado.comunas) for caso in escritos]

    @cached_property
    def prechequeo(self) -> Prechequeo:
        """Lo que cada regla dice de cada respuesta, para revisar los requisitos sin preguntarle a nadie."""
        preguntas = preguntas_de_requisitos(self.fichas.publicado, self.dominio)
        return Prechequeo(Sondeo(self.dominio, self.fichas.publicado, PLANTILLAS), preguntas)

    @cached_property
    def formulario(self) -> list[tuple[str, list[Pregunta]]]:
        """Todas las preguntas que hace esta convocatoria, por bloque, en el orden del formulario."""
        return por_bloque(preguntas_para(self.dominio, self.fichas.publicado))

    @property
    def cuantas_preguntas(self) -> int:
        """Las que podría tener que responder alguien; según cómo postule, son menos."""
        return sum(len(preguntas) for _, preguntas in self.formulario)
