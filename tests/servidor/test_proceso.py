"""El programa entero: enciende, avisa, se apaga con orden y no pierde nada aunque lo maten."""

import http.client
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from servidor import ajustes, ambiente, plantilla
from servidor.ajustes import RAIZ

ECO = """
def handler(event, context):
    return {"statusCode": 200, "body": event["rawPath"]}
"""
PLANTILLA = {
    "Globals": {"Function": {"Environment": {"Variables": {"ALMACEN": "dynamodb", "TABLA": "x"}}}},
    "Resources": {
        "Verificar": {
            "Type": plantilla.FUNCION,
            "Properties": {
                "Handler": "eco_suelto.handler",
                "Events": {"Ver": {"Type": "HttpApi", "Properties": {"Method": "GET", "Path": "/api/verificar"}}},
            },
        }
    },
}


@pytest.fixture
def puerto() -> int:
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        return int(libre.getsockname()[1])


class Proceso:
    """El servidor corriendo aparte."""

    def __init__(self, carpeta: Path, puerto: int) -> None:
        self.carpeta, self.puerto = carpeta, puerto
        self.vivo: subprocess.Popen[str] | None = None

    def encender(self) -> str:
        """Lo enciende y devuelve la bienvenida."""
        self.vivo = subprocess.Popen(
            [*self.orden(), "--estado", str(self.carpeta / "estado"), "--puerto", str(self.puerto)],
            cwd=RAIZ,
            env={"PYTHONPATH": f"{self.carpeta}:{RAIZ / 'infra'}", "PATH": "", "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.vivo.stdout is not None
        dicho = ""
        for linea in self.vivo.stdout:
            dicho += linea
            if "Ctrl+C" in linea:
                break
        return dicho

    def orden(self) -> list[str]:
        opciones = ["--sin-construir", "--sin-vigilar", "--salida", str(self.carpeta / "salida")]
        return [sys.executable, "-m", "servidor", *opciones, "--plantilla", str(self.carpeta / "template.yaml")]

    def ver(self, ruta: str) -> tuple[int, str]:
        conexion = http.client.HTTPConnection("localhost", self.puerto, timeout=30)
        conexion.request("GET", ruta)
        llegada = conexion.getresponse()
        cuerpo = llegada.read().decode()
        conexion.close()
        return llegada.status, cuerpo

    def terminar(self, senal: signal.Signals) -> int:
        assert self.vivo is not None
        self.vivo.send_signal(senal)
        return self.vivo.wait(20)


@pytest.fixture
def proceso(tmp_path: Path, puerto: int) -> Iterator[Proceso]:
    (tmp_path / "eco_suelto.py").write_text(ECO, encoding="utf-8")
    (tmp_path / "template.yaml").write_text(yaml.safe_dump(PLANTILLA), encoding="utf-8")
    (tmp_path / "salida").mkdir()
    (tmp_path / "salida" / "index.html").write_text("Portada", encoding="utf-8")
    corriendo = Proceso(tmp_path, puerto)
    yield corriendo
    if corriendo.vivo is not None and corriendo.vivo.poll() is None:
        corriendo.vivo.kill()
        corriendo.vivo.wait(20)


def test_al_encender_dice_donde_esta_cada_cosa(proceso: Proceso) -> None:
    bienvenida = proceso.encender()
    for esperado in ("Portal", "Correo", "Mesa", "Evaluador demostración Maule", "apaga con Ctrl+C"):
        assert esperado in bienvenida
    assert f"http://localhost:{proceso.puerto}/correo/" in bienvenida
    assert proceso.ver("/") == (200, "Portada")
    assert proceso.ver("/api/verificar") == (200, "/api/verificar")


@pytest.mark.parametrize("senal", [signal.SIGINT, signal.SIGTERM])
def test_se_apaga_en_orden_con_conexiones_abiertas(proceso: Proceso, senal: signal.Signals) -> None:
    proceso.encender()
    abierta = http.client.HTTPConnection("localhost", proceso.puerto, timeout=30)
    abierta.request("GET", "/")
    abierta.getresponse().read()
    assert proceso.terminar(senal) == 0
    abierta.close()
    with pytest.raises(ConnectionError):
        proceso.ver("/")


def test_con_el_puerto_ocupado_dice_como_usar_otro(proceso: Proceso) -> None:
    proceso.encender()
    otro = subprocess.run(
        [*proceso.orden(), "--estado", str(proceso.carpeta / "otro"), "--puerto", str(proceso.puerto)],
        cwd=RAIZ,
        env={"PYTHONPATH": f"{proceso.carpeta}:{RAIZ / 'infra'}"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert otro.returncode == 1
    assert f"El puerto {proceso.puerto} está ocupado" in otro.stderr
    assert f"--puerto {proceso.puerto + 1}" in otro.stderr
    assert "Traceback" not in otro.stderr


def test_aunque_lo_maten_los_documentos_y_las_llaves_siguen_ahi(proceso: Proceso) -> None:
    proceso.encender()
    documento = proceso.carpeta / "estado" / "documentos" / "expedientes" / "a" / "f30"
    documento.parent.mkdir(parents=True)
    documento.write_bytes(b"%PDF")
    (proceso.carpeta / "estado" / "parciales" / "a-medias").write_bytes(b"%P")
    llaves = proceso.ver("/oidc/.well-known/jwks.json")
    assert proceso.terminar(signal.SIGKILL) == -signal.SIGKILL
    proceso.encender()
    assert proceso.ver("/oidc/.well-known/jwks.json") == llaves
    assert documento.read_bytes() == b"%PDF"
    assert not (proceso.carpeta / "estado" / "parciales" / "a-medias").exists()


def test_la_carpeta_de_estado_solo_la_abre_su_dueno(proceso: Proceso) -> None:
    proceso.encender()
    for carpeta in ("", "claves", "documentos"):
        assert (proceso.carpeta / "estado" / carpeta).stat().st_mode & 0o777 == 0o700


def test_una_variable_que_la_plantilla_agrega_y_el_servidor_no_conoce_no_pasa_en_silencio() -> None:
    elegidos = ajustes.leer([])
    with pytest.raises(LookupError, match="NUEVA"):
        ambiente.variables(["ALMACEN", "NUEVA"], elegidos)
    declaradas = plantilla.variables(plantilla.leer(RAIZ / "template.yaml"))
    assert set(declaradas) <= set(ambiente.variables(declaradas, elegidos))


def test_los_valores_locales_eligen_lo_embebido() -> None:
    valores = ambiente.variables([], ajustes.leer(["--puerto", "9000", "--desfase", "3600"]))
    assert (valores["ALMACEN"], valores["DEPOSITO"], valores["CORREO"]) == ("sqlite", "carpeta", "maildir")
    assert valores["URL_PORTAL"] == "http://localhost:9000"
    assert valores["RELOJ_DESFASE_SEGUNDOS"] == "3600"
    # Con algo aquí, el montaje buscaría la nube.
    assert valores["CLAVE_MAESTRA_ARN"] == valores["COLA_AVISOS"] == ""


def test_las_opciones_se_explican_en_espanol(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        ajustes.leer(["--ayuda"])
    ayuda = capsys.readouterr().out
    for opcion in ("--puerto", "--datos", "--salida", "--estado", "--sin-vigilar", "--desfase"):
        assert opcion in ayuda
