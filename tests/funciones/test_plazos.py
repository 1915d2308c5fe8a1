"""Los plazos del trámite usan los feriados de la región de su convocatoria y el recurso que regía ese día."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from funciones import encuestar
from funciones.adaptadores.horneado import Horneado
from funciones.dominio.postulacion import SE_RECURREN, Estado, Recurso, Transicion
from funciones.entrada import recurso
from funciones.tramite import plazos
from tests.mundo import PERSONAL, REGLA, convocatoria
from tests.recorridos.mundo import CHILE

ARICA, NUBLE, BIOBIO = (convocatoria(region=region) for region in ("15", "16", "08"))
CRUDO: dict[str, Any] = {
    "feriados": ["2027-06-28"],
    "feriados_regionales": {"15": ["2027-06-07"], "16": ["2027-08-20"]},
    "parametros": [
        {"clave": "dias_subsanar", "valor": "5", "vigente_desde": "2025-01-01"},
        {"clave": "recurso_canal", "valor": "Ven.", "vigente_desde": "2025-01-01", "vigente_hasta": "2027-12-31"},
        {"clave": "recurso_plazo_dias_habiles", "valor": "5", "vigente_desde": "2025-01-01"},
        {"clave": "recurso_canal", "valor": "", "vigente_desde": "2028-01-01"},
    ],
}
PUBLICADO = Horneado(CRUDO)
# Viernes antes del lunes 7 de junio de 2027, feriado solo en Arica y Parinacota.
VIERNES = datetime(2027, 6, 4, 12, tzinfo=CHILE)


def decidida(a: Estado, cuando: datetime) -> tuple[Transicion, ...]:
    return (Transicion("F", 2, Estado.RECIBIDA, a, cuando.astimezone(UTC), PERSONAL, "m", REGLA),)


def en_chile(momento: datetime | None) -> str:
    assert momento is not None
    return momento.astimezone(CHILE).strftime("%d-%m %H:%M:%S")


@pytest.mark.parametrize(("donde", "hasta"), [(ARICA, "14-06 23:59:59"), (NUBLE, "11-06 23:59:59")])
def test_el_feriado_de_una_region_alarga_el_plazo_solo_en_ella(donde: Any, hasta: str) -> None:
    assert en_chile(plazos.corregir_hasta(decidida(Estado.EN_CORRECCION, VIERNES), donde, PUBLICADO)) == hasta
    assert en_chile(plazos.recurrir_hasta(decidida(Estado.NO_ADMISIBLE, VIERNES), donde, PUBLICADO)) == hasta


def test_lo_pedido_en_un_feriado_regional_cuenta_desde_el_habil_siguiente() -> None:
    feriado = datetime(2027, 6, 7, 9, tzinfo=CHILE)
    pedida = decidida(Estado.EN_CORRECCION, feriado)
    assert en_chile(plazos.cuenta_desde(feriado, ARICA, PUBLICADO)) == "08-06 00:00:00"
    assert plazos.cuenta_desde(feriado, BIOBIO, PUBLICADO) == feriado
    assert en_chile(plazos.corregir_hasta(pedida, ARICA, PUBLICADO)) == "15-06 23:59:59"
    assert en_chile(plazos.corregir_hasta(pedida, BIOBIO, PUBLICADO)) == "14-06 23:59:59"


@pytest.mark.parametrize("estado", sorted(set(Estado) - SE_RECURREN))
def test_solo_lo_que_se_recurre_tiene_plazo_para_recurrir(estado: Estado) -> None:
    assert plazos.recurrir_hasta(decidida(estado, VIERNES), BIOBIO, PUBLICADO) is None
    if estado is not Estado.EN_CORRECCION:
        assert plazos.corregir_hasta(decidida(estado, VIERNES), BIOBIO, PUBLICADO) is None


def test_sin_historia_no_hay_plazos() -> None:
    assert plazos.corregir_hasta((), BIOBIO, PUBLICADO) is None
    assert plazos.recurrir_hasta((), BIOBIO, PUBLICADO) is None


def test_rige_el_recurso_del_dia_en_que_se_decidio() -> None:
    antes, despues = datetime(2027, 12, 31, 23, 59, tzinfo=CHILE), datetime(2028, 1, 1, 0, 1, tzinfo=CHILE)
    assert recurso.vigente(PUBLICADO, antes) == Recurso("Ven.", 5)
    assert recurso.vigente(PUBLICADO, despues) is None
    assert plazos.recurrir_hasta(decidida(Estado.NO_ADMISIBLE, despues), BIOBIO, PUBLICADO) is None


def test_los_dias_para_corregir_son_los_que_regian_al_publicarse_la_convocatoria() -> None:
    parametros = [
        {"clave": "dias_subsanar", "valor": "5", "vigente_desde": "2025-01-01", "vigente_hasta": "2027-06-01"},
        {"clave": "dias_subsanar", "valor": "1", "vigente_desde": "2027-06-02"},
    ]
    publicado = Horneado({**CRUDO, "parametros": parametros})
    pedida = decidida(Estado.EN_CORRECCION, VIERNES)
    de_antes, de_ahora = (replace(BIOBIO, publicacion=dia) for dia in (date(2027, 6, 1), date(2027, 6, 2)))
    assert en_chile(plazos.corregir_hasta(pedida, de_antes, publicado)) == "11-06 23:59:59"
    assert en_chile(plazos.corregir_hasta(pedida, de_ahora, publicado)) == "07-06 23:59:59"


@pytest.mark.parametrize(("milisegundos", "tarde"), [(0, False), (500, False), (999, False), (1000, True)])
def test_lo_enviado_en_el_ultimo_segundo_llega_a_tiempo(milisegundos: int, tarde: bool) -> None:
    ahora = datetime(2027, 6, 11, 23, 59, 59, tzinfo=CHILE) + timedelta(milliseconds=milisegundos)
    for pedida, paso_el_plazo in (
        (decidida(Estado.EN_CORRECCION, VIERNES), plazos.paso_el_de_corregir),
        (decidida(Estado.NO_ADMISIBLE, VIERNES), plazos.paso_el_de_recurrir),
    ):
        assert paso_el_plazo(pedida, BIOBIO, PUBLICADO, ahora) is tarde


@pytest.mark.parametrize(("milisegundos", "tarde"), [(0, False), (500, False), (999, False), (1000, True)])
def test_la_encuesta_respondida_en_el_ultimo_segundo_vale(milisegundos: int, tarde: bool) -> None:
    cierra = datetime(2027, 6, 11, 23, 59, 59, tzinfo=CHILE)
    hasta_el_11 = replace(BIOBIO, encuesta_cierre=cierra.date())
    assert encuestar.cerrada(hasta_el_11, cierra + timedelta(milliseconds=milisegundos)) is tarde


@pytest.mark.parametrize("valor", ["", "  ", "pronto", "0"])
def test_un_plazo_vacio_cero_o_en_palabras_es_como_no_tenerlo(valor: str) -> None:
    parametros = [
        fila | ({"valor": valor} if fila["clave"] == "recurso_plazo_dias_habiles" else {})
        for fila in CRUDO["parametros"]
    ]
    assert recurso.vigente(Horneado({**CRUDO, "parametros": parametros}), VIERNES) is None


def test_el_plazo_no_depende_de_la_zona_en_que_se_mire() -> None:
    en_utc = replace(decidida(Estado.EN_CORRECCION, VIERNES)[0], cuando=VIERNES.astimezone(UTC))
    assert plazos.corregir_hasta((en_utc,), ARICA, PUBLICADO) == plazos.corregir_hasta(
        (replace(en_utc, cuando=VIERNES),), ARICA, PUBLICADO
    )
