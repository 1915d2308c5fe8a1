"""Las páginas con todos los correos que salen, para quien los escribe: cada uno en claro, en oscuro y solo texto."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from generador import correo_en_pagina
from generador.correos_de_muestra import Muestra, Muestras
from generador.fichas import Fichas
from generador.pagina import Pagina

CORREOS = "/correos/"
ESTILO = "correos/correos.css"
PLANTILLAS = Path(__file__).resolve().parents[2] / "plantillas"


def de_correos(fichas: Fichas) -> Iterator[Pagina]:
    """La lista y una página por correo."""
    todas = _muestras(fichas)
    grupos = [(grupo, list(suyas)) for grupo, suyas in groupby(todas, key=lambda m: m.grupo)]
    yield Pagina(CORREOS, "correos", "s-tramite", contexto={"grupos": grupos, "total": len(todas)})
    for numero, muestra in enumerate(todas):
        contexto = {
            "m": muestra,
            "adelanto": correo_en_pagina.adelanto(muestra.html),
            "cuerpo": correo_en_pagina.cuerpo(muestra.html),
            "estilo": f"/{ESTILO}",
            "anterior": todas[numero - 1] if numero else None,
            "siguiente": todas[numero + 1] if numero + 1 < len(todas) else None,
        }
        yield Pagina(muestra.ruta, "correo", "s-tramite", contexto=contexto)


def es_de_correos(ruta: str) -> bool:
    """Si es una de estas páginas: son para quien edita, y a quien busca su postulación lo confundirían."""
    return ruta.startswith(CORREOS)


def escribir_estilo(fichas: Fichas, nuevo: Path) -> None:
    """El CSS de los correos, sacado de ellos mismos."""
    destino = nuevo / ESTILO
    destino.parent.mkdir(parents=True, exist_ok=True)
    destino.write_text(correo_en_pagina.hoja_de_estilo(m.html for m in _muestras(fichas)), encoding="utf-8")


@lru_cache(maxsize=1)
def _muestras(fichas: Fichas) -> tuple[Muestra, ...]:
    return Muestras(fichas, PLANTILLAS).todas
