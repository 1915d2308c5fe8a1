"""Lo que dicen los registros de Sercotec: rendiciones pendientes y participaciones anteriores."""

from __future__ import annotations

from dataclasses import replace

import pytest

from funciones.dominio.admisibilidad import Constancia, Hallazgo, ParticipacionAnterior, Resultado
from tests.reglamento import ENCUENTROS, JURIDICA, REGLAMENTO, con_registro, hallado, participo

CUMPLE, NO_CUMPLE, FALTA, REVISA = (
    Resultado.CUMPLE,
    Resultado.NO_CUMPLE,
    Resultado.FALTA_DATO,
    Resultado.LO_REVISA_UNA_PERSONA,
)

# Rendiciones


@pytest.mark.parametrize(
    ("declara", "nomina", "esperado", "porque"),
    [
        (False, None, CUMPLE, ""),
        (False, False, CUMPLE, "nomina"),
        (False, True, NO_CUMPLE, "nomina"),
        (True, None, NO_CUMPLE, ""),
        (True, False, REVISA, "no_consta"),
        (True, True, NO_CUMPLE, "nomina"),
        (None, None, FALTA, ""),
        (None, False, FALTA, ""),
        (None, True, NO_CUMPLE, "nomina"),
    ],
)
def test_en_las_rendiciones_manda_la_nomina_y_sin_ella_vale_lo_declarado(
    declara: bool | None, nomina: bool | None, esperado: Resultado, porque: str
) -> None:
    declaracion = replace(JURIDICA, rendiciones_pendientes=declara)
    palabra = {None: "", True: "sí", False: "no"}[declara]
    visto = hallado("rendiciones", con_registro(declaracion, pendiente=nomina))
    assert visto == Hallazgo("rendiciones", esperado, palabra, porque)
    if nomina is None:
        assert hallado("rendiciones", declaracion) == visto


# Participaciones: la convocatoria es una feria para vender al público

IGUAL = participo(1, "feria")
OTRO_TIPO = participo(1, "evento")
OTRO_OBJETIVO = participo(1, "feria", "conocer_compradores")
OTRO_COMPONENTE = participo(2, "rueda_de_negocios", "conocer_compradores")
REPETIBLE = replace(REGLAMENTO, permite_repetir=True)


@pytest.mark.parametrize(
    ("anteriores", "sin_clausula", "con_clausula"),
    [
        ((), (CUMPLE, ""), (CUMPLE, "")),
        ((OTRO_COMPONENTE,), (CUMPLE, ""), (CUMPLE, "")),
        ((OTRO_COMPONENTE,) * 2, (CUMPLE, ""), (CUMPLE, "")),
        ((IGUAL,), (NO_CUMPLE, "repite"), (CUMPLE, "permitida")),
        ((OTRO_TIPO,), (REVISA, "otra_actividad"), (CUMPLE, "permitida")),
        ((OTRO_OBJETIVO,), (REVISA, "otra_actividad"), (CUMPLE, "permitida")),
        ((IGUAL, OTRO_COMPONENTE), (NO_CUMPLE, "repite"), (CUMPLE, "permitida")),
        ((OTRO_TIPO, OTRO_OBJETIVO), (NO_CUMPLE, "maximo"), (NO_CUMPLE, "maximo")),
        ((OTRO_TIPO, IGUAL), (NO_CUMPLE, "repite"), (NO_CUMPLE, "maximo")),
        ((OTRO_TIPO,) * 3, (NO_CUMPLE, "maximo"), (NO_CUMPLE, "maximo")),
        # El par es el que se repite: tipo de uno y objetivo de otro no suman un par.
        ((participo(2, "feria", "otro"), participo(2, "otra")), (CUMPLE, ""), (CUMPLE, "")),
    ],
)
def test_no_se_repite_el_par_ni_se_pasa_del_maximo_del_componente(
    anteriores: tuple[ParticipacionAnterior, ...],
    sin_clausula: tuple[Resultado, str],
    con_clausula: tuple[Resultado, str],
) -> None:
    declaracion = con_registro(JURIDICA, *anteriores)
    for reglamento, esperado in ((REGLAMENTO, sin_clausula), (REPETIBLE, con_clausula)):
        visto = hallado("no_repetir", declaracion, reglamento)
        assert (visto.resultado, visto.porque) == esperado


def test_cada_componente_cuenta_sus_veces() -> None:
    assert hallado("no_repetir", con_registro(JURIDICA, OTRO_TIPO, OTRO_TIPO), ENCUENTROS).resultado is CUMPLE
    del_dos = participo(2, "encuentro_empresarial")
    assert hallado("no_repetir", con_registro(JURIDICA, del_dos, OTRO_TIPO), ENCUENTROS).porque == "otra_actividad"


def test_sin_mirar_el_registro_lo_revisa_una_persona() -> None:
    for reglamento in (REGLAMENTO, REPETIBLE, ENCUENTROS):
        assert hallado("no_repetir", JURIDICA, reglamento) == Hallazgo("no_repetir", REVISA, "", "sin_registro")


def sin_registro(*anotadas: ParticipacionAnterior) -> Constancia:
    """Nadie ha cargado el registro; el portal anotó estas."""
    return Constancia(None, anotadas=anotadas)


@pytest.mark.parametrize(
    ("anotadas", "sin_clausula", "con_clausula", "declarado"),
    [
        ((), (REVISA, "sin_registro"), (REVISA, "sin_registro"), ""),
        ((OTRO_COMPONENTE,), (REVISA, "sin_registro"), (REVISA, "sin_registro"), ""),
        ((IGUAL,), (NO_CUMPLE, "repite"), (REVISA, "sin_registro"), "1 participación anterior"),
        ((OTRO_TIPO,), (REVISA, "sin_registro"), (REVISA, "sin_registro"), "1 participación anterior"),
        ((IGUAL, OTRO_TIPO), (NO_CUMPLE, "repite"), (NO_CUMPLE, "maximo"), "2 participaciones anteriores"),
    ],
)
def test_un_registro_que_nadie_ha_cargado_no_dice_que_nunca_participo(
    anotadas: tuple[ParticipacionAnterior, ...],
    sin_clausula: tuple[Resultado, str],
    con_clausula: tuple[Resultado, str],
    declarado: str,
) -> None:
    declaracion = replace(JURIDICA, consta=sin_registro(*anotadas))
    for reglamento, esperado in ((REGLAMENTO, sin_clausula), (REPETIBLE, con_clausula)):
        visto = hallado("no_repetir", declaracion, reglamento)
        assert (visto.resultado, visto.porque, visto.declarado) == (*esperado, declarado)


def test_dos_actividades_iguales_del_mismo_anio_son_dos_veces() -> None:
    dos = (replace(IGUAL, referencia="feria-de-otono"), replace(IGUAL, referencia="feria-de-verano"))
    assert hallado("no_repetir", con_registro(JURIDICA, *dos), REPETIBLE).porque == "maximo"


def test_el_maximo_lo_dice_el_parametro() -> None:
    hasta_tres = replace(REPETIBLE, participaciones_maximas=3)
    assert hallado("no_repetir", con_registro(JURIDICA, IGUAL, IGUAL), hasta_tres).resultado is CUMPLE
    assert hallado("no_repetir", con_registro(JURIDICA, *(IGUAL,) * 3), hasta_tres).resultado is NO_CUMPLE
    ninguna = replace(REGLAMENTO, participaciones_maximas=1)
    assert hallado("no_repetir", con_registro(JURIDICA, OTRO_TIPO), ninguna).porque == "maximo"


@pytest.mark.parametrize(
    ("anteriores", "declarado"),
    [
        ((), "ninguna participación anterior"),
        ((OTRO_COMPONENTE,), "ninguna participación anterior"),
        ((IGUAL, OTRO_COMPONENTE), "1 participación anterior"),
        ((IGUAL, OTRO_TIPO), "2 participaciones anteriores"),
    ],
)
def test_se_dice_cuantas_veces_participo_en_el_componente(
    anteriores: tuple[ParticipacionAnterior, ...], declarado: str
) -> None:
    assert hallado("no_repetir", con_registro(JURIDICA, *anteriores)).declarado == declarado
