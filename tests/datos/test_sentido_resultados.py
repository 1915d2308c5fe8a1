"""Los resultados publicados calzan con sus actas, y lo que se anota para buscar existe."""

import pytest

from generador.problemas import Problema
from generador.validar import problemas_de
from tests.datos.copia import Copia

ACTA = "2026-rueda-coquimbo-valles-y-costa-001"
ACTAS, RESULTADOS, MOTIVOS = (f"transparencia/{t}.csv" for t in ("actas", "resultados", "motivos"))
A_MANO = "no se edita a mano: publica otra vez el acta"


def de_resultados(copia: Copia) -> list[Problema]:
    return [p for p in problemas_de(copia.carpeta) if p.archivo.startswith("transparencia/")]


def test_un_resultado_de_menos_se_nota_en_su_acta(copia: Copia) -> None:
    copia.quitar(RESULTADOS, "folio", "KAC766GW")
    fila = copia.numero(ACTAS, ACTA)
    que = "el acta dice 20 y transparencia/resultados.csv trae 19"
    assert de_resultados(copia) == [Problema(ACTAS, fila, "seleccionadas", que, A_MANO)]


def test_un_resultado_cambiado_de_lista_se_nota_en_las_dos(copia: Copia) -> None:
    copia.celda(RESULTADOS, f"{ACTA}/2026-rueda-coquimbo-valles-y-costa/KAC766GW", "resultado", "lista_de_espera")
    assert [p.columna for p in de_resultados(copia)] == ["espera", "seleccionadas"]


def test_un_resultado_sin_acta_se_dice(copia: Copia) -> None:
    fila = copia.agregar(RESULTADOS, acta=f"{ACTA[:-3]}002", folio="K7M4PR9X")
    que = f"«{ACTA[:-3]}002» no está en transparencia/actas.csv"
    assert de_resultados(copia) == [Problema(RESULTADOS, fila, "acta", que, A_MANO)]


@pytest.mark.parametrize("tabla", [ACTAS, RESULTADOS, MOTIVOS])
def test_una_convocatoria_con_resultados_no_se_borra(copia: Copia, tabla: str) -> None:
    perdida = "2026-feria-magallanes-fin-del-invierno"
    copia.reescribir(tabla, lambda texto: texto.replace(f"{perdida},", f"{perdida}x,"))
    problemas = [p for p in de_resultados(copia) if p.columna == "convocatoria"]
    assert {p.archivo for p in problemas} == {tabla}
    assert "devuelve esa fila: una convocatoria con resultados no se borra" in {p.como for p in problemas}


def test_las_divisiones_de_un_rubro_existen_y_las_atiende_el_programa(copia: Copia) -> None:
    fila = copia.celda("parametros/rubros.csv", "alimentos", "divisiones", "10|01|34")
    vistos = [(p.fila, p.columna, p.que, p.como) for p in problemas_de(copia.carpeta) if "rubros" in p.archivo]
    assert vistos == [
        (fila, "divisiones", "«01» es de agricultura, que el programa no atiende", "bórrala de la lista"),
        (fila, "divisiones", "«34» no es una división de secciones.csv", "bórrala de la lista"),
    ]
