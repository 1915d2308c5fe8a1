"""El programa cerrado se dice en un solo lugar, y mientras lo esté nada recibe postulaciones."""

from datetime import date

import pytest

from generador.problemas import Problema
from generador.validar import problemas_de
from tests.datos.copia import Copia

PARAMETROS = "parametros/parametros.csv"
CONVOCATORIAS = "convocatorias/convocatorias.csv"


def cerrar(copia: Copia, desde: str) -> None:
    """Termina la vigencia el día anterior y agrega la fila del cierre."""
    anterior = date.fromordinal(date.fromisoformat(desde).toordinal() - 1).isoformat()
    copia.celda(PARAMETROS, "programa_estado", "vigente_hasta", anterior)
    nota = "El programa terminó y no abre más convocatorias."
    copia.agregar(
        PARAMETROS,
        clave="programa_estado", valor="cerrado", unidad="texto", vigente_desde=desde, descripcion=nota,
    )  # fmt: skip


@pytest.mark.parametrize(("valor", "como"), [("cerado", "escribe «cerrado»"), ("x", "escribe «vigente» o «cerrado»")])
def test_un_estado_mal_escrito_se_dice(copia: Copia, valor: str, como: str) -> None:
    fila = copia.celda(PARAMETROS, "programa_estado", "valor", valor)
    que = f"«{valor}» no es un estado del programa"
    assert problemas_de(copia.carpeta) == [Problema(PARAMETROS, fila, "valor", que, como)]


def test_un_programa_cerrado_no_deja_convocatorias_recibiendo(copia: Copia) -> None:
    cerrar(copia, "2028-01-01")
    fila = copia.numero(CONVOCATORIAS, "2028-catalogo-hecho-en-regiones")
    que = "recibe postulaciones hasta el 2028-06-30 y el programa está cerrado desde el 2028-01-01"
    como = "escribe «cancelada» en situacion, con su motivo, o adelanta el cierre con una enmienda"
    assert problemas_de(copia.carpeta) == [Problema(CONVOCATORIAS, fila, "cierre", que, como)]


def test_cerrar_despues_de_la_ultima_convocatoria_pasa(copia: Copia) -> None:
    cerrar(copia, "2028-07-01")
    assert problemas_de(copia.carpeta) == []


def test_sin_decir_que_sigue_hay_un_hueco(copia: Copia) -> None:
    fila = copia.celda(PARAMETROS, "programa_estado", "vigente_hasta", "2026-12-31")
    assert [(p.archivo, p.fila, p.columna) for p in problemas_de(copia.carpeta)] == [
        (PARAMETROS, fila, "vigente_hasta")
    ]
