"""Los textos de las reglas, con sus huecos llenos por los números que rigen."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from funciones.adaptadores.horneado import Horneado
from funciones.dominio.admisibilidad import Hallazgo
from funciones.dominio.convocatoria import Convocatoria


@lru_cache(maxsize=4)
def reglas(plantillas: Path) -> Mapping[str, Mapping[str, str]]:
    """Regla → título, requisito, corrección, certificado, dónde y cláusula, todavía con huecos."""
    return tomllib.loads((plantillas / "reglas.toml").read_text(encoding="utf-8"))


def requisitos(convocatoria: Convocatoria, publicado: Horneado, plantillas: Path) -> Mapping[str, Mapping[str, str]]:
    """Los textos de todas las reglas para esta convocatoria."""
    huecos = _huecos(convocatoria, publicado)
    return {
        regla: {clave: texto.format_map(huecos) for clave, texto in _elegir(textos, convocatoria).items()}
        for regla, textos in reglas(plantillas).items()
    }


def _elegir(textos: Mapping[str, str], convocatoria: Convocatoria) -> Mapping[str, str]:
    propio = textos.get(f"requisito_componente_{convocatoria.componente}", textos["requisito"])
    return {clave: t for clave, t in textos.items() if not clave.startswith("requisito_")} | {"requisito": propio}


def _huecos(convocatoria: Convocatoria, publicado: Horneado) -> Mapping[str, str]:
    reglamento = publicado.reglamento(convocatoria)
    regiones = [publicado.region(codigo) for codigo in convocatoria.regiones_admitidas]
    return {
        "ventas_minimas": _miles(reglamento.ventas_minimas_uf),
        "ventas_maximas": _miles(reglamento.ventas_maximas_uf),
        "ventas_cooperativa": _miles(reglamento.ventas_cooperativa_maximas_uf),
        "anio": str(convocatoria.anio_ventas),
        "uf": str(reglamento.uf_clp),
        "regiones": ", ".join(regiones) or "todas",
    }


def _miles(numero: object) -> str:
    return f"{numero:,}".replace(",", ".")


def explicar(
    hallazgos: tuple[Hallazgo, ...], convocatoria: Convocatoria, publicado: Horneado, plantillas: Path
) -> list[dict[str, str]]:
    """Cada hallazgo con todos sus textos, listo para mostrarse."""
    textos = requisitos(convocatoria, publicado, plantillas)
    return [
        {**textos[h.regla], "regla": h.regla, "resultado": str(h.resultado), "declarado": h.declarado}
        for h in hallazgos
    ]
