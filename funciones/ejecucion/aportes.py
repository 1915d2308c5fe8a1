"""El aporte que compromete cada empresa cuando la convocatoria se cofinancia; en el componente 2, nunca."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.montaje import montaje
from funciones.dominio import folio as folios
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.fechas import fecha_larga
from funciones.dominio.jornada import pesos, se_cofinancia
from funciones.dominio.plazo import fecha_en_chile
from funciones.dominio.postulacion import OCUPAN_CUPO, Postulacion
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Funcionario, Solicitud
from funciones.oficina import bitacora
from funciones.tramite.conservacion import conservar_hasta

CLASE = "aporte"
LARGO_DE_TEXTO = 120
CAMPOS = ("monto", "comprometio", "fecha", "documento")


def ver(convocatoria: Convocatoria) -> dict[str, Any] | None:
    """Lo que pide la convocatoria y lo comprometido; None si no se cofinancia."""
    if not se_cofinancia(convocatoria):
        return None
    pedido = convocatoria.cofinanciamiento_clp
    hojas = montaje().almacen.hojas(CLASE, convocatoria.id)
    return {
        "pedido_clp": None if pedido is None else str(Decimal(pedido)),
        "total_clp": str(sum((Decimal(h.cuerpo["aporte"]["monto"]) for h in hojas if h.cuerpo["aporte"]), Decimal(0))),
        "aportes": [_renglon(hoja) for hoja in hojas],
    }


def _renglon(hoja: Hoja) -> dict[str, Any]:
    vigente = hoja.cuerpo["aporte"]
    dicho = dict.fromkeys((*CAMPOS, "fecha_texto"), "")
    if vigente:
        dicho = {c: vigente[c] for c in CAMPOS} | {"fecha_texto": fecha_larga(date.fromisoformat(vigente["fecha"]))}
    return {
        "folio": hoja.llave,
        "folio_texto": folios.mostrar(hoja.llave),
        "version": hoja.version,
        "correcciones": len(hoja.cuerpo["anteriores"]),
        **dicho,
        **bitacora.firmada(hoja.cuerpo),
    }


def guardar(
    convocatoria: Convocatoria, postulacion: Postulacion, solicitud: Solicitud, funcionario: Funcionario
) -> None:
    """Anota o corrige un aporte; con todo vacío, lo quita. Lo que decía antes queda guardado con él.

    Errores: Rechazo 409 si no se cofinancia, si ya no tiene puesto o si otra persona lo cambió; 422 por campo.
    """
    if not se_cofinancia(convocatoria):
        raise Rechazo("sin_cofinanciamiento")
    if postulacion.estado not in OCUPAN_CUPO:
        raise Rechazo("accion_imposible")
    anterior = montaje().almacen.hoja(CLASE, convocatoria.id, postulacion.folio)
    version = 0 if anterior is None else anterior.version
    if solicitud.campos.get("version_aporte") != version:
        raise Rechazo("cambio_entre_medio", version=version)
    aporte = _leer(solicitud)
    antes = [] if anterior is None else [*anterior.cuerpo["anteriores"], _solo_lo_dicho(anterior)]
    cuerpo = bitacora.firma(funcionario) | {"aporte": aporte, "anteriores": antes}
    montaje().almacen.guardar_hoja(
        Hoja(CLASE, convocatoria.id, postulacion.folio, cuerpo, version + 1, conservar_hasta(convocatoria))
    )
    bitacora.anotar(convocatoria.id, "aporte", funcionario, folios.mostrar(postulacion.folio))


def _solo_lo_dicho(hoja: Hoja) -> dict[str, Any]:
    return {clave: valor for clave, valor in hoja.cuerpo.items() if clave != "anteriores"}


def _leer(solicitud: Solicitud) -> dict[str, str] | None:
    escritos = {campo: solicitud.texto(campo)[: LARGO_DE_TEXTO + 1] for campo in CAMPOS}
    if not any(escritos.values()):
        return None
    monto, dia, campos = pesos(escritos["monto"]), _dia(escritos["fecha"]), {}
    if monto is None:
        campos["monto"] = "Escribe el monto en pesos, sin decimales, como 45.000."
    if dia is None:
        campos["fecha"] = "Escribe el día en que se comprometió, hasta hoy."
    for campo, falta in (
        ("comprometio", "Escribe quién se comprometió a nombre de la empresa."),
        ("documento", "Escribe qué documento lo dice, como «carta del 4 de enero»."),
    ):
        if not escritos[campo] or len(escritos[campo]) > LARGO_DE_TEXTO:
            campos[campo] = falta
    if campos or dia is None:
        raise Rechazo("respuestas_por_corregir", campos=campos)
    return escritos | {"monto": str(monto), "fecha": dia.isoformat()}


def _dia(escrito: str) -> date | None:
    try:
        dia = date.fromisoformat(escrito)
    except ValueError:
        return None
    return dia if dia <= fecha_en_chile(montaje().ahora()) else None
