"""La suscripción: se pide, se confirma, se cambia; y a cada quien se le cuenta una vez lo que le interesa."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.dominio.convocatoria import Convocatoria, Situacion
from funciones.dominio.novedad import DIAS_DE_MEMORIA, Enmienda, Publicada, noticias, regiones_de
from funciones.dominio.suscripcion import (
    ARRIENDO,
    CORREOS_POR_PEDIDO,
    DOBLE_TOQUE,
    ENTRE_RESUMENES,
    PARA_CONFIRMAR,
    PARA_MANDAR,
    PLAZO_DE_QUIEN_RECIBE,
    Preferencias,
    Suscripcion,
    arrendar,
    arrendar_pedido,
    confirmar,
    contar,
    correo_enviado,
    pedir,
    preferir,
)
from tests.mundo import FERIA, HORA, LLEGADA, convocatoria

TODO = Preferencias()
MAULE = Preferencias(frozenset({"07"}))
BIOBIO = Preferencias(frozenset({"08"}))
RATO = timedelta(minutes=10)
CIERRE = Enmienda(1, date(2026, 11, 20), "cierre", "2026-12-01T15:00", "2026-12-02T15:00", "Más plazo.", mayor=True)


def nueva(clave: str = "c1") -> Suscripcion:
    return Suscripcion("id", "quien@correo.example", 1, clave)


def pedida(preferencias: Preferencias = BIOBIO, ahora: datetime = LLEGADA) -> Suscripcion:
    hecha = pedir(None, nueva(), preferencias, ahora)
    assert hecha is not None
    return hecha


def activa(preferencias: Preferencias = BIOBIO, *publicadas: Publicada) -> Suscripcion:
    return confirmar(pedida(preferencias), publicadas, LLEGADA + RATO)


# Pedir


def test_lo_pedido_no_rige_hasta_que_se_confirma() -> None:
    recien = pedida()
    assert not recien.activa
    assert not recien.toca_resumen(LLEGADA)
    confirmada = confirmar(recien, (), LLEGADA + RATO)
    assert confirmada.preferencias == BIOBIO
    assert confirmada.pedido is None
    assert confirmada.toca_resumen(LLEGADA + RATO)


def test_pasado_el_plazo_no_se_confirma_y_es_como_si_no_existiera() -> None:
    vence, escrita = LLEGADA + PARA_CONFIRMAR, correo_enviado(pedida(), LLEGADA)
    assert confirmar(escrita, (), vence - timedelta(milliseconds=1)).activa
    assert confirmar(escrita, (), vence) == escrita
    assert escrita.vencida(vence)
    otra = pedir(escrita, nueva("c2"), MAULE, vence)
    assert otra is not None
    assert (otra.clave, otra.version, otra.pedido and otra.pedido.correos) == ("c2", 3, 1)


def test_el_plazo_de_confirmar_corre_desde_que_sale_el_correo_y_no_antes() -> None:
    tarde = LLEGADA + PARA_MANDAR - timedelta(milliseconds=1)
    assert pedida().espera_correo(tarde) == pedida().pedido
    escrita = correo_enviado(pedida(), tarde)
    assert not escrita.vencida(tarde + PARA_CONFIRMAR - timedelta(milliseconds=1))
    assert escrita.vencida(tarde + PARA_CONFIRMAR)
    # Si en una semana no hubo con qué escribirle, se olvida.
    assert pedida().vencida(LLEGADA + PARA_MANDAR)


def test_cada_vez_que_se_pide_desde_cero_es_otra_y_despues_sigue_siendo_la_misma() -> None:
    primera = activa()
    vencida = pedir(correo_enviado(pedida(), LLEGADA), nueva("c2"), MAULE, LLEGADA + 99 * HORA)
    cambio = pedir(primera, nueva("c3"), MAULE, LLEGADA + HORA)
    assert vencida is not None
    assert cambio is not None
    assert {s.nacida for s in (pedida(), primera, arrendar(primera, LLEGADA), vencida, cambio)} == {"c1"}
    otra = pedir(None, nueva("c9"), BIOBIO, LLEGADA)
    assert otra is not None
    assert otra.nacida != primera.nacida


def test_un_doble_toque_no_es_otro_pedido() -> None:
    assert pedir(pedida(), nueva("c2"), BIOBIO, LLEGADA + DOBLE_TOQUE / 2) is None
    assert pedir(pedida(), nueva("c2"), BIOBIO, LLEGADA + DOBLE_TOQUE) is not None
    # Cambió algo: es otro pedido aunque sea enseguida.
    assert pedir(pedida(), nueva("c2"), MAULE, LLEGADA) is not None


def test_mientras_el_pedido_vive_sirve_cualquiera_de_sus_correos_y_vale_lo_ultimo_que_se_pidio() -> None:
    otra = pedir(pedida(), nueva("c2"), MAULE, LLEGADA + HORA)
    assert otra is not None
    assert otra.clave == "c1"
    assert confirmar(otra, (), LLEGADA + 2 * HORA).preferencias == MAULE


def test_a_quien_no_confirma_no_se_le_escribe_sin_fin() -> None:
    ultima, ahora, pedidos = pedida(), LLEGADA, 1
    for _ in range(1000):
        ahora += DOBLE_TOQUE
        siguiente = pedir(ultima, nueva("otra"), BIOBIO, ahora)
        if siguiente is not None:
            ultima, pedidos = correo_enviado(siguiente, ahora), pedidos + 1
    assert pedidos == CORREOS_POR_PEDIDO
    # Lo que se ignora tampoco le alarga la vida.
    assert ultima.vencida(LLEGADA + 2 * DOBLE_TOQUE + PARA_CONFIRMAR)


def test_quien_ya_recibe_avisos_los_sigue_recibiendo_mientras_no_confirme_el_cambio() -> None:
    antes = activa(BIOBIO)
    otra = pedir(antes, nueva("c2"), MAULE, LLEGADA + HORA)
    assert otra is not None
    otra = correo_enviado(otra, LLEGADA + HORA)
    # Otra clave: el enlace con que se inscribió no confirma este cambio.
    assert (otra.preferencias, otra.clave) == (BIOBIO, "c2")
    assert not otra.vencida(LLEGADA + 99 * HORA)
    assert confirmar(otra, (), LLEGADA + 99 * HORA).preferencias == BIOBIO
    assert confirmar(otra, (), LLEGADA + 2 * HORA).preferencias == MAULE


def test_su_correo_lo_manda_quien_recibe_y_si_no_pudo_lo_manda_el_reparto_mientras_sirva() -> None:
    recien = pedida()
    assert recien.espera_correo(LLEGADA) is None
    assert recien.espera_correo(LLEGADA + PLAZO_DE_QUIEN_RECIBE) == recien.pedido
    assert recien.espera_correo(LLEGADA + PARA_MANDAR) is None
    assert correo_enviado(recien, LLEGADA).espera_correo(LLEGADA + HORA) is None
    tomada = arrendar_pedido(recien, LLEGADA + HORA)
    assert tomada.espera_correo(LLEGADA + HORA + ARRIENDO - timedelta(milliseconds=1)) is None
    assert tomada.espera_correo(LLEGADA + HORA + ARRIENDO) == tomada.pedido


# De qué se quiere saber


@pytest.mark.parametrize(
    ("cambios", "regiones"),
    [
        ({}, set()),
        ({"regiones_admitidas": ("14", "10")}, {"08", "14", "10"}),
        ({"regiones_admitidas": ("08",)}, {"08"}),
        ({"comunas_admitidas": ("08101", "14101")}, {"08", "14"}),
        ({"comunas_admitidas": ("14101",), "regiones_admitidas": ("14", "10")}, {"08", "14", "10"}),
        ({"modalidad": "mixta"}, set()),
        ({"modalidad": "virtual"}, set()),
        ({"modalidad": "virtual", "regiones_admitidas": ("14",)}, {"08", "14"}),
    ],
)
def test_una_convocatoria_interesa_a_la_region_que_organiza_y_a_las_que_admite(
    cambios: dict[str, object], regiones: set[str]
) -> None:
    assert regiones_de(convocatoria(**cambios)) == regiones
    for codigo in ("07", "08", "14"):
        interesa = not regiones or codigo in regiones
        assert Preferencias(frozenset({codigo, "01"})).incluye(convocatoria(**cambios)) is interesa
    assert TODO.incluye(convocatoria(**cambios))


def test_tambien_se_elige_el_componente() -> None:
    encuentros = replace(BIOBIO, componentes=frozenset({2}))
    assert not encuentros.incluye(convocatoria(componente=1))
    assert encuentros.incluye(convocatoria(componente=2))


# Qué se cuenta


def que_hay(
    publicada: Publicada, contadas: frozenset[str] = frozenset(), ahora: datetime = LLEGADA
) -> list[tuple[bool, set[str]]]:
    return [(n.es_nueva, set(n.ids)) for n in noticias([publicada], contadas, ahora)]


def test_una_nueva_se_cuenta_desde_su_dia_y_una_sola_vez() -> None:
    manana = Publicada(convocatoria(publicacion=date(2026, 11, 24)))
    a_medianoche = datetime(2026, 11, 24, 3, tzinfo=UTC)
    assert que_hay(manana, ahora=a_medianoche - timedelta(seconds=1)) == []
    assert que_hay(manana, ahora=a_medianoche) == [(True, {FERIA})]
    assert que_hay(manana, frozenset({FERIA}), a_medianoche) == []


def test_la_que_aun_no_abre_se_cuenta_y_la_que_ya_cerro_no() -> None:
    assert que_hay(Publicada(convocatoria(apertura=LLEGADA + HORA))) == [(True, {FERIA})]
    cierre = convocatoria().cierre
    assert que_hay(Publicada(convocatoria()), ahora=cierre - timedelta(seconds=1)) != []
    assert que_hay(Publicada(convocatoria()), ahora=cierre) == []


@pytest.mark.parametrize("situacion", [Situacion.SUSPENDIDA, Situacion.CANCELADA])
def test_una_nueva_detenida_espera_y_si_vuelve_se_cuenta(situacion: Situacion) -> None:
    detenida = Publicada(convocatoria(situacion=situacion), (replace(CIERRE, campo="situacion"),))
    assert que_hay(detenida) == []
    assert que_hay(replace(detenida, convocatoria=convocatoria())) == [(True, {FERIA, f"{FERIA}.1"})]


def test_un_cambio_mayor_se_cuenta_a_quien_ya_sabia_de_ella_desde_su_dia_aunque_haya_cerrado() -> None:
    sabia, despues = frozenset({FERIA}), convocatoria().cierre + HORA
    menor = replace(CIERRE, numero=2, mayor=False)
    futuro = replace(CIERRE, numero=3, fecha=date(2026, 12, 20))
    publicada = Publicada(convocatoria(), (CIERRE, menor, futuro))
    assert que_hay(publicada, sabia, despues) == [(False, {f"{FERIA}.1"})]
    (noticia,) = noticias([publicada], sabia, despues)
    assert noticia.cambios == (CIERRE,)
    assert que_hay(publicada, sabia | noticia.ids, despues) == []


def test_una_cancelacion_se_cuenta_a_quien_ya_sabia_de_ella() -> None:
    cancelada = Publicada(convocatoria(situacion=Situacion.CANCELADA), (replace(CIERRE, campo="situacion"),))
    assert que_hay(cancelada, frozenset({FERIA})) == [(False, {f"{FERIA}.1"})]


def test_terminada_la_actividad_ya_no_se_cuenta_nada() -> None:
    publicada = Publicada(convocatoria(), (CIERRE,))
    despues = datetime(2027, 1, 18, 3, tzinfo=UTC)
    assert que_hay(publicada, frozenset({FERIA}), despues - timedelta(seconds=1)) != []
    assert que_hay(publicada, frozenset({FERIA}), despues) == []


def test_primero_va_la_que_cierra_antes() -> None:
    tarde, pronto = convocatoria(id="a-tarde"), convocatoria(id="z-pronto", cierre=LLEGADA + HORA)
    ids = [n.publicada.convocatoria.id for n in noticias([Publicada(tarde), Publicada(pronto)], frozenset(), LLEGADA)]
    assert ids == ["z-pronto", "a-tarde"]


# A quién


def test_lo_publicado_antes_de_inscribirse_no_se_cuenta_pero_sus_cambios_si() -> None:
    vieja = Publicada(convocatoria())
    quien = activa(BIOBIO, vieja)
    assert que_hay(vieja, quien.contadas) == []
    assert que_hay(replace(vieja, enmiendas=(CIERRE,)), quien.contadas) == [(False, {f"{FERIA}.1"})]
    assert que_hay(Publicada(convocatoria(id="nueva")), quien.contadas) == [(True, {"nueva"})]


def test_lo_que_aun_no_salia_al_inscribirse_se_cuenta_en_su_dia() -> None:
    futura = Publicada(convocatoria(publicacion=date(2026, 11, 25)))
    assert que_hay(futura, activa(BIOBIO, futura).contadas, LLEGADA + 72 * HORA) == [(True, {FERIA})]


def test_al_agregar_una_region_no_se_cuenta_lo_viejo_de_ella_ni_se_pierde_lo_que_faltaba_de_las_otras() -> None:
    del_biobio, del_maule = (
        Publicada(convocatoria(id=nombre, region=region, regiones_admitidas=(region,)))
        for nombre, region in (("biobio", "08"), ("maule", "07"))
    )
    quien = activa(BIOBIO)
    las_dos = preferir(quien, Preferencias(frozenset({"07", "08"})), [del_biobio, del_maule], LLEGADA + HORA)
    assert que_hay(del_biobio, las_dos.contadas) == [(True, {"biobio"})]
    assert que_hay(del_maule, las_dos.contadas) == []


# El resumen


def test_a_lo_mas_un_resumen_al_dia_y_lo_manda_uno_solo() -> None:
    quien, ahora = activa(), LLEGADA + HORA
    tomada = arrendar(quien, ahora)
    assert not tomada.toca_resumen(ahora + ARRIENDO - timedelta(seconds=1))
    # Quien la tomó se cayó: otro la puede tomar.
    assert tomada.toca_resumen(ahora + ARRIENDO)
    contada = contar(tomada, frozenset({FERIA}), (), ahora)
    assert FERIA in contada.contadas
    assert not contada.toca_resumen(ahora + ENTRE_RESUMENES - timedelta(seconds=1))
    assert contada.toca_resumen(ahora + ENTRE_RESUMENES)


def test_lo_contado_de_una_actividad_que_termino_hace_mucho_se_olvida() -> None:
    publicada = Publicada(convocatoria(), (CIERRE,))
    contadas = frozenset({FERIA, f"{FERIA}.1", "otra-que-ya-no-esta"})
    termino = datetime(2027, 1, 18, 3, tzinfo=UTC)
    quien = replace(activa(), contadas=contadas)
    for pasaron, quedan in ((0, contadas), (DIAS_DE_MEMORIA, frozenset({"otra-que-ya-no-esta"}))):
        assert contar(quien, frozenset(), [publicada], termino + timedelta(days=pasaron)).contadas == quedan


_REGIONES = st.frozensets(st.sampled_from(["07", "08", "14"]), max_size=3)
_CONVOCATORIAS = st.builds(
    lambda n, region, componente, dias: convocatoria(
        id=f"c{n}",
        region=region,
        regiones_admitidas=(region,),
        componente=componente,
        publicacion=date(2026, 11, 1) + timedelta(days=dias),
    ),
    st.integers(0, 5),
    st.sampled_from(["07", "08", "14"]),
    st.sampled_from([1, 2]),
    st.integers(0, 28),
)


@given(
    st.lists(_CONVOCATORIAS, unique_by=lambda c: c.id),
    st.lists(st.tuples(st.integers(1, 72), _REGIONES), min_size=1, max_size=6),
)
def test_nada_se_cuenta_dos_veces_ni_lo_que_no_se_pidio(
    convocatorias: list[Convocatoria], cambios: list[tuple[int, frozenset[str]]]
) -> None:
    publicadas, ahora, vistas = [Publicada(c) for c in convocatorias], LLEGADA, list[str]()
    quien = activa(Preferencias(frozenset({"08"})), *publicadas)
    for horas, regiones in cambios:
        ahora += horas * HORA
        quien = preferir(quien, Preferencias(regiones), publicadas, ahora)
        assert quien.preferencias is not None
        suyas = [p for p in publicadas if quien.preferencias.incluye(p.convocatoria)]
        for noticia in noticias(suyas, quien.contadas, ahora):
            vistas += noticia.ids
            quien = contar(quien, noticia.ids, publicadas, ahora)
        assert not noticias(suyas, quien.contadas, ahora)
    assert len(vistas) == len(set(vistas))
