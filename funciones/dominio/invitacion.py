"""La invitación por correo: a quién de quienes piden avisos se le escribe de una convocatoria, y nunca dos veces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.novedad import Publicada
from funciones.dominio.suscripcion import Suscripcion

# El código con que se dice «de cualquier región».
TODAS = ""


@dataclass(frozen=True, slots=True)
class Invitacion:
    """Anunciar una convocatoria a quienes piden avisos de `region` y de su componente, a lo más `tope` al día."""

    convocatoria: str
    region: str
    tope: int

    def cuenta(self, ahora: datetime) -> str:
        """Con qué nombre se cuentan sus correos de ese día."""
        return f"invitacion-{self.convocatoria}-{ahora:%Y%m%d}"


def la_pide(suscripcion: Suscripcion, convocatoria: Convocatoria, region: str) -> bool:
    """Si pidió saber de convocatorias como esta y, si se eligió una región, también de ella."""
    pide = suscripcion.preferencias
    return (
        pide is not None
        and pide.incluye(convocatoria)
        and (region == TODAS or not pide.regiones or region in pide.regiones)
    )


def le_toca(suscripcion: Suscripcion, convocatoria: Convocatoria, region: str) -> bool:
    """Si hay que escribirle: la pide y nunca se le ha mandado un correo que la cuente."""
    return la_pide(suscripcion, convocatoria, region) and convocatoria.id not in suscripcion.escritas


def que_le_tocan(
    invitaciones: Iterable[Invitacion], suscripcion: Suscripcion, publicadas: Iterable[Publicada]
) -> tuple[Invitacion, ...]:
    """Las invitaciones que todavía hay que contarle a esta persona."""
    por_id = {p.convocatoria.id: p.convocatoria for p in publicadas}
    return tuple(
        i for i in invitaciones if i.convocatoria in por_id and le_toca(suscripcion, por_id[i.convocatoria], i.region)
    )
