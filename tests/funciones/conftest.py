"""Un entorno embebido nuevo por prueba, con una convocatoria abierta recién publicada."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from funciones.adaptadores.montaje import montaje
from generador.hornear import escribir, hornear
from generador.paquetes import leer
from tests.accesibilidad import faltas_sueltas
from tests.funciones.puerta import PAGINAS, Puerta
from tests.recorridos.mundo import CHILE, RAIZ, copiar_datos, publicar_convocatoria
from tests.revisor_html import errores

# Lo mismo que la primera visita del portal, en bytes.
TECHO = 30_000
HOY = datetime(2026, 11, 23, 10, 0, tzinfo=CHILE)


@pytest.fixture(scope="session")
def horneado(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lo publicado hoy, con la convocatoria del recorrido: dos cupos y uno en espera."""
    carpeta = tmp_path_factory.mktemp("horneado")
    datos = copiar_datos(carpeta)
    publicar_convocatoria(datos, HOY, cupos=2, espera=1)
    archivo = carpeta / "horneado.json"
    escribir(hornear(leer(datos), HOY), archivo)
    return archivo


@pytest.fixture(scope="session", autouse=True)
def html_sin_errores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Al terminar, todo lo que mostraron las puertas pasa el revisor de HTML; si no, falla la última prueba."""
    yield
    carpeta = tmp_path_factory.mktemp("mostradas").resolve()
    for numero, html in enumerate(PAGINAS.values()):
        (carpeta / f"{numero}.html").write_text(html, encoding="utf-8")
    if PAGINAS:
        assert errores(carpeta) == []


@pytest.fixture(scope="session", autouse=True)
def paginas_accesibles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Al terminar, todo lo que mostraron las puertas es accesible, no se corre y se alcanza con el dedo."""
    yield
    # Varios procesos reparten las pruebas y muestran las mismas páginas: cada forma la mira el primero que llega.
    juntos = tmp_path_factory.getbasetemp()
    juntos = juntos.parent if "PYTEST_XDIST_WORKER" in os.environ else juntos
    mias = [html for forma, html in PAGINAS.items() if _es_mia(juntos, forma)]
    if mias:
        assert faltas_sueltas(mias) == []


def _es_mia(juntos: Path, forma: tuple[str, ...]) -> bool:
    marcas = juntos / "formas_miradas"
    marcas.mkdir(exist_ok=True)
    try:
        (marcas / hashlib.sha256("\n".join(forma).encode()).hexdigest()).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


@pytest.fixture(scope="session", autouse=True)
def quien_dice_un_tope_trae_su_contador() -> Iterator[None]:
    """Al terminar, toda página con un texto largo trae el guion que cuenta sus letras."""
    yield
    assert [html for html in PAGINAS.values() if "data-de=" in html and "/tema/contador.js" not in html] == []


@pytest.fixture(scope="session", autouse=True)
def paginas_livianas() -> Iterator[None]:
    """Al terminar, ninguna página que mostraron las puertas pesa más que la primera visita del portal."""
    yield
    assert {total: html[:200] for html in PAGINAS.values() if (total := _peso(html)) > TECHO} == {}


def _peso(html: str) -> int:
    """Lo que viaja la primera vez: la página y lo suyo que pide en su cabeza, comprimidos. La letra ya lo está."""
    pedidos = set(re.findall(r'(?:src|href)="/tema/([^"?]+\.(?:css|js|woff2))"', html))
    archivos = [RAIZ / "site" / "tema" / pedido for pedido in pedidos]
    return sum(
        len(crudo) if nombre.endswith(".woff2") else len(gzip.compress(crudo))
        for nombre, crudo in [("", html.encode()), *((a.name, a.read_bytes()) for a in archivos)]
    )


@contextmanager
def entorno_embebido(carpeta: Path, horneado: Path) -> Iterator[Puerta]:
    """Las funciones sobre SQLite y carpetas vacías, hoy a las diez."""
    valores = {
        "ALMACEN": "sqlite",
        "DEPOSITO": "carpeta",
        "CORREO": "maildir",
        "PUBLICACION": "carpeta",
        "ESTADO_LOCAL": str(carpeta / "estado"),
        "HORNEADO": str(horneado),
        "PLANTILLAS": str(RAIZ / "plantillas"),
        "DATOS": str(horneado.parent / "datos"),
        "URL_PORTAL": "http://localhost:8000",
        "POWERTOOLS_METRICS_DISABLED": "true",
        "POWERTOOLS_METRICS_NAMESPACE": "Pruebas",
        "POWERTOOLS_SERVICE_NAME": "pruebas",
        "COLA_AVISOS": "",
        "CLAVE_MAESTRA_ARN": "",
        "RELOJ_DESFASE_SEGUNDOS": "0",
    }
    with pytest.MonkeyPatch.context() as entorno:
        for nombre, valor in valores.items():
            entorno.setenv(nombre, valor)
        montaje.cache_clear()
        puerta = Puerta(os.environ)  # type: ignore[arg-type]
        puerta.poner_la_hora(HOY)
        yield puerta
        montaje.cache_clear()


@pytest.fixture
def puerta(tmp_path: Path, horneado: Path) -> Iterator[Puerta]:
    """Un entorno embebido para una prueba."""
    with entorno_embebido(tmp_path, horneado) as puerta:
        yield puerta
