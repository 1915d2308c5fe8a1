"""Las copias del catálogo que se bajan: cada lista en CSV y JSON, rehechas en cada publicación."""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from funciones.dominio.celda_segura import celda_segura
from generador import paginas_catalogo
from generador.ficha_catalogo import A_CONVENIR, TRAMOS, FichaProducto
from generador.fichas import Fichas
from generador.listas_catalogo import Lista, catalogo

COLUMNAS = (
    "id", "nombre", "descripcion", "rubro", "precio_clp", "unidad", "variantes", "foto", "foto_alt", "pagina",
    "empresa", "empresa_nombre", "persona", "region", "comuna", "contacto", "permiso", "demostracion",
)  # fmt: skip
LETRAS = "0123456789abcdefghijklmnopqrstuvwxyz"


def escribir_copias(fichas: Fichas, destino: Path) -> None:
    """Cada lista que se baja, en CSV y JSON, y el resumen con que se filtra sin bajarlas."""
    filas = {p: _fila(p, fichas.entradas.sitio) for p in catalogo(fichas).todo.productos}
    lineas = {p: (_linea(f.values()), json.dumps(f, ensure_ascii=False)) for p, f in filas.items()}
    encabezado = _linea(COLUMNAS)
    for lista in (*catalogo(fichas).listas, *catalogo(fichas).empresas):
        if lista.se_baja:
            _escribir(destino, lista, encabezado, [lineas[p] for p in lista.productos])
    texto = json.dumps(resumen(fichas), ensure_ascii=False, separators=(",", ":"))
    (destino / "catalogo" / "resumen.json").write_text(texto + "\n", encoding="utf-8")


def escribir_fotos(fichas: Fichas, destino: Path) -> None:
    """Las fotos de los productos publicados, en sus tamaños."""
    fichas.fotos.escribir(destino / "fotos")


def resumen(fichas: Fichas) -> dict[str, Any]:
    """De cada producto, en el orden de la lista entera, una letra por su rubro y otra por su precio y si tiene foto.

    `regiones` son pares código y cuántos seguidos; con eso el navegador sabe en qué página está cada uno.
    """
    juntas = catalogo(fichas)
    rubros = [lista.rubro["id"] for lista in juntas.rubros if lista.rubro]
    tramos = [t.id for t in (*TRAMOS, A_CONVENIR)]
    productos = juntas.todo.productos
    return {
        "por": paginas_catalogo.POR_PAGINA,
        "regiones": [[li.region["region"], len(li.productos)] for li in juntas.regiones if li.region],
        "rubros": rubros,
        "tramos": tramos,
        "rubro": "".join(LETRAS[rubros.index(p.rubro)] for p in productos),
        "precio": "".join(_letra_de_precio(p, tramos) for p in productos),
    }


def _letra_de_precio(p: FichaProducto, tramos: list[str]) -> str:
    """De la a en adelante según el tramo; en mayúscula si tiene foto."""
    letra = LETRAS[10 + tramos.index(p.tramo.id)]
    return letra.upper() if p.imagen else letra


def _fila(p: FichaProducto, sitio: str) -> dict[str, Any]:
    """Lo público de un producto; el contacto de una persona queda en su página, donde se retira con ella."""
    e = p.empresa
    valores = (
        *(p.id, p.nombre, p.descripcion, p.rubro, p.precio_clp, p.unidad, p.variantes),
        *((f"{sitio}{p.imagen.direccion}", p.foto_alt) if p.imagen else (None, None)),
        *(f"{sitio}{p.ruta}", e.id, e.nombre, e.persona, e.region, e.comuna),
        *(None if e.vitrina else e.contacto, e.consentimiento.isoformat(), p.demostracion),
    )
    return dict(zip(COLUMNAS, valores, strict=True))


def _linea(valores: Iterable[Any]) -> str:
    """La fila en CSV; lo que una planilla ejecutaría lleva un apóstrofo delante."""
    salida = io.StringIO()
    csv.writer(salida, lineterminator="\n").writerow(_celda(v) for v in valores)
    return salida.getvalue()


def _celda(valor: Any) -> str:
    if valor is None or isinstance(valor, bool):
        return {None: "", True: "si", False: "no"}[valor]
    return celda_segura("|".join(valor) if isinstance(valor, list) else str(valor))


def _escribir(destino: Path, lista: Lista, encabezado: str, lineas: list[tuple[str, str]]) -> None:
    en_csv = encabezado + "".join(linea for linea, _ in lineas)
    (destino / lista.archivo_csv.lstrip("/")).write_bytes(en_csv.encode())
    cuerpo = ",\n".join(objeto for _, objeto in lineas)
    (destino / lista.archivo_json.lstrip("/")).write_bytes(f"[\n{cuerpo}\n]\n".encode() if lineas else b"[]\n")
