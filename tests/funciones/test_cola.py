"""La cola de la mesa: los signos no contradicen la ficha, y cada una en espera lleva su lugar."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from funciones.dominio.fechas import fecha_larga
from funciones.dominio.plazo import inicio_del_dia
from tests.funciones.puerta import Puerta
from tests.funciones.test_la_vida_de_una_postulacion import en_tres_listas, rut
from tests.recorridos.mundo import CONVOCATORIA


def cola(puerta: Puerta) -> dict[str, Any]:
    codigo, cuerpo = puerta.mesa("GET", "/postulaciones")
    assert codigo == 200
    return dict(cuerpo)


def test_lo_que_sale_de_un_registro_se_mira_en_la_ficha_y_no_en_la_cola(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    (fila,) = cola(puerta)["postulaciones"]
    assert not {"no_repetir", "rendiciones"} & set(fila["hallazgos"])
    ficha = puerta.mesa("GET", "/postulaciones/{folio}", camino={"folio": folio})[1]
    en_la_ficha = {h["regla"]: h["resultado"] for h in ficha["hallazgos"]}
    assert fila["hallazgos"].items() <= en_la_ficha.items()
    assert ficha["signos"] == fila["hallazgos"]
    # Lo que marcó una persona sí va: es lo que quedó.
    assert puerta.decidir(folio, "no_admisible", hallazgos={"no_repetir": "no_cumple"})[0] == 200
    assert cola(puerta)["postulaciones"][0]["hallazgos"]["no_repetir"] == "no_cumple"
    # Y la ficha cuenta lo mismo que su renglón.
    ficha = puerta.mesa("GET", "/postulaciones/{folio}", camino={"folio": folio})[1]
    assert ficha["signos"] == cola(puerta)["postulaciones"][0]["hallazgos"]


def test_cada_una_en_espera_lleva_su_lugar_y_las_demas_ninguno(puerta: Puerta) -> None:
    en_tres_listas(puerta)
    lugares = {fila["estado"]: fila["lugar"] for fila in cola(puerta)["postulaciones"]}
    assert lugares == {"seleccionada": None, "lista_de_espera": 1, "no_seleccionada": None}


def test_la_convocatoria_dice_desde_cuando_se_anota_la_asistencia_y_que_cupos_asegura(puerta: Puerta) -> None:
    una = next(c for c in cola(puerta)["convocatorias"] if c["id"] == CONVOCATORIA)
    publicada = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
    assert publicada is not None
    assert (una["actividad_texto"], una["actividad_empezo"], una["reservas"]) == (
        fecha_larga(publicada.actividad_inicio),
        False,
        [],
    )
    puerta.poner_la_hora(inicio_del_dia(publicada.actividad_inicio) + timedelta(seconds=5))
    assert next(c for c in cola(puerta)["convocatorias"] if c["id"] == CONVOCATORIA)["actividad_empezo"]
