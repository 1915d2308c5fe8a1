"""Un caso escrito a mano y uno ya leído de su tabla dicen lo mismo, y lo vacío es lo que no se sabe."""

from __future__ import annotations

from datetime import date

import pytest

from funciones.adaptadores.casos import declaracion_del_caso, ejemplos, hallar, respuesta
from funciones.dominio.admisibilidad import Constancia, Declaracion, ParticipacionAnterior, TipoPersona
from tests.reglamento import REGLAMENTO

COMUNAS = {"08101": {"nombre": "Concepción", "region": "08"}}
ESCRITO = {
    "tipo_persona": "cooperativa",
    "inicio_actividades": "primera",
    "inicio_fecha": "2023-03-01",
    "comuna": "08101",
    "actividad": "101010",
    "otras_actividades": "107100|461000",
    "ventas_clp": "30000000",
    "asociados": "10",
    "liderada_por_mujeres": "si",
    "deudas": "no",
    "condena_antisindical": "no",
    "rendiciones_pendientes": "si",
    "deuda_alimentos": "",
    "regla": "deudas",
}
LEIDO = ESCRITO | {
    "inicio_fecha": date(2023, 3, 1),
    "otras_actividades": ["107100", "461000"],
    "ventas_clp": 30_000_000,
    "asociados": 10,
    "liderada_por_mujeres": True,
    "deudas": False,
    "condena_antisindical": False,
    "rendiciones_pendientes": True,
    "deuda_alimentos": None,
}
DICE = Declaracion(
    tipo_persona=TipoPersona.COOPERATIVA,
    inicio="primera",
    actividad="101010",
    ventas_clp=30_000_000,
    asociados=10,
    region="08",
    comuna="08101",
    otras_actividades=("107100", "461000"),
    inicio_fecha=date(2023, 3, 1),
    liderada_por_mujeres=True,
    deudas=False,
    condena_antisindical=False,
    rendiciones_pendientes=True,
)


@pytest.mark.parametrize("caso", [ESCRITO, LEIDO], ids=["escrito", "leído"])
def test_un_caso_es_una_declaracion(caso: dict[str, object]) -> None:
    assert declaracion_del_caso(caso, COMUNAS) == DICE


@pytest.mark.parametrize("vacio", ["", None])
def test_lo_vacio_es_lo_que_no_se_sabe(vacio: str | None) -> None:
    assert declaracion_del_caso(dict.fromkeys(ESCRITO, vacio), COMUNAS) == Declaracion()
    assert declaracion_del_caso({}, COMUNAS) == Declaracion()


def test_el_cero_y_la_lista_sin_nada_si_son_respuestas() -> None:
    visto = declaracion_del_caso({"ventas_clp": 0, "otras_actividades": []}, COMUNAS)
    assert (visto.ventas_clp, visto.otras_actividades) == (0, ())


def test_los_registros_solo_constan_si_el_caso_los_cuenta() -> None:
    anterior = {"componente": "1", "tipo_actividad": "feria", "objetivo": "vender_al_publico", "anio": "2025"}
    con_todo = declaracion_del_caso({"participaciones": [anterior], "rendicion_en_nomina": "si"}, COMUNAS)
    leida = ParticipacionAnterior(1, "feria", "vender_al_publico", 2025)
    assert con_todo.consta == Constancia((leida,), rendicion_pendiente=True)
    assert declaracion_del_caso({"rendicion_en_nomina": "no"}, COMUNAS).consta == Constancia(None, False)
    assert declaracion_del_caso({"participaciones": []}, COMUNAS).consta == Constancia(())
    assert declaracion_del_caso({"anotadas": [anterior]}, COMUNAS).consta == Constancia(None, anotadas=(leida,))


def test_se_responde_la_regla_que_nombra_el_caso() -> None:
    assert respuesta(ESCRITO, REGLAMENTO, COMUNAS) == "cumple"
    assert respuesta(ESCRITO | {"regla": "rendiciones"}, REGLAMENTO, COMUNAS) == "no_cumple"
    assert respuesta(ESCRITO | {"regla": "ventas"}, REGLAMENTO, COMUNAS) == "no_rige"
    assert hallar(ESCRITO | {"regla": "ventas"}, REGLAMENTO, COMUNAS) is None


def test_un_si_mal_escrito_no_se_adivina() -> None:
    with pytest.raises(KeyError):
        declaracion_del_caso({"deudas": "quizás"}, COMUNAS)


def test_un_ejemplo_parte_de_su_persona_y_de_la_convocatoria_del_archivo() -> None:
    archivo = {
        "convocatoria": {"componente": "1", "giro": "alguno"},
        "personas": {"natural": {"tipo_persona": "natural", "deudas": "no"}},
        "casos": [
            {"titulo": "Cumple", "quien": "natural", "regla": "deudas", "resultado": "cumple"},
            {
                "titulo": "Debe",
                "quien": "natural",
                "con": {"deudas": "si"},
                "convocatoria": {"giro": "principal"},
                "regla": "deudas",
                "resultado": "no_cumple",
            },
        ],
    }
    cumple, debe = ejemplos(archivo)
    assert cumple.fila == {"tipo_persona": "natural", "deudas": "no", "regla": "deudas"}
    assert debe.fila == {"tipo_persona": "natural", "deudas": "si", "regla": "deudas"}
    assert (cumple.convocatoria["giro"], debe.convocatoria) == ("alguno", {"componente": "1", "giro": "principal"})
    assert (debe.titulo, debe.resultado) == ("Debe", "no_cumple")
