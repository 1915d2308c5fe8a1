"""Una copia de los datos con un catálogo inventado de miles de productos, para medir; nunca se guarda."""

import csv
import shutil
from itertools import cycle, product
from pathlib import Path

PRODUCTOS = 10_000
POR_EMPRESA = 10
QUE = ["Mermelada", "Queso", "Cántaro", "Canasto", "Manta", "Gorro", "Jabón", "Tabla", "Miel", "Pan", "Chaleco"]
DE = ["papaya", "greda", "mimbre", "lana", "lenga", "calafate", "oliva", "cobre", "quínoa", "murta", "cochayuyo"]
COMO = ["artesanal", "natural", "ahumado", "tejido", "teñido", "pintado", "bruñido", "tallado", "dulce", "picante"]
DIBUJOS = ["mermelada", "queso", "cantaro", "canasto", "cucharas", "lana", "textil", "pan"]
TRAMAS = ["puntos", "franjas", "rombos", "olas"]


def agrandar(datos: Path, destino: Path, cuantos: int = PRODUCTOS) -> Path:
    """Copia `datos` en `destino` y le suma empresas y productos hasta llegar a `cuantos`."""
    shutil.copytree(datos, destino)
    lugares = cycle((c["region"], c["comuna"]) for c in _filas(datos / "parametros" / "comunas.csv"))
    rubros = [r["id"] for r in _filas(datos / "parametros" / "rubros.csv")]
    fotos = [p["foto"] for p in _filas(datos / "catalogos" / "productos.csv") if p["foto"]]
    hay = len(_filas(datos / "catalogos" / "productos.csv"))
    empresas, productos = [], []
    for numero, (que, de, como) in zip(range(hay, cuantos), cycle(product(QUE, DE, COMO)), strict=False):
        if numero % POR_EMPRESA == hay % POR_EMPRESA:
            region, comuna = next(lugares)
            empresas.append(_empresa(len(empresas), region, comuna, rubros))
        foto = fotos[numero % len(fotos)] if fotos and numero % 3 == 0 else ""
        nombre = f"{que} de {de} {como} {numero}"
        productos.append(_producto(numero, nombre, empresas[-1]["id"], rubros[numero % len(rubros)], foto))
    _sumar(destino / "catalogos" / "empresas.csv", empresas)
    _sumar(destino / "catalogos" / "productos.csv", productos)
    return destino


def _empresa(numero: int, region: str, comuna: str, rubros: list[str]) -> dict[str, str]:
    return {
        "id": f"empresa-{numero}",
        "nombre": f"Empresa de prueba {numero}",
        "persona": "cooperativa" if numero % 5 == 0 else "juridica",
        "region": region,
        "comuna": comuna,
        "rubro": rubros[numero % len(rubros)],
        "descripcion": f"Taller inventado para medir el portal, con oficio y encargos de su comuna número {numero}.",
        "contacto": f"https://empresa-{numero}.example",
        "consentimiento": "2026-10-01",
        "retiro": "",
        "demostracion": "si",
    }


def _producto(numero: int, nombre: str, empresa: str, rubro: str, foto: str) -> dict[str, str]:
    return {
        "id": f"producto-{numero}",
        "empresa": empresa,
        "nombre": nombre,
        "descripcion": f"Hecho a mano y por encargo, con materiales de la zona. Pieza {numero} de la serie de prueba.",
        "rubro": rubro,
        "precio_clp": "" if numero % 11 == 0 else str(1_500 + numero * 37 % 48_000),
        "unidad": "cada uno",
        "variantes": "Chico|Mediano|Grande" if numero % 2 else "",
        "dibujo": DIBUJOS[numero % len(DIBUJOS)],
        "trama": TRAMAS[numero % len(TRAMAS)],
        "foto": foto,
        "foto_alt": f"Imagen de demostración de la pieza de prueba {numero}.",
        "demostracion": "si",
    }


def _filas(archivo: Path) -> list[dict[str, str]]:
    with archivo.open(encoding="utf-8", newline="") as abierto:
        return list(csv.DictReader(abierto))


def _sumar(archivo: Path, filas: list[dict[str, str]]) -> None:
    columnas = list(_filas(archivo)[0])
    with archivo.open("a", encoding="utf-8", newline="") as abierto:
        csv.DictWriter(abierto, columnas, lineterminator="\n").writerows(filas)
