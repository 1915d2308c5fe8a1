"""Muestra los correos que las funciones dejaron en la carpeta local: aquí nada sale a internet."""

import email
import re
from datetime import datetime
from email.message import EmailMessage
from email.policy import default as politica
from pathlib import Path
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape
from werkzeug.wrappers import Request, Response

from servidor import paginas

CHILE = ZoneInfo("America/Santiago")
DIRECCION = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:)]")
# El mensaje se ve como en un lector de correo: sin programas, sin formularios y sin pedir nada a la red.
CSP_MENSAJE = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data:; form-action 'none'; base-uri 'self'; frame-ancestors 'self'"
)


def atender(solicitud: Request, carpeta: Path, csp: str) -> Response:
    """La lista de mensajes, uno de ellos, o su parte HTML."""
    if solicitud.method not in {"GET", "HEAD"}:
        return paginas.aviso("El correo solo se lee", "Vuelve a la lista en /correo/.", 405)
    clave, _, parte = solicitud.path.removeprefix("/correo").strip("/").partition("/")
    if not clave:
        return _lista(carpeta)
    archivo = mensajes(carpeta).get(clave)
    if archivo is None or parte not in {"", "html"}:
        return paginas.aviso("No encontramos ese mensaje", "Vuelve a la lista en /correo/.", 404)
    mensaje = leer(archivo)
    return _html(mensaje) if parte else _mensaje(clave, mensaje, csp)


def mensajes(carpeta: Path) -> dict[str, Path]:
    """Los mensajes por clave, del más nuevo al más antiguo; la clave sale de la lista, nunca de la dirección."""
    archivos = [a for sub in ("new", "cur") if (carpeta / sub).is_dir() for a in (carpeta / sub).iterdir()]
    archivos = [a for a in archivos if a.is_file() and not a.name.startswith(".")]
    archivos.sort(key=lambda a: (a.stat().st_mtime_ns, a.name), reverse=True)
    return {archivo.name.split(":")[0]: archivo for archivo in archivos}


def leer(archivo: Path) -> EmailMessage:
    """El mensaje de ese archivo."""
    return email.message_from_bytes(archivo.read_bytes(), policy=politica)  # type: ignore[arg-type]


def _lista(carpeta: Path) -> Response:
    filas = Markup("")
    for clave, archivo in mensajes(carpeta).items():
        mensaje = leer(archivo)
        cuando = datetime.fromtimestamp(archivo.stat().st_mtime, CHILE)
        filas += Markup(
            '<tr><td data-t="Llegó" class="num">{}</td><td data-t="Para">{}</td><td data-t="Asunto">{}</td></tr>\n'
        ).format(
            f"{cuando:%d-%m-%Y %H:%M:%S}",
            str(mensaje.get("To", "")),
            paginas.enlace(f"/correo/{clave}", str(mensaje.get("Subject") or "(sin asunto)")),
        )
    tabla = Markup(
        '<table class="tabla"><thead><tr><th scope="col">Llegó</th><th scope="col">Para</th>'
        '<th scope="col">Asunto</th></tr></thead><tbody>\n{}</tbody></table>'
    ).format(filas)
    vacio = Markup("<p>Todavía no hay mensajes. Llegan unos segundos después de postular.</p>")
    guia = Markup('<p class="guia">Los correos que habría enviado el portal. Solo existen en esta máquina.</p>')
    return paginas.pagina("Correo de esta máquina", guia + (tabla if filas else vacio), ancha=True)


def _mensaje(clave: str, mensaje: EmailMessage, csp: str) -> Response:
    texto = mensaje.get_body(("plain",))
    html = mensaje.get_body(("html",))
    cuerpo = Markup('<p class="miga"><a href="/correo/">← Todos los correos</a></p><p>De: {}<br>Para: {}</p>').format(
        str(mensaje.get("From", "")), str(mensaje.get("To", ""))
    )
    if texto is not None:
        cuerpo += Markup("<h2>Como texto</h2><pre>{}</pre>").format(con_enlaces(texto.get_content()))
    if html is not None:
        cuerpo += Markup(
            "<h2>Como se ve</h2>"
            '<iframe src="/correo/{}/html" title="El mensaje como se ve" width="100%" height="900" '
            'sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
        ).format(clave)
    respuesta = paginas.pagina(str(mensaje.get("Subject") or "(sin asunto)"), cuerpo, ancha=True)
    respuesta.headers["Content-Security-Policy"] = f"{csp}; frame-src 'self'"
    return respuesta


def con_enlaces(texto: str) -> Markup:
    """El texto escapado, con sus direcciones web convertidas en enlaces."""
    partes, desde = [], 0
    for hallada in DIRECCION.finditer(texto):
        partes += [escape(texto[desde : hallada.start()]), paginas.enlace(hallada[0], hallada[0])]
        desde = hallada.end()
    return Markup("").join([*partes, escape(texto[desde:])])


def _html(mensaje: EmailMessage) -> Response:
    html = mensaje.get_body(("html",))
    if html is None:
        return paginas.aviso("Ese mensaje no tiene parte HTML", "Vuelve a la lista en /correo/.", 404)
    # Dentro de un marco aislado un enlace no puede cambiar la página: se abre aparte.
    contenido = '<!doctype html><base target="_blank">' + html.get_content()
    respuesta = Response(contenido, mimetype="text/html")
    respuesta.headers["Content-Security-Policy"] = CSP_MENSAJE
    respuesta.headers["X-Frame-Options"] = "SAMEORIGIN"
    respuesta.headers["Cache-Control"] = "no-store"
    return respuesta
