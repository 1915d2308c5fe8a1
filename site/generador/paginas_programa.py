"""Las páginas del programa entero: portada, cifras, datos, ruta, requisitos, ayuda y mesa."""

from collections.abc import Iterator
from typing import Any

from generador.abiertos import abiertos
from generador.anios import anios
from generador.cifras import cifras
from generador.encuesta_publicada import encuesta_publicada
from generador.fichas import Fichas
from generador.filtros import dia_en_chile
from generador.pagina import Pagina
from generador.paginas_convocatorias import ABIERTAS, por_abrir
from generador.programa import programa

# Del personal.
MESA = "/mesa/"
ULTIMAS, PROXIMOS = 6, 3
# Los números que se dicen en las páginas de ayuda, por el parámetro que los trae.
DICHOS = {
    "minimo": "ventas_minimas_uf",
    "maximo": "ventas_maximas_uf",
    "cooperativa": "ventas_cooperativa_maximas_uf",
    "veces": "participaciones_maximas_componente",
    "minutos": "minutos_confirmacion",
    "horas": "horas_enlace_confirmacion",
    "megas": "tamano_maximo_archivo_mb",
    "dias_subsanar": "dias_subsanar",
    "dias_recurso": "recurso_plazo_dias_habiles",
}
DIAS = ("dias_subsanar", "dias_recurso")


def de_inicio(fichas: Fichas) -> Pagina:
    """La portada lleva también las próximas, escondidas: si abren antes de otra publicación, el guion las muestra."""
    contexto = {
        "convocatorias": por_abrir(fichas),
        "abiertas": ABIERTAS,
        "ultimas": sorted(fichas.convocatorias, key=lambda c: c.actividad_inicio, reverse=True)[:ULTIMAS],
        "proximos": [e for e in fichas.eventos if not e.terminado][:PROXIMOS],
        "cifras": cifras(fichas),
    }
    return Pagina("/", "inicio", "s-ferias", contexto=contexto, guiones=("cupos.js", "estado.js"))


def del_programa(fichas: Fichas) -> Iterator[Pagina]:
    """Lo que no es de una convocatoria, un evento ni un producto."""
    numeros = {"cifras": cifras(fichas), "encuesta": encuesta_publicada(fichas)}
    yield Pagina("/indicadores/", "indicadores", "s-cifras", "cifras", True, contexto=numeros)
    yield Pagina("/indicadores/origen/", "origen", "s-cifras", "cifras", contexto=numeros)
    if publicada := encuesta_publicada(fichas):
        yield Pagina("/indicadores/encuesta/", "encuesta_publicada", "s-cifras", "cifras", contexto={"e": publicada})
    yield from _por_anio(fichas)
    yield Pagina("/datos/", "datos", "s-cifras", "cifras", contexto={"paquetes": abiertos(fichas)})
    for paquete in abiertos(fichas):
        yield Pagina(paquete.ruta, "paquete", "s-cifras", "cifras", contexto={"p": paquete})
    yield Pagina("/ruta/", "ruta", "s-ferias", contexto={**_dichos(fichas), "convocatorias": por_abrir(fichas)})
    yield Pagina("/preguntas/", "preguntas", "s-tramite", contexto=_dichos(fichas))
    yield Pagina("/requisitos/", "programa", "s-ferias", contexto=programa(fichas))
    yield Pagina("/ayuda/", "ayuda", "s-tramite", contexto={"oficinas": _oficinas(fichas)})
    yield Pagina(MESA, "mesa", "s-tramite")
    yield Pagina("/404.html", "no_encontrada", "s-tramite")


def _por_anio(fichas: Fichas) -> Iterator[Pagina]:
    """La lista de años y una página por cada uno."""
    todos = anios(fichas, cifras(fichas))
    yield Pagina("/anios/", "anios", "s-cifras", "cifras", contexto={"anios": todos})
    for anio in todos:
        yield Pagina(anio.ruta, "anio", "s-cifras", "cifras", contexto={"a": anio})


def _dichos(fichas: Fichas) -> dict[str, Any]:
    """Los números que rigen hoy; los días, como enteros para escribirlos con palabras."""
    hoy = dia_en_chile(fichas.ahora)
    numeros: dict[str, Any] = {nombre: fichas.publicado.parametro(clave, hoy) for nombre, clave in DICHOS.items()}
    return {**numeros, **{d: int(numeros[d]) for d in DIAS}}


def _oficinas(fichas: Fichas) -> list[dict[str, Any]]:
    orden = {r["region"]: r["orden"] for r in fichas.regiones}
    return sorted(fichas.oficina.values(), key=lambda o: (orden[o["region"]], o["id"]))
