"""El cierre de una actividad: con todo marcado queda quieta, y abrirla otra vez lleva su razón."""

from __future__ import annotations

from typing import Any

from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.montaje import montaje
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.jornada import balance
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Funcionario
from funciones.oficina import bitacora
from funciones.tramite.conservacion import conservar_hasta

CLASE, LLAVE = "cierre", "actividad"
LARGO_DEL_MOTIVO = 1000


def _hoja(convocatoria: Convocatoria) -> Hoja:
    vacia = Hoja(CLASE, convocatoria.id, LLAVE, {"historia": []}, 0, conservar_hasta(convocatoria))
    return montaje().almacen.hoja(CLASE, convocatoria.id, LLAVE) or vacia


def _cerrada(hoja: Hoja) -> bool:
    historia = hoja.cuerpo["historia"]
    return bool(historia) and historia[-1]["accion"] == "cerrar"


def exigir_sin_cerrar(convocatoria: Convocatoria) -> None:
    """Rechazo 409 si la actividad ya se cerró."""
    if _cerrada(_hoja(convocatoria)):
        raise Rechazo("actividad_cerrada")


def que_falta(convocatoria: Convocatoria, choques: int) -> list[str]:
    """Lo que impide cerrar, cada cosa con su frase; nada si ya se puede."""
    cuentas = balance(montaje().almacen.cola(convocatoria.id))
    faltan = []
    if not convocatoria.termino(montaje().ahora()):
        faltan.append("La actividad todavía no termina.")
    if cuentas.sin_marcar:
        faltan.append(
            "Falta marcar si asistió 1 empresa."
            if cuentas.sin_marcar == 1
            else f"Falta marcar si asistieron {cuentas.sin_marcar} empresas."
        )
    if choques:
        faltan.append(
            "Hay 1 marca que no calza: decide cuál vale."
            if choques == 1
            else f"Hay {choques} marcas que no calzan: decide cuáles valen."
        )
    return faltan


def ver(convocatoria: Convocatoria, choques: int) -> dict[str, Any]:
    """Si está cerrada, qué falta para cerrarla, y cada vez que se cerró o se abrió, con quién, cuándo y por qué."""
    hoja = _hoja(convocatoria)
    cerrada = _cerrada(hoja)
    return {
        "cerrada": cerrada,
        "version": hoja.version,
        "faltan": [] if cerrada else que_falta(convocatoria, choques),
        "historia": [
            {"accion": paso["accion"], "motivo": paso["motivo"], "cuentas": paso["cuentas"], **bitacora.firmada(paso)}
            for paso in reversed(hoja.cuerpo["historia"])
        ],
    }


def cambiar(convocatoria: Convocatoria, accion: str, motivo: str, version: object, funcionario: Funcionario) -> None:
    """Cierra o vuelve a abrir, si nadie lo hizo mientras tanto. Error: Rechazo 409 si ya está así."""
    hoja = _hoja(convocatoria)
    if version != hoja.version:
        raise Rechazo("cambio_entre_medio", version=hoja.version)
    if _cerrada(hoja) == (accion == "cerrar"):
        raise Rechazo("accion_imposible")
    cuentas = balance(montaje().almacen.cola(convocatoria.id))
    en_palabras = (
        f"{cuentas.asistieron} asistieron, {cuentas.no_asistieron} no asistieron, "
        f"{cuentas.sin_encuesta} sin responder la encuesta"
    )
    paso = bitacora.firma(funcionario) | {"accion": accion, "motivo": motivo, "cuentas": en_palabras}
    cuerpo = {"historia": [*hoja.cuerpo["historia"], paso]}
    montaje().almacen.guardar_hoja(
        Hoja(CLASE, convocatoria.id, LLAVE, cuerpo, hoja.version + 1, conservar_hasta(convocatoria))
    )
    bitacora.anotar(convocatoria.id, "cierre" if accion == "cerrar" else "reapertura", funcionario, motivo)
