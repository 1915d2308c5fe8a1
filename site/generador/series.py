"""Qué números lleva cada gráfico de las cifras, sacados de las tablas de indicadores."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from generador.paquetes import Fila
from generador.serie import META, Dato, Extra, Serie

COMPONENTES = {"1": "Ferias y canales", "2": "Encuentros y ruedas"}
PARTICIPAR = {"1": "Cada lugar en una feria", "2": "Cada lugar en un encuentro"}
COLORES = {"1": "b1", "2": "b4"}
PERSONAS = (Extra("numerador", "Lo lograron"), Extra("denominador", "Participaron"))
RESPUESTA = Extra("tasa_respuesta", "Respondió", "%")
CONTRA_LA_META = (META, Extra("diferencia", "Diferencia en puntos"))


def del_resultado(anuales: Sequence[Fila], metas: Mapping[int, Decimal]) -> Serie:
    """El porcentaje de cada año, con su meta y cuántas respondieron."""
    datos = tuple(
        _medicion(m, str(m["anio"]), str(m["anio"]), (metas.get(m["anio"]), m["tasa_respuesta"])) for m in anuales
    )
    extras = (META, RESPUESTA)
    return Serie("resultado-anual", "Porcentaje de participantes, por año", "Año", "%", datos, fuentes(anuales), extras)


def de_componentes(mediciones: Sequence[Fila], metas: Mapping[int, Decimal]) -> Serie:
    """El porcentaje de cada componente en cada año, frente a la meta de ese año."""
    datos = tuple(
        _medicion(
            m,
            f"{m['anio']}-{m['componente']}",
            f"{COMPONENTES[str(m['componente'])]}, {m['anio']}",
            con_meta(m, metas.get(m["anio"])),
        )
        for m in mediciones
    )
    nota = "Una empresa que va a ambos componentes cuenta una vez en cada uno, y una sola vez en el total."
    titulo = "Porcentaje de participantes, por componente"
    return Serie(
        "resultado-componente",
        titulo,
        "Componente y año",
        "%",
        datos,
        fuentes(mediciones),
        (*CONTRA_LA_META, *PERSONAS, RESPUESTA),
        nota,
    )


def de_regiones(
    regiones: Iterable[Fila],
    mediciones: Sequence[Fila],
    anio: int | None,
    meta: Decimal | None,
    carpeta: str = "/indicadores/",
) -> Serie:
    """El porcentaje de cada región en ese año frente a su meta, de norte a sur; la que falta va como no medida."""
    propias = {m["region"]: m for m in mediciones if m["anio"] == anio}
    datos = tuple(
        _medicion(propias[r["region"]], r["region"], r["nombre"], con_meta(propias[r["region"]], meta))
        if r["region"] in propias
        else Dato(r["region"], r["nombre"], None, "no_medido", extras=(meta, None, None, None, None))
        for r in regiones
    )
    nota = "«No se publica» quiere decir que hay diez casos o menos, o que el número permitiría deducirlos."
    return Serie(
        "resultado-region",
        f"Porcentaje por región, {anio}",
        "Región",
        "%",
        datos,
        fuentes(propias.values()),
        (*CONTRA_LA_META, *PERSONAS, RESPUESTA),
        nota,
        carpeta,
    )


def de_poblacion(filas: Sequence[Fila]) -> Serie:
    """De las empresas con el problema a las que alcanzan un cupo, en el primer año informado."""
    return _de_claves(
        "poblacion",
        "De quiénes se trata",
        "Población",
        filas,
        {
            "potencial": "Con el problema",
            "objetivo": "Podrían participar",
            "beneficiaria": "Previstas para participar",
        },
    )


def de_beneficiarias(filas: Sequence[Fila]) -> Serie:
    """Cuántas empresas prevé atender cada año."""
    propias = [f for f in filas if f["clave"] == "beneficiaria"]
    datos = tuple(Dato(str(f["anio"]), str(f["anio"]), f["valor"]) for f in sorted(propias, key=lambda f: f["anio"]))
    return Serie("beneficiarias", "Empresas previstas, por año", "Año", "empresas", datos, fuentes(propias))


def de_cobertura(filas: Sequence[Fila]) -> Serie:
    """Qué parte alcanza."""
    return _de_claves(
        "cobertura",
        "Qué parte alcanza el programa",
        "De cuáles",
        filas,
        {"sobre-potencial": "De las que tienen el problema", "sobre-objetivo": "De las que podrían participar"},
    )


def de_produccion(filas: Sequence[Fila]) -> Serie:
    """Cuántas participaciones prevé cada componente; la suma va como nota, no como barra."""
    propias = [f for f in filas if str(f["componente"]) in COMPONENTES]
    datos = tuple(_por_componente(f, COMPONENTES) for f in propias)
    titulo = _con_anio("Participaciones previstas, por componente", propias)
    nota = next((f["nota"] for f in propias if f["nota"]), "")
    return Serie("produccion", titulo, "Componente", "participaciones", datos, fuentes(propias), nota=nota)


def de_gasto(filas: Sequence[Fila]) -> Serie:
    """En qué se gasta: los dos componentes y la administración."""
    propias = [f for f in filas if f["clave"] == "gasto" and str(f["componente"]) in COMPONENTES]
    administrar = [f for f in filas if f["clave"] == "gasto-administrativo"]
    datos = tuple(_por_componente(f, COMPONENTES) for f in propias) + tuple(
        Dato("administracion", "Administrar", f["valor"], color="b3") for f in administrar
    )
    todas = [*propias, *administrar]
    return Serie("gasto", _con_anio("En qué se gasta", todas), "Gasto", "miles de pesos", datos, fuentes(todas))


def de_gasto_unitario(filas: Sequence[Fila]) -> Serie:
    """Cuánto cuesta cada empresa y cada participación."""
    propias = [f for f in filas if f["clave"] in ("gasto-por-beneficiario", "gasto-por-unidad")]
    datos = tuple(
        _por_componente(f, PARTICIPAR)
        if f["clave"] == "gasto-por-unidad"
        else Dato("beneficiario", "Cada empresa que participa", f["valor"])
        for f in propias
    )
    titulo = _con_anio("Cuánto cuesta", propias)
    return Serie("gasto-unitario", titulo, "Costo", "miles de pesos", datos, fuentes(propias))


def de_diagnostico(filas: Sequence[Fila]) -> Serie:
    """Las dos series de ventas que no calzan entre sí, una junto a la otra."""
    nombres = {"ventas-mipes": ("Mipes", "b2f"), "ventas-mipes-formales": ("Mipes formales", "b3")}
    propias = sorted((f for f in filas if f["serie"] in nombres), key=lambda f: (f["serie"], f["anio"]))
    datos = tuple(
        Dato(f["clave"], f"{nombres[f['serie']][0]}, {f['anio']}", f["valor"], color=nombres[f["serie"]][1])
        for f in propias
    )
    nota = "Son dos series del mismo formulario y no calzan entre sí."
    titulo = "Parte de las ventas del país que hacen las Mipes"
    return Serie("ventas-mipes", titulo, "Serie y año", "%", datos, fuentes(propias), nota=nota)


def _de_claves(id_: str, titulo: str, encabezado: str, filas: Sequence[Fila], nombres: Mapping[str, str]) -> Serie:
    """Una fila por clave, en el orden dado, del primer año que trae cada una."""
    primeras = {f["clave"]: f for f in sorted(filas, key=lambda f: f["anio"], reverse=True) if f["clave"] in nombres}
    propias = [primeras[clave] for clave in nombres if clave in primeras]
    datos = tuple(Dato(f["clave"], nombres[f["clave"]], f["valor"]) for f in propias)
    unidad = propias[0]["unidad"] if propias else ""
    return Serie(id_, _con_anio(titulo, propias), encabezado, unidad, datos, fuentes(propias))


def _por_componente(fila: Fila, nombres: Mapping[str, str]) -> Dato:
    componente = str(fila["componente"])
    return Dato(f"componente-{componente}", nombres[componente], fila["valor"], color=COLORES[componente])


def _con_anio(titulo: str, filas: Sequence[Fila]) -> str:
    """El título con su año, o sus años, al final."""
    anios = sorted({f["anio"] for f in filas})
    return f"{titulo}, {' y '.join(map(str, anios))}" if anios else titulo


def _medicion(medicion: Fila, clave: str, nombre: str, extras: tuple[Decimal | int | None, ...]) -> Dato:
    color = COLORES.get(str(medicion["componente"]), "b2f")
    return Dato(clave, nombre, medicion["valor"], medicion["estado"], color, extras, medicion["demostracion"])


def con_meta(medicion: Fila, meta: Decimal | None) -> tuple[Decimal | int | None, ...]:
    """La meta, cuánto falta (negativo) o sobra en puntos, y con cuántas personas se calculó."""
    valor = medicion["valor"]
    diferencia = None if valor is None or meta is None else valor - meta
    return (meta, diferencia, medicion["numerador"], medicion["denominador"], medicion["tasa_respuesta"])


def fuentes(filas: Iterable[Fila]) -> tuple[str, ...]:
    """Cada fuente una vez, en orden."""
    return tuple(dict.fromkeys(f["fuente"] for f in filas if f["fuente"]))
