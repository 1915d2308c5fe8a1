"""Las páginas del catálogo: sus listas, por partes y para imprimir, las empresas y los productos."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from generador.fichas import Fichas
from generador.listas_catalogo import Catalogo, Lista, catalogo, de_empresa
from generador.pagina import Pagina

POR_PAGINA = 48
POR_CUADERNILLO = 90
# En la página de una empresa; si tiene más, van en su propia lista.
EN_LA_EMPRESA = 24


def de_catalogo(fichas: Fichas) -> Iterator[Pagina]:
    """Las listas, las empresas y los productos."""
    juntas = catalogo(fichas)
    comun = _maneras_de_entrar(juntas)
    for lista in juntas.listas:
        yield from _paginas(lista, {**comun, "dentro": _dentro(lista, juntas)})
        if lista.se_baja:
            yield from _impresas(lista, juntas)
    for lista in juntas.empresas:
        yield from _impresas(lista, juntas)
    for empresa in fichas.empresas:
        contexto = {"empresa": empresa, "muestra": empresa.productos[:EN_LA_EMPRESA], "salidas": de_empresa(empresa)}
        yield Pagina(empresa.ruta, "empresa", "s-catalogo", "catalogo", False, empresa.region_orden, contexto)
        if len(empresa.productos) > EN_LA_EMPRESA:
            yield from _paginas(lista_de(empresa), {**comun, "dentro": []})
    for p in juntas.todo.productos:
        yield Pagina(p.ruta, "producto", "s-catalogo", "catalogo", False, p.empresa.region_orden, {"p": p})


def lista_de(empresa: Any) -> Lista:
    """Todos los productos de una empresa que tiene muchos."""
    guia = f"Todo lo que vende {empresa.nombre}, de {empresa.comuna_nombre}. Escríbele directo: el portal no vende."
    titulo = f"Productos de {empresa.nombre}"
    vuelta = (empresa.nombre, empresa.ruta)
    return Lista(
        f"{empresa.ruta}productos/",
        empresa.nombre,
        titulo,
        guia,
        empresa.productos,
        se_baja=False,
        se_filtra=False,
        vuelta=vuelta,
    )


def _maneras_de_entrar(juntas: Catalogo) -> dict[str, Any]:
    return {
        "rubros": juntas.rubros,
        "regiones": juntas.regiones,
        "tramos": juntas.tramos,
        "con_foto": juntas.con_foto,
    }


def _dentro(lista: Lista, juntas: Catalogo) -> list[Lista]:
    """Cómo seguir acotando: las regiones de un rubro o los rubros de una región."""
    if lista.rubro and not lista.region:
        return [c for (rubro, _), c in juntas.cruces.items() if rubro == lista.rubro["id"]]
    if lista.region and not lista.rubro:
        return [c for (_, region), c in juntas.cruces.items() if region == lista.region["region"]]
    return []


def _paginas(lista: Lista, comun: dict[str, Any]) -> Iterator[Pagina]:
    """La lista en páginas de tamaño fijo, para que un catálogo grande pese lo mismo que uno chico."""
    tandas = _tandas(lista.productos, POR_PAGINA)
    for numero, tanda in enumerate(tandas, 1):
        primera = numero == 1
        yield Pagina(
            lista.ruta if primera else f"{lista.ruta}pagina/{numero}/",
            "catalogo",
            "s-catalogo",
            "catalogo",
            lista.ruta == "/catalogo/" and primera,
            lista.region_orden,
            {
                **comun,
                "lista": lista,
                "productos": tanda,
                "numero": numero,
                "paginas": len(tandas),
                "saltos": saltos(numero, len(tandas)),
            },
            ("catalogo.js",),
        )


def _impresas(lista: Lista, juntas: Catalogo) -> Iterator[Pagina]:
    """La lista para papel, en cuadernillos con dibujos; con sus fotos, en otra página para quien las pida."""
    tandas = _tandas(lista.productos, POR_CUADERNILLO)
    comun = {
        "lista": lista,
        "paginas": len(tandas),
        "por_region": juntas.regiones if lista is juntas.todo and len(tandas) > 1 else [],
    }
    for numero, tanda in enumerate(tandas, 1):
        ruta = lista.ruta_imprimir if numero == 1 else f"{lista.ruta_imprimir}{numero}/"
        con_fotos = f"{ruta}con-fotos/"
        contexto: dict[str, Any] = {
            **comun,
            "puestos": [(empresa, list(suyos)) for empresa, suyos in groupby(tanda, lambda p: p.empresa)],
            "productos": tanda,
            "numero": numero,
            "saltos": saltos(numero, len(tandas)),
            "cuantas_fotos": sum(p.imagen is not None for p in tanda),
            "ruta_dibujos": ruta,
            "ruta_fotos": con_fotos,
        }
        yield _impresa(lista, ruta, {**contexto, "fotos": False})
        if contexto["cuantas_fotos"]:
            yield _impresa(lista, con_fotos, {**contexto, "fotos": True})


def _impresa(lista: Lista, ruta: str, contexto: dict[str, Any]) -> Pagina:
    return Pagina(ruta, "catalogo_impreso", "s-catalogo", "catalogo", False, lista.region_orden, contexto)


def _tandas(productos: list[Any], tamano: int) -> list[list[Any]]:
    return [productos[i : i + tamano] for i in range(0, len(productos), tamano)] or [[]]


def saltos(numero: int, total: int) -> list[int | None]:
    """Las páginas que se ofrecen: la primera, la última y las vecinas; None donde se saltan. `[1, None, 6, 7, 8]`."""
    ofrecidas = sorted({1, total, *range(max(1, numero - 2), min(total, numero + 2) + 1)})
    lista: list[int | None] = []
    for pagina in ofrecidas:
        if lista and pagina - (lista[-1] or 0) > 1:
            lista.append(None)
        lista.append(pagina)
    return lista
