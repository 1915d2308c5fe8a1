"""Quién hizo qué y cuándo en la mesa, cuando no es una decisión sobre una postulación: esas van al libro."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.montaje import montaje
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.plazo import fecha_en_chile
from funciones.entrada.solicitud import Funcionario
from funciones.tramite.conservacion import plazo

CLASE = "bitacora"
# Lo que es de toda la oficina y no de una convocatoria.
OFICINA = "oficina"
QUE_HIZO = {
    "enlace": "Cambió el enlace para entrar",
    "lugares": "Asignó lugares",
    "aporte": "Anotó un aporte comprometido",
    "archivo": "Cargó marcas de asistencia",
    "reemplazo": "Dio un puesto libre",
    "cierre": "Cerró la actividad",
    "reapertura": "Volvió a abrir la actividad",
    "exportacion": "Bajó o imprimió una lista",
    "invitacion": "Invitó por correo",
    "sin_invitacion": "Detuvo una invitación",
    "participaciones": "Cargó participaciones anteriores",
    "rendiciones": "Reemplazó la nómina de rendiciones",
}


def anotar(grupo: str, que: str, funcionario: Funcionario, detalle: str = "") -> None:
    """Agrega un renglón, que nadie cambia después. `detalle`: cuentas o folios, nunca un dato personal."""
    ahora = montaje().ahora()
    cuerpo = firma(funcionario) | {"que": que, "detalle": detalle}
    # Nueva siempre: dos que anotan en el mismo milisegundo no se pisan.
    llave = f"{int(ahora.timestamp() * 1000):013d}-{secrets.token_hex(6)}"
    montaje().almacen.guardar_hoja(Hoja(CLASE, grupo, llave, cuerpo, expira=ahora + plazo(fecha_en_chile(ahora))))


def leer(grupo: str) -> list[dict[str, str]]:
    """Los renglones, del más nuevo al más viejo."""
    return [
        {
            "que_texto": QUE_HIZO.get(hoja.cuerpo["que"], hoja.cuerpo["que"]),
            "detalle": hoja.cuerpo["detalle"],
            **firmada(hoja.cuerpo),
        }
        for hoja in reversed(montaje().almacen.hojas(CLASE, grupo))
    ]


def firma(funcionario: Funcionario) -> dict[str, str]:
    """Quién y cuándo, como se guardan junto a lo que se hizo."""
    return {"quien": funcionario.id, "rol": funcionario.rol, "cuando": montaje().ahora().isoformat()}


def firmada(cuerpo: dict[str, Any] | Any) -> dict[str, str]:
    """Quién y cuándo, como se muestran."""
    cuando = datetime.fromisoformat(cuerpo["cuando"])
    return {"quien": cuerpo["quien"], "rol": cuerpo["rol"], "cuando_texto": fecha_hora_larga(cuando)}
