"""Exponer: deja las vitrinas publicadas donde las lee quien construye el portal, y recién entonces avisa por correo."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from funciones.adaptadores.deposito import ObjetoAusente
from funciones.adaptadores.disco import escribir_entero
from funciones.adaptadores.montaje import montaje
from funciones.avisos import contactos
from funciones.dominio.vitrina import Vitrina
from funciones.entrada.solicitud import contar, registro
from funciones.entrada.tropiezo import tropiezo
from funciones.vitrinas import correo_vitrina, muestra
from funciones.vitrinas.muestra import Muestra

CARPETA = "exposicion/"
MINUTOS_ARRIENDO = 5
# Cuántas veces se empieza de nuevo, en una pasada, porque alguien decidió algo entre medio.
VUELTAS = 5


class ExposicionIncompleta(Exception):
    """Hubo tareas que no se pudieron hacer; las demás se hicieron."""


class CambianSinParar(Exception):
    """Lo que se muestra cambió en cada vuelta; en la próxima pasada se intenta de nuevo."""


@dataclass(frozen=True, slots=True)
class Lectura:
    """Lo guardado en un momento: las vitrinas que se pudieron leer, lo que se muestra de ellas y lo que falló."""

    vitrinas: tuple[Vitrina, ...]
    vigente: Muestra
    fallas: tuple[Exception, ...]


def exponer() -> Counter[str]:
    """Lo hecho en esta pasada; `al_dia` es 1 si lo expuesto quedó como lo guardado, y `fallas`, lo que no se pudo.

    Se puede cortar y repetir siempre. Solo con lo expuesto al día salen correos: ninguno dice lo que aún no es.
    """
    hecho = Counter(dict.fromkeys(("vitrinas", "fotos", "correos", "fallas", "al_dia"), 0))
    with _anotando(hecho, "vitrinas"):
        lectura = _poner_al_dia(hecho)
        hecho["al_dia"] = 1
        for vitrina in lectura.vitrinas:
            if vitrina.por_avisar is not None:
                with _anotando(hecho, "correos"):
                    hecho["correos"] += _avisar(vitrina)
    return hecho


@contextmanager
def _anotando(hecho: Counter[str], tarea: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        _anotar_falla(error, tarea)
        hecho["fallas"] += 1


def _leer() -> Lectura:
    """Todo lo guardado. Error: el de la primera, si ninguna se pudo leer: la clave no es la suya."""
    fallas: list[Exception] = []
    vitrinas = tuple(montaje().almacen.vitrinas(fallas.append))
    if fallas and not vitrinas:
        raise fallas[0]
    return Lectura(vitrinas, muestra.armar(vitrinas, fallas.append), tuple(fallas))


def _poner_al_dia(hecho: Counter[str]) -> Lectura:
    """Deja lo expuesto como lo guardado y devuelve con qué lectura. Error: CambianSinParar."""
    for _ in range(VUELTAS):
        lectura = _leer()
        # Primero las fotos que llegan, después el archivo que las nombra, y al final se van las que ya nadie nombra.
        faltan = _traer_fotos(lectura.vigente, hecho)
        lista = lectura.vigente.con(lectura.vigente.fotos.keys() - faltan.keys())
        if _escribir_si_sigue(lista, lectura.vigente, hecho):
            hecho["fotos"] += _borrar_fotos()
            for tarea, errores in (("vitrinas", lectura.fallas), ("fotos", faltan.values())):
                for error in errores:
                    with _anotando(hecho, tarea):
                        raise error
            return lectura
    raise CambianSinParar


def _traer_fotos(vigente: Muestra, hecho: Counter[str]) -> dict[str, Exception]:
    """Copia las que no estaban; devuelve las que no se pudieron y por qué."""
    puestas, faltan = set(montaje().deposito.listar(f"{CARPETA}{muestra.FOTOS}")), dict[str, Exception]()
    for archivo, llave in vigente.fotos.items():
        if f"{CARPETA}{archivo}" in puestas:
            continue
        try:
            montaje().deposito.copiar(llave, f"{CARPETA}{archivo}")
            hecho["fotos"] += 1
        except Exception as error:
            faltan[archivo] = error
    return faltan


def _escribir_si_sigue(lista: Muestra, vigente: Muestra, hecho: Counter[str]) -> bool:
    """Escribe lo que sigue siendo cierto; falso si cambió antes o mientras se escribía.

    Otra pasada pudo escribir entre medio algo más nuevo: por eso se mira también después.
    """
    expuesto = _lo_expuesto()
    # Solo si dice algo distinto: quien lo vigila no reconstruye el portal por nada.
    if lista.es_la_de(expuesto) or (expuesto is None and not lista.vitrinas):
        return True
    if _leer().vigente != vigente:
        return False
    texto = lista.texto(montaje().ahora())
    montaje().deposito.reemplazar(f"{CARPETA}{muestra.ARCHIVO}", texto, "application/json")
    hecho["vitrinas"] = len(lista.vitrinas)
    return _leer().vigente == vigente


def _lo_expuesto() -> bytes | None:
    try:
        return montaje().deposito.leer(f"{CARPETA}{muestra.ARCHIVO}")
    except ObjetoAusente:
        return None


def _borrar_fotos() -> int:
    """Borra las que ya nadie nombra. Se listan antes de leer: la que otra pasada acaba de traer ya está en uso."""
    puestas = montaje().deposito.listar(f"{CARPETA}{muestra.FOTOS}")
    nombradas = {f"{CARPETA}{archivo}" for archivo in _leer().vigente.fotos}
    sobran = [llave for llave in puestas if llave not in nombradas]
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
        # Si no le llega, queda por contactar; lo decidido se ve además en su página.
        contactos.mandar(postulacion, correo_vitrina.mensaje(vitrina, postulacion))
    montaje().almacen.correo_de_vitrina_enviado(vitrina)
    return 1


def _anotar_falla(error: Exception, tarea: str) -> None:
    """Se anota el tipo y el lugar del error, nunca su texto: lleva datos."""
    registro.error("tarea_sin_exponer", extra={"tarea": tarea, **tropiezo(error)})


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
    """`python -m funciones.exponer --salida carpeta`: pone al día lo expuesto y deja esa carpeta igual.

    Si no se pudo poner al día, no copia nada.
    """
    if len(argumentos) != 2 or argumentos[0] != "--salida":
        print("Escribe dónde dejarlas: python -m funciones.exponer --salida carpeta", file=sys.stderr)
        return 2
    hecho, salida = exponer(), Path(argumentos[1])
    if not hecho["al_dia"]:
        print(f"No se pudieron poner al día: {salida} queda como estaba.", file=sys.stderr)
        return 1
    _copiar_a(salida)
    print(f"Vitrinas en {salida}. Fallas: {hecho['fallas']}.")
    return 1 if hecho["fallas"] else 0


def _copiar_a(salida: Path) -> None:
    """Las fotos, el archivo que las nombra y al final se van las fotos que sobran; lo ajeno no se toca."""
    llaves = montaje().deposito.listar(CARPETA)
    for llave in sorted(llaves, key=lambda llave: llave.endswith(muestra.ARCHIVO)):
        escribir_entero(salida / llave.removeprefix(CARPETA), montaje().deposito.leer(llave))
    for puesta in (salida / muestra.FOTOS).glob("*"):
        if muestra.ES_FOTO.fullmatch(puesta.name) and f"{CARPETA}{muestra.FOTOS}{puesta.name}" not in llaves:
            puesta.unlink()


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))
