"""Una convocatoria con todo lo que muestra su página, ya con nombres y palabras."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from funciones.dominio.convocatoria import EstadoConvocatoria
from funciones.dominio.plazo import fin_del_dia, inicio_del_dia
from generador.ficha_alcance import FichaConAlcance
from generador.ficha_resultados import Resultados
from generador.filtros import fecha, fecha_hora
from generador.graficos import Calendario, calendario
from generador.palabras_convocatoria import (
    CAMPOS_SITUACION,
    EN_QUE_CONSISTE,
    ESTADOS,
    FINANCIAMIENTOS,
    MODALIDADES,
    OBJETIVOS,
    TIPOS,
)
from generador.paquetes import Fila
from generador.prosa import en_html
from generador.valores import convertir


@dataclass(frozen=True)
class FichaConvocatoria(FichaConAlcance):
    """Una convocatoria con todo lo que muestra su página."""

    @property
    def ruta(self) -> str:
        return f"/convocatorias/{self.fila['id']}/"

    @property
    def ruta_requisitos(self) -> str:
        """La página donde se revisan los requisitos antes de postular."""
        return f"{self.ruta}requisitos/"

    @property
    def ruta_imprimir(self) -> str:
        """Todo lo que hay que saber antes de postular, para llevar en papel."""
        return f"{self.ruta}imprimir/"

    @property
    def ruta_resultados(self) -> str:
        return f"{self.ruta}resultados/"

    @property
    def ruta_lista(self) -> str:
        """La lista de su componente: donde se vuelve al salir de la página."""
        return "/encuentros/" if self.fila["componente"] == 2 else "/convocatorias/"

    @property
    def clase(self) -> str:
        return f"c{self.fila['componente']}"

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
    def compartir_texto(self) -> str:
        """Lo que se manda por mensaje, sin la dirección; si se detuvo, va primero."""
        if self.fila["situacion"] != "vigente":
            return " · ".join((self.estado_palabra.upper(), self.fila["nombre"], self.lugar))
        return " · ".join((self.fila["nombre"], self.lugar, f"Se postula hasta el {fecha_hora(self.fila['cierre'])}"))

    @property
    def en_que_consiste(self) -> str:
        return EN_QUE_CONSISTE[self.fila["tipo_actividad"]]

    @property
    def anio(self) -> int:
        """El año de la actividad: con él se archiva."""
        return int(self.fila["actividad_inicio"].year)

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
    def resultados_desde(self) -> datetime:
        return inicio_del_dia(self.fila["resultados"])

    @property
    def termina(self) -> datetime:
        return fin_del_dia(self.fila["encuesta_cierre"])

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
    def resultados_publicados(self) -> Resultados | None:
        """Lo publicado de su selección; None si aún no hay ninguna."""
        publicados = Resultados(self)
        return publicados if publicados.actas else None

    @property
    def bases_html(self) -> str:
        return en_html(self.fichas.datos.bases[self.fila["id"]])


def _en_palabras(texto: str | None, campo: Any) -> str:
    if not texto:
        return "sin dato"
    if campo is None:
        return texto
    valor = convertir(texto, campo)
    escribir: Callable[[Any], str] = {"date": fecha, "datetime": fecha_hora}.get(campo.tipo, lambda v: str(texto))
    return CAMPOS_SITUACION.get(texto, escribir(valor))
