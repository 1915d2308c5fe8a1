"""Arma las pocas páginas propias del servidor local, con el aspecto del portal."""

from http import HTTPStatus

from markupsafe import Markup, escape
from werkzeug.wrappers import Response

MARCO = Markup(
    """<!doctype html>
<html lang="es-CL">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{titulo} · Ferias y Redes</title>
<link rel="stylesheet" href="/tema/estilo.css">
</head>
<body class="s-tramite">
<a class="saltar" href="#contenido">Saltar al contenido</a>
<header><div class="techo"><div class="ancho">
<a class="marca" href="/"><span>Ferias y Redes</span></a>
</div></div></header>
<main id="contenido"><div class="ancho {clase}">
<h1>{titulo}</h1>
{cuerpo}
</div></main>
</body>
</html>
"""
)


def pagina(titulo: str, cuerpo: Markup, estado: int = 200, *, ancha: bool = False) -> Response:
    """Una página en español, que nadie debe guardar."""
    html = MARCO.format(titulo=titulo, cuerpo=cuerpo, clase="" if ancha else "angosto")
    respuesta = Response(html, status=estado, mimetype="text/html")
    respuesta.headers["Cache-Control"] = "no-store"
    return respuesta


def aviso(titulo: str, explicacion: str, estado: int) -> Response:
    """Una página que dice qué pasó y qué hacer."""
    return pagina(titulo, Markup('<p class="guia">{}</p>').format(explicacion), estado)


def aviso_o_json(acepta: str, titulo: str, explicacion: str, estado: int) -> Response:
    """Lo mismo, como página para quien navega o como JSON para un programa."""
    if "text/html" in acepta:
        return aviso(titulo, explicacion, estado)
    return json_(f'{{"message":"{explicacion}"}}', estado)


def json_(texto: str, estado: int = 200) -> Response:
    """Una respuesta JSON tal cual."""
    return Response(texto, status=estado, mimetype="application/json")


def enlace(url: str, texto: str) -> Markup:
    """Un enlace con su texto, los dos escapados."""
    return Markup('<a href="{}">{}</a>').format(url, texto)


def frase(estado: int) -> str:
    """El nombre en inglés del estado HTTP, como va en la línea de respuesta."""
    try:
        return HTTPStatus(estado).phrase
    except ValueError:
        return "Estado"


__all__ = ["aviso", "aviso_o_json", "enlace", "escape", "frase", "json_", "pagina"]
