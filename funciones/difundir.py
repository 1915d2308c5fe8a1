"""Difundir: cada diez minutos, lo que cambió a quien ya postuló, un resumen a quien tiene novedades y lo que venció."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from funciones.adaptadores.almacen import Conflicto
from funciones.adaptadores.correo import DireccionRechazada
from funciones.adaptadores.montaje import montaje
from funciones.avisos import avisar_cambios, cartas, recordar
from funciones.datos_personales import correo_derechos
from funciones.dominio.invitacion import Invitacion, que_le_tocan
from funciones.dominio.novedad import Noticia, Publicada, noticias
from funciones.dominio.suscripcion import CONFIRMACIONES_POR_HORA, Suscripcion, arrendar, arrendar_pedido, contar
from funciones.entrada.acceso import con_reintentos
from funciones.entrada.solicitud import contar as contar_metrica
from funciones.entrada.solicitud import registro
from funciones.entrada.tropiezo import tropiezo
from funciones.oficina import invitaciones

# Lo que alcanza a salir en una pasada; lo demás sale en la siguiente.
CORREOS_POR_PASADA = 1000
# Con tantas fallas seguidas, el correo o el almacén están caídos: se deja para la próxima.
FALLAS_SEGUIDAS = 5
CUENTAS = ("cambios", "recordatorios", "derechos", "resumenes", "confirmaciones", "en_espera", "borradas", "fallas")


class DifusionIncompleta(Exception):
    """Hubo a quienes no se les pudo escribir; los demás ya tienen su correo, y la próxima pasada insiste."""


def difundir() -> Counter[str]:
    """Lo hecho en esta pasada. Se puede cortar y repetir siempre; dos a la vez no escriben dos veces a nadie."""
    hecho = Counter(dict.fromkeys(CUENTAS, 0))
    # Primero quien ya tiene un cupo o lo espera: puede estar por comprar un pasaje.
    _cambios(hecho)
    _derechos(hecho)
    _recordatorios(hecho)
    _confirmaciones(hecho)
    _resumenes(hecho)
    hecho["borradas"] = montaje().almacen.purgar_suscripciones(montaje().ahora())
    return hecho


def _cambios(hecho: Counter[str]) -> None:
    """Lo que falla en una convocatoria no detiene a las demás."""
    for publicada in avisar_cambios.con_cambios():
        try:
            pendientes = avisar_cambios.por_avisar(publicada)
        except Exception as error:
            _contar_falla(hecho, error)
            continue
        seguidas = 0
        for pendiente in pendientes:
            if hecho["cambios"] >= CORREOS_POR_PASADA or seguidas >= FALLAS_SEGUIDAS:
                return
            seguidas = _intentar(hecho, "cambios", partial(avisar_cambios.avisar, pendiente), seguidas)


def _derechos(hecho: Counter[str]) -> None:
    """Los correos de quien pidió algo sobre sus datos: que llegó y hasta cuándo se responde, y la respuesta."""
    seguidas = 0
    for nota in correo_derechos.pendientes():
        if seguidas >= FALLAS_SEGUIDAS:
            return
        seguidas = _intentar(hecho, "derechos", partial(correo_derechos.avisar, nota), seguidas)


def _recordatorios(hecho: Counter[str]) -> None:
    seguidas = 0
    try:
        for convocatoria, hoja in recordar.por_recordar():
            if hecho["recordatorios"] >= CORREOS_POR_PASADA or seguidas >= FALLAS_SEGUIDAS:
                return
            seguidas = _intentar(hecho, "recordatorios", partial(recordar.mandar, convocatoria, hoja), seguidas)
    except Exception as error:
        _contar_falla(hecho, error)


def _confirmaciones(hecho: Counter[str]) -> None:
    """Primero quien espera desde antes: a quien nadie le escribió no lo adelanta el que pide después."""
    esperan = _esperan_correo()
    seguidas = 0
    for puestos, suscripcion in enumerate(esperan):
        ahora = montaje().ahora()
        if seguidas >= FALLAS_SEGUIDAS or not cartas.queda_esta_hora(ahora, CONFIRMACIONES_POR_HORA):
            hecho["en_espera"] = len(esperan) - puestos
            return
        seguidas = _intentar(hecho, "confirmaciones", partial(_reenviar, suscripcion, ahora), seguidas)


def _esperan_correo() -> list[Suscripcion]:
    ahora = montaje().ahora()
    # Las que no se leen las cuenta el reparto de resúmenes, que pasa después por las mismas filas.
    todas = montaje().almacen.suscripciones(lambda error: None)
    con_hora = [(pedido.cuando, s.id, s) for s in todas if (pedido := s.espera_correo(ahora)) is not None]
    return [suscripcion for *_, suscripcion in sorted(con_hora, key=lambda tres: tres[:2])]


def _reenviar(suscripcion: Suscripcion, ahora: datetime) -> int:
    tomada = arrendar_pedido(suscripcion, ahora)
    if not _tomar(tomada):
        cartas.devolver(ahora)
        return 0
    try:
        cartas.mandar_confirmacion(tomada, ahora)
    except Conflicto:
        # Volvió a pedirla en este instante: su propio pedido manda el correo.
        return 0
    return 1


def _resumenes(hecho: Counter[str]) -> None:
    publicadas, seguidas = montaje().horneado.publicadas(), 0
    vivas = invitaciones.vivas()
    for suscripcion in montaje().almacen.suscripciones(partial(_contar_falla, hecho)):
        if hecho["resumenes"] >= CORREOS_POR_PASADA or seguidas >= FALLAS_SEGUIDAS:
            return
        ahora = montaje().ahora()
        if suscripcion.toca_resumen(ahora):
            seguidas = _intentar(hecho, "resumenes", partial(_resumir, suscripcion, publicadas, vivas, ahora), seguidas)


def _intentar(hecho: Counter[str], cuenta: str, escribir: Callable[[], int], seguidas: int) -> int:
    """Suma lo que se escribió, o la falla; cuántas fallas van seguidas."""
    try:
        hecho[cuenta] += escribir()
    except Exception as error:
        _contar_falla(hecho, error)
        return seguidas + 1
    return 0


def _contar_falla(hecho: Counter[str], error: Exception) -> None:
    _anotar_falla(error)
    hecho["fallas"] += 1


def _resumir(
    suscripcion: Suscripcion, publicadas: tuple[Publicada, ...], vivas: tuple[Invitacion, ...], ahora: datetime
) -> int:
    """Lo que falta contarle, y lo que la mesa le quiere anunciar, en el mismo correo: nada se le escribe dos veces."""
    assert suscripcion.preferencias is not None
    suyas = [p for p in publicadas if suscripcion.preferencias.incluye(p.convocatoria)]
    de_mas = [i for i in que_le_tocan(vivas, suscripcion, suyas) if _es_de_mas(i, suscripcion)]
    gastadas = [i for i in de_mas if invitaciones.queda_hoy(i)]
    contadas = suscripcion.contadas - {i.convocatoria for i in gastadas}
    hay = noticias(suyas, contadas, ahora)
    tomada = arrendar(suscripcion, ahora)
    if not hay or not _tomar(tomada):
        for invitacion in gastadas:
            invitaciones.devolver(invitacion)
        return 0
    return _escribir(tomada, hay, publicadas, ahora)


def _es_de_mas(invitacion: Invitacion, suscripcion: Suscripcion) -> bool:
    """Si sin la invitación no se le contaría: lo nuevo sale igual, y no gasta de sus correos."""
    return invitacion.convocatoria in suscripcion.contadas


def _tomar(tomada: Suscripcion) -> bool:
    """Falso si otra pasada se adelantó, o si la persona la cambió o la dejó."""
    try:
        montaje().almacen.guardar_suscripcion(tomada)
    except Conflicto:
        return False
    return True


def _escribir(tomada: Suscripcion, hay: tuple[Noticia, ...], publicadas: tuple[Publicada, ...], ahora: datetime) -> int:
    try:
        montaje().correo.enviar(cartas.resumen(tomada, hay, ahora))
    except DireccionRechazada:
        # A esa dirección no se puede escribir: guardarla no le sirve a nadie.
        montaje().almacen.borrar_suscripcion(tomada.id)
        return 0
    contado = frozenset(i for noticia in hay for i in noticia.ids)
    con_reintentos(lambda: _dar_por_contado(tomada, contado, publicadas, ahora))
    return 1


def _dar_por_contado(
    tomada: Suscripcion, contado: frozenset[str], publicadas: tuple[Publicada, ...], ahora: datetime
) -> None:
    """Se relee: mientras salía el correo la persona pudo cambiar sus avisos, o dejarlos."""
    actual = montaje().almacen.suscripcion(tomada.id)
    if actual is not None and actual.nacida == tomada.nacida:
        montaje().almacen.guardar_suscripcion(contar(actual, contado, publicadas, ahora))


def _anotar_falla(error: Exception) -> None:
    """Se anota el tipo y el lugar del error, nunca su texto ni a quién: llevan datos."""
    registro.error("aviso_sin_difundir", extra=tropiezo(error))


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """El evento programado. Error: DifusionIncompleta si algo falló, para que la alarma lo vea."""
    hecho = dict(difundir())
    registro.info("difundido", extra=hecho)
    contar_metrica("ResumenesEnviados", hecho["resumenes"])
    contar_metrica("CambiosAvisados", hecho["cambios"])
    if hecho["fallas"]:
        raise DifusionIncompleta(f"{hecho['fallas']} sin escribir")
    return hecho
