"""Revisa lo que apunta a otro paquete o sale de una lista (frictionless no lo hace) y que cada lugar exista."""

from collections.abc import Iterator

from generador.problemas import Problema
from generador.sugerencias import parecido
from generador.vista import Renglon, Vista

# (paquete, tabla, columna) → (paquete, tabla, columna) que debe existir.
AJENAS = (
    (("convocatorias", "convocatorias", "evento"), ("eventos", "eventos", "id")),
    (("convocatorias", "convocatorias", "oficina"), ("parametros", "oficinas", "id")),
    (("convocatorias", "convocatorias", "region"), ("parametros", "regiones", "region")),
    (("convocatorias", "convocatorias", "regiones_admitidas"), ("parametros", "regiones", "region")),
    (("convocatorias", "convocatorias", "comuna"), ("parametros", "comunas", "comuna")),
    (("convocatorias", "convocatorias", "comunas_admitidas"), ("parametros", "comunas", "comuna")),
    (("convocatorias", "casos", "comuna"), ("parametros", "comunas", "comuna")),
    (("eventos", "eventos", "region"), ("parametros", "regiones", "region")),
    (("eventos", "eventos", "comuna"), ("parametros", "comunas", "comuna")),
    (("eventos", "sedes", "region"), ("parametros", "regiones", "region")),
    (("eventos", "sedes", "comuna"), ("parametros", "comunas", "comuna")),
    (("eventos", "participantes", "empresa"), ("catalogos", "empresas", "id")),
    (("eventos", "busquedas", "rubro"), ("parametros", "rubros", "id")),
    (("catalogos", "empresas", "region"), ("parametros", "regiones", "region")),
    (("catalogos", "empresas", "comuna"), ("parametros", "comunas", "comuna")),
    (("catalogos", "empresas", "rubro"), ("parametros", "rubros", "id")),
    (("catalogos", "productos", "rubro"), ("parametros", "rubros", "id")),
    (("parametros", "matriz", "documento"), ("parametros", "documentos", "documento")),
)
CON_COMUNA = (
    ("convocatorias", "convocatorias"),
    ("eventos", "eventos"),
    ("eventos", "sedes"),
    ("catalogos", "empresas"),
)


def entre_paquetes(vista: Vista) -> Iterator[Problema]:
    for (paquete, tabla, columna), ajena in AJENAS:
        existentes = vista.textos(*ajena)
        for fila in vista.filas(paquete, tabla):
            valores = fila[columna] if isinstance(fila[columna], list) else [fila[columna]]
            for valor in valores:
                if valor is not None and valor not in existentes:
                    yield _no_existe(fila, columna, valor, ajena, existentes)


def comuna_en_su_region(vista: Vista) -> Iterator[Problema]:
    for paquete, tabla in CON_COMUNA:
        for fila in vista.filas(paquete, tabla):
            comuna = vista.uno("parametros", "comunas", "comuna", fila["comuna"])
            if comuna and comuna["region"] != fila["region"]:
                que = f"{comuna['nombre']} es de la región {comuna['region']} y la fila dice {fila['region']}"
                yield fila.mal("comuna", que, "corrige la comuna o la región")


def lugar_segun_modalidad(vista: Vista) -> Iterator[Problema]:
    for paquete, tabla, columna in (("convocatorias", "convocatorias", "comuna"), ("eventos", "eventos", "sede")):
        for fila in vista.filas(paquete, tabla):
            if fila["modalidad"] == "virtual" and fila[columna]:
                yield fila.mal(
                    columna, f"es por internet y tiene {columna}", "deja la celda vacía o cambia la modalidad"
                )
            if fila["modalidad"] != "virtual" and not fila[columna]:
                yield fila.mal(
                    columna, f"la modalidad es «{fila['modalidad']}» y falta la {columna}", "escribe dónde se hace"
                )


def _no_existe(fila: Renglon, columna: str, valor: str, ajena: tuple[str, str, str], existentes: set[str]) -> Problema:
    archivo = f"{ajena[0]}/{ajena[1]}.csv"
    cerca = parecido(valor, existentes)
    crear = f"agrega primero esa fila en {archivo}"
    return fila.mal(columna, f"«{valor}» no existe en {archivo}", f"escribe «{cerca}» o {crear}" if cerca else crear)
