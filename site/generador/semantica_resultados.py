"""Revisa que los resultados publicados calcen con sus actas, y que nombren convocatorias que existen."""

from collections import Counter
from collections.abc import Iterator

from generador.problemas import Problema
from generador.vista import Vista

CUENTAS = {"seleccionada": "seleccionadas", "lista_de_espera": "espera"}
NO_SE_EDITA = "no se edita a mano: publica otra vez el acta"


def convocatorias(vista: Vista) -> Iterator[Problema]:
    """Ninguna convocatoria con resultados se borra."""
    existen = vista.textos("convocatorias", "convocatorias", "id")
    for tabla in ("actas", "resultados", "motivos"):
        for fila in vista.filas("transparencia", tabla):
            if fila["convocatoria"] not in existen:
                que = f"«{fila['convocatoria']}» no existe en convocatorias/convocatorias.csv"
                yield fila.mal("convocatoria", que, "devuelve esa fila: una convocatoria con resultados no se borra")


def cuentas(vista: Vista) -> Iterator[Problema]:
    """Cada acta publica a todas las que eligió y a todas las que dejó en espera, y a nadie más."""
    publicadas = Counter((f["acta"], f["resultado"]) for f in vista.filas("transparencia", "resultados"))
    for acta in vista.filas("transparencia", "actas"):
        for resultado, columna in CUENTAS.items():
            hay = publicadas.pop((acta["acta"], resultado), 0)
            if hay != acta[columna]:
                que = f"el acta dice {acta[columna]} y transparencia/resultados.csv trae {hay}"
                yield acta.mal(columna, que, NO_SE_EDITA)
    actas = vista.textos("transparencia", "actas", "acta")
    for fila in vista.filas("transparencia", "resultados"):
        if fila["acta"] not in actas:
            yield fila.mal("acta", f"«{fila['acta']}» no está en transparencia/actas.csv", NO_SE_EDITA)
