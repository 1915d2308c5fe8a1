"""El correo local muestra lo que las funciones dejaron en la carpeta, sin que un mensaje pueda hacer nada."""

import mailbox
import os
from email.message import EmailMessage
from pathlib import Path

import pytest

from servidor.correo import con_enlaces
from tests.servidor.conftest import Mundo

ENLACE = "http://localhost:8000/api/confirmar#folio=K7M4PR9X&codigo=abc"


def _dejar(carpeta: Path, asunto: str, hora: int, html: str = "<p>Hola <a href='{0}'>sigue</a></p>") -> str:
    mensaje = EmailMessage()
    mensaje["Subject"], mensaje["From"], mensaje["To"] = asunto, "portal@localhost", "mipe@ejemplo.cl"
    mensaje.set_content(f"Confirma aquí: {ENLACE}.\nGracias <b>")
    mensaje.add_alternative(html.format(ENLACE), subtype="html")
    clave = mailbox.Maildir(carpeta, create=True).add(mensaje)
    os.utime(next(carpeta.glob(f"*/{clave}*")), (hora, hora))
    return clave


@pytest.fixture
def carpeta(mundo: Mundo) -> Path:
    return mundo.ajustes.correo


def test_sin_mensajes_lo_dice(mundo: Mundo) -> None:
    assert "Todavía no hay mensajes" in mundo.ver("/correo/").texto


def test_los_mas_nuevos_van_primero(mundo: Mundo, carpeta: Path) -> None:
    for asunto, hora in (("Segundo", 200), ("Primero", 100), ("Tercero", 300)):
        _dejar(carpeta, asunto, hora)
    texto = mundo.ver("/correo/").texto
    assert texto.index("Tercero") < texto.index("Segundo") < texto.index("Primero")
    assert "Solo existen en esta máquina" in texto


def test_un_mensaje_muestra_su_texto_con_enlaces_y_su_html_aislado(mundo: Mundo, carpeta: Path) -> None:
    clave = _dejar(carpeta, "Confirma tu correo", 100)
    pagina = mundo.ver(f"/correo/{clave}")
    assert f'<a href="{ENLACE.replace("&", "&amp;")}">' in pagina.texto
    assert "&lt;b&gt;" in pagina.texto
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in pagina.texto
    assert "frame-src 'self'" in pagina.cabeceras["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in pagina.cabeceras["Content-Security-Policy"]
    html = mundo.ver(f"/correo/{clave}/html")
    assert f"<a href='{ENLACE}'>" in html.texto
    csp = html.cabeceras["Content-Security-Policy"]
    assert csp.startswith("sandbox allow-popups allow-popups-to-escape-sandbox;")
    assert "default-src 'none'" in csp
    assert "frame-ancestors 'self'" in csp
    assert "script-src" not in csp
    assert html.cabeceras["X-Frame-Options"] == "SAMEORIGIN"


def test_un_asunto_con_html_se_muestra_como_texto(mundo: Mundo, carpeta: Path) -> None:
    clave = _dejar(carpeta, "<script>alert(1)</script>", 100)
    for ruta in ("/correo/", f"/correo/{clave}"):
        assert "<script>" not in mundo.ver(ruta).texto


@pytest.mark.parametrize(
    "ruta", ["../claves/oidc.pem", "..%2Fclaves%2Foidc.pem", "%2e%2e", "no-existe", "no-existe/html", "tmp", "."]
)
def test_solo_se_leen_mensajes_de_la_carpeta(mundo: Mundo, carpeta: Path, ruta: str) -> None:
    clave = _dejar(carpeta, "Uno", 100)
    respuesta = mundo.ver(f"/correo/{ruta}")
    assert respuesta.estado == 404 or clave in respuesta.texto
    assert b"PRIVATE" not in respuesta.cuerpo


def test_otra_parte_del_mensaje_no_existe(mundo: Mundo, carpeta: Path) -> None:
    clave = _dejar(carpeta, "Uno", 100)
    assert mundo.ver(f"/correo/{clave}/otra").estado == 404


def test_el_correo_solo_se_lee(mundo: Mundo) -> None:
    assert mundo.pedir("POST", "/correo/").estado == 405


def test_las_direcciones_se_enlazan_sin_la_puntuacion_que_las_sigue() -> None:
    assert str(con_enlaces("ve a https://a.cl/x, (https://b.cl).")) == (
        've a <a href="https://a.cl/x">https://a.cl/x</a>, (<a href="https://b.cl">https://b.cl</a>).'
    )
    assert "<a" not in str(con_enlaces("javascript:alert(1) <a href=x>"))
