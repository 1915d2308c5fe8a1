"""Lo que cambia de una actividad cuando ya hay quienes postularon: a quién se le cuenta, y qué pasa con su lugar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from funciones.dominio.novedad import Enmienda
from funciones.dominio.plazo import fin_del_dia, inicio_del_dia
from funciones.dominio.postulacion import Estado, Postulacion

# Si el cambio se ve por primera vez mucho después de su fecha, vale la fecha: quien postuló después ya lo leyó.
ATRASO_DEL_EDITOR = timedelta(days=7)


class Caso(StrEnum):
    """Qué tiene en la actividad la persona a quien se le escribe."""

    CON_CUPO = "con_cupo"
    CON_OFERTA = "con_oferta"
    EN_ESPERA = "en_espera"
    EN_LA_FILA = "en_la_fila"


class Efecto(StrEnum):
    """Qué le pasó a la actividad, en una palabra: de ella dependen el asunto y qué hacer."""

    CANCELADA = "cancelada"
    SUSPENDIDA = "suspendida"
    SIGUE = "sigue"
    FECHA_Y_LUGAR = "fecha_y_lugar"
    FECHA = "fecha"
    LUGAR = "lugar"
    OTRO = "otro"


# Los demás estados no están en juego: no confirmaron su correo, o su postulación ya terminó.
_CASOS: Mapping[Estado, Caso] = {
    Estado.RETENIDA: Caso.EN_LA_FILA,
    Estado.RECIBIDA: Caso.EN_LA_FILA,
    Estado.EN_CORRECCION: Caso.EN_LA_FILA,
    Estado.ADMISIBLE: Caso.EN_LA_FILA,
    Estado.EVALUADA: Caso.EN_LA_FILA,
    Estado.RECURRIDA: Caso.EN_LA_FILA,
    Estado.LISTA_DE_ESPERA: Caso.EN_ESPERA,
    Estado.OFRECIDA: Caso.CON_OFERTA,
    Estado.SELECCIONADA: Caso.CON_CUPO,
    Estado.CONFIRMADA: Caso.CON_CUPO,
}
# Le importan a quien todavía no postula, y a esa persona le escriben los avisos de convocatorias.
_DE_QUIEN_VA_A_POSTULAR = frozenset({"publicacion", "apertura", "cierre", "postulaciones_maximas"})
# La misma cosa, como se llama en la convocatoria y como se llama en su evento.
_GEMELAS: Mapping[str, str] = {"actividad_inicio": "inicio", "actividad_termino": "termino"}
_FECHAS = frozenset({"actividad_inicio", "actividad_termino", "inicio", "termino"})
_LUGARES = frozenset({"region", "comuna", "sede", "modalidad"})
_SITUACIONES: Mapping[str, Efecto] = {
    "cancelada": Efecto.CANCELADA,
    "cancelado": Efecto.CANCELADA,
    "suspendida": Efecto.SUSPENDIDA,
    "vigente": Efecto.SIGUE,
    "programado": Efecto.SIGUE,
    "pospuesto": Efecto.FECHA,
    "trasladado": Efecto.LUGAR,
}


@dataclass(frozen=True, slots=True)
class Cambio:
    """Un cambio importante que ya rige. `id` es único dentro de su convocatoria y no cambia nunca."""

    id: str
    enmienda: Enmienda


def caso(estado: Estado) -> Caso | None:
    """Qué tiene en juego quien está en este estado; None si nada."""
    return _CASOS.get(estado)


def vigentes(enmiendas: Iterable[Enmienda], del_evento: Iterable[Enmienda], ahora: datetime) -> tuple[Cambio, ...]:
    """Los que se cuentan a quienes ya postularon: los de la convocatoria y los de su evento, del más viejo al nuevo."""
    propios = [Cambio(f"convocatoria-{e.numero}", e) for e in enmiendas if e.campo not in _DE_QUIEN_VA_A_POSTULAR]
    suyos = [Cambio(f"evento-{e.numero}", e) for e in del_evento]
    rigen = [c for c in (*propios, *suyos) if c.enmienda.mayor and inicio_del_dia(c.enmienda.fecha) <= ahora]
    return tuple(sorted(rigen, key=lambda c: (c.enmienda.fecha, c.id.startswith("evento"), c.enmienda.numero)))


def le_concierne(cambio: Cambio, postulacion: Postulacion, visto: datetime) -> bool:
    """Si postuló antes de que se publicara; `visto`: cuándo lo encontró el sistema. Quien llega después ya lo leyó."""
    fin = fin_del_dia(cambio.enmienda.fecha)
    publicado = visto if visto - fin <= ATRASO_DEL_EDITOR else fin
    return caso(postulacion.estado) is not None and postulacion.llego <= publicado


def efecto(cambios: Iterable[Cambio]) -> Efecto:
    """Qué resume a todos juntos. La última situación manda si detiene o cancela; si no, lo que se movió."""
    situaciones = [c.enmienda.despues for c in cambios if c.enmienda.campo == "situacion"]
    ultimo = _SITUACIONES.get(situaciones[-1], Efecto.OTRO) if situaciones else Efecto.OTRO
    if ultimo in {Efecto.CANCELADA, Efecto.SUSPENDIDA}:
        return ultimo
    dichos = {_SITUACIONES.get(situacion) for situacion in situaciones}
    campos = {c.enmienda.campo for c in cambios}
    fecha, lugar = bool(campos & _FECHAS) or Efecto.FECHA in dichos, bool(campos & _LUGARES) or Efecto.LUGAR in dichos
    if fecha or lugar:
        return Efecto.FECHA_Y_LUGAR if fecha and lugar else Efecto.FECHA if fecha else Efecto.LUGAR
    return ultimo


def por_decir(cambios: Iterable[Cambio]) -> tuple[Enmienda, ...]:
    """Lo que se escribe de cada uno, sin repetir: lo que el evento dice con su hora no lo repite la convocatoria.

    «Pospuesto» o «trasladado» sobran si al lado va la fecha o el lugar nuevos.
    """
    todas = tuple(cambios)
    del_evento = {c.enmienda.campo for c in todas if c.id.startswith("evento")}
    se_movio = {c.enmienda.campo for c in todas} & (_FECHAS | _LUGARES)
    dichas: list[Enmienda] = []
    for cambio in todas:
        escrita = cambio.enmienda
        repetida = not cambio.id.startswith("evento") and _GEMELAS.get(escrita.campo) in del_evento
        sobra = escrita.despues in {"pospuesto", "trasladado"} and bool(se_movio)
        if not (repetida or sobra or _ya_dicha(escrita, dichas)):
            dichas.append(escrita)
    return tuple(dichas)


def _ya_dicha(escrita: Enmienda, dichas: list[Enmienda]) -> bool:
    """La convocatoria y su evento anotan lo mismo cada uno: que se canceló, o la otra comuna."""
    if escrita.campo == "situacion":
        return any(
            d.campo == "situacion" and _SITUACIONES.get(d.despues) is _SITUACIONES.get(escrita.despues) for d in dichas
        )
    return any((d.campo, d.antes, d.despues) == (escrita.campo, escrita.antes, escrita.despues) for d in dichas)
