"""Mide tiempos, pesos y memoria de una sola corrida y los muestra como razones: entre máquinas no se comparan segundos.

Se corre con «make medir». No es una prueba: nada falla por lento.
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from tests.rendimiento import mesa, red_lenta

RAIZ = Path(__file__).resolve().parents[2]
VUELTAS = 5
PUERTAS = ("verificar", "postular", "consultar", "notificar", "evaluar")


def mediana(accion: Callable[[], object], vueltas: int = VUELTAS) -> float:
    """Segundos de reloj, mediana de varias vueltas después de una de calentamiento."""
    accion()
    tiempos = []
    for _ in range(vueltas):
        inicio = time.perf_counter()
        accion()
        tiempos.append(time.perf_counter() - inicio)
    return statistics.median(tiempos)


def proceso(codigo: str) -> Callable[[], object]:
    """Un Python nuevo que corre ese código, como un arranque en frío."""
    entorno = os.environ | {"PYTHONPATH": str(RAIZ)}
    return lambda: subprocess.run([sys.executable, "-c", codigo], check=True, env=entorno, cwd=RAIZ)


def arranques() -> None:
    """Importar cada puerta contra importar solo lo mínimo de Lambda."""
    base = mediana(proceso("import json, hashlib, hmac, datetime, re"))
    print(f"\nArranque en frío, contra un Python que importa lo mínimo ({base:.3f} s)")
    for puerta in PUERTAS:
        razon = mediana(proceso(f"import funciones.{puerta}")) / base
        usa_boto = subprocess.run(
            [sys.executable, "-c", f"import funciones.{puerta}, sys; sys.exit('boto3' in sys.modules)"], cwd=RAIZ
        ).returncode
        print(f"  {puerta:10} {razon:5.1f} veces{'   importa boto3' if usa_boto else ''}")


def portal(carpeta: Path) -> Path:
    """Construir el portal entero, y cuánto pesa cada página comprimida."""
    salida = carpeta / "salida"
    orden = [sys.executable, "-m", "generador", "portal", "--salida", str(salida)]
    orden += ["--horneado", str(carpeta / "horneado.json")]
    entorno = os.environ | {"PYTHONPATH": os.pathsep.join([str(RAIZ), str(RAIZ / "site")])}

    def construir() -> object:
        return subprocess.run(orden, check=True, env=entorno, cwd=RAIZ, stdout=subprocess.DEVNULL)

    validar = mediana(
        lambda: subprocess.run([*orden[:3], "validar"], check=True, env=entorno, cwd=RAIZ, stdout=subprocess.DEVNULL), 3
    )
    total = mediana(construir, 3)
    memoria = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    paginas = sorted(salida.rglob("*.html"))
    print(f"\nPortal: {len(paginas)} páginas; validar es {validar / total:.0%} del total; {memoria} MB como máximo")
    print(f"  segundos en esta máquina, solo para orientarse: {total:.1f}")
    return salida


def pesos(salida: Path) -> None:
    """La página más pesada de cada carpeta y la primera visita entera."""
    print("\nPeso comprimido (kB)")
    por_carpeta: dict[str, int] = {}
    for pagina in salida.rglob("*.html"):
        partes = pagina.relative_to(salida).parts
        clave = "/" + (partes[0] if len(partes) > 1 else "")
        por_carpeta[clave] = max(por_carpeta.get(clave, 0), _comprimido(pagina))
    for carpeta, peso in sorted(por_carpeta.items()):
        print(f"  {carpeta:18} {peso / 1000:6.1f}")
    comunes = sum(_comprimido(salida / "tema" / nombre) for nombre in ("estilo.css", "puesto-slab.woff2"))
    primera = _comprimido(salida / "index.html") + comunes
    print(f"  primera visita     {primera / 1000:6.1f}  (portada, estilo y letra)")


def catalogo_grande(carpeta: Path) -> None:
    """Diez mil productos: cuánto tarda y ocupa el portal, y cuánto pesa lo que baja quien mira el catálogo."""
    from tests.rendimiento.catalogo_grande import PRODUCTOS, agrandar

    datos, salida = agrandar(RAIZ / "datos", carpeta / "datos"), carpeta / "grande"
    orden = [sys.executable, "-m", "generador", "portal", "--datos", str(datos), "--salida", str(salida)]
    entorno = os.environ | {"PYTHONPATH": os.pathsep.join([str(RAIZ), str(RAIZ / "site")])}
    inicio, antes = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(orden, check=True, env=entorno, cwd=RAIZ, stdout=subprocess.DEVNULL)
    ahora = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"\nCatálogo de {PRODUCTOS} productos: {ahora.ru_maxrss // 1024} MB como máximo")
    print(f"  segundos en esta máquina: {time.perf_counter() - inicio:.1f}; de procesador {_usados(antes, ahora):.1f}")
    for clase in ("catalogo/index.html", "catalogo/pagina/*/index.html", "catalogo/imprimir/*/index.html"):
        print(f"  {clase:36} {max(map(_comprimido, salida.glob(clase)), default=0) / 1000:6.1f} kB")
    print(f"  {'catalogo/resumen.json':36} {_comprimido(salida / 'catalogo' / 'resumen.json') / 1000:6.1f} kB")


def _usados(antes: resource.struct_rusage, ahora: resource.struct_rusage) -> float:
    return ahora.ru_utime + ahora.ru_stime - antes.ru_utime - antes.ru_stime


def _comprimido(archivo: Path) -> int:
    return len(gzip.compress(archivo.read_bytes(), 6, mtime=0))


def intake(carpeta: Path) -> None:
    """Postulaciones por segundo en SQLite con 1 y con 32 hilos: que sumar hilos no cueste."""
    from funciones.adaptadores.almacen_sqlite import AlmacenSqlite
    from funciones.adaptadores.llavero import Llavero
    from funciones.dominio.postulacion import Actor, Estado, Papel, Postulacion, nacimiento

    llavero, ahora = Llavero(bytes(32)), datetime.now(UTC)
    almacen = AlmacenSqlite(carpeta / "medir.sqlite", llavero)

    def recibir(numero: int) -> None:
        folio = llavero.folio("feria", str(numero))
        datos = {"nombre": f"Empresa {numero}", "correo": "a@ejemplo.cl", "rut": "76086428-5"}
        nueva = Postulacion(folio, "feria", Estado.POR_CONFIRMAR, 1, ahora, "h", "r", datos, 1)
        almacen.recibir(nueva, *nacimiento(nueva, Actor(Papel.POSTULANTE, folio), "medir"))

    cuantas = 500
    inicio = time.perf_counter()
    for numero in range(cuantas):
        recibir(numero)
    uno = time.perf_counter() - inicio
    inicio = time.perf_counter()
    with ThreadPoolExecutor(32) as hilos:
        list(hilos.map(recibir, range(cuantas, 2 * cuantas)))
    muchos = time.perf_counter() - inicio
    print(f"\nRecibir en SQLite: 32 hilos rinden {uno / muchos:.2f} veces lo que uno solo")
    print(f"  postulaciones por segundo en esta máquina, solo para orientarse: {cuantas / uno:.0f}")


def main() -> None:
    """Todo, en orden."""
    with tempfile.TemporaryDirectory() as temporal:
        carpeta = Path(temporal)
        arranques()
        salida = portal(carpeta)
        pesos(salida)
        catalogo_grande(carpeta)
        intake(carpeta)
        red_lenta.medir()
        mesa.medir()
        tamano = len(json.dumps(json.loads((carpeta / "horneado.json").read_text(encoding="utf-8"))))
        print(f"\nLo publicado que viaja en cada función: {tamano / 1000:.0f} kB")


if __name__ == "__main__":
    main()
