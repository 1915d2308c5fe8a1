"""Enciende el servidor local: «python -m servidor»."""

import os
import signal
import sys
import threading
import warnings
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from servidor import ajustes, ambiente, plantilla
from servidor.ajustes import Ajustes
from servidor.aplicacion import Aplicacion
from servidor.avisos import ids_pendientes
from servidor.disco import carpeta_privada
from servidor.ejecucion import invocar
from servidor.escucha import PuertoOcupado, Servidor
from servidor.lazos import Lazo, RepartoDeAvisos, auditoria, barrido, difusion, exposicion
from servidor.oidc import USUARIOS
from servidor.portal import Constructor, Vigia


def encender(elegidos: Ajustes) -> int:
    """Construye, sirve y espera a que lo apaguen."""
    apagar = threading.Event()
    for senal in (signal.SIGINT, signal.SIGTERM):
        signal.signal(senal, lambda *_: apagar.set())
    # Las métricas son de la nube; aquí nadie las junta.
    warnings.filterwarnings("ignore", "No application metrics")
    definicion = plantilla.leer(elegidos.plantilla)
    os.environ.update(ambiente.variables(plantilla.variables(definicion), elegidos))
    carpeta_privada(elegidos.estado)
    try:
        servidor = Servidor(elegidos.puerto, Aplicacion(elegidos, definicion))
    except PuertoOcupado:
        print(
            f"El puerto {elegidos.puerto} está ocupado por otro programa. Enciende en otro así:\n"
            f"  python -m servidor --puerto {elegidos.puerto + 1}",
            file=sys.stderr,
        )
        return 1
    constructor = Constructor(elegidos)
    hilos = [threading.Thread(target=_construir, args=(constructor, elegidos, apagar), daemon=True)]
    hilos[0].start()
    while hilos[0].is_alive() and not apagar.is_set():
        hilos[0].join(0.1)
    vigia = Vigia(constructor, _vigiadas(elegidos))
    lazos = _lazos(servidor.aplicacion, plantilla.manejadores(definicion))
    if not apagar.is_set():
        if elegidos.vigilar:
            vigia.encender()
        threading.Thread(target=servidor.serve_forever, args=(0.1,), daemon=True).start()
        for lazo in lazos:
            lazo.start()
        print(_bienvenida(elegidos), flush=True)
        apagar.wait()
        print("Apagando …", flush=True)
        servidor.shutdown()
    _detener(constructor, vigia, lazos)
    servidor.server_close()
    return 0


def _construir(constructor: Constructor, elegidos: Ajustes, apagar: threading.Event) -> None:
    if not elegidos.construir:
        return
    print("Construyendo el portal …", flush=True)
    if constructor.construir() or apagar.is_set():
        return
    hay = (elegidos.salida / "index.html").is_file()
    print(
        "El portal no se construyó: corrige lo de arriba y se vuelve a intentar al guardar."
        + (" Mientras, se sirve el último bueno." if hay else ""),
        file=sys.stderr,
        flush=True,
    )


def _vigiadas(elegidos: Ajustes) -> list[Path]:
    return [elegidos.datos, elegidos.raiz / "plantillas", elegidos.raiz / "site", carpeta_privada(elegidos.exposicion)]


def _lazos(aplicacion: Aplicacion, manejadores: dict[str, str]) -> list[Lazo]:
    """Los trabajos de fondo; los que no estén en la plantilla no se encienden."""
    por_verbo = {manejador.split(".")[-2]: (nombre, manejador) for nombre, manejador in manejadores.items()}
    lazos = []
    if "notificar" in por_verbo:
        nombre, manejador = por_verbo["notificar"]
        reparto = RepartoDeAvisos(ids_pendientes, partial(invocar, manejador, nombre), aplicacion.ahora)
        lazos.append(Lazo("el envío de avisos", 1.0, reparto.una_vuelta))
    if "barrer" in por_verbo:
        nombre, manejador = por_verbo["barrer"]
        lazos.append(Lazo("el barrido", 60.0, barrido(partial(invocar, manejador, nombre), aplicacion.ahora)))
    if "difundir" in por_verbo:
        nombre, manejador = por_verbo["difundir"]
        lazos.append(Lazo("la difusión", 20.0, difusion(partial(invocar, manejador, nombre), aplicacion.ahora)))
    if "exponer" in por_verbo:
        nombre, manejador = por_verbo["exponer"]
        lazos.append(Lazo("la exposición", 5.0, exposicion(partial(invocar, manejador, nombre), aplicacion.ahora)))
    if "auditar" in por_verbo:
        nombre, manejador = por_verbo["auditar"]
        lazos.append(Lazo("la auditoría", 600.0, auditoria(partial(invocar, manejador, nombre), aplicacion.ahora)))
    return lazos


def _detener(constructor: Constructor, vigia: Vigia, lazos: list[Lazo]) -> None:
    constructor.detener()
    vigia.detener()
    for lazo in lazos:
        lazo.detener()
    # Lo que quede a medias no se pierde: el almacén es durable y se retoma al encender.
    for lazo in lazos:
        lazo.join(2)


def _bienvenida(elegidos: Ajustes) -> str:
    usuarios = "\n".join(f"             · {u.nombre}" for u in USUARIOS)
    desfase = f"\n  Reloj      adelantado {elegidos.desfase} segundos" if elegidos.desfase else ""
    return f"""
  Portal     {elegidos.url}/
  Correo     {elegidos.url}/correo/   (nada sale a internet)
  Mesa       {elegidos.url}/mesa/     entra sin contraseña, con uno de estos cargos:
{usuarios}{desfase}

  Si cambias datos, plantillas o el sitio, el portal se reconstruye solo.
  Si cambias el código de las funciones, apaga con Ctrl+C y enciende de nuevo.
"""


def principal(argumentos: Sequence[str] | None = None) -> int:
    """Lee los argumentos y enciende."""
    try:
        return encender(ajustes.leer(argumentos))
    except LookupError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(principal())
