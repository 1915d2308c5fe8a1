"""La carpeta de documentos: permisos firmados, archivos enteros y nada a la vista de otros."""

from __future__ import annotations

import base64
import json
import resource
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from funciones.adaptadores.deposito import DepositoNoResponde
from funciones.adaptadores.deposito_carpeta import DepositoCarpeta, clave_de_firma, firmar, firmar_enlace

VENCE = datetime(2026, 11, 23, 12, 30, tzinfo=timezone(timedelta(hours=-3)))
RETORNO = "https://portal.example/api/adjuntar?documento=f30"


@pytest.fixture
def estado(tmp_path: Path) -> Path:
    return tmp_path / "local" / "estado"


@pytest.fixture
def deposito(estado: Path) -> DepositoCarpeta:
    return DepositoCarpeta(estado)


@contextmanager
def disco_con(octetos: int) -> Iterator[None]:
    """Ningún archivo puede pasar de este tamaño: como un disco lleno, sin llenar el de verdad."""
    antes = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (octetos, antes[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, antes)


@pytest.mark.parametrize("retorno", [RETORNO, None])
def test_el_permiso_fija_llave_tipo_tamano_y_hora(deposito: DepositoCarpeta, retorno: str | None) -> None:
    permiso = deposito.permiso("cuarentena/a1/f30", "application/pdf", 7_340_032, VENCE, retorno)
    assert permiso.url == "/deposito/"
    politica = json.loads(base64.b64decode(permiso.campos["policy"]))
    assert politica["expiration"] == "2026-11-23T15:30:00Z"
    esperadas = [
        {"key": "cuarentena/a1/f30"},
        ["eq", "$Content-Type", "application/pdf"],
        ["content-length-range", 0 if retorno else 1, 7_340_032],
    ]
    assert politica["conditions"] == esperadas + ([{"success_action_redirect": retorno}] if retorno else [])
    campos = {"key", "Content-Type", "policy", "x-amz-signature"} | ({"success_action_redirect"} if retorno else set())
    assert set(permiso.campos) == campos


def test_la_firma_cambia_con_la_politica_y_con_la_maquina(deposito: DepositoCarpeta, estado: Path) -> None:
    permiso = deposito.permiso("a/f30", "application/pdf", 10, VENCE, None)
    firma = permiso.campos["x-amz-signature"]
    assert firma == firmar(clave_de_firma(estado), permiso.campos["policy"])
    assert firma != firmar(clave_de_firma(estado), permiso.campos["policy"] + "=")
    assert firma != firmar(clave_de_firma(estado.with_name("otro")), permiso.campos["policy"])


def test_una_firma_de_politica_no_sirve_de_enlace() -> None:
    # Aunque alguien lograra que se firme como política el texto de un enlace.
    assert firmar(b"clave", "a/f30\x1f1") != firmar_enlace(b"clave", "a/f30", 1)


def test_el_enlace_dice_hasta_cuando_y_con_que_nombre(deposito: DepositoCarpeta, estado: Path) -> None:
    enlace = urlsplit(deposito.enlace("expedientes/k7m4pr9x/f30", VENCE, "carpeta & año.pdf"))
    consulta = parse_qs(enlace.query, strict_parsing=True)
    expira = int(VENCE.timestamp())
    assert enlace.path == "/deposito/expedientes/k7m4pr9x/f30"
    assert consulta == {
        "expira": [str(expira)],
        "nombre": ["carpeta & año.pdf"],
        "firma": [firmar_enlace(clave_de_firma(estado), "expedientes/k7m4pr9x/f30", expira)],
    }
    distintas = {
        firmar_enlace(clave_de_firma(estado), llave, hora)
        for llave, hora in (("a/f30", expira), ("a/f3", expira), ("a/f30", expira + 1))
    }
    assert len(distintas) == 3


def test_la_clave_nace_una_sola_vez_y_solo_la_lee_su_duenio(estado: Path) -> None:
    claves: list[bytes] = []
    salida = threading.Barrier(8)

    def pedir() -> None:
        salida.wait()
        claves.append(clave_de_firma(estado))

    hilos = [threading.Thread(target=pedir) for _ in range(8)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert len(claves) == 8
    assert len(set(claves)) == 1
    assert len(claves[0]) >= 32
    archivo = estado / "claves" / "deposito"
    assert stat.S_IMODE(archivo.stat().st_mode) == 0o600
    assert [a.name for a in archivo.parent.iterdir()] == ["deposito"]


def test_las_carpetas_y_los_archivos_son_privados(deposito: DepositoCarpeta, estado: Path) -> None:
    deposito.guardar("expedientes/k7m4pr9x/f30", b"%PDF-", "application/pdf")
    clave_de_firma(estado)
    for ruta in (estado, *estado.rglob("*")):
        assert stat.S_IMODE(ruta.stat().st_mode) == (0o700 if ruta.is_dir() else 0o600), ruta


def test_si_falta_el_tipo_declarado_vale_lo_que_muestra_el_archivo(deposito: DepositoCarpeta, estado: Path) -> None:
    for nombre, datos, tipo in (
        ("pdf", b"%PDF-1.4", "application/pdf"),
        ("jpg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("png", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("exe", b"MZ", "application/octet-stream"),
    ):
        (estado / "documentos").mkdir(parents=True, exist_ok=True)
        (estado / "documentos" / nombre).write_bytes(datos)
        objeto = deposito.examinar(nombre)
        assert objeto is not None
        assert objeto.tipo == tipo
    assert deposito.listar("") == ("exe", "jpg", "pdf", "png")


def test_con_el_disco_lleno_queda_lo_anterior_y_se_puede_reintentar(deposito: DepositoCarpeta, estado: Path) -> None:
    deposito.guardar("a/f30", b"%PDF-viejo", "application/pdf")
    with disco_con(1000), pytest.raises(DepositoNoResponde, match="EFBIG"):
        deposito.guardar("a/f30", bytes(2000), "application/pdf")
    assert deposito.leer("a/f30") == b"%PDF-viejo"
    assert deposito.listar("") == ("a/f30",)
    sobrantes = [a for a in (estado / "documentos").rglob(".*") if a.is_file()]
    assert sobrantes == []
    deposito.guardar("a/f30", bytes(2000), "application/pdf")
    assert deposito.leer("a/f30") == bytes(2000)


def test_una_falla_del_disco_no_cuenta_que_archivo_era(deposito: DepositoCarpeta, estado: Path) -> None:
    deposito.guardar("a", b"%PDF-", "application/pdf")
    for operacion in (
        lambda: deposito.guardar("a/k7m4pr9x", b"%PDF-", "application/pdf"),
        lambda: deposito.leer("a/k7m4pr9x"),
        lambda: deposito.examinar("a/k7m4pr9x"),
        lambda: deposito.copiar("a", "a/k7m4pr9x"),
        lambda: deposito.escribir("a/k7m4pr9x", b"%PDF-", "application/pdf"),
        lambda: deposito.reemplazar("a/k7m4pr9x", b"%PDF-", "application/pdf"),
        lambda: deposito.borrar("a/k7m4pr9x"),
    ):
        with pytest.raises(DepositoNoResponde, match=r"^E[A-Z]+$") as falla:
            operacion()
        assert falla.value.__suppress_context__


def test_sin_carpeta_de_estado_no_hay_permiso(estado: Path) -> None:
    estado.parent.mkdir(parents=True)
    estado.write_text("aquí debía haber una carpeta")
    with pytest.raises(DepositoNoResponde):
        DepositoCarpeta(estado).permiso("a/f30", "application/pdf", 10, datetime.now(UTC), None)


def test_quien_lee_mientras_se_reemplaza_ve_uno_o_el_otro(deposito: DepositoCarpeta) -> None:
    versiones = {bytes([n]) * 200_000 for n in (1, 2)}
    deposito.guardar("a/f30", bytes([1]) * 200_000, "application/pdf")
    listo = threading.Event()

    def reemplazar() -> None:
        for vuelta in range(40):
            deposito.guardar("a/f30", bytes([1 + vuelta % 2]) * 200_000, "application/pdf")
        listo.set()

    escritor = threading.Thread(target=reemplazar)
    escritor.start()
    while not listo.is_set():
        assert deposito.leer("a/f30") in versiones
    escritor.join()
