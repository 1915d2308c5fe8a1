"""Construye el portal con el generador y lo reconstruye cuando cambian los archivos."""

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from servidor.ajustes import Ajustes

CAMBIOS = frozenset({"created", "modified", "deleted", "moved"})
CALMA = 0.3


class Constructor:
    """Llama al generador en otro proceso: si se cae, el servidor sigue con el último portal bueno."""

    def __init__(self, ajustes: Ajustes) -> None:
        self._ajustes = ajustes
        self._proceso: subprocess.Popen[str] | None = None
        self._detenido = False

    def construir(self) -> bool:
        """Construye y muestra lo que dice el generador; verdadero si quedó un portal nuevo."""
        self._proceso = subprocess.Popen(
            self.orden(),
            cwd=Path.cwd(),
            env=os.environ | {"PYTHONPATH": self._ruta_de_paquetes(), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        assert self._proceso.stdout is not None
        for linea in self._proceso.stdout:
            print(f"  {linea.rstrip()}", flush=True)
        return self._proceso.wait() == 0

    def orden(self) -> list[str]:
        a = self._ajustes
        orden = [sys.executable, "-m", "generador", "portal", "--datos", str(a.datos), "--salida", str(a.salida)]
        orden += ["--horneado", str(a.horneado), "--vitrinas", str(a.exposicion), "--sacar-historia"]
        if a.desfase:
            ahora = datetime.now(UTC) + timedelta(seconds=a.desfase)
            orden += ["--ahora", f"{ahora:%Y-%m-%dT%H:%M:%SZ}"]
        return orden

    def detener(self) -> None:
        self._detenido = True
        if self._proceso is not None and self._proceso.poll() is None:
            self._proceso.terminate()

    @property
    def detenido(self) -> bool:
        return self._detenido

    def _ruta_de_paquetes(self) -> str:
        raiz = self._ajustes.raiz
        propias = [str(raiz), str(raiz / "site"), str(raiz / "infra")]
        return os.pathsep.join([*propias, *filter(None, [os.environ.get("PYTHONPATH")])])


class Vigia(FileSystemEventHandler):
    """Junta los cambios de un mismo guardado y pide una sola reconstrucción."""

    def __init__(self, constructor: Constructor, carpetas: list[Path]) -> None:
        self._constructor = constructor
        self._hay_cambios = threading.Event()
        self._observador = Observer()
        for carpeta in carpetas:
            if carpeta.is_dir():
                self._observador.schedule(self, str(carpeta), recursive=True)
        self._hilo = threading.Thread(target=self._trabajar, name="reconstruir", daemon=True)

    def encender(self) -> None:
        try:
            self._observador.start()
        except OSError:
            print("  No se pueden vigilar los archivos: después de un cambio, apaga y enciende de nuevo.", flush=True)
            return
        self._hilo.start()

    def detener(self) -> None:
        if self._observador.is_alive():
            self._observador.stop()
        self._hay_cambios.set()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if cambia(event):
            self._hay_cambios.set()

    def _trabajar(self) -> None:
        while not self._constructor.detenido:
            self._hay_cambios.wait()
            self._esperar_calma()
            if self._constructor.detenido:
                return
            print("  Cambiaron los archivos: se reconstruye el portal …", flush=True)
            bien = self._constructor.construir()
            if not self._constructor.detenido:
                print("  Portal al día." if bien else "  El portal no cambió: sigue el último bueno.", flush=True)

    def _esperar_calma(self) -> None:
        self._hay_cambios.clear()
        while self._hay_cambios.wait(CALMA) and not self._constructor.detenido:
            self._hay_cambios.clear()


def cambia(event: FileSystemEvent) -> bool:
    """Leer un archivo también avisa: solo cuenta lo que cambia uno que interesa, venga de donde venga."""
    if event.event_type not in CAMBIOS or event.is_directory:
        return False
    # Muchos editores escriben aparte y al final cambian el nombre: el archivo de verdad es el destino.
    return any(interesa(os.fsdecode(ruta)) for ruta in (event.src_path, event.dest_path) if ruta)


def interesa(ruta: str) -> bool:
    """Deja fuera lo que escriben los editores y Python mientras trabajan."""
    archivo = Path(ruta)
    sobrante = archivo.name.startswith((".", "#", "~")) or archivo.name.endswith(("~", ".swp", ".tmp", ".pyc"))
    return not sobrante and "__pycache__" not in archivo.parts
