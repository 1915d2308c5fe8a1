"""Revisa el estado del programa: se escribe de dos maneras, y un programa cerrado no recibe postulaciones."""

from collections.abc import Iterator
from datetime import date

from generador.filtros import dia_en_chile
from generador.problemas import Problema
from generador.sugerencias import parecido
from generador.vista import Vista

ESTADOS = ("vigente", "cerrado")


def estado_del_programa(vista: Vista) -> Iterator[Problema]:
    """`programa_estado` dice «vigente» o «cerrado», y solo eso."""
    for fila in vista.filas("parametros", "parametros"):
        if fila["clave"] == "programa_estado" and fila["valor"] not in ESTADOS:
            cerca = parecido(fila["valor"], ESTADOS)
            como = f"escribe «{cerca}»" if cerca else "escribe «vigente» o «cerrado»"
            yield fila.mal("valor", f"«{fila['valor']}» no es un estado del programa", como)


def nada_abierto_si_cerro(vista: Vista) -> Iterator[Problema]:
    """Ninguna convocatoria en pie recibe postulaciones un día en que el programa está cerrado."""
    for desde, hasta in _cierres(vista):
        for fila in vista.filas("convocatorias", "convocatorias"):
            ultimo = dia_en_chile(fila["cierre"])
            if fila["situacion"] != "cancelada" and ultimo >= desde and dia_en_chile(fila["apertura"]) <= hasta:
                que = f"recibe postulaciones hasta el {ultimo} y el programa está cerrado desde el {desde}"
                como = "escribe «cancelada» en situacion, con su motivo, o adelanta el cierre con una enmienda"
                yield fila.mal("cierre", que, como)


def _cierres(vista: Vista) -> list[tuple[date, date]]:
    """Los tramos en que el programa está cerrado."""
    return [
        (f["vigente_desde"], f["vigente_hasta"] or date.max)
        for f in vista.filas("parametros", "parametros")
        if (f["clave"], f["valor"]) == ("programa_estado", "cerrado")
    ]
