"""Las páginas del programa entero: portada, cifras, datos, ruta, requisitos, ayuda y mesa."""

from collections.abc import Iterator
from typing import Any

from generador.abiertos import abiertos
from generador.cifras import cifras
from generador.fichas import Fichas
from generador.pagina import Pagina
from generador.paginas_convocatorias import ABIERTAS, por_abrir
from generador.programa import programa

# Del personal.
MESA = "/mesa/"


def de_inicio(fichas: Fichas) -> Pagina:
    """La portada lleva también las próximas, escondidas: si abren antes de otra publicación, el guion las muestra."""
    contexto = {"convocatorias": por_abrir(fichas), "cifras": cifras(fichas), "abiertas": ABIERTAS}
    return Pagina("/", "inicio", "s-ferias", contexto=contexto, guiones=("cupos.js", "estado.js"))


def del_programa(fichas: Fichas) -> Iterator[Pagina]:
    """Lo que no es de una convocatoria, un evento ni un producto."""
    numeros = {"cifras": cifras(fichas)}
    yield Pagina("/indicadores/", "indicadores", "s-cifras", "cifras", True, contexto=numeros)
    yield Pagina("/indicadores/origen/", "origen", "s-cifras", "cifras", contexto=numeros)
    yield Pagina("/datos/", "datos", "s-cifras", "cifras", contexto={"paquetes": abiertos(fichas)})
    for paquete in abiertos(fichas):
        yield Pagina(paquete.ruta, "paquete", "s-cifras", "cifras", contexto={"p": paquete})
    yield Pagina("/ruta/", "ruta", "s-ferias", contexto={"convocatorias": por_abrir(fichas)})
    yield Pagina("/requisitos/", "programa", "s-ferias", contexto=programa(fichas))
    yield Pagina("/ayuda/", "ayuda", "s-tramite", contexto={"oficinas": _oficinas(fichas)})
    yield Pagina(MESA, "mesa", "s-tramite")
    yield Pagina("/404.html", "no_encontrada", "s-tramite")


def _oficinas(fichas: Fichas) -> list[dict[str, Any]]:
    orden = {r["region"]: r["orden"] for r in fichas.regiones}
    return sorted(fichas.oficina.values(), key=lambda o: (orden[o["region"]], o["id"]))
