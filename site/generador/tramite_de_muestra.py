"""Una postulación inventada que pasa por todos los estados: con ella se muestran los correos que salen en cada uno."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from funciones.adaptadores.horneado import Horneado
from funciones.adaptadores.llavero import LARGO_MAESTRA, Llavero
from funciones.adaptadores.montaje import Montaje
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.postulacion import (
    TRANSICIONES,
    Actor,
    Estado,
    Papel,
    Persona,
    Postulacion,
    Recurso,
    Transicion,
    denegar,
    es_denegacion,
    nacimiento,
    transitar,
)
from funciones.dominio.seleccion import Motivo

REGLA, ACTA = "muestra/1", "muestra"
NOMBRE, REPRESENTA = "Conservas de Ejemplo SpA", "Rosa de Ejemplo"
DATOS: Mapping[str, str] = {
    "tipo_persona": "juridica",
    "rut": "76086428-5",
    "nombre": NOMBRE,
    "representante": REPRESENTA,
    "comuna": "07101",
    "inicio_actividades": "primera",
    "actividad": "107100",
    "otras_actividades": "",
    "ventas": "103800000",
    "deudas": "no",
    "condena_antisindical": "no",
    "rendiciones_pendientes": "no",
    "correo": "rosa@correo.example",
}
_ADMISIBLE = (Estado.RECIBIDA, Estado.ADMISIBLE)
_ELEGIDA = (*_ADMISIBLE, Estado.EVALUADA, Estado.SELECCIONADA)
_ESPERA = (*_ADMISIBLE, Estado.EVALUADA, Estado.LISTA_DE_ESPERA)
# Por dónde pasa hasta quedar en cada estado con correo.
CAMINOS: Mapping[Estado, tuple[Estado, ...]] = {
    Estado.POR_CONFIRMAR: (),
    Estado.RETENIDA: (Estado.RETENIDA,),
    Estado.RECIBIDA: (Estado.RECIBIDA,),
    Estado.EN_CORRECCION: (Estado.RECIBIDA, Estado.EN_CORRECCION),
    Estado.DESISTIDA: (Estado.RECIBIDA, Estado.EN_CORRECCION, Estado.DESISTIDA),
    Estado.NO_ADMISIBLE: (Estado.RECIBIDA, Estado.NO_ADMISIBLE),
    Estado.SELECCIONADA: _ELEGIDA,
    Estado.LISTA_DE_ESPERA: _ESPERA,
    Estado.NO_SELECCIONADA: (*_ADMISIBLE, Estado.EVALUADA, Estado.NO_SELECCIONADA),
    Estado.OFRECIDA: (*_ESPERA, Estado.OFRECIDA),
    Estado.CONFIRMADA: (*_ELEGIDA, Estado.CONFIRMADA),
    Estado.DECLINADA: (*_ELEGIDA, Estado.DECLINADA),
    Estado.OFERTA_VENCIDA: (*_ESPERA, Estado.OFRECIDA, Estado.OFERTA_VENCIDA),
    Estado.RETIRADA: (Estado.RECIBIDA, Estado.RETIRADA),
    Estado.PARTICIPO: (*_ELEGIDA, Estado.CONFIRMADA, Estado.PARTICIPO),
    Estado.NO_ASISTIO: (*_ELEGIDA, Estado.CONFIRMADA, Estado.NO_ASISTIO),
    Estado.EGRESADA: (*_ELEGIDA, Estado.CONFIRMADA, Estado.PARTICIPO, Estado.EGRESADA),
    Estado.RECURRIDA: (Estado.RECIBIDA, Estado.NO_ADMISIBLE, Estado.RECURRIDA),
    Estado.RECURSO_RECHAZADO: (
        Estado.RECIBIDA,
        Estado.NO_ADMISIBLE,
        Estado.RECURRIDA,
        Estado.RECURSO_RECHAZADO,
    ),
}
_MOTIVOS: Mapping[Estado, str] = {
    Estado.EN_CORRECCION: "El F30 tiene más de 30 días. Sube uno nuevo.",
    Estado.NO_ADMISIBLE: "La carpeta tributaria muestra ventas sobre el máximo.",
    Estado.RETENIDA: "",
    Estado.RECURRIDA: "La carpeta suma dos veces una factura anulada. Adjunto la corrección del SII.",
    Estado.RECURSO_RECHAZADO: "La corrección del SII no cambia el total del año.",
}
# Qué cambia además del estado: lo que falló, la nota o el plazo de la oferta.
_NO_CUMPLE = {"hallazgos": {"ventas": "no_cumple"}}
_NOTA = Decimal("4.85")
# Los decide una selección: sus razones son las del acta, no un motivo escrito.
_DE_UNA_SELECCION = frozenset({Estado.SELECCIONADA, Estado.LISTA_DE_ESPERA, Estado.NO_SELECCIONADA})


class MontajeDeMuestra(Montaje):
    """Un montaje sin almacén ni reloj: lo publicado, las plantillas y un llavero que no abre nada de verdad."""

    def __init__(self, publicado: Horneado, plantillas: Path, sitio: str, ahora: datetime) -> None:
        super().__init__({"URL_PORTAL": sitio, "PLANTILLAS": str(plantillas)})
        self._publicado, self._ahora = publicado, ahora
        self.__dict__["llavero"] = Llavero(bytes(LARGO_MAESTRA))
        self.__dict__["almacen"] = _Fila()

    @property
    def horneado(self) -> Horneado:
        return self._publicado

    def ahora(self) -> datetime:
        return self._ahora

    def en_la_fila(self, *postulaciones: Postulacion) -> None:
        """Quiénes están en la cola: el correo de la lista de espera dice el lugar."""
        self.__dict__["almacen"] = _Fila(postulaciones)


class _Fila:
    def __init__(self, postulaciones: tuple[Postulacion, ...] = ()) -> None:
        self._postulaciones = postulaciones

    def cola(self, convocatoria: str) -> Iterator[Postulacion]:
        return iter(self._postulaciones)


def postulada(convocatoria: Convocatoria, llavero: Llavero) -> Postulacion:
    """Recién enviada, el segundo día de la convocatoria."""
    folio = llavero.folio(convocatoria.id, "muestra")
    return Postulacion(
        folio=folio,
        convocatoria=convocatoria.id,
        estado=Estado.POR_CONFIRMAR,
        version=1,
        llego=convocatoria.apertura + timedelta(days=1),
        huella="muestra",
        huella_rut="muestra",
        datos=DATOS,
        version_formulario=1,
    )


def recorrer(
    nueva: Postulacion, hasta: Estado, convocatoria: Convocatoria, oficina: str, via: Recurso
) -> tuple[Postulacion, tuple[Transicion, ...]]:
    """La postulación en ese estado, con su historia entera."""
    actor = Actor(Papel.POSTULANTE, nueva.folio)
    ahora, historia = nueva, [nacimiento(nueva, actor, REGLA)[0]]
    for numero, estado in enumerate(CAMINOS[hasta]):
        cuando = _cuando(ahora, estado, convocatoria) + timedelta(minutes=numero)
        paso = _paso(ahora, estado, cuando, oficina, via, _cambios(estado, cuando, convocatoria))
        ahora = paso.despues
        historia.append(paso.transicion)
    return ahora, tuple(historia)


def con_otras_delante(ella: Postulacion) -> tuple[Postulacion, ...]:
    """La lista de espera con dos postulaciones de mejor nota antes que esta."""
    otras = [replace(ella, folio=f"OTRA{n}", puntaje=cast(Decimal, ella.puntaje) + 1) for n in (1, 2)]
    return (*otras, ella)


def _paso(antes: Postulacion, a: Estado, cuando: datetime, oficina: str, via: Recurso, cambios: dict[str, Any]) -> Any:
    motivo = _MOTIVOS.get(a, "Revisado.")
    if es_denegacion(a):
        persona = Persona("muestra", "evaluador", oficina)
        acta = ACTA if a in _DE_UNA_SELECCION else ""
        return denegar(antes, a, persona, cuando, motivo=motivo, version_regla=REGLA, via=via, acta=acta, **cambios)
    papel = _quien(antes.estado, a)
    rol = {"rol": "evaluador", "oficina": oficina} if papel is Papel.PERSONAL else {}
    actor = Actor(papel, "muestra" if papel is Papel.PERSONAL else antes.folio, **rol)
    texto = motivo if papel is Papel.PERSONAL or a is Estado.RECURRIDA else _MOTIVOS.get(a, "")
    acta = ACTA if a in _DE_UNA_SELECCION else ""
    return transitar(antes, a, actor, cuando, motivo=texto, version_regla=REGLA, acta=acta, **cambios)


def _quien(de: Estado, a: Estado) -> Papel:
    """Quien lo hace en el camino de siempre: la oficina, salvo lo que solo hace quien postula o el sistema."""
    pueden = TRANSICIONES[de][a]
    suyos = {Estado.CONFIRMADA, Estado.RECIBIDA}
    if a in suyos and Papel.POSTULANTE in pueden:
        return Papel.POSTULANTE
    return Papel.PERSONAL if Papel.PERSONAL in pueden else min(pueden)


def _cuando(antes: Postulacion, a: Estado, convocatoria: Convocatoria) -> datetime:
    """Cuándo pasa, según el calendario de la convocatoria."""
    if a in {Estado.RECIBIDA, Estado.RETENIDA, Estado.RETIRADA}:
        return antes.llego + timedelta(minutes=5)
    if a in {Estado.PARTICIPO, Estado.NO_ASISTIO, Estado.EGRESADA}:
        return _al_mediodia(convocatoria, convocatoria.actividad_termino)
    if a in {Estado.NO_ADMISIBLE, Estado.EN_CORRECCION, Estado.ADMISIBLE, Estado.EVALUADA}:
        return convocatoria.cierre + timedelta(days=1)
    return _al_mediodia(convocatoria, convocatoria.resultados)


def _al_mediodia(convocatoria: Convocatoria, dia: Any) -> datetime:
    return datetime.combine(dia, convocatoria.cierre.timetz())


def _cambios(a: Estado, cuando: datetime, convocatoria: Convocatoria) -> dict[str, Any]:
    if a in {Estado.NO_ADMISIBLE, Estado.EN_CORRECCION, Estado.RECURSO_RECHAZADO}:
        return dict(_NO_CUMPLE)
    if a is Estado.RECIBIDA:
        return {"turno": cuando}
    if a is Estado.EVALUADA:
        return {"puntaje": _NOTA}
    if a is Estado.NO_SELECCIONADA:
        return {"hallazgos": {"seleccion": str(Motivo.SIN_CUPO_NI_ESPERA)}}
    if a is Estado.OFRECIDA:
        return {"oferta_vence": convocatoria.vencimiento_oferta(cuando)}
    return {}
