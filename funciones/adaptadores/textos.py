"""Los textos de las reglas, con sus huecos llenos por los números que rigen."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from funciones.adaptadores.horneado import Horneado
from funciones.dominio.admisibilidad import Hallazgo, Reglamento
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.fechas import rango


@lru_cache(maxsize=4)
def reglas(plantillas: Path) -> Mapping[str, Mapping[str, str]]:
    """Regla → título, requisito, corrección, certificado, dónde, cláusula y frases, todavía con huecos."""
    return tomllib.loads((plantillas / "reglas.toml").read_text(encoding="utf-8"))


def requisitos(convocatoria: Convocatoria, publicado: Horneado, plantillas: Path) -> Mapping[str, Mapping[str, str]]:
    """Los textos de todas las reglas para esta convocatoria; cada frase, en `frase_<resultado>[_<porque>]`."""
    huecos = _huecos(convocatoria, publicado)
    variantes = _variantes(convocatoria)
    estrechas = _estrechas(convocatoria)
    return {
        regla: {
            clave: texto.format_map(huecos) for clave, texto in _elegir(textos, variantes, regla in estrechas).items()
        }
        for regla, textos in reglas(plantillas).items()
    }


def explicar(
    hallazgos: tuple[Hallazgo, ...],
    convocatoria: Convocatoria,
    publicado: Horneado,
    plantillas: Path,
    tipo_persona: str = "",
) -> list[dict[str, str]]:
    """Cada hallazgo listo para mostrarse: sus textos, la `frase` de su resultado, lo declarado y el `documento`.

    `documento` son los títulos de lo que la convocatoria pide a ese tipo de persona y prueba la regla; o vacío.
    """
    textos = requisitos(convocatoria, publicado, plantillas)
    return [
        {
            **{
                clave: texto
                for clave, texto in textos[h.regla].items()
                if not clave.startswith(("frase_", "clausula_"))
            },
            "regla": h.regla,
            "resultado": str(h.resultado),
            "frase": textos[h.regla][clave_de_frase(h)],
            "clausula": clausula_de(h, textos[h.regla]),
            "declarado": _declarado(h, publicado),
            "documento": _documento(h.regla, tipo_persona, convocatoria, publicado),
        }
        for h in hallazgos
    ]


def _documento(regla: str, tipo_persona: str, convocatoria: Convocatoria, publicado: Horneado) -> str:
    que = (tipo_persona, convocatoria.componente, regla)
    fila = next((f for f in publicado.matriz if (f["tipo_persona"], f["componente"], f["regla"]) == que), {})
    pedidos = convocatoria.documentos_de(tipo_persona)
    return "; ".join(d.titulo for d in pedidos if d.documento in (fila.get("documento") or ()))


def clave_de_frase(hallazgo: Hallazgo) -> str:
    """`frase_no_cumple_bajo`: con qué clave se busca la frase de un hallazgo en los textos de su regla."""
    return "_".join(parte for parte in ("frase", hallazgo.resultado, hallazgo.porque) if parte)


def clausula_de(hallazgo: Hallazgo, suyos: Mapping[str, str]) -> str:
    """De dónde sale lo que dice el hallazgo: de las bases si es la convocatoria quien estrecha, si no del programa.

    `suyos` son los textos de su regla, como los entrega `requisitos`.
    """
    return suyos.get(f"clausula_{hallazgo.porque}", suyos["clausula"])


def _declarado(hallazgo: Hallazgo, publicado: Horneado) -> str:
    """El dominio ve el código de la comuna o de la región; una persona, su nombre."""
    if hallazgo.regla != "territorio" or not hallazgo.declarado:
        return hallazgo.declarado
    comuna = publicado.comunas.get(hallazgo.declarado)
    return publicado.region(hallazgo.declarado) if comuna is None else comuna["nombre"]


def _elegir(textos: Mapping[str, str], variantes: Collection[str], estrecha: bool) -> Mapping[str, str]:
    propios = [textos[v] for v in variantes if v in textos]
    comunes = {clave: texto for clave, texto in textos.items() if not clave.startswith("requisito_")}
    clausula = textos["clausula_estrecha"] if estrecha else textos["clausula"]
    return comunes | {"requisito": [textos["requisito"], *propios][-1], "clausula": clausula}


def _estrechas(convocatoria: Convocatoria) -> frozenset[str]:
    """Las reglas que el programa tiene y que esta convocatoria estrecha."""
    segun = {
        "ventas": (convocatoria.ventas_minimas_uf, convocatoria.ventas_maximas_uf) != (None, None),
        "sector": bool(convocatoria.actividades_admitidas),
    }
    return frozenset(regla for regla, estrecha in segun.items() if estrecha)


def _variantes(convocatoria: Convocatoria) -> tuple[str, ...]:
    """Cuáles `requisito_…` le tocan a esta convocatoria; de haber varios en una regla, vale el último."""
    segun = {
        f"requisito_componente_{convocatoria.componente}": True,
        "requisito_giro_principal": convocatoria.giro == "principal",
        "requisito_rubros": bool(convocatoria.actividades_admitidas),
        "requisito_todo_el_pais": not (convocatoria.regiones_admitidas or convocatoria.comunas_admitidas),
        "requisito_comunas": bool(convocatoria.comunas_admitidas),
        "requisito_repetir": convocatoria.permite_repetir,
    }
    return tuple(clave for clave, rige in segun.items() if rige)


def _huecos(convocatoria: Convocatoria, publicado: Horneado) -> Mapping[str, str]:
    reglamento = publicado.reglamento(convocatoria)
    regiones = [publicado.region(codigo) for codigo in convocatoria.regiones_admitidas]
    comunas = [publicado.comunas[codigo]["nombre"] for codigo in convocatoria.comunas_admitidas]
    return {
        "ventas_minimas": _cifra(reglamento.ventas_minimas_uf),
        "ventas_maximas": _cifra(reglamento.ventas_maximas_uf),
        "ventas_cooperativa": _cifra(reglamento.ventas_cooperativa_maximas_uf),
        "anio": str(convocatoria.anio_ventas),
        "uf": _cifra(reglamento.uf_clp),
        "regiones": _lista(regiones) or "todas",
        "comunas": _lista(comunas) or "todas",
        "rubros": _rubros(convocatoria.actividades_admitidas, publicado),
        "giro": _GIRO[convocatoria.giro],
        "perfil": _PERFIL[convocatoria.perfil],
        "publicacion": rango(convocatoria.publicacion, convocatoria.publicacion),
        "participaciones": _cuantos(reglamento.participaciones_maximas, "vez", "veces"),
        **_antiguedad(reglamento),
    }


_GIRO = {"principal": "Se mira tu actividad principal.", "alguno": "Basta con una de tus actividades."}
_PERFIL = {"": "todas las empresas", "liderada_por_mujeres": "negocios liderados por mujeres"}


def _antiguedad(reglamento: Reglamento) -> Mapping[str, str]:
    minima, maxima = (
        "" if anios is None else _cuantos(anios, "año cumplido", "años cumplidos")
        for anios in (reglamento.antiguedad_minima_anios, reglamento.antiguedad_maxima_anios)
    )
    tramo = {
        (True, True): f"entre {reglamento.antiguedad_minima_anios} y {maxima}",
        (True, False): f"al menos {minima}",
        (False, True): f"{maxima} como máximo",
        (False, False): "",
    }
    return {
        "antiguedad_minima": minima,
        "antiguedad_maxima": maxima,
        "antiguedad": tramo[bool(minima), bool(maxima)],
    }


def _rubros(admitidas: tuple[str, ...], publicado: Horneado) -> str:
    """`C|55|561000` → «industria manufacturera; actividades de alojamiento (división 55); código 561000»."""
    secciones = [publicado.seccion(nombre) for nombre in admitidas if len(nombre) == 1]
    divisiones = [publicado.division(nombre) for nombre in admitidas if len(nombre) == 2]
    codigos = [nombre for nombre in admitidas if len(nombre) == 6]
    partes = [nombre[0].lower() + nombre[1:] for nombre in (*secciones, *divisiones)]
    partes.append(_nombrados("código", "códigos", codigos))
    return "; ".join(parte for parte in partes if parte) or "todos"


def _nombrados(uno: str, varios: str, nombres: list[str]) -> str:
    return f"{uno if len(nombres) == 1 else varios} {_lista(nombres)}" if nombres else ""


def _lista(nombres: list[str]) -> str:
    """`[a, b, c]` → «a, b y c»."""
    return " y ".join(parte for parte in (", ".join(nombres[:-1]), *nombres[-1:]) if parte)


def _cuantos(cantidad: int, uno: str, varios: str) -> str:
    return f"{cantidad} {uno if cantidad == 1 else varios}"


def _cifra(numero: Decimal) -> str:
    """`39727.96` → `39.727,96`."""
    entero, _, decimales = f"{numero:,f}".partition(".")
    return entero.replace(",", ".") + (f",{decimales}" if decimales else "")
