"""Con diez mil productos, la primera búsqueda cabe en lo que aguanta una mala señal."""

import gzip
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generador.documento import Documento, Tipo
from generador.indice import escribir, ordenar
from generador.raices import palabras
from tests.sitio.buscador import encargar
from tests.sitio.conftest import RAIZ

TEMA = RAIZ / "site" / "tema"
# Lo que trae la primera tecla, además del índice.
MOTOR = (
    "buscar_pagina.js",
    "buscar_motor.js",
    "buscar_indice.js",
    "buscar_calce.js",
    "buscar_palabras.js",
    "buscar_muestra.js",
    "snowball.js",
)
TECHO_PRIMERA_BUSQUEDA = 30_000

CONSULTAS = (
    "queso", "quínoa", "miel de ulmo", "feria en maule", "artesanía", "artesanal", "comercializar", "requisitos",
    "cántaro de greda", "lana de alpaca", "queso de cabra ahumado", "nueces", "jabón de lavanda", "mermeleda",
    "hecho a mano", "poncho tejido chilote", "taller", "qué es F30", "lista de espera",
    "cooperativa de mujeres con tintes naturales",
)  # fmt: skip


def pesar(contenido: bytes) -> int:
    return len(gzip.compress(contenido, 6, mtime=0))


@pytest.mark.lento
def test_con_diez_mil_productos_la_primera_busqueda_pesa_poco(tmp_path: Path) -> None:
    escribir(ordenar(_muchos(10_000)), tmp_path / "indice")
    motor = sum(pesar((TEMA / archivo).read_bytes()) for archivo in MOTOR)
    pedidos = [{"texto": consulta} for consulta in CONSULTAS]
    hallados: list[dict[str, Any]] = encargar(TEMA, tmp_path / "indice", pedidos=pedidos)["pedidos"]
    pesos = {c: motor + h["bytes"] for c, h in zip(CONSULTAS, hallados, strict=True)}
    assert sum(h["total"] > 0 for h in hallados) >= 15
    assert {c: p for c, p in pesos.items() if p > TECHO_PRIMERA_BUSQUEDA} == {}


def _muchos(cuantos: int) -> list[Documento]:
    """Productos con nombres, oficios y empresas al azar, siempre los mismos."""
    azar = random.Random(10_000)
    cosas = palabras(
        "queso miel mermelada lana poncho cántaro jabón canasto chaleco mesa nueces quínoa collar vela pan"
    )
    materias = palabras("cabra ulmo murta alpaca greda lavanda mimbre lenga calafate maqui cobre oveja algas romero")
    modos = (
        "a mano",
        "en horno de barro",
        "con tintes naturales",
        "por una cooperativa de mujeres",
        "en taller propio",
    )
    como = palabras("ahumado tejido chilote natural artesanal fresco tallado dulce picante rústico teñido andino")
    raras = ["".join(azar.choices("bcdfglmnprst", k=1) + azar.choices("aeiou", k=1)) for _ in range(60)]
    modelo = Documento(Tipo.PRODUCTO, "/", "")
    productos = []
    for n in range(cuantos):
        cosa, materia, que = azar.choice(cosas), azar.choice(materias), azar.choice(como)
        firma = "".join(azar.choices(raras, k=3)).capitalize()
        productos.append(
            replace(
                modelo,
                ruta=f"/catalogo/productos/{cosa}-{n}/",
                titulo=f"{cosa.capitalize()} de {materia} {que}",
                detalle=f"${azar.randint(1, 90)}.000, cada uno · Taller {firma} · Los Lagos",
                texto=f"Hecho {azar.choice(modos)}, {azar.choice(como)}, de {azar.choice(materias)}.",
                marcas=(f"Taller {firma}", "Artesanía" if n % 2 else "Alimentos y bebidas"),
                vecindad=(cosa, materia, f"{n:05}"),
            )
        )
    return productos
