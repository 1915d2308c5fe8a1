"""El plano de la actividad: qué puesto o mesa tiene cada empresa. Un lugar es de una sola."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from funciones.adaptadores.cuaderno import Hoja
from funciones.adaptadores.montaje import montaje
from funciones.dominio import jornada
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.estado import OCUPAN_CUPO
from funciones.entrada.acceso import con_reintentos
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Funcionario
from funciones.oficina import bitacora
from funciones.tramite.conservacion import conservar_hasta

# Un solo plano por convocatoria: así dos a la vez no pueden dar el mismo lugar.
CLASE, LLAVE = "lugares", "plano"


def _hoja(convocatoria: Convocatoria) -> Hoja:
    vacia = Hoja(CLASE, convocatoria.id, LLAVE, {"lugares": {}}, 0, conservar_hasta(convocatoria))
    return montaje().almacen.hoja(CLASE, convocatoria.id, LLAVE) or vacia


def ver(convocatoria: Convocatoria) -> dict[str, Any]:
    """El plano con su versión: de cada folio, su lugar, quién se lo dio y cuándo."""
    hoja = _hoja(convocatoria)
    dados = hoja.cuerpo["lugares"].items()
    return {
        "version": hoja.version,
        "lugares": [{"folio": f, "lugar": dado["lugar"], **bitacora.firmada(dado)} for f, dado in dados],
    }


def de(convocatoria: Convocatoria, folio: str) -> str:
    """El lugar de ese folio; vacío si todavía no tiene."""
    return str(_hoja(convocatoria).cuerpo["lugares"].get(folio, {}).get("lugar", ""))


def guardar(convocatoria: Convocatoria, escritos: Mapping[str, str], version: object, funcionario: Funcionario) -> None:
    """Da o quita lugares, todos o ninguno, si nadie cambió el plano mientras tanto.

    Errores: Rechazo 409 si otra persona lo cambió; 422 si un lugar está repetido o no se entiende.
    """
    hoja = _hoja(convocatoria)
    if version != hoja.version:
        raise Rechazo("cambio_entre_medio", version=hoja.version)
    en_la_lista = {p.folio: p.estado for p in montaje().almacen.cola(convocatoria.id) if p.estado in OCUPAN_CUPO}
    pedidos = {folio: jornada.lugar(escrito) for folio, escrito in escritos.items()}
    if ajenos := sorted(pedidos.keys() - en_la_lista.keys()):
        raise Rechazo("respuestas_por_corregir", campos=dict.fromkeys(ajenos, "Ya no tiene un puesto aquí."))
    if raros := [folio for folio, cual in pedidos.items() if cual is None]:
        texto = "Escribe hasta 12 letras y números, como A12 o Mesa 4."
        raise Rechazo("respuestas_por_corregir", campos=dict.fromkeys(raros, texto))
    _guardar(hoja, convocatoria, {f: cual or "" for f, cual in pedidos.items()}, en_la_lista.keys(), funcionario)
    bitacora.anotar(convocatoria.id, "lugares", funcionario, _cuantos(len(pedidos)))


def _guardar(
    hoja: Hoja, convocatoria: Convocatoria, pedidos: Mapping[str, str], ocupan: Any, funcionario: Funcionario
) -> None:
    dados = dict(hoja.cuerpo["lugares"])
    for folio, cual in pedidos.items():
        if dados.get(folio, {}).get("lugar", "") != cual:
            dados[folio] = bitacora.firma(funcionario) | {"lugar": cual}
    repetidos = jornada.lugares_repetidos({f: dado["lugar"] for f, dado in dados.items()}, ocupan)
    if repetidos:
        campos = {f: f"El lugar {cual} ya tiene a otra empresa." for f, cual in pedidos.items() if cual in repetidos}
        raise Rechazo("respuestas_por_corregir", campos=campos)
    cuerpo = {"lugares": {f: dado for f, dado in dados.items() if dado["lugar"]}}
    montaje().almacen.guardar_hoja(
        Hoja(CLASE, convocatoria.id, LLAVE, cuerpo, hoja.version + 1, conservar_hasta(convocatoria))
    )


def _cuantos(cuantos: int) -> str:
    return "1 empresa" if cuantos == 1 else f"{cuantos} empresas"


def pasar(convocatoria: Convocatoria, de_quien: str, a_quien: str, funcionario: Funcionario) -> None:
    """El lugar de quien no llegó pasa a quien tomó su puesto; si mientras tanto se dio a otra, queda sin lugar."""

    def intentar() -> None:
        hoja = _hoja(convocatoria)
        suyo = hoja.cuerpo["lugares"].get(de_quien, {}).get("lugar", "")
        if suyo:
            ocupan = {p.folio for p in montaje().almacen.cola(convocatoria.id) if p.estado in OCUPAN_CUPO}
            _guardar(hoja, convocatoria, {de_quien: "", a_quien: suyo}, ocupan, funcionario)

    with suppress(Rechazo):
        con_reintentos(intentar)
