"""Las listas de convocatorias: por grupo de estado, por región, por estado y por año, y con qué se filtran."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from funciones.dominio.convocatoria import EstadoConvocatoria
from generador.ficha_convocatoria import FichaConvocatoria
from generador.fichas import Fichas
from generador.filtros import minuscula
from generador.palabras_convocatoria import COMPONENTES, ESTADOS, LISTAS_POR_ESTADO, MODALIDADES

ABIERTAS = frozenset({EstadoConvocatoria.ABIERTA, EstadoConvocatoria.CON_LISTA_DE_ESPERA})
TERMINADAS = frozenset({EstadoConvocatoria.CERRADA, EstadoConvocatoria.CANCELADA})
# En este orden se leen las listas; cada grupo dice qué estados junta.
GRUPOS = (
    ("Puedes postular hoy", ABIERTAS),
    ("Abren pronto", {EstadoConvocatoria.PROXIMA}),
    ("En pausa", {EstadoConvocatoria.SUSPENDIDA}),
    ("En evaluación", {EstadoConvocatoria.EN_EVALUACION}),
    ("Con resultados", {EstadoConvocatoria.RESULTADOS}),
    ("Cerradas", {EstadoConvocatoria.CERRADA}),
    ("Canceladas", {EstadoConvocatoria.CANCELADA}),
)
# Cuáles tienen los cupos completos no se sabe al construir: en su lugar van las abiertas que tienen espera.
CON_ESPERA = "abierta_con_espera"
# Lo que terminó hace más de un año no se borra: queda en la lista de su año.
ARCHIVO = timedelta(days=365)


@dataclass(frozen=True)
class Lista:
    """Una lista fija, con su dirección. `vecinas`: la anterior y la siguiente. `lugares`: sus grupos, por dónde."""

    ruta: str
    titulo: str
    guia: str
    descripcion: str
    grupos: list[dict[str, Any]]
    region: dict[str, Any] | None = None
    vecinas: tuple[tuple[str, str], ...] = ()
    compacta: bool = False
    lugares: tuple[dict[str, Any], ...] = ()

    @property
    def cuantas(self) -> int:
        return sum(len(g["convocatorias"]) for g in self.grupos)


def grupos(convocatorias: list[FichaConvocatoria]) -> list[dict[str, Any]]:
    """Las convocatorias juntas por lo que una persona puede hacer con ellas; también los grupos vacíos."""
    return [
        {
            "titulo": titulo,
            "estados": " ".join(sorted(e.value for e in estados)),
            "convocatorias": [c for c in convocatorias if c.estado in estados],
        }
        for titulo, estados in GRUPOS
    ]


def al_dia(convocatorias: list[FichaConvocatoria]) -> list[FichaConvocatoria]:
    """Las que se muestran en las listas de hoy: todas menos las archivadas."""
    return [c for c in convocatorias if not _archivada(c)]


def _archivada(c: FichaConvocatoria) -> bool:
    return c.estado in TERMINADAS and c.termina + ARCHIVO < c.fichas.ahora


def por_region(fichas: Fichas) -> list[Lista]:
    """De norte a sur, lo que cada región organiza y lo que admite a sus empresas."""
    regiones, todas = fichas.regiones, al_dia(fichas.convocatorias)
    listas = []
    for i, r in enumerate(regiones):
        lugares = _lugares(r["region"], todas)
        vecinas = tuple((_ruta_region(v), f"{lado}: {v['nombre']}") for lado, v in _al_lado(regiones, i))
        guia = "Aquí están las ferias y encuentros que se hacen en esta región y los demás que admiten a sus empresas."
        descripcion = f"Ferias, encuentros y ruedas para empresas de {r['nombre']}, con fechas, cupos y requisitos."
        titulo = f"{r['nombre']}: ferias y encuentros"
        juntos = [g for lugar in lugares for g in lugar["grupos"]]
        listas.append(Lista(_ruta_region(r), titulo, guia, descripcion, juntos, r, vecinas, lugares=lugares))
    return listas


def _lugares(region: str, todas: list[FichaConvocatoria]) -> tuple[dict[str, Any], ...]:
    """Lo que se hace en la región y, aparte, lo que se hace en otra o por internet y admite a sus empresas."""
    aqui = [c for c in todas if c.region_sede == region]
    lejos = [c for c in todas if c.region_sede != region and region in c.admite_de]
    return (
        {"titulo": "Se hacen aquí", "nota": "", "grupos": grupos(aqui)},
        {"titulo": "También te admiten", "nota": "Se hacen en otra región o por internet.", "grupos": grupos(lejos)},
    )


def _ruta_region(region: dict[str, Any]) -> str:
    return f"/convocatorias/regiones/{region['region']}/"


def _al_lado(regiones: list[dict[str, Any]], i: int) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from (("Al norte", r) for r in regiones[max(i - 1, 0) : i])
    yield from (("Al sur", r) for r in regiones[i + 1 : i + 2])


def por_estado(fichas: Fichas) -> list[Lista]:
    """Una lista por cada estado en que puede estar una convocatoria, también las vacías."""
    return [_de_estado(estado, al_dia(fichas.convocatorias)) for estado in LISTAS_POR_ESTADO]


def _de_estado(estado: EstadoConvocatoria, todas: list[FichaConvocatoria]) -> Lista:
    titulo, significado = LISTAS_POR_ESTADO[estado]
    con_espera = estado is EstadoConvocatoria.CON_LISTA_DE_ESPERA
    grupo = {
        "titulo": minuscula(titulo).removeprefix("convocatorias ").capitalize() if con_espera else ESTADOS[estado][0],
        "estados": "",
        "convocatorias": [c for c in todas if _esta(c, estado)],
    }
    guia = f"Aquí están las {minuscula(titulo)}. {significado}"
    ruta = f"/convocatorias/estados/{CON_ESPERA if con_espera else estado.value}/"
    return Lista(ruta, titulo, guia, f"{titulo}. {significado}", [grupo])


def _esta(c: FichaConvocatoria, estado: EstadoConvocatoria) -> bool:
    """Si los cupos están completos se sabe al mirar: al construir se listan las abiertas que tienen espera."""
    if estado is EstadoConvocatoria.CON_LISTA_DE_ESPERA:
        return c.estado in ABIERTAS and c.espera_maxima != 0
    return c.estado is estado


def por_anio(fichas: Fichas) -> list[Lista]:
    """Todas las de cada año, por el año de su actividad: el archivo, que no pierde ninguna."""
    anios = sorted({c.anio for c in fichas.convocatorias}, reverse=True)
    return [
        Lista(
            f"/convocatorias/anios/{anio}/",
            f"Convocatorias con actividad en {anio}",
            f"Aquí está cada convocatoria cuya feria o encuentro es de {anio}, de norte a sur. Ninguna se borra.",
            f"Todas las convocatorias con actividad en {anio}, también las cerradas y canceladas.",
            [{"titulo": "", "estados": "", "convocatorias": _de_norte_a_sur(fichas, anio)}],
            compacta=True,
        )
        for anio in anios
    ]


def _de_norte_a_sur(fichas: Fichas, anio: int) -> list[FichaConvocatoria]:
    return sorted((c for c in fichas.convocatorias if c.anio == anio), key=lambda c: (c.region_orden, c.cierre))


def opciones(fichas: Fichas, convocatorias: list[FichaConvocatoria]) -> dict[str, list[tuple[str, str]]]:
    """Valor y texto de cada filtro: solo lo que alguna de esas convocatorias tiene."""
    comunas = {c.comuna for c in convocatorias if c.comuna}
    usados = {rubro for c in convocatorias for rubro in c.rubros}
    libres = any(not c.rubros for c in convocatorias)
    return {
        "region": [(r["region"], r["nombre"]) for r in fichas.regiones],
        "estado": _estados(),
        "componente": [(str(n), texto) for n, texto in COMPONENTES.items()],
        "rubro": [(r["id"], r["nombre"]) for r in fichas.rubro.values() if libres or r["id"] in usados],
        "comuna": sorted(((c, fichas.comuna[c]["nombre"]) for c in comunas), key=lambda par: par[1]),
        "modalidad": list(MODALIDADES.items()),
        "tematica": [(t, t) for t in sorted({c.tematica for c in convocatorias})],
    }


def _estados() -> list[tuple[str, str]]:
    """Los estados, y tras «Abierta» las abiertas que tienen espera: la misma lista que se lee sin guion."""
    pares = [(e.value, palabra) for e, (palabra, _) in ESTADOS.items()]
    abierta = next(i for i, (valor, _) in enumerate(pares) if valor == EstadoConvocatoria.ABIERTA.value)
    return [*pares[: abierta + 1], (CON_ESPERA, "Abierta que tiene lista de espera"), *pares[abierta + 1 :]]
