"""Hornea los datos en un solo JSON: el que leen el portal y cada función, siempre el mismo para los mismos datos."""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from generador.paquetes import Fila, Paquetes

VERSION = 1
HIJAS = ("documentos", "criterios", "reservas", "casos", "hitos", "enmiendas", "compromisos", "preguntas_propias")
DEFINICION = ("indicador", "version", "cuenta", "preguntas", "valores", "universo", "poblacion")
SOLO_SI_HAY = ("compromisos", "preguntas_propias")


def hornear(datos: Paquetes, ahora: datetime) -> dict[str, Any]:
    """Lo que saben las funciones: parámetros, listas, formularios y convocatorias."""
    contenido = {**_parametros(datos["parametros"]), **_convocatorias(datos), **_eventos(datos["eventos"])}
    definiciones = _filas(datos["indicadores"]["fichas"], "indicador")
    return {
        "version": VERSION,
        "generado": _llano(ahora),
        "huella": _huella(contenido),
        **contenido,
        # Fuera de la huella de las reglas: con esto se mide lo que ya pasó, no se decide sobre nadie.
        "indicadores": [{columna: ficha[columna] for columna in DEFINICION} for ficha in definiciones],
        # Fuera de la huella: lo que salió de una selección no es una regla.
        "resultados": _resultados(datos["transparencia"]["actas"]),
    }


def _resultados(actas: list[Fila]) -> dict[str, Any]:
    """Lo que dejaron las actas publicadas de cada convocatoria: cuántas con cupo, cuántas en espera, y de cuándo es."""
    por_convocatoria: dict[str, list[Fila]] = {}
    for acta in actas:
        por_convocatoria.setdefault(acta["convocatoria"], []).append(acta)
    return {
        id_convocatoria: {
            "seleccionadas": sum(a["seleccionadas"] for a in suyas),
            "espera": sum(a["espera"] for a in suyas),
            "al": _llano(max(a["fecha"] for a in suyas)),
        }
        for id_convocatoria, suyas in sorted(por_convocatoria.items())
    }


def bytes_de(horneado: dict[str, Any]) -> bytes:
    """El horneado tal como se guarda."""
    return (json.dumps(horneado, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def escribir(horneado: dict[str, Any], ruta: Path) -> None:
    """Guarda el JSON de una vez, para que nadie lea uno a medias."""
    ruta.parent.mkdir(parents=True, exist_ok=True)
    provisorio = ruta.with_name(f".{ruta.name}.nuevo")
    provisorio.write_bytes(bytes_de(horneado))
    provisorio.replace(ruta)


def _parametros(tablas: dict[str, list[Fila]]) -> dict[str, Any]:
    comunas = tablas["comunas"]
    return {
        "parametros": _filas(tablas["parametros"], "clave", "vigente_desde"),
        "uf": {f["fecha"].isoformat(): str(f["uf_clp"]) for f in tablas["uf"]},
        "secciones": _filas(tablas["secciones"], "seccion"),
        "divisiones": {f["division"]: f["nombre"] for f in tablas["divisiones"]},
        "secciones_excepciones": _filas(tablas["secciones_excepciones"], "division"),
        "regiones": _filas(tablas["regiones"], "orden"),
        "comunas": {f["comuna"]: {"nombre": f["nombre"], "region": f["region"]} for f in comunas},
        "oficinas": {f["id"]: _llano(f) for f in tablas["oficinas"]},
        "feriados": _dias(tablas["feriados"], "nacional"),
        "feriados_regionales": {
            region: _dias(tablas["feriados"], region)
            for region in sorted({f["ambito"] for f in tablas["feriados"]} - {"nacional"})
        },
        "matriz": _llano(tablas["matriz"]),
        "actividades": {f["codigo"]: [f["seccion"], f["categoria"]] for f in tablas["actividades"]},
        "rubros": _llano(tablas["rubros"]),
    }


def _dias(feriados: list[Fila], ambito: str) -> list[str]:
    return sorted({f["fecha"].isoformat() for f in feriados if f["ambito"] == ambito})


def _convocatorias(datos: Paquetes) -> dict[str, Any]:
    tablas = datos["convocatorias"]
    formularios = {
        nombre: [_llano(p) for p in _ordenadas(tablas["preguntas"], "orden") if p["formulario"] == nombre]
        for nombre in ("postulacion", "encuesta")
    }
    convocatorias = {c["id"]: _convocatoria(c, tablas, datos.bases[c["id"]]) for c in tablas["convocatorias"]}
    return {"formularios": formularios, "convocatorias": convocatorias}


def _eventos(tablas: dict[str, list[Fila]]) -> dict[str, Any]:
    """Lo que una función necesita de los eventos: qué cambió en cada uno, y cómo se llama cada lugar."""
    cambios: dict[str, list[Fila]] = {}
    for fila in _filas(tablas["cambios"], "evento", "numero"):
        cambios.setdefault(fila["evento"], []).append({k: v for k, v in fila.items() if k != "evento"})
    sedes = {f["id"]: ", ".join(filter(None, (f["nombre"], f["direccion"]))) for f in tablas["sedes"]}
    return {"cambios_de_eventos": cambios, "sedes": sedes}


def _convocatoria(fila: Fila, tablas: dict[str, list[Fila]], bases: str) -> dict[str, Any]:
    orden = {
        "documentos": ("orden", "documento"),
        "hitos": ("inicio", "termino", "hito"),
        "enmiendas": ("numero",),
        "compromisos": ("orden",),
    }
    horneada = dict(_llano(fila))
    for hija in HIJAS:
        propias = [
            {k: v for k, v in f.items() if k != "convocatoria"} for f in tablas[hija] if f["convocatoria"] == fila["id"]
        ]
        horneada[hija] = _filas(propias, *orden[hija]) if hija in orden else _llano(propias)
    for criterio in horneada["criterios"]:
        criterio["descriptores"] = _descriptores(fila["id"], criterio["criterio"], tablas["descriptores"])
    for propia in SOLO_SI_HAY:
        if not horneada[propia]:
            del horneada[propia]  # Así la huella de las que no las tienen sigue siendo la misma.
    return {**horneada, "huella": _huella([horneada, bases])}


def _descriptores(convocatoria: str, criterio: str, filas: list[Fila]) -> list[Fila]:
    """Qué se ve en cada nota de ese criterio, de la más baja a la más alta."""
    propias = [f for f in filas if (f["convocatoria"], f["criterio"]) == (convocatoria, criterio)]
    return [{"nota": f["nota"], "texto": f["texto"]} for f in _ordenadas(propias, "nota")]


def _filas(filas: list[Fila], *claves: str) -> list[Fila]:
    return [_llano(f) for f in _ordenadas(filas, *claves)]


def _ordenadas(filas: list[Fila], *claves: str) -> list[Fila]:
    return sorted(filas, key=lambda f: tuple(f[c] for c in claves))


def _huella(contenido: Any) -> str:
    return hashlib.sha256(json.dumps(contenido, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _llano(valor: Any) -> Any:
    """El valor como cabe en JSON: decimales como texto (nunca coma flotante) y horas en UTC."""
    match valor:
        case datetime():
            return valor.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return valor.isoformat()
        case Decimal():
            return str(valor)
        case dict():
            return {clave: _llano(v) for clave, v in valor.items()}
        case list():
            return [_llano(v) for v in valor]
    return valor
