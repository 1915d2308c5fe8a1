"""El portal se sirve con sus tipos, sus cabeceras y sin dejar salir nada de su carpeta."""

import gzip
import os
from pathlib import Path

import pytest
from werkzeug.wrappers import Request

from servidor.estaticos import servir
from tests.servidor.conftest import Mundo

RUTAS_CON_CABECERAS = (
    "/",
    "/no-existe",
    "/carpeta",
    "/api/verificar",
    "/api/no-existe",
    "/api/mesa/postulaciones",
    "/api/openapi.json",
    "/deposito/",
    "/deposito/x",
    "/correo/",
    "/correo/no-existe",
    "/oidc/.well-known/jwks.json",
    "/oidc/oauth2/authorize",
    "/mesa/configuracion.json",
)


@pytest.fixture
def salida(mundo: Mundo) -> Path:
    return mundo.ajustes.salida


def test_la_carpeta_muestra_su_indice_y_sin_barra_lleva_a_ella(mundo: Mundo, salida: Path) -> None:
    (salida / "ayuda").mkdir()
    (salida / "ayuda" / "index.html").write_text("Ayuda", encoding="utf-8")
    assert mundo.ver("/ayuda/").texto == "Ayuda"
    sin_barra = mundo.ver("/ayuda?region=07")
    assert (sin_barra.estado, sin_barra.cabeceras["Location"]) == (301, "/ayuda/?region=07")
    assert mundo.ver("/index.html/").estado == 404


@pytest.mark.parametrize("camino", ["//otro.cl", "///otro.cl", "/otro.cl"])
def test_la_redireccion_no_lleva_a_otro_sitio(salida: Path, camino: str) -> None:
    """«//otro.cl/» sería la dirección de otro sitio."""
    (salida / "otro.cl").mkdir()
    ambiente = {"REQUEST_METHOD": "GET", "PATH_INFO": camino, "REQUEST_URI": camino, "SERVER_NAME": "localhost"}
    assert servir(Request(ambiente | {"SERVER_PORT": "80"}), salida).headers["Location"] == "/otro.cl/"


@pytest.mark.parametrize(
    ("archivo", "tipo"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.json", "application/json; charset=utf-8"),
        ("a.csv", "text/csv; charset=utf-8"),
        ("a.ics", "text/calendar; charset=utf-8"),
        ("a.xml", "application/xml; charset=utf-8"),
        ("a.atom", "application/atom+xml; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.yaml", "application/yaml; charset=utf-8"),
        ("a.md", "text/markdown; charset=utf-8"),
        ("a.txt", "text/plain; charset=utf-8"),
        ("a.png", "image/png"),
        ("a.webp", "image/webp"),
        ("a.woff2", "font/woff2"),
        ("a.pdf", "application/pdf"),
        ("a.raro", "application/octet-stream"),
    ],
)
def test_cada_archivo_sale_con_su_tipo(mundo: Mundo, salida: Path, archivo: str, tipo: str) -> None:
    (salida / archivo).write_bytes(b"x")
    assert mundo.ver(f"/{archivo}").cabeceras["Content-Type"] == tipo


def test_lo_que_no_cambio_no_se_vuelve_a_bajar(mundo: Mundo, salida: Path) -> None:
    primera = mundo.ver("/")
    etag, fecha = primera.cabeceras["ETag"], primera.cabeceras["Last-Modified"]
    assert mundo.ver("/", If_None_Match=etag).estado == 304
    assert mundo.ver("/", If_Modified_Since=fecha).estado == 304
    (salida / "index.html").write_text("Otra portada", encoding="utf-8")
    os.utime(salida / "index.html", (2_000_000_000, 2_000_000_000))
    segunda = mundo.ver("/", If_None_Match=etag)
    assert (segunda.estado, segunda.texto) == (200, "Otra portada")
    assert segunda.cabeceras["ETag"] != etag


def test_el_texto_viaja_comprimido_solo_a_quien_lo_acepta(mundo: Mundo, salida: Path) -> None:
    largo = "palabra " * 500
    (salida / "largo.html").write_text(largo, encoding="utf-8")
    llano, comprimido = mundo.ver("/largo.html"), mundo.ver("/largo.html", Accept_Encoding="gzip")
    assert llano.texto == largo
    assert "Content-Encoding" not in llano.cabeceras
    assert comprimido.cabeceras["Content-Encoding"] == "gzip"
    assert gzip.decompress(comprimido.cuerpo).decode() == largo
    assert comprimido.cabeceras["ETag"] != llano.cabeceras["ETag"]
    assert "Accept-Encoding" in llano.cabeceras["Vary"]
    (salida / "foto.png").write_bytes(b"x" * 5000)
    assert "Content-Encoding" not in mundo.ver("/foto.png", Accept_Encoding="gzip").cabeceras


def test_head_trae_las_cabeceras_sin_el_cuerpo(mundo: Mundo) -> None:
    cabeza, entero = mundo.pedir("HEAD", "/"), mundo.ver("/")
    assert cabeza.cuerpo == b""
    assert cabeza.cabeceras["Content-Length"] == str(len(entero.cuerpo))


def test_el_portal_no_recibe_envios(mundo: Mundo) -> None:
    assert mundo.pedir("POST", "/", "a=1").estado == 405


def test_lo_que_no_esta_muestra_la_pagina_404_del_portal(mundo: Mundo) -> None:
    respuesta = mundo.ver("/nada/de/nada")
    assert respuesta.estado == 404
    assert "No está" in respuesta.texto


def test_sin_portal_construido_se_dice(mundo: Mundo, salida: Path) -> None:
    for archivo in salida.iterdir():
        archivo.unlink()
    respuesta = mundo.ver("/")
    assert respuesta.estado == 503
    assert "todavía no está construido" in respuesta.texto


def test_la_descripcion_de_la_api_es_un_archivo(mundo: Mundo, salida: Path) -> None:
    assert mundo.ver("/api/openapi.json").estado == 404
    (salida / "api").mkdir()
    (salida / "api" / "openapi.json").write_text("{}", encoding="utf-8")
    assert mundo.ver("/api/openapi.json").json == {}


@pytest.mark.parametrize(
    "ruta",
    [
        "/../estado/claves/oidc.pem",
        "/%2e%2e/estado/claves/oidc.pem",
        "/..%2festado%2fclaves%2foidc.pem",
        "/carpeta/../../estado/claves/oidc.pem",
        "/..\\estado\\claves\\oidc.pem",
        "/%2e%2e%5cestado",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/.oculto",
        "/a%00.html",
        "/" + "a" * 300,
        "/%ff%fe",
        "/enlace/claves/oidc.pem",
        "http://localhost/../estado/claves/oidc.pem",
    ],
)
def test_nada_de_fuera_del_portal_se_puede_leer(mundo: Mundo, salida: Path, ruta: str) -> None:
    (salida / ".oculto").write_text("secreto", encoding="utf-8")
    (salida / "enlace").symlink_to(mundo.ajustes.estado)
    respuesta = mundo.ver(ruta)
    assert respuesta.estado == 404
    assert b"PRIVATE" not in respuesta.cuerpo
    assert b"secreto" not in respuesta.cuerpo


@pytest.mark.parametrize("ruta", RUTAS_CON_CABECERAS)
def test_toda_respuesta_lleva_las_cabeceras_de_seguridad_de_la_plantilla(mundo: Mundo, salida: Path, ruta: str) -> None:
    (salida / "carpeta").mkdir()
    cabeceras = mundo.ver(ruta).cabeceras
    csp = cabeceras["Content-Security-Policy"]
    assert "default-src 'none'" in csp
    assert "frame-ancestors 'none'" in csp
    assert "base-uri 'none'" in csp
    assert "unsafe" not in csp
    assert "${" not in csp
    assert cabeceras["X-Content-Type-Options"] == "nosniff"
    assert cabeceras["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert cabeceras["X-Frame-Options"] == "DENY"
    assert cabeceras["Referrer-Policy"] == "same-origin"
    assert "camera=()" in cabeceras["Permissions-Policy"]


def test_las_cabeceras_de_la_plantilla_pisan_las_de_la_funcion_salvo_la_de_referencia(mundo: Mundo) -> None:
    modo = (
        '{"statusCode": 200, "headers": {"referrer-policy": "no-referrer", '
        '"content-security-policy": "default-src *", "cache-control": "no-store"}}'
    )
    cabeceras = mundo.ver("/api/verificar", X_Modo=modo).cabeceras
    assert cabeceras.get_all("Referrer-Policy") == ["no-referrer"]
    assert "default-src 'none'" in cabeceras["Content-Security-Policy"]
    assert len(cabeceras.get_all("Content-Security-Policy") or []) == 1
    assert cabeceras["Cache-Control"] == "no-store"


def test_un_nombre_ajeno_que_apunta_a_esta_maquina_no_lee_nada(mundo: Mundo) -> None:
    for ruta in ("/", "/correo/", "/api/verificar"):
        assert mundo.ver(ruta, Host="otro.cl").estado == 421
    assert mundo.ver("/", Host=f"127.0.0.1:{mundo.puerto}").estado == 200
