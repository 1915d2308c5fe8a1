"""La suscripción a avisos de convocatorias: se pide, se confirma desde el correo, se cambia y se deja."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.novedad import Publicada, regiones_de

PARA_CONFIRMAR = timedelta(hours=48)
# Lo que un pedido espera su correo si no hay con qué mandarlo; las 48 horas corren desde que sale.
PARA_MANDAR = timedelta(days=7)
# A una dirección que no confirma no se le escribe más que esto antes de olvidarla: quien la escribió pudo ser otro.
CORREOS_POR_PEDIDO = 3
# Todas las direcciones juntas: lo que pase de aquí no se pierde, sale en la hora siguiente.
CONFIRMACIONES_POR_HORA = 300
# Quien recién pide no las gasta todas: las que quedan son de los que esperan desde antes.
CONFIRMACIONES_AL_PEDIR = 200
# Un mismo pedido dos veces seguidas es un doble toque, no otro pedido.
DOBLE_TOQUE = timedelta(minutes=2)
# Quien pidió espera el correo en su pantalla; pasado esto, lo manda el reparto.
PLAZO_DE_QUIEN_RECIBE = timedelta(minutes=5)
ENTRE_RESUMENES = timedelta(hours=24)
ARRIENDO = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Preferencias:
    """De qué se quiere saber: códigos de región y números de componente. Un conjunto vacío es «todo»."""

    regiones: frozenset[str] = frozenset()
    componentes: frozenset[int] = frozenset()

    def incluye(self, convocatoria: Convocatoria) -> bool:
        """Si esta convocatoria es de las que se quiere saber."""
        suyas = regiones_de(convocatoria)
        en_su_region = not self.regiones or not suyas or bool(self.regiones & suyas)
        return en_su_region and (not self.componentes or convocatoria.componente in self.componentes)


@dataclass(frozen=True, slots=True)
class Pedido:
    """Lo que alguien escribió en el formulario y falta confirmar desde el correo.

    `correos`: cuántos se han pedido. `salio`: cuándo salió el último. `arriendo`: hasta cuándo alguien lo está
    mandando.
    """

    preferencias: Preferencias
    cuando: datetime
    correos: int = 1
    salio: datetime | None = None
    arriendo: datetime | None = None

    @property
    def vence(self) -> datetime:
        """Desde cuándo ya no se puede confirmar; si su correo no ha salido, desde cuándo ya no sale."""
        return self.cuando + PARA_MANDAR if self.salio is None else self.salio + PARA_CONFIRMAR


@dataclass(frozen=True, slots=True)
class Suscripcion:
    """Una dirección y de qué quiere saber; sin `preferencias` todavía no confirma.

    `id` es una huella con clave de la dirección. `clave` entra en el código que confirma: al pedir de nuevo, los
    enlaces viejos dejan de servir. `contadas`: lo que ya se le contó, o estaba publicado cuando se inscribió;
    `escritas`: lo que de verdad le llegó en un correo.
    `nacida` es de azar y no cambia: si se deja y se vuelve a pedir, es otra, aunque la versión sea la misma.
    """

    id: str
    correo: str
    version: int
    clave: str
    preferencias: Preferencias | None = None
    pedido: Pedido | None = None
    contadas: frozenset[str] = frozenset()
    escritas: frozenset[str] = frozenset()
    ultimo: datetime | None = None
    arriendo: datetime | None = None
    nacida: str = ""

    @property
    def activa(self) -> bool:
        """Si recibe avisos."""
        return self.preferencias is not None

    def pendiente(self, ahora: datetime) -> Pedido | None:
        """Lo que todavía se puede confirmar."""
        return self.pedido if self.pedido is not None and ahora < self.pedido.vence else None

    def vencida(self, ahora: datetime) -> bool:
        """Si nadie la confirmó a tiempo: es como si no existiera, y se borra."""
        return not self.activa and self.pendiente(ahora) is None

    def espera_correo(self, ahora: datetime) -> Pedido | None:
        """El pedido al que todavía no le sale su correo, cuando quien lo recibió ya tuvo tiempo de mandarlo."""
        pedido = self.pendiente(ahora)
        if pedido is None or pedido.salio is not None or ahora - pedido.cuando < PLAZO_DE_QUIEN_RECIBE:
            return None
        return pedido if pedido.arriendo is None or pedido.arriendo <= ahora else None

    def pedido_vencido(self, ahora: datetime) -> bool:
        """Si pidió algo y pasó el plazo de confirmarlo."""
        return self.pedido is not None and self.pendiente(ahora) is None

    def toca_resumen(self, ahora: datetime) -> bool:
        """Si se le puede escribir ahora: a lo más un correo al día, y nadie se lo está mandando."""
        descanso = self.ultimo is None or ahora - self.ultimo >= ENTRE_RESUMENES
        return self.activa and descanso and (self.arriendo is None or self.arriendo <= ahora)


def pedir(
    antes: Suscripcion | None, nueva: Suscripcion, preferencias: Preferencias, ahora: datetime
) -> Suscripcion | None:
    """Cómo queda después de pedirla; None si no hay nada que hacer: doble toque, o ya salieron todos sus correos.

    `nueva`: con id, correo y clave recién hechos. Mientras el pedido siga vivo se conserva su clave, y sirve
    cualquiera de sus correos.
    """
    vivo = None if antes is None else antes.pendiente(ahora)
    if vivo is not None:
        if vivo.correos >= CORREOS_POR_PEDIDO:
            return None
        if vivo.preferencias == preferencias and ahora - vivo.cuando < DOBLE_TOQUE:
            return None
    pedido = Pedido(preferencias, ahora, correos=1 if vivo is None else vivo.correos + 1)
    version = 1 if antes is None else antes.version + 1
    if antes is None or antes.vencida(ahora):
        nacida = nueva.clave if antes is None else antes.nacida
        return replace(nueva, version=version, pedido=pedido, nacida=nacida)
    clave = nueva.clave if vivo is None else antes.clave
    return replace(antes, version=version, clave=clave, pedido=pedido)


def correo_enviado(antes: Suscripcion, ahora: datetime) -> Suscripcion:
    """Ya salió el correo de su pedido: desde ahora corre el plazo de confirmarlo."""
    assert antes.pedido is not None
    return replace(antes, version=antes.version + 1, pedido=replace(antes.pedido, salio=ahora, arriendo=None))


def arrendar_pedido(antes: Suscripcion, ahora: datetime) -> Suscripcion:
    """Tomada para mandarle el correo de su pedido: si esto se corta, otro la toma después del arriendo."""
    assert antes.pedido is not None
    return replace(antes, version=antes.version + 1, pedido=replace(antes.pedido, arriendo=ahora + ARRIENDO))


def confirmar(antes: Suscripcion, publicadas: Iterable[Publicada], ahora: datetime) -> Suscripcion:
    """Queda activa con lo que pidió. Lo ya publicado no se le cuenta: lo ve en el portal. Sin pedido, nada cambia."""
    pedido = antes.pendiente(ahora)
    return antes if pedido is None else preferir(antes, pedido.preferencias, publicadas, ahora)


def preferir(
    antes: Suscripcion, preferencias: Preferencias, publicadas: Iterable[Publicada], ahora: datetime
) -> Suscripcion:
    """Con otras preferencias; de lo que ahora se agrega, lo ya publicado cuenta como sabido."""
    sabidas = frozenset(
        id_novedad
        for publicada in publicadas
        if preferencias.incluye(publicada.convocatoria) and not _la_incluia(antes, publicada)
        for id_novedad in publicada.ids(ahora)
    )
    return replace(
        antes,
        version=antes.version + 1,
        preferencias=preferencias,
        pedido=None,
        contadas=antes.contadas | sabidas,
    )


def _la_incluia(antes: Suscripcion, publicada: Publicada) -> bool:
    return antes.preferencias is not None and antes.preferencias.incluye(publicada.convocatoria)


def arrendar(antes: Suscripcion, ahora: datetime) -> Suscripcion:
    """Tomada para escribirle: si esto se corta, otro la toma después del arriendo."""
    return replace(antes, version=antes.version + 1, arriendo=ahora + ARRIENDO)


def contar(antes: Suscripcion, ids: frozenset[str], publicadas: Iterable[Publicada], ahora: datetime) -> Suscripcion:
    """Ya se le contó todo eso. Se olvida lo de actividades que terminaron hace mucho."""
    viejas = {p.convocatoria.id for p in publicadas if p.se_puede_olvidar(ahora)}

    def vivas(cuales: frozenset[str]) -> frozenset[str]:
        return frozenset(i for i in cuales if i.partition(".")[0] not in viejas)

    contadas, escritas = vivas(antes.contadas | ids), vivas(antes.escritas | ids)
    return replace(antes, version=antes.version + 1, contadas=contadas, escritas=escritas, ultimo=ahora, arriendo=None)
