"""Las invitaciones guardadas: cuáles siguen vivas y cuánto les queda por escribir hoy."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.montaje import montaje
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.invitacion import Invitacion, la_pide, le_toca
from funciones.entrada.solicitud import Funcionario
from funciones.oficina import bitacora

CLASE, VIVAS = "invitacion", "vivas"


def vivas() -> tuple[Invitacion, ...]:
    """Las que hay que repartir: de convocatorias que todavía reciben y que nadie detuvo."""
    ahora, publicado = montaje().ahora(), montaje().horneado
    abiertas = []
    for hoja in montaje().almacen.hojas(CLASE, VIVAS):
        convocatoria = publicado.convocatoria(hoja.llave)
        if hoja.cuerpo["viva"] and convocatoria is not None and convocatoria.recibe(ahora):
            abiertas.append(Invitacion(hoja.llave, hoja.cuerpo["region"], hoja.cuerpo["tope"]))
    return tuple(abiertas)


def queda_hoy(invitacion: Invitacion) -> bool:
    """Gasta uno de sus correos de hoy; falso si ya salieron todos."""
    ahora = montaje().ahora()
    return montaje().almacen.contar_en(invitacion.cuenta(ahora), invitacion.tope, ahora + timedelta(days=2))


def devolver(invitacion: Invitacion) -> None:
    """El correo que se iba a mandar no salió."""
    montaje().almacen.devolver_a(invitacion.cuenta(montaje().ahora()))


def guardada(convocatoria: Convocatoria) -> Hoja | None:
    """La invitación de esa convocatoria, viva o detenida; None si nunca se ha invitado."""
    return montaje().almacen.hoja(CLASE, VIVAS, convocatoria.id)


def guardar(
    convocatoria: Convocatoria, funcionario: Funcionario, version: int, viva: bool, region: str, tope: int
) -> None:
    """La deja así, si nadie la cambió mientras tanto. Error: Conflicto."""
    cuerpo: dict[str, Any] = bitacora.firma(funcionario) | {"viva": viva, "region": region, "tope": tope}
    montaje().almacen.guardar_hoja(
        Hoja(CLASE, VIVAS, convocatoria.id, cuerpo, version + 1, convocatoria.cierre + timedelta(days=90))
    )


def cuentas(convocatoria: Convocatoria, region: str) -> dict[str, int]:
    """Cuántas personas la piden, a cuántas ya se les escribió y cuántas faltan. Solo cuentas: ninguna dirección."""
    # Una fila dañada no deja sin cuenta a las demás; el reparto la anota.
    activas = [s for s in montaje().almacen.suscripciones(lambda error: None) if s.activa]
    piden = sum(la_pide(s, convocatoria, region) for s in activas)
    faltan = sum(le_toca(s, convocatoria, region) for s in activas)
    return {"piden": piden, "ya_escritas": piden - faltan, "por_escribir": faltan}
