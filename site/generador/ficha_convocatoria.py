"""Una convocatoria con todo lo que muestra su página, ya con nombres y palabras."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from funciones.adaptadores.textos import requisitos
from funciones.dominio.admisibilidad import Reglamento
from funciones.dominio.convocatoria import Convocatoria, Descriptor, EstadoConvocatoria
from funciones.dominio.plazo import fin_del_dia, inicio_del_dia
from funciones.verificar import preguntas_de_requisitos
from generador.ejemplos import CasoMostrado, mostrar
from generador.ficha_de_fila import FichaDeFila
from generador.filtros import fecha, fecha_hora
from generador.graficos import Calendario, calendario
from generador.matriz import TIPOS as TIPOS_DE_PERSONA
from generador.matriz import FilaDeMatriz, filas
from generador.paquetes import Fila
from generador.prechequeo import Prechequeo
from generador.prosa import en_html
from generador.sondeo import Sondeo
from generador.valores import convertir

if TYPE_CHECKING:
    pass

PLANTILLAS = Path(__file__).resolve().parents[2] / "plantillas"
TIPOS = {
    "feria": "Feria",
    "evento": "Evento",
    "catalogo_en_linea": "Catálogo en línea",
    "encuentro_empresarial": "Encuentro empresarial",
    "rueda_de_negocios": "Rueda de negocios",
}
OBJETIVOS = {
    "vender_al_publico": "Vender al público",
    "conocer_compradores": "Conocer compradores",
    "conocer_proveedores": "Conocer proveedores",
    "intercambiar_experiencias": "Intercambiar experiencias",
}
MODALIDADES = {"presencial": "Presencial", "virtual": "Por internet", "mixta": "Presencial y por internet"}

FINANCIAMIENTOS = {
    "sercotec": "La financia Sercotec en un 100 %.",
    "cofinanciado": "La financia Sercotec, con un aporte de tu empresa.",
    "fndr": "Se financia con el Fondo Nacional de Desarrollo Regional, por convenio.",
}
# Palabra y forma de cada estado: la forma la da la clase, para que nunca sea solo el color.
ESTADOS = {
    EstadoConvocatoria.PROXIMA: ("Próxima", "proxima"),
    EstadoConvocatoria.ABIERTA: ("Abierta", "abierta"),
    EstadoConvocatoria.CON_LISTA_DE_ESPERA: ("Cupos completos, con lista de espera", "espera"),
    EstadoConvocatoria.SUSPENDIDA: ("Suspendida", "suspendida"),
    EstadoConvocatoria.EN_EVALUACION: ("En evaluación", "evaluacion"),
    EstadoConvocatoria.RESULTADOS: ("Con resultados", "resultados"),
    EstadoConvocatoria.CERRADA: ("Cerrada", "cerrada"),
    EstadoConvocatoria.CANCELADA: ("Cancelada", "no"),
}
CAMPOS_SITUACION = {"vigente": "Vigente", "suspendida": "Suspendida", "cancelada": "Cancelada"}


@dataclass(frozen=True)
class FichaConvocatoria(FichaDeFila):
    """Una convocatoria con todo lo que muestra su página."""

    @property
    def ruta(self) -> str:
        return f"/convocatorias/{self.fila['id']}/"

    @property
    def ruta_requisitos(self) -> str:
        """La página donde se revisan los requisitos antes de postular."""
        return f"{self.ruta}requisitos/"

    @property
    def clase(self) -> str:
        return f"c{self.fila['componente']}"

    @cached_property
    def dominio(self) -> Convocatoria:
        convocatoria = self.fichas.publicado.convocatoria(self.fila["id"])
        assert convocatoria is not None
        return convocatoria

    @cached_property
    def estado(self) -> EstadoConvocatoria:
        """Según las fechas; los cupos se preguntan al mirar, no al construir."""
        return self.dominio.estado(self.fichas.ahora)

    @property
    def estado_palabra(self) -> str:
        return ESTADOS[self.estado][0]

    @property
    def estado_clase(self) -> str:
        return ESTADOS[self.estado][1]

    @property
    def region_nombre(self) -> str:
        return str(self.fichas.region[self.fila["region"]]["nombre"])

    @property
    def objetivo_palabra(self) -> str:
        """Para qué es: quien ya participó con el mismo objetivo no puede repetir."""
        return OBJETIVOS[self.fila["objetivo"]]

    @property
    def tipo(self) -> str:
        return TIPOS[self.fila["tipo_actividad"]]

    @property
    def modalidad_palabra(self) -> str:
        return MODALIDADES[self.fila["modalidad"]]

    @property
    def financiamiento_frase(self) -> str:
        return FINANCIAMIENTOS[self.fila["financiamiento"]]

    @property
    def oficina_ficha(self) -> Fila:
        return self.fichas.oficina[self.fila["oficina"]]

    @property
    def admitidas(self) -> list[str]:
        """Nombres de las regiones admitidas; vacía, todo el país."""
        return [r["nombre"] for r in self.fichas.regiones if r["region"] in self.fila["regiones_admitidas"]]

    @property
    def codigos_region(self) -> list[str]:
        """Donde aparece al buscar por región: la suya y las que admite; por internet y sin límite, en todas."""
        if self.fila["modalidad"] == "virtual" and not self.fila["regiones_admitidas"]:
            return sorted(self.fichas.region)
        return sorted({self.fila["region"], *self.fila["regiones_admitidas"]})

    @property
    def resultados_desde(self) -> datetime:
        return inicio_del_dia(self.fila["resultados"])

    @property
    def termina(self) -> datetime:
        return fin_del_dia(self.fila["encuesta_cierre"])

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

    @property
    def hitos(self) -> list[Fila]:
        return sorted(self.fichas.hijas("hitos", self.fila["id"]), key=lambda h: (h["inicio"], h["termino"]))

    @property
    def calendario(self) -> Calendario | None:
        return calendario(self.hitos) if self.hitos else None

    @property
    def enmiendas(self) -> list[dict[str, Any]]:
        """Los cambios, del más nuevo al más antiguo, con el campo y los valores en palabras."""
        campos = self.fichas.datos.esquemas["convocatorias"].recursos["convocatorias"].campos
        filas = sorted(self.fichas.hijas("enmiendas", self.fila["id"]), key=lambda e: -e["numero"])
        return [
            {
                **e,
                "titulo": campos[e["campo"]].descriptor["title"] if e["campo"] in campos else e["campo"],
                "de": _en_palabras(e["antes"], campos.get(e["campo"])),
                "a": _en_palabras(e["despues"], campos.get(e["campo"])),
            }
            for e in filas
        ]

    @property
    def evento_ficha(self) -> Fila | None:
        return self.fichas.eventos_por_id.get(self.fila["evento"])

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

    @property
    def bases_html(self) -> str:
        return en_html(self.fichas.datos.bases[self.fila["id"]])

    @cached_property
    def prechequeo(self) -> Prechequeo:
        """Lo que cada regla dice de cada respuesta, para revisar los requisitos sin preguntarle a nadie."""
        preguntas = preguntas_de_requisitos(self.fichas.publicado, self.dominio)
        return Prechequeo(Sondeo(self.dominio, self.fichas.publicado, PLANTILLAS), preguntas)


def _en_palabras(texto: str | None, campo: Any) -> str:
    if not texto:
        return "sin dato"
    if campo is None:
        return texto
    valor = convertir(texto, campo)
    escribir: Callable[[Any], str] = {"date": fecha, "datetime": fecha_hora}.get(campo.tipo, lambda v: str(texto))
    return CAMPOS_SITUACION.get(texto, escribir(valor))
