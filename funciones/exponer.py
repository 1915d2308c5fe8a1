"""Exponer: deja las vitrinas publicadas donde las lee quien construye el portal, y recién entonces avisa por correo."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from traceback import extract_tb
from typing import Any

from funciones import correo_vitrina, muestra
from funciones.adaptadores.correo import DireccionRechazada
from funciones.adaptadores.deposito import ObjetoAusente
from funciones.adaptadores.disco import escribir_entero
from funciones.adaptadores.montaje import montaje
from funciones.dominio.vitrina import Vitrina
from funciones.muestra import Muestra
from funciones.solicitud import contar, registro

CARPETA = "exposicion/"
MINUTOS_ARRIENDO = 5


class ExposicionIncompleta(Exception):
    """Hubo tareas que no se pudieron hacer; las demás se hicieron."""


def exponer() -> Counter[str]:
    """Lo hecho en esta pasada, y en `fallas` cuántas tareas no se pudieron. Se puede cortar y repetir siempre."""
    hecho = Counter(dict.fromkeys(("vitrinas", "fotos", "correos", "fallas"), 0))
    for cuenta, tarea in _tareas():
        try:
            hecho[cuenta] += tarea()
        except Exception as error:
            _anotar_falla(error, cuenta)
            hecho["fallas"] += 1
    return hecho


def _tareas() -> Iterator[tuple[str, Callable[[], int]]]:
    # Todo sale de una misma lectura: el correo de una decisión nunca se adelanta a lo que ella cambia.
    vitrinas = tuple(montaje().almacen.vitrinas())
    vigente = muestra.armar(vitrinas)
    # Primero las fotos que llegan, después el archivo que las nombra, y al final se van las que ya nadie nombra.
    yield "fotos", partial(_traer_fotos, vigente)
    yield "vitrinas", partial(_escribir, vigente)
    yield "fotos", partial(_borrar_fotos, vigente)
    for vitrina in vitrinas:
        if vitrina.por_avisar is not None:
            yield "correos", partial(_avisar, vitrina)


def _traer_fotos(vigente: Muestra) -> int:
    puestas, traidas = set(montaje().deposito.listar(f"{CARPETA}{muestra.FOTOS}")), 0
    for archivo, llave in vigente.fotos.items():
        if f"{CARPETA}{archivo}" not in puestas:
            montaje().deposito.copiar(llave, f"{CARPETA}{archivo}")
            traidas += 1
    return traidas


def _escribir(vigente: Muestra) -> int:
    """Escribe el archivo solo si dice algo distinto: quien lo vigila no reconstruye el portal por nada."""
    expuesto = _lo_expuesto()
    if vigente.es_la_de(expuesto) or (expuesto is None and not vigente.vitrinas):
        return 0
    texto = vigente.texto(montaje().ahora())
    montaje().deposito.reemplazar(f"{CARPETA}{muestra.ARCHIVO}", texto, "application/json")
    return len(vigente.vitrinas)


def _lo_expuesto() -> bytes | None:
    try:
        return montaje().deposito.leer(f"{CARPETA}{muestra.ARCHIVO}")
    except ObjetoAusente:
        return None


def _borrar_fotos(vigente: Muestra) -> int:
    nombradas = {f"{CARPETA}{archivo}" for archivo in vigente.fotos}
    sobran = [llave for llave in montaje().deposito.listar(f"{CARPETA}{muestra.FOTOS}") if llave not in nombradas]
    for llave in sobran:
        montaje().deposito.borrar(llave)
    return len(sobran)


def _avisar(vitrina: Vitrina) -> int:
    """Manda el correo de su último cambio. Si otro lo está mandando, nada."""
    ahora = montaje().ahora()
    if not montaje().almacen.tomar_correo_de_vitrina(vitrina, ahora, ahora + timedelta(minutes=MINUTOS_ARRIENDO)):
        return 0
    postulacion = montaje().almacen.postulacion(vitrina.folio)
    if postulacion is not None:
        try:
            montaje().correo.enviar(correo_vitrina.mensaje(vitrina, postulacion))
        except DireccionRechazada:
            # La dirección no existe: insistir no sirve. Lo decidido se ve en su página.
            registro.info("vitrina_sin_correo", extra={"estado": str(vitrina.estado)})
    montaje().almacen.correo_de_vitrina_enviado(vitrina)
    return 1


def _anotar_falla(error: Exception, tarea: str) -> None:
    """Se anota el tipo y el lugar del error, nunca su texto: lleva datos."""
    donde = extract_tb(error.__traceback__)[-1]
    que = {"tarea": tarea, "tipo": type(error).__name__, "lugar": f"{Path(donde.filename).name}:{donde.lineno}"}
    registro.error("tarea_sin_exponer", extra=que)


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """El evento programado. Error: ExposicionIncompleta si algo falló, para que la alarma lo vea."""
    hecho = dict(exponer())
    registro.info("exposicion", extra=hecho)
    contar("TareasSinExponer", hecho["fallas"])
    if hecho["fallas"]:
        raise ExposicionIncompleta(f"{hecho['fallas']} tareas sin hacer")
    return hecho


def principal(argumentos: Sequence[str]) -> int:
    """`python -m funciones.exponer --salida carpeta`: pone al día lo expuesto y lo copia a esa carpeta."""
    if len(argumentos) != 2 or argumentos[0] != "--salida":
        print("Escribe dónde dejarlas: python -m funciones.exponer --salida carpeta", file=sys.stderr)
        return 2
    hecho = exponer()
    for llave in montaje().deposito.listar(CARPETA):
        escribir_entero(Path(argumentos[1]) / llave.removeprefix(CARPETA), montaje().deposito.leer(llave))
    print(f"Vitrinas en {argumentos[1]}. Fallas: {hecho['fallas']}.")
    return 1 if hecho["fallas"] else 0


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))
