"""Sirve los archivos del portal como lo hacen S3 y CloudFront."""

import gzip
import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path

from werkzeug.http import http_date
from werkzeug.wrappers import Request, Response

from servidor import paginas
from servidor.disco import dentro

TIPOS = mimetypes.MimeTypes(filenames=())
PROPIOS = {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".csv": "text/csv",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}
# Bajo este tamaño comprimir no ahorra un paquete de red; sobre el otro, ocuparía memoria sin necesidad.
MINIMO_COMPRIMIBLE, MAXIMO_EN_MEMORIA = 600, 8 * 1024 * 1024


def servir(solicitud: Request, salida: Path) -> Response:
    """El archivo que corresponde a la dirección, o la página de «no encontrado»."""
    if solicitud.method not in {"GET", "HEAD"}:
        return paginas.aviso("Esta página no recibe datos", "Vuelve al inicio y entra por el menú.", 405)
    archivo = dentro(salida, solicitud.path)
    if archivo is not None and archivo.is_dir():
        if not solicitud.path.endswith("/"):
            return _con_barra(solicitud)
        archivo /= "index.html"
    elif archivo is not None and solicitud.path.endswith("/"):
        archivo = None
    if archivo is None or not archivo.is_file():
        return no_encontrado(salida)
    return _archivo(solicitud, archivo)


def no_encontrado(salida: Path) -> Response:
    """La página 404 del portal; si aún no hay portal, lo dice."""
    pagina = salida / "404.html"
    if pagina.is_file():
        return Response(pagina.read_bytes(), status=404, mimetype="text/html")
    if not (salida / "index.html").is_file():
        return paginas.aviso(
            "El portal todavía no está construido",
            "Mira la ventana donde lo encendiste: ahí dice qué falta corregir en los datos.",
            503,
        )
    return paginas.aviso("No encontramos esa página", "Revisa la dirección o vuelve al inicio.", 404)


def tipo_de(archivo: Path) -> str:
    """El tipo de contenido según la extensión, con UTF-8 para todo lo que es texto."""
    tipo = PROPIOS.get(archivo.suffix.lower()) or TIPOS.guess_type(archivo.name)[0] or "application/octet-stream"
    es_texto = tipo.startswith("text/") or tipo.endswith(("json", "xml", "yaml")) or tipo == "image/svg+xml"
    return f"{tipo}; charset=utf-8" if es_texto else tipo


def _con_barra(solicitud: Request) -> Response:
    destino = "/" + solicitud.environ["REQUEST_URI"].split("?")[0].strip("/") + "/"
    consulta = solicitud.query_string.decode("latin-1")
    return Response(status=301, headers={"Location": destino + (f"?{consulta}" if consulta else "")})


def _archivo(solicitud: Request, archivo: Path) -> Response:
    datos = archivo.stat()
    tipo = tipo_de(archivo)
    if datos.st_size > MAXIMO_EN_MEMORIA:
        etag, comprimido = f"{datos.st_mtime_ns:x}-{datos.st_size:x}", None
    else:
        etag, comprimido = _preparado(archivo, datos.st_mtime_ns, datos.st_size, "charset" in tipo)
    respuesta = Response(content_type=tipo)
    respuesta.headers["Cache-Control"] = "no-cache"
    respuesta.headers["Last-Modified"] = http_date(datos.st_mtime)
    if "charset" in tipo:
        respuesta.vary.add("Accept-Encoding")
    if comprimido is not None and "gzip" in solicitud.accept_encodings:
        respuesta.headers["Content-Encoding"] = "gzip"
        # Otra representación, otra etiqueta: así una caché no mezcla la comprimida con la que no lo está.
        respuesta.set_etag(f"{etag}-gz")
        respuesta.set_data(comprimido)
    else:
        respuesta.set_etag(etag)
        respuesta.set_data(archivo.read_bytes())
    return respuesta.make_conditional(solicitud)


@lru_cache(maxsize=512)
def _preparado(archivo: Path, modificado: int, bytes_: int, comprimible: bool) -> tuple[str, bytes | None]:
    """Huella y versión comprimida; la fecha y el tamaño son parte de la llave para notar los cambios."""
    contenido = archivo.read_bytes()
    comprimido = gzip.compress(contenido, 6, mtime=0) if comprimible and bytes_ >= MINIMO_COMPRIMIBLE else None
    return hashlib.sha256(contenido).hexdigest()[:20], comprimido
