"""La categoría tributaria y el rubro: un código, varios, ninguno, y lo que la convocatoria estrecha."""

from __future__ import annotations

from dataclasses import replace

import pytest

from funciones.dominio.admisibilidad import Hallazgo, Reglamento, Resultado
from tests.reglamento import EMPRENDEDOR, ENCUENTROS, JURIDICA, REGLAMENTO, SIN_INICIO, hallado, leida, resultado

CUMPLE, NO_CUMPLE, FALTA, REVISA = (
    Resultado.CUMPLE,
    Resultado.NO_CUMPLE,
    Resultado.FALTA_DATO,
    Resultado.LO_REVISA_UNA_PERSONA,
)
PRINCIPAL = replace(REGLAMENTO, giro=leida("principal"))
# Primera, segunda y «depende», todas de un rubro que se atiende; la división 47 la ve una persona.
PRIMERA, SEGUNDA, DEPENDE, SEGUNDA_DUDOSA = "101010", "742000", "741000", "471001"
NO_EXISTE = "109999"


def con(actividad: str | None, *otras: str) -> dict[str, object]:
    return {"actividad": actividad, "otras_actividades": otras}


@pytest.mark.parametrize(
    ("giros", "componente_1", "componente_2"),
    [
        (con(PRIMERA), (CUMPLE, ""), (CUMPLE, "")),
        (con(DEPENDE), (REVISA, "depende"), (REVISA, "depende")),
        (con(SEGUNDA), (NO_CUMPLE, ""), (REVISA, "segunda")),
        (con(NO_EXISTE), (REVISA, "desconocido"), (REVISA, "desconocido")),
        (con(SEGUNDA, PRIMERA), (CUMPLE, ""), (CUMPLE, "")),
        (con(SEGUNDA, DEPENDE), (REVISA, "depende"), (REVISA, "segunda")),
        (con(DEPENDE, PRIMERA), (CUMPLE, ""), (CUMPLE, "")),
        (con(SEGUNDA, SEGUNDA_DUDOSA), (NO_CUMPLE, ""), (REVISA, "segunda")),
        (con(None), (FALTA, ""), (FALTA, "")),
        (con(None, PRIMERA), (CUMPLE, ""), (CUMPLE, "")),
        (con(None, SEGUNDA), (FALTA, ""), (REVISA, "segunda")),
    ],
)
def test_la_categoria_la_dicen_los_codigos_declarados(
    giros: dict[str, object], componente_1: tuple[Resultado, str], componente_2: tuple[Resultado, str]
) -> None:
    declaracion = replace(JURIDICA, **giros)  # type: ignore[arg-type]
    for reglamento, esperado in ((REGLAMENTO, componente_1), (ENCUENTROS, componente_2)):
        visto = hallado("categoria", declaracion, reglamento)
        assert (visto.resultado, visto.porque) == esperado


@pytest.mark.parametrize(
    ("giros", "esperado", "porque"),
    [
        (con("101010"), CUMPLE, ""),
        (con("461000"), NO_CUMPLE, "programa"),
        (con("471000"), REVISA, "dudoso"),
        # Existe, pero nadie dijo qué hacer con su división.
        (con("990000"), REVISA, "dudoso"),
        # Empieza como uno atendido, pero ese código no existe.
        (con(NO_EXISTE), REVISA, "desconocido"),
        (con("461000", "101010"), CUMPLE, ""),
        (con("461000", "471000"), REVISA, "dudoso"),
        (con("461000", "461000"), NO_CUMPLE, "programa"),
        (con("471000", "461000"), REVISA, "dudoso"),
        (con("471000", "101010"), CUMPLE, ""),
        (con(None), FALTA, ""),
        (con(None, "461000"), FALTA, ""),
    ],
)
def test_el_sector_lo_dice_la_division_y_basta_el_mejor_de_los_giros(
    giros: dict[str, object], esperado: Resultado, porque: str
) -> None:
    visto = hallado("sector", replace(JURIDICA, **giros))  # type: ignore[arg-type]
    assert (visto.resultado, visto.porque) == (esperado, porque)


@pytest.mark.parametrize("regla", ["sector", "categoria"])
def test_con_giro_principal_los_otros_no_cuentan(regla: str) -> None:
    malo = {"sector": "461000", "categoria": SEGUNDA}[regla]
    declaracion = replace(JURIDICA, actividad=malo, otras_actividades=(PRIMERA,))
    assert resultado(regla, declaracion) is CUMPLE
    assert hallado(regla, declaracion, PRINCIPAL).resultado is NO_CUMPLE
    assert hallado(regla, declaracion, PRINCIPAL).declarado == f"código {malo}"
    assert resultado(regla, replace(declaracion, otras_actividades=None), PRINCIPAL) is NO_CUMPLE


@pytest.mark.parametrize("regla", ["sector", "categoria"])
@pytest.mark.parametrize(
    ("actividad", "esperado"),
    [
        (PRIMERA, (CUMPLE, "")),
        (None, (FALTA, "")),
        (NO_EXISTE, (REVISA, "desconocido")),
    ],
)
def test_sin_saber_los_otros_giros_manda_el_principal_si_basta(
    regla: str, actividad: str | None, esperado: tuple[Resultado, str]
) -> None:
    visto = hallado(regla, replace(JURIDICA, actividad=actividad, otras_actividades=None))
    assert (visto.resultado, visto.porque) == esperado


def test_si_el_principal_no_sirve_y_no_se_saben_los_otros_falta_el_dato() -> None:
    ajena = replace(JURIDICA, actividad="461000", otras_actividades=None)
    segunda = replace(JURIDICA, actividad=SEGUNDA, otras_actividades=None)
    assert hallado("sector", ajena) == Hallazgo("sector", FALTA, "código 461000", "otras")
    assert hallado("categoria", segunda) == Hallazgo("categoria", FALTA, f"código {SEGUNDA}", "otras")


@pytest.mark.parametrize("regla", ["sector", "categoria"])
@pytest.mark.parametrize("reglamento", [REGLAMENTO, ENCUENTROS, PRINCIPAL])
def test_al_emprendedor_sin_codigo_le_mira_el_rubro_una_persona(regla: str, reglamento: Reglamento) -> None:
    assert hallado(regla, SIN_INICIO, reglamento) == Hallazgo(regla, REVISA, "", "sin_codigo")
    assert hallado(regla, replace(SIN_INICIO, actividad=PRIMERA), reglamento).resultado is CUMPLE


def test_un_giro_leido_de_la_tabla_se_entiende_igual() -> None:
    ajena = replace(JURIDICA, actividad="461000", otras_actividades=None)
    assert hallado("sector", ajena, replace(REGLAMENTO, giro=leida("alguno"))).porque == "otras"


@pytest.mark.parametrize("palabra", ["", "talvez", "abc"])
def test_lo_que_nadie_dijo_si_se_atiende_lo_ve_una_persona(palabra: str) -> None:
    sectores = {**REGLAMENTO.sectores, "10": palabra}
    visto = hallado("sector", JURIDICA, replace(REGLAMENTO, sectores=sectores))
    assert (visto.resultado, visto.porque) == (REVISA, "dudoso")


def test_al_emprendedor_que_dio_un_codigo_se_le_mira_ese() -> None:
    assert hallado("sector", replace(EMPRENDEDOR, actividad="461000")).resultado is NO_CUMPLE


@pytest.mark.parametrize(
    ("admitidas", "actividad", "esperado", "porque"),
    [
        ({"C"}, "101010", CUMPLE, ""),
        ({"10"}, "101010", CUMPLE, ""),
        ({"101010"}, "101010", CUMPLE, ""),
        ({"M", "101010"}, "101010", CUMPLE, ""),
        ({"M"}, "101010", NO_CUMPLE, "convocatoria"),
        ({"74"}, "101010", NO_CUMPLE, "convocatoria"),
        ({"107100"}, "101010", NO_CUMPLE, "convocatoria"),
        # Nombrarlo no lo ensancha: lo que el programa excluye sigue fuera y lo dudoso lo ve una persona.
        ({"G", "46", "461000"}, "461000", NO_CUMPLE, "programa"),
        ({"C"}, "461000", NO_CUMPLE, "programa"),
        ({"47"}, "471000", REVISA, "dudoso"),
        ({"C"}, "471000", NO_CUMPLE, "convocatoria"),
        ({"C"}, NO_EXISTE, REVISA, "desconocido"),
    ],
)
def test_la_convocatoria_estrecha_por_seccion_division_o_codigo_y_nunca_ensancha(
    admitidas: set[str], actividad: str, esperado: Resultado, porque: str
) -> None:
    estrecha = replace(REGLAMENTO, actividades_admitidas=frozenset(admitidas))
    visto = hallado("sector", replace(JURIDICA, actividad=actividad), estrecha)
    assert (visto.resultado, visto.porque) == (esperado, porque)


def test_con_giro_alguno_otro_giro_puede_ser_el_que_pide_la_convocatoria() -> None:
    solo_diseno = replace(REGLAMENTO, actividades_admitidas=frozenset({"74"}))
    declaracion = replace(JURIDICA, actividad="101010", otras_actividades=(SEGUNDA,))
    assert resultado("sector", declaracion, solo_diseno) is CUMPLE
    assert resultado("sector", declaracion, replace(solo_diseno, giro="principal")) is NO_CUMPLE


@pytest.mark.parametrize(
    ("giros", "declarado"),
    [
        (con(None), ""),
        (con("101010"), "código 101010"),
        (con("101010", "107100"), "códigos 101010, 107100"),
        (con("101010", "107100", "461000"), "códigos 101010, 107100, 461000"),
        (con(None, "107100"), "código 107100"),
    ],
)
@pytest.mark.parametrize("regla", ["sector", "categoria"])
def test_se_dice_que_codigos_se_miraron(regla: str, giros: dict[str, object], declarado: str) -> None:
    assert hallado(regla, replace(JURIDICA, **giros)).declarado == declarado  # type: ignore[arg-type]
