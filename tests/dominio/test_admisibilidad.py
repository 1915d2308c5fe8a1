"""La admisibilidad: a cada quien sus reglas, los cuatro resultados y un caso que rompe cada una."""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, fields, replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from funciones.dominio.admisibilidad import (
    NECESITAN_REGISTRO,
    REGLAS,
    SE_REVISAN_OTRA_VEZ,
    Constancia,
    Declaracion,
    Hallazgo,
    Reglamento,
    Resultado,
    TipoPersona,
    recomendar,
    resumen,
    rige,
)
from tests.reglamento import (
    BUENAS,
    EMPRENDEDOR,
    ENCUENTROS,
    MAXIMO,
    NATURAL,
    REGLAMENTO,
    SIN_INICIO,
    con_registro,
    leida,
    participo,
    resultado,
)

COMPONENTES = {1: REGLAMENTO, 2: ENCUENTROS}
# Cada regla y lo que la rompe, por sí solo.
ROMPE: dict[str, dict[str, Any]] = {
    "inicio_actividades": {"inicio": "no"},
    "categoria": {"actividad": "742000"},
    "ventas": {"ventas_clp": MAXIMO + 1},
    "ventas_cooperativa": {"ventas_clp": 3 * MAXIMO},
    "sector": {"actividad": "461000"},
    "territorio": {"region": "13"},
    "antiguedad": {"inicio_fecha": date(2010, 3, 1)},
    "perfil": {"liderada_por_mujeres": False},
    "deudas": {"deudas": True},
    "practicas_antisindicales": {"condena_antisindical": True},
    "rendiciones": {"rendiciones_pendientes": True},
    "deuda_alimentos": {"deuda_alimentos": True},
    "no_repetir": {
        "consta": Constancia(tuple(participo(r.componente, r.tipo_actividad) for r in COMPONENTES.values()))
    },
}
# En el componente 2 nadie queda fuera por esto: lo que no es primera categoría lo revisa una persona, y el
# emprendedor puede no tener inicio.
NO_SE_ROMPEN = {(2, tipo, "categoria") for tipo in BUENAS} | {(c, "emprendedor", "inicio_actividades") for c in (1, 2)}
# Quien se dice emprendedor y ya tiene primera categoría cumple lo demás, y esto no.
YA_INICIO = {1: Resultado.NO_CUMPLE, 2: Resultado.LO_REVISA_UNA_PERSONA}


def todas(declaracion: Declaracion, componente: int) -> dict[str, Resultado]:
    return {h.regla: h.resultado for h in recomendar(declaracion, COMPONENTES[componente])}


# Que estén todas


def test_cada_regla_tiene_un_caso_que_la_rompe() -> None:
    assert list(ROMPE) == list(REGLAS)


@pytest.mark.parametrize("componente", COMPONENTES)
@pytest.mark.parametrize("tipo", BUENAS)
def test_a_quien_cumple_todo_solo_le_queda_el_registro(tipo: str, componente: int) -> None:
    dados = todas(BUENAS[tipo], componente)
    inicio = YA_INICIO[componente] if tipo == "emprendedor" else Resultado.CUMPLE
    assert dados.pop("inicio_actividades") is inicio
    assert {regla for regla, dado in dados.items() if dado is not Resultado.CUMPLE} == set(NECESITAN_REGISTRO)
    con_todo = todas(con_registro(BUENAS[tipo], pendiente=False), componente)
    assert con_todo == {**dict.fromkeys(con_todo, Resultado.CUMPLE), "inicio_actividades": inicio}


@pytest.mark.parametrize("componente", COMPONENTES)
def test_ningun_emprendedor_cumple_en_una_feria_y_el_que_no_ha_iniciado_puede_ir_a_un_encuentro(
    componente: int,
) -> None:
    dados = {inicio: todas(replace(EMPRENDEDOR, inicio=inicio), componente) for inicio in ("primera", "segunda", "no")}
    vistos = {inicio: hallados["inicio_actividades"] for inicio, hallados in dados.items()}
    if componente == 1:
        assert set(vistos.values()) == {Resultado.NO_CUMPLE}
    else:
        revisa = Resultado.LO_REVISA_UNA_PERSONA
        assert vistos == {"primera": revisa, "segunda": revisa, "no": Resultado.CUMPLE}


def test_la_categoria_y_el_rubro_son_de_la_empresa_y_pueden_salir_de_actividades_distintas() -> None:
    """Lectura literal del formulario (decisión 0007): ningún requisito habla de una misma actividad."""
    dos = replace(NATURAL, actividad="461000", otras_actividades=("742000",))
    solas = [replace(NATURAL, actividad=codigo, otras_actividades=()) for codigo in ("461000", "742000")]
    cumplen = [(resultado("categoria", d), resultado("sector", d)) for d in (dos, *solas)]
    si, no = Resultado.CUMPLE, Resultado.NO_CUMPLE
    assert cumplen == [(si, si), (si, no), (no, si)]
    principal = replace(REGLAMENTO, giro="principal")
    assert (resultado("categoria", dos, principal), resultado("sector", dos, principal)) == (si, no)


@pytest.mark.parametrize(("componente", "tipo", "regla"), list(product(COMPONENTES, BUENAS, ROMPE)))
def test_lo_que_rompe_una_regla_que_rige_la_rompe_y_a_las_demas_no(componente: int, tipo: str, regla: str) -> None:
    antes = todas(BUENAS[tipo], componente)
    despues = todas(replace(BUENAS[tipo], **ROMPE[regla]), componente)
    cambiadas = {r: despues[r] for r in antes if r in despues and antes[r] is not despues[r]}
    if (componente, tipo, regla) in NO_SE_ROMPEN:
        assert Resultado.NO_CUMPLE not in cambiadas.values()
    elif regla in antes:
        assert cambiadas == {regla: Resultado.NO_CUMPLE}
    else:
        assert regla in {"ventas", "ventas_cooperativa", "deuda_alimentos"}
        assert regla not in despues


@pytest.mark.parametrize(
    ("tipo", "no_rigen"),
    [
        ("natural", {"ventas_cooperativa"}),
        ("juridica", {"ventas_cooperativa", "deuda_alimentos"}),
        ("cooperativa", {"ventas", "deuda_alimentos"}),
        ("emprendedor", {"ventas_cooperativa"}),
    ],
)
@pytest.mark.parametrize("componente", COMPONENTES)
def test_a_cada_tipo_de_persona_se_le_aplican_las_suyas_en_su_orden(
    tipo: str, no_rigen: set[str], componente: int
) -> None:
    assert list(todas(BUENAS[tipo], componente)) == [regla for regla in REGLAS if regla not in no_rigen]


@pytest.mark.parametrize(("inicio", "se_miran"), [("primera", True), ("segunda", False), ("no", False), (None, False)])
def test_al_emprendedor_se_le_miran_las_ventas_solo_si_ya_inicio(inicio: str | None, se_miran: bool) -> None:
    assert rige("ventas", replace(EMPRENDEDOR, inicio=inicio), ENCUENTROS) is se_miran


def test_la_matriz_dice_a_quien_rige_y_no_el_codigo() -> None:
    otra = {**ENCUENTROS.matriz, ("natural", "deudas"): "no", ("natural", "ventas"): "con_inicio"}
    cambiado = replace(ENCUENTROS, matriz=otra)
    assert not rige("deudas", NATURAL, cambiado)
    assert rige("deudas", BUENAS["juridica"], cambiado)
    assert not rige("ventas", replace(NATURAL, inicio="no"), cambiado)
    assert rige("ventas", replace(BUENAS["juridica"], inicio="no"), cambiado)


@pytest.mark.parametrize("palabra", ["", "quizas", "talvez"])
def test_una_palabra_que_la_matriz_no_conoce_no_hace_regir_nada(palabra: str) -> None:
    rara = replace(REGLAMENTO, matriz={**REGLAMENTO.matriz, ("natural", "deudas"): palabra})
    assert not rige("deudas", NATURAL, rara)
    assert not rige("deudas", Declaracion(), rara)


def test_sin_saber_a_quien_rige_no_se_recomienda_nada() -> None:
    coja = {clave: si for clave, si in REGLAMENTO.matriz.items() if clave != ("natural", "deudas")}
    with pytest.raises(KeyError):
        recomendar(NATURAL, replace(REGLAMENTO, matriz=coja))


def test_la_antiguedad_y_el_perfil_rigen_solo_si_la_convocatoria_los_pide() -> None:
    ancho = replace(REGLAMENTO, antiguedad_minima_anios=None, antiguedad_maxima_anios=None, perfil="")
    assert {regla for regla in REGLAS if not ancho.pide(leida(regla))} == {"antiguedad", "perfil"}
    assert not rige("antiguedad", NATURAL, ancho)
    assert not rige("perfil", NATURAL, ancho)
    assert not rige("antiguedad", Declaracion(), ancho)
    assert rige("antiguedad", NATURAL, replace(ancho, antiguedad_minima_anios=1))
    assert rige("antiguedad", NATURAL, replace(ancho, antiguedad_maxima_anios=0))
    assert rige("perfil", NATURAL, replace(ancho, perfil="liderada_por_mujeres"))


def test_un_reglamento_que_no_estrecha_nada_admite_todo_lugar_y_no_pide_anios_ni_perfil() -> None:
    obligados = {c.name: getattr(REGLAMENTO, c.name) for c in fields(Reglamento) if c.default is MISSING}
    sin_estrechar = Reglamento(**obligados)
    assert not rige("antiguedad", NATURAL, sin_estrechar)
    assert not rige("perfil", NATURAL, sin_estrechar)
    lejos = replace(NATURAL, region="12", comuna="12101")
    assert resultado("territorio", lejos, sin_estrechar) is Resultado.CUMPLE


# Lo que no se ha dicho


def test_sin_decir_nada_falta_todo_dato() -> None:
    dados = todas(Declaracion(), 1)
    assert dados.pop("no_repetir") is Resultado.LO_REVISA_UNA_PERSONA
    assert set(dados.values()) == {Resultado.FALTA_DATO}


def test_sin_decir_como_postula_solo_rige_lo_que_es_para_todas() -> None:
    assert set(REGLAS) - set(todas(Declaracion(), 1)) == {"ventas", "ventas_cooperativa", "deuda_alimentos"}


@pytest.mark.parametrize("campo", [campo.name for campo in fields(Declaracion) if campo.name != "tipo_persona"])
@pytest.mark.parametrize("tipo", BUENAS)
def test_callar_un_dato_nunca_hace_cumplir_ni_incumplir(tipo: str, campo: str) -> None:
    antes = todas(BUENAS[tipo], 1)
    callada = todas(replace(BUENAS[tipo], **{campo: None}), 1)
    cambiadas = {callada[regla] for regla in antes if regla in callada and antes[regla] is not callada[regla]}
    assert cambiadas <= {Resultado.FALTA_DATO, Resultado.LO_REVISA_UNA_PERSONA}


def test_una_declaracion_sin_terminar_no_dice_nada_de_mas() -> None:
    assert all(getattr(Declaracion(), campo.name) is None for campo in fields(Declaracion))
    assert Constancia() == Constancia(participaciones=None, rendicion_pendiente=None, anotadas=())


@pytest.mark.parametrize(
    ("valor", "campo"),
    [
        (NATURAL, "ventas_clp"),
        (REGLAMENTO, "uf_clp"),
        (Constancia(), "participaciones"),
        (participo(1, "feria"), "componente"),
        (Hallazgo("ventas", Resultado.CUMPLE), "resultado"),
    ],
)
def test_lo_declarado_y_lo_hallado_no_se_cambian_despues(valor: object, campo: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(valor, campo, None)


def test_lo_que_necesita_el_registro_no_responde_sin_el() -> None:
    for tipo, componente, regla in product(BUENAS, COMPONENTES, NECESITAN_REGISTRO):
        assert resultado(regla, BUENAS[tipo], COMPONENTES[componente]) is Resultado.LO_REVISA_UNA_PERSONA
        assert resultado(regla, con_registro(BUENAS[tipo]), COMPONENTES[componente]) is Resultado.CUMPLE
    assert set(SE_REVISAN_OTRA_VEZ) < set(REGLAS)


def test_el_emprendedor_sin_inicio_puede_ir_a_un_encuentro_y_una_persona_le_mira_el_rubro() -> None:
    dados = todas(replace(SIN_INICIO, ventas_clp=None), 2)
    assert "ventas" not in dados
    assert dados["inicio_actividades"] is Resultado.CUMPLE
    assert dados["categoria"] is dados["sector"] is Resultado.LO_REVISA_UNA_PERSONA
    assert todas(SIN_INICIO, 1)["inicio_actividades"] is Resultado.NO_CUMPLE


# El resumen


@pytest.mark.parametrize(
    ("resultados", "esperado"),
    [
        ((), Resultado.CUMPLE),
        ((Resultado.CUMPLE,), Resultado.CUMPLE),
        ((Resultado.CUMPLE, Resultado.LO_REVISA_UNA_PERSONA), Resultado.LO_REVISA_UNA_PERSONA),
        ((Resultado.LO_REVISA_UNA_PERSONA, Resultado.FALTA_DATO), Resultado.FALTA_DATO),
        ((Resultado.FALTA_DATO, Resultado.NO_CUMPLE), Resultado.NO_CUMPLE),
        (tuple(Resultado), Resultado.NO_CUMPLE),
    ],
)
def test_el_resumen_es_lo_mas_grave(resultados: tuple[Resultado, ...], esperado: Resultado) -> None:
    hallazgos = tuple(Hallazgo("r", uno) for uno in resultados)
    assert resumen(hallazgos) is resumen(hallazgos[::-1]) is esperado


def test_quien_postula_es_de_uno_de_los_cuatro_tipos() -> None:
    assert [str(tipo) for tipo in TipoPersona] == list(BUENAS)
