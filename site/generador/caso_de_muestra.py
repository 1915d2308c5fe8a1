"""Escribe la fila de casos.csv que falta: alguien a quien una columna de la convocatoria deja afuera."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR

from funciones.adaptadores.casos import NINGUNA
from funciones.adaptadores.horneado import Horneado
from funciones.dominio.admisibilidad import Reglamento, Resultado

Celdas = Mapping[str, str]
Muestras = Iterator[tuple[str, Celdas]]
Sirve = Callable[[Celdas], bool]


def fila_para_pegar(base: Celdas, muestras: Muestras, columnas: Iterable[str], sirve: Sirve) -> str:
    """La primera muestra que sirve, como renglón de casos.csv; vacía si ninguna. `base`: sus columnas fijas."""
    for titulo, celdas in muestras:
        fila = {**base, "titulo": titulo, **celdas}
        if sirve(fila):
            salida = io.StringIO()
            csv.writer(salida, lineterminator="").writerow(fila.get(columna, "") for columna in columnas)
            return salida.getvalue()
    return ""


def fijas(convocatoria: str, columna: str, regla: str, reglamento: Reglamento) -> Celdas:
    """Lo que no cambia: de qué convocatoria es, quién postula y qué se espera."""
    tipo = next((tipo for (tipo, cual), rige in reglamento.matriz.items() if cual == regla and rige != "no"), "")
    return {
        "convocatoria": convocatoria,
        "caso": f"fuera-por-{columna.replace('_', '-')}",
        "tipo_persona": tipo,
        "inicio_actividades": "primera",
        "regla": regla,
        "resultado": str(Resultado.NO_CUMPLE),
    }


def muestras(columna: str, reglamento: Reglamento, publicado: Horneado) -> Muestras:
    """Personas que esa columna podría dejar afuera: su título y sus respuestas."""
    return _MUESTRAS[columna](reglamento, publicado)


def _vendio_menos(reglamento: Reglamento, publicado: Horneado) -> Muestras:
    justo = (reglamento.ventas_minimas_uf * reglamento.uf_clp).to_integral_value(ROUND_CEILING)
    yield "Quien vendió un peso menos que el mínimo", {"ventas_clp": str(int(justo) - 1)}


def _vendio_mas(reglamento: Reglamento, publicado: Horneado) -> Muestras:
    justo = (reglamento.ventas_maximas_uf * reglamento.uf_clp).to_integral_value(ROUND_FLOOR)
    yield "Quien vendió un peso más que el máximo", {"ventas_clp": str(int(justo) + 1)}


def _de_otro_lugar(reglamento: Reglamento, publicado: Horneado) -> Muestras:
    for codigo, comuna in publicado.comunas.items():
        yield f"Quien trabaja en {comuna['nombre']}", {"comuna": codigo}


def _muy_nueva(reglamento: Reglamento, publicado: Horneado) -> Muestras:
    cumple = _hace(reglamento.antiguedad_minima_anios or 0, reglamento.publicacion)
    yield "Quien inició actividades un día tarde", {"inicio_fecha": (cumple + timedelta(days=1)).isoformat()}


def _muy_antigua(reglamento: Reglamento, publicado: Horneado) -> Muestras:
    cumple = _hace((reglamento.antiguedad_maxima_anios or 0) + 1, reglamento.publicacion)
    yield "Quien lleva un año más que el máximo", {"inicio_fecha": cumple.isoformat()}


def _hace(anios: int, publicacion: date) -> date:
    """El mismo día de otro año; el 29 de febrero se cuenta el 28, que existe siempre."""
    dia = 28 if (publicacion.month, publicacion.day) == (2, 29) else publicacion.day
    return publicacion.replace(year=publicacion.year - anios, day=dia)


def _sin_el_perfil(reglamento: Reglamento, publicado: Horneado) -> Muestras:
    yield "Quien no tiene el perfil", {"liderada_por_mujeres": "no"}


def _de_otro_rubro(reglamento: Reglamento, publicado: Horneado) -> Muestras:
    for codigo in (c for c in sorted(publicado.actividades) if reglamento.sectores.get(c[:2]) == "si"):
        yield f"Quien solo trabaja en el código {codigo}", {"actividad": codigo, "otras_actividades": NINGUNA}


def _con_otro_giro_principal(reglamento: Reglamento, publicado: Horneado) -> Muestras:
    """Cualquier código de principal, y otro que esta convocatoria sí atiende."""
    for otro in sorted(publicado.actividades):
        if reglamento.sectores.get(otro[:2]) == "si" and _admite(otro, reglamento):
            for principal in sorted(publicado.actividades):
                titulo = f"Quien tiene de giro principal el código {principal} y trabaja además en el {otro}"
                yield titulo, {"actividad": principal, "otras_actividades": otro}


def _admite(codigo: str, reglamento: Reglamento) -> bool:
    nombres = {reglamento.actividades[codigo][0], codigo[:2], codigo}
    return not reglamento.actividades_admitidas or not nombres.isdisjoint(reglamento.actividades_admitidas)


_MUESTRAS: Mapping[str, Callable[[Reglamento, Horneado], Muestras]] = {
    "ventas_minimas_uf": _vendio_menos,
    "ventas_maximas_uf": _vendio_mas,
    "regiones_admitidas": _de_otro_lugar,
    "comunas_admitidas": _de_otro_lugar,
    "antiguedad_minima_anios": _muy_nueva,
    "antiguedad_maxima_anios": _muy_antigua,
    "perfil": _sin_el_perfil,
    "actividades_admitidas": _de_otro_rubro,
    "giro": _con_otro_giro_principal,
}
