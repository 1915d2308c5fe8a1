"""El índice del buscador, repartido: el teléfono trae solo las hojas de las palabras escritas y las tandas que muestra.

Bajo /indice/: `portada.json` dice qué hay y dónde; en una carpeta con la huella del contenido van las hojas
(`p<N>.json`: cada palabra, su raíz y en qué documentos está), las tandas (`d<N>.json`: lo que se muestra) y las
facetas (`f-<nombre>.json`: los documentos de una región, un rubro o un precio).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from generador.documento import CLASES, GRUPOS, Documento, Tipo
from generador.documentos_de_fichas import de_fichas
from generador.documentos_de_paginas import de_paginas
from generador.fichas import Fichas
from generador.hojas import Hoja, codificar, hojas
from generador.raices import DERIVACIONES, VACIAS

# Pocos: los resultados de una búsqueda rara caen en tandas distintas y no se trae lo que no se muestra.
POR_TANDA = 5


def producir(fichas: Fichas, portal: Path) -> None:
    """Escribe el índice de todo lo que el portal publica."""
    propios = [d for d in de_fichas(fichas) if (portal / d.ruta.lstrip("/") / "index.html").is_file()]
    documentos = ordenar([*propios, *de_paginas(portal, {d.ruta for d in propios})])
    escribir(documentos, portal / "indice")


def ordenar(documentos: Iterable[Documento]) -> list[Documento]:
    """Por tipo y, dentro, lo parecido junto: el número de cada documento es su lugar en esta lista."""
    return sorted(documentos, key=lambda d: (d.tipo, d.vecindad, d.ruta, d.titulo))


def escribir(documentos: list[Documento], carpeta: Path) -> None:
    """Los archivos del índice; la carpeta lleva la huella, así una portada nunca lee hojas de otra construcción."""
    repartidas = list(hojas(documentos))
    archivos = {nombre: _json(valor) for nombre, valor in _archivos(documentos, repartidas)}
    huella = hashlib.sha256("".join(archivos.values()).encode()).hexdigest()[:10]
    (carpeta / huella).mkdir(parents=True)
    for nombre, texto in archivos.items():
        (carpeta / huella / f"{nombre}.json").write_text(texto, encoding="utf-8")
    portada = _portada(documentos, repartidas) | {"huella": huella}
    (carpeta / "portada.json").write_text(_json(portada) + "\n", encoding="utf-8")


def _archivos(documentos: list[Documento], repartidas: list[Hoja]) -> Iterator[tuple[str, Any]]:
    for numero, hoja in enumerate(repartidas):
        yield f"p{numero}", hoja.entradas
    for inicio in range(0, len(documentos), POR_TANDA):
        yield f"d{inicio // POR_TANDA}", [_a_la_vista(d) for d in documentos[inicio : inicio + POR_TANDA]]
    for faceta, numeros in sorted(_facetas(documentos).items()):
        yield f"f-{faceta}", codificar(numeros)


def _a_la_vista(d: Documento) -> list[Any]:
    """Título, dirección, detalle, texto, si es demostración y estado: en este orden los lee el guion."""
    return [d.titulo, d.ruta, d.detalle, d.texto, int(d.demostracion), d.estado]


def _portada(documentos: list[Documento], repartidas: list[Hoja]) -> dict[str, Any]:
    return {
        "documentos": len(documentos),
        "por_tanda": POR_TANDA,
        "hojas": [hoja.desde for hoja in repartidas],
        "grupos": GRUPOS,
        "tipos": list(_tipos(documentos)),
        "facetas": {faceta: len(numeros) for faceta, numeros in sorted(_facetas(documentos).items())},
        "vivas": [[n, *d.vida] for n, d in enumerate(documentos) if d.vida],
        "vacias": " ".join(sorted(VACIAS)),
        "derivaciones": " ".join(DERIVACIONES),
    }


def _tipos(documentos: list[Documento]) -> Iterator[list[Any]]:
    """Nombre, grupo, color, peso y desde qué documento hasta cuál (sin incluirlo)."""
    inicio = 0
    for tipo, suyos in groupby(documentos, key=lambda d: d.tipo):
        clase, cuantos = CLASES[Tipo(tipo)], len(list(suyos))
        yield [*clase, inicio, inicio + cuantos]
        inicio += cuantos


def _facetas(documentos: list[Documento]) -> dict[str, list[int]]:
    facetas: dict[str, list[int]] = {}
    for numero, documento in enumerate(documentos):
        for faceta in documento.facetas:
            facetas.setdefault(faceta, []).append(numero)
    return facetas


def _json(valor: Any) -> str:
    return json.dumps(valor, ensure_ascii=False, separators=(",", ":"))
