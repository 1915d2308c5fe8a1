"""Los pasos de una vitrina: su dueña la edita, envía y retira; una persona de la mesa la publica, devuelve o baja."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from funciones.dominio.actor import Actor, DenegacionSinPersona, se_ve
from funciones.dominio.estado import Estado, Papel
from funciones.dominio.postulacion import MotivoFaltante
from funciones.dominio.vitrina import (
    SE_AVISAN,
    Contenido,
    EstadoVitrina,
    Hecho,
    Permiso,
    Vitrina,
    VitrinaImposible,
    VitrinaIncompleta,
)

# El catálogo en línea es un servicio del componente 1.
COMPONENTE = 1
# Quien tiene un puesto o ya participó.
EXHIBEN = frozenset({Estado.SELECCIONADA, Estado.CONFIRMADA, Estado.PARTICIPO, Estado.EGRESADA})
_DECIDEN = frozenset({EstadoVitrina.PUBLICADA, EstadoVitrina.RETIRADA})


def puede_exhibir(estado: Estado, componente: int) -> bool:
    """Si quien está en ese estado puede tener vitrina."""
    return componente == COMPONENTE and estado in EXHIBEN


def nueva(folio: str, convocatoria: str, publica: str, nombre: str, ahora: datetime) -> Vitrina:
    """La vitrina vacía, que todavía no se guarda: solo lleva el nombre con que se postuló."""
    return Vitrina(folio, convocatoria, publica, 0, EstadoVitrina.BORRADOR, ahora, Contenido(nombre=nombre))


def editar(antes: Vitrina, contenido: Contenido, ahora: datetime) -> Vitrina:
    """Con otro contenido por publicar. Lo publicado no cambia; lo que esperaba revisión vuelve a ser borrador."""
    usados = [int(p.id.removeprefix("p")) for p in contenido.productos]
    return replace(
        antes,
        version=antes.version + 1,
        estado=EstadoVitrina.OBSERVADA if antes.estado is EstadoVitrina.OBSERVADA else EstadoVitrina.BORRADOR,
        cambio=ahora,
        borrador=contenido,
        ultimo_producto=max([antes.ultimo_producto, *usados]),
    )


def enviar(antes: Vitrina, ahora: datetime, version_permiso: int) -> Vitrina:
    """A revisión, con el permiso recién dado. Errores: VitrinaImposible si ya se envió; VitrinaIncompleta."""
    if antes.estado in {EstadoVitrina.EN_REVISION, EstadoVitrina.PUBLICADA}:
        raise VitrinaImposible("no hay nada nuevo que enviar")
    if antes.borrador.faltan:
        raise VitrinaIncompleta(antes.borrador.faltan)
    actor = Actor(Papel.POSTULANTE, antes.folio)
    enviada = _pasar(antes, EstadoVitrina.EN_REVISION, actor, ahora, permiso=version_permiso)
    return replace(enviada, permiso=Permiso(version_permiso, ahora))


def publicar(antes: Vitrina, actor: Actor, ahora: datetime, motivo: str = "") -> Vitrina:
    """Lo que estaba en revisión pasa a estar publicado. Errores: VitrinaImposible, DenegacionSinPersona."""
    _exigir(antes, EstadoVitrina.EN_REVISION)
    _exigir_persona(actor)
    publicada = _pasar(antes, EstadoVitrina.PUBLICADA, actor, ahora, motivo)
    return replace(publicada, publicado=antes.borrador)


def observar(antes: Vitrina, actor: Actor, ahora: datetime, motivo: str) -> Vitrina:
    """Devuelta con su razón; lo que ya estaba publicado sigue. Errores: los de `publicar`, y MotivoFaltante."""
    _exigir(antes, EstadoVitrina.EN_REVISION)
    _exigir_razon(actor, motivo)
    return _pasar(antes, EstadoVitrina.OBSERVADA, actor, ahora, motivo)


def bajar(antes: Vitrina, actor: Actor, ahora: datetime, motivo: str) -> Vitrina:
    """La mesa la saca del catálogo; su dueña puede arreglarla y enviarla otra vez. Errores: los de `observar`."""
    if antes.publicado is None:
        raise VitrinaImposible("no está publicada")
    _exigir_razon(actor, motivo)
    return replace(_pasar(antes, EstadoVitrina.RETIRADA, actor, ahora, motivo), publicado=None)


def retirar(antes: Vitrina, ahora: datetime) -> Vitrina:
    """Su dueña retira el permiso: deja de estar publicada y de esperar revisión. Error: VitrinaImposible."""
    if antes.permiso is None:
        raise VitrinaImposible("no hay permiso que retirar")
    retirada = _pasar(antes, EstadoVitrina.RETIRADA, Actor(Papel.POSTULANTE, antes.folio), ahora)
    return replace(retirada, publicado=None, permiso=None)


def a_la_vista(vitrinas: Iterable[Vitrina], otras: Iterable[Vitrina] = ()) -> tuple[Vitrina, ...]:
    """Las que se muestran, una por nombre público, en su orden: de las de un mismo RUT manda la que cambió al final.

    Solo cuentan los cambios de estado: quien retira su permiso sale entero, aunque tenga otra vitrina publicada.
    `otras` no se muestran, pero sus retiros también cuentan.
    """
    candidatas = tuple(vitrinas)
    todas = (*candidatas, *otras)
    ultimas: dict[str, Vitrina] = {}
    en_pie = (v for v in candidatas if _decididas(v) and (v.publicado is None or tiene_permiso(v, todas)))
    for vitrina in sorted(en_pie, key=_ultima_decision):
        ultimas[vitrina.publica] = vitrina
    vistas = (v for v in ultimas.values() if v.publicado is not None)
    return tuple(sorted(vistas, key=lambda v: v.publica))


def tiene_permiso(vitrina: Vitrina, vitrinas: Iterable[Vitrina]) -> bool:
    """Si su permiso sigue en pie: se dio después de que el mismo RUT lo retirara en cualquiera de sus vitrinas."""
    permiso = vitrina.permiso
    if permiso is None:
        return False
    # Retirarse en la misma vitrina ya borra su permiso.
    hermanas = (v for v in vitrinas if v.publica == vitrina.publica and v.folio != vitrina.folio)
    return all(h.cuando < permiso.cuando for v in hermanas for h in v.historia if _es_retiro(h))


def _es_retiro(hecho: Hecho) -> bool:
    """Si fue su dueña quien la sacó; lo que saca la mesa se puede arreglar y enviar otra vez."""
    return hecho.estado is EstadoVitrina.RETIRADA and hecho.actor.papel is Papel.POSTULANTE


def _decididas(vitrina: Vitrina) -> list[Hecho]:
    return [h for h in vitrina.historia if h.estado in _DECIDEN]


def _ultima_decision(vitrina: Vitrina) -> tuple[datetime, str]:
    return _decididas(vitrina)[-1].cuando, vitrina.folio


def _pasar(
    antes: Vitrina,
    estado: EstadoVitrina,
    actor: Actor,
    ahora: datetime,
    motivo: str = "",
    permiso: int | None = None,
) -> Vitrina:
    version = antes.version + 1
    hecho = Hecho(version, estado, ahora, actor, motivo.strip(), permiso)
    return replace(
        antes,
        version=version,
        estado=estado,
        cambio=ahora,
        historia=(*antes.historia, hecho),
        # Del correo anterior que no alcanzó a salir ya no importa lo que decía: vale el de ahora, si lo hay.
        por_avisar=version if estado in SE_AVISAN else None,
    )


def _exigir(vitrina: Vitrina, estado: EstadoVitrina) -> None:
    if vitrina.estado is not estado:
        raise VitrinaImposible(f"está {vitrina.estado}")


def _exigir_persona(actor: Actor) -> None:
    if not actor.responde:
        raise DenegacionSinPersona


def _exigir_razon(actor: Actor, motivo: str) -> None:
    _exigir_persona(actor)
    if not se_ve(motivo):
        raise MotivoFaltante
