"""El portal se reconstruye solo al guardar, una vez por guardado, y un error no bota el último bueno."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from watchdog.events import (
    DirModifiedEvent,
    FileClosedNoWriteEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileOpenedEvent,
    FileSystemEvent,
)

from servidor.ajustes import Ajustes
from servidor.portal import Constructor, Vigia, cambia, interesa

# Un generador de mentira con la misma línea de órdenes: copia los datos o falla si hay un error.
GENERADOR = """
import pathlib, sys
datos, salida = (pathlib.Path(sys.argv[sys.argv.index(o) + 1]) for o in ("--datos", "--salida"))
texto = (datos / "datos.csv").read_text()
print("orden:", *sys.argv[1:])
if "error" in texto:
    sys.exit("datos.csv:1:1  qué está mal · cómo escribirlo")
salida.mkdir(exist_ok=True)
veces = salida / "veces.txt"
veces.write_text(str(int(veces.read_text()) + 1 if veces.exists() else 1))
(salida / "index.html").write_text(texto)
"""


@pytest.fixture
def casa(tmp_path: Path) -> Ajustes:
    paquete = tmp_path / "site" / "generador"
    paquete.mkdir(parents=True)
    (paquete / "__init__.py").touch()
    (paquete / "__main__.py").write_text(GENERADOR, encoding="utf-8")
    datos = tmp_path / "datos"
    datos.mkdir()
    (datos / "datos.csv").write_text("uno", encoding="utf-8")
    return Ajustes(raiz=tmp_path, datos=datos, salida=tmp_path / "salida", estado=tmp_path / "estado")


def _portada(casa: Ajustes) -> str:
    return (casa.salida / "index.html").read_text("utf-8")


def _esperar(condicion: Callable[[], bool]) -> None:
    """Pregunta hasta que se cumpla; el tope solo evita colgarse."""
    reloj = threading.Event()
    for _ in range(3000):
        if condicion():
            return
        reloj.wait(0.01)
    raise AssertionError("no llegó a pasar")


def test_construye_y_muestra_lo_que_dice_el_generador(casa: Ajustes, capfd: pytest.CaptureFixture[str]) -> None:
    assert Constructor(casa).construir()
    assert _portada(casa) == "uno"
    dicho = capfd.readouterr().out
    assert f"--datos {casa.datos} --salida {casa.salida}" in dicho
    assert f"--horneado {casa.salida}.obra/horneado.json" in dicho
    assert f"--vitrinas {casa.estado}/documentos/exposicion" in dicho
    assert "--sacar-historia" in dicho
    assert "--ahora" not in dicho


def test_con_desfase_el_portal_se_construye_para_esa_hora(casa: Ajustes) -> None:
    orden = Constructor(replace(casa, desfase=86400 * 365)).orden()
    assert orden[-2] == "--ahora"
    assert orden[-1].endswith("Z")


def test_con_un_error_lo_muestra_y_deja_el_portal_anterior(casa: Ajustes, capfd: pytest.CaptureFixture[str]) -> None:
    constructor = Constructor(casa)
    constructor.construir()
    (casa.datos / "datos.csv").write_text("error", encoding="utf-8")
    assert not constructor.construir()
    assert "qué está mal · cómo escribirlo" in capfd.readouterr().out
    assert _portada(casa) == "uno"


@pytest.fixture
def vigilada(casa: Ajustes) -> Iterator[Ajustes]:
    constructor = Constructor(casa)
    constructor.construir()
    vigia = Vigia(constructor, [casa.datos, casa.raiz / "plantillas"])
    vigia.encender()
    yield casa
    constructor.detener()
    vigia.detener()


def test_al_guardar_se_reconstruye(vigilada: Ajustes) -> None:
    (vigilada.datos / "datos.csv").write_text("dos", encoding="utf-8")
    _esperar(lambda: _portada(vigilada) == "dos")


def test_al_guardar_como_lo_hacen_los_editores_se_reconstruye(vigilada: Ajustes) -> None:
    """Escriben otro archivo y lo cambian de nombre."""
    nuevo = vigilada.datos / ".datos.csv.swp"
    nuevo.write_text("tres", encoding="utf-8")
    nuevo.replace(vigilada.datos / "datos.csv")
    _esperar(lambda: _portada(vigilada) == "tres")


def test_despues_de_un_error_vuelve_a_intentar(vigilada: Ajustes, capfd: pytest.CaptureFixture[str]) -> None:
    dicho: list[str] = []
    (vigilada.datos / "datos.csv").write_text("error", encoding="utf-8")
    _esperar(lambda: "sigue el último bueno" in (dicho.append(capfd.readouterr().out) or "".join(dicho)))
    assert _portada(vigilada) == "uno"
    (vigilada.datos / "datos.csv").write_text("cuatro", encoding="utf-8")
    _esperar(lambda: _portada(vigilada) == "cuatro")


def test_muchos_cambios_juntos_no_son_muchas_reconstrucciones(vigilada: Ajustes) -> None:
    for numero in range(100):
        (vigilada.datos / f"otro-{numero}.csv").write_text("x", encoding="utf-8")
    (vigilada.datos / "datos.csv").write_text("cinco", encoding="utf-8")
    _esperar(lambda: _portada(vigilada) == "cinco")
    # Una si la máquina está tranquila; con ella ocupada, alguna más, nunca una por archivo.
    assert int((vigilada.salida / "veces.txt").read_text()) < 10


@pytest.mark.parametrize(
    ("suceso", "cuenta"),
    [
        (FileCreatedEvent("datos/a.csv"), True),
        (FileModifiedEvent("datos/a.csv"), True),
        (FileDeletedEvent("datos/a.csv"), True),
        (FileMovedEvent("datos/.a.csv.swp", "datos/a.csv"), True),
        (FileMovedEvent("datos/a.csv", "datos/a.csv~"), True),
        (FileMovedEvent("datos/.a.swp", "datos/.b.swp"), False),
        # El generador lee lo mismo que se vigila: si leer contara, se reconstruiría para siempre.
        (FileOpenedEvent("datos/a.csv"), False),
        (FileClosedNoWriteEvent("datos/a.csv"), False),
        (DirModifiedEvent("datos"), False),
        (FileModifiedEvent("datos/a.csv~"), False),
    ],
    ids=repr,
)
def test_solo_cuenta_lo_que_cambia_un_archivo(suceso: FileSystemEvent, cuenta: bool) -> None:
    assert cambia(suceso) is cuenta


@pytest.mark.parametrize(
    ("ruta", "cuenta"),
    [
        ("datos/eventos/eventos.csv", True),
        ("plantillas/correo/recibida.txt.j2", True),
        ("site/tema/estilo.css", True),
        ("datos/.eventos.csv.swp", False),
        ("datos/eventos.csv~", False),
        ("datos/#eventos.csv#", False),
        ("datos/.#eventos.csv", False),
        ("site/generador/__pycache__/x.cpython-311.pyc", False),
    ],
)
def test_lo_que_escriben_los_editores_mientras_tanto_no_cuenta(ruta: str, cuenta: bool) -> None:
    assert interesa(ruta) is cuenta
