"""El presupuesto de correos: cuántas postulaciones sin confirmar se reciben por hora de un mismo RUT o dirección."""

from __future__ import annotations

from datetime import datetime, timedelta

from funciones.adaptadores.montaje import montaje
from funciones.dominio.plazo import CHILE
from funciones.entrada.errores import Rechazo

# Cada una manda un correo a una dirección que nadie ha confirmado. Tres alcanzan para corregir una mal escrita.
ENVIOS_POR_HORA = 3
_VENTANA = timedelta(hours=1)


def gastar(rut: str, correo: str) -> None:
    """Descuenta un envío del RUT y de la dirección. Rechazo 429 si alguno ya gastó los de esta hora."""
    ahora = montaje().ahora()
    llavero = montaje().llavero
    hora = ahora.replace(minute=0, second=0, microsecond=0)
    cuentas = [
        f"envios-{quien[:32]}-{hora:%Y%m%d%H}"
        for quien in (llavero.huella_rut(rut), llavero.huella_correo(buzon(correo)))
    ]
    for numero, cuenta in enumerate(cuentas):
        if not montaje().almacen.contar_en(cuenta, ENVIOS_POR_HORA, hora + 2 * _VENTANA):
            # El que no salió no gasta del otro.
            for gastada in cuentas[:numero]:
                montaje().almacen.devolver_a(gastada)
            raise Rechazo("muchos_envios", mensaje=_mensaje(hora + _VENTANA))


def buzon(correo: str) -> str:
    """A qué casilla llega: `rosa+feria@correo.cl` y `Rosa@correo.cl` son la misma."""
    usuario, _, dominio = correo.lower().rpartition("@")
    return f"{usuario.partition('+')[0]}@{dominio}"


def _mensaje(desde: datetime) -> str:
    return (
        f"Con este RUT o este correo ya llegaron {ENVIOS_POR_HORA} postulaciones en esta hora. "
        "Busca en tu correo la que ya enviaste y confírmala. "
        f"Si no la encuentras, envía otra vez desde las {desde.astimezone(CHILE):%H:%M}: lo escrito queda guardado. "
        "Si el plazo se acaba antes, postula en la oficina."
    )
