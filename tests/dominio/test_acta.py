"""El acta: se repite y da lo mismo, cualquier letra cambiada se nota, y la pública no dice nada de las demás."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.dominio.acta import Acta, Entrada, Version, canonico, cerrar, con_sal, sal_de, sha256
from funciones.dominio.acta_escrita import entera, fila_publica, publica
from funciones.dominio.acta_leida import ActaIlegible, leer
from funciones.dominio.candidata import Candidata, Condiciones
from funciones.dominio.convocatoria import Cupo, ModoSeleccion
from funciones.dominio.postulacion import Actor, Estado, Papel
from funciones.dominio.replica import comprobar
from funciones.dominio.seleccion import elegir
from tests.candidatas import A, con_puntaje, por_llegada
from tests.mundo import LLEGADA

SAL = "ab" * 32


def acta(condiciones: Condiciones, quienes: list[Candidata], cupo: Cupo, *, cerrada: bool = True) -> Acta:
    return Acta(
        convocatoria="2026-feria-de-prueba",
        numero=1,
        cuando=LLEGADA,
        quien=Actor(Papel.PERSONAL, "evaluador-maule", "Oficina del Maule", "evaluador"),
        motivo="Cerró el plazo",
        demostracion=True,
        regla=Version("seleccion/2", "0" * 64),
        parametros=Version("abc/def", "1" * 64),
        sal=SAL,
        condiciones=condiciones,
        cupo=cupo,
        cerrada=cerrada,
        entradas=tuple(Entrada(c, LLEGADA + timedelta(minutes=c.llegada), 3) for c in quienes),
        seleccion=elegir(condiciones, quienes, cupo, cerrada=cerrada),
    )


def nota(numero: int, puntaje: str, *reservas: str, estado: Estado = Estado.EVALUADA) -> Candidata:
    return Candidata(
        f"FOLIO{numero:03}", estado, numero, Decimal(puntaje), {"x": Decimal(puntaje)}, frozenset(reservas)
    )


def ejemplo() -> Acta:
    """Dos cupos, uno reservado: entran la primera y la del grupo; una espera y dos quedan fuera."""
    quienes = [nota(1, "7.00"), nota(2, "6.00"), nota(3, "5.00", A), nota(4, "4.50"), nota(5, "3.21")]
    condiciones = Condiciones(ModoSeleccion.PUNTAJE, Decimal(4), ("x",), ((A, 1),))
    return acta(condiciones, quienes, Cupo(2, 0, 0, 1))


@given(caso=con_puntaje())
def test_con_puntaje_el_acta_entera_y_la_publica_se_repiten_iguales(
    caso: tuple[Condiciones, list[Candidata], Cupo],
) -> None:
    una = acta(*caso)
    assert leer(canonico(entera(una))) == una
    assert comprobar(canonico(entera(una))).diferencias == ()
    assert comprobar(canonico(publica(una))).diferencias == ()


@given(caso=por_llegada())
def test_por_llegada_el_acta_entera_y_la_publica_se_repiten_iguales(
    caso: tuple[Condiciones, list[Candidata], Cupo, bool],
) -> None:
    condiciones, quienes, cupo, cerrada = caso
    una = acta(condiciones, quienes, cupo, cerrada=cerrada)
    assert leer(canonico(entera(una))) == una
    assert comprobar(canonico(entera(una))).diferencias == ()
    assert comprobar(canonico(publica(una))).diferencias == ()


@given(caso=por_llegada())
def test_la_publica_no_nombra_a_quien_no_entro_ni_espera(
    caso: tuple[Condiciones, list[Candidata], Cupo, bool],
) -> None:
    condiciones, quienes, cupo, cerrada = caso
    una = acta(condiciones, quienes, cupo, cerrada=cerrada)
    texto = canonico(publica(una)).decode()
    visibles = {*una.seleccion.seleccionadas, *una.seleccion.espera}
    for c in quienes:
        if c.folio not in visibles and not c.dentro and not c.espera:
            assert f'"{c.folio}"' not in texto


def lo_que_se_nota(contenido: bytes) -> tuple[str, ...]:
    try:
        return comprobar(contenido).diferencias
    except ActaIlegible as ilegible:
        return (str(ilegible),)


@pytest.mark.parametrize("escribir", [entera, publica])
def test_cualquier_byte_cambiado_se_nota(escribir: object) -> None:
    contenido = canonico(escribir(ejemplo()))  # type: ignore[operator]
    for lugar in range(len(contenido)):
        cambiado = contenido[:lugar] + bytes([contenido[lugar] ^ 1]) + contenido[lugar + 1 :]
        assert lo_que_se_nota(cambiado), f"no se notó el byte {lugar}: {contenido[lugar - 20 : lugar + 20]!r}"


@given(corte=st.integers(0, 400))
def test_un_archivo_cortado_se_explica(corte: int) -> None:
    with pytest.raises(ActaIlegible, match="cortado"):
        comprobar(canonico(entera(ejemplo()))[:corte])


@pytest.mark.parametrize(
    ("contenido", "dice"),
    [
        (b"[]", "no trae un acta"),
        (b'{"formato": ["acta-entera/1"]}', "su formato"),
        (b'{"formato": "acta-entera/1"}', "le falta algo"),
        (b'{"formato": "acta-publica/1"}', "le falta algo"),
        (b"\xff\xfe", "cortado o no es JSON"),
    ],
)
def test_lo_que_no_es_un_acta_se_dice_en_palabras(contenido: bytes, dice: str) -> None:
    with pytest.raises(ActaIlegible, match=dice):
        comprobar(contenido)


def rehecha(una: dict[str, object]) -> bytes:
    """El mismo acta con las huellas recalculadas: como lo haría quien la cambia a propósito."""
    huellas = {k: v for k, v in una["sha256"].items() if k != "contenido"}  # type: ignore[attr-defined]
    if "sal" in una:
        huellas = {parte: con_sal(str(una["sal"]), una[parte]) for parte in ("entradas", "salidas")}
    return canonico(cerrar({k: v for k, v in una.items() if k != "sha256"}, huellas))


def test_quien_cambia_un_puntaje_y_rehace_las_huellas_no_engana_a_la_repeticion() -> None:
    una = entera(ejemplo())
    una["entradas"]["postulaciones"][1]["puntaje"] = "7.01"
    assert comprobar(rehecha(una)).diferencias == (
        "en las seleccionadas el acta dice FOLIO001, FOLIO003; al repetir da FOLIO002, FOLIO003",
        "en la lista de espera el acta dice FOLIO002; al repetir da FOLIO001",
    )


def test_quien_cambia_una_lista_de_la_publica_no_engana_a_la_repeticion() -> None:
    una = publica(ejemplo())
    una["salidas"]["espera"] = []
    assert comprobar(rehecha(una)).diferencias == (
        "en la lista de espera el acta dice ninguna; al repetir da FOLIO002",
    )


def test_se_dice_si_la_seleccion_no_se_podia_hacer() -> None:
    una = entera(ejemplo())
    una["entradas"]["postulaciones"][4]["estado"] = "recibida"
    assert "no se podía elegir: 1 sin revisar" in comprobar(rehecha(una)).diferencias


def test_el_orden_de_llegada_sale_de_los_turnos() -> None:
    una = entera(ejemplo())
    primera, segunda = una["entradas"]["postulaciones"][:2]
    primera["turno"], segunda["turno"] = segunda["turno"], primera["turno"]
    assert comprobar(rehecha(una)).diferencias == ("el orden de llegada no es el de los turnos",)


def test_un_acta_con_el_nombre_de_otra_se_nota() -> None:
    una = entera(ejemplo()) | {"acta": "2026-feria-de-prueba-002"}
    assert comprobar(rehecha(una)).diferencias == (
        "el acta dice llamarse 2026-feria-de-prueba-002 y es la 2026-feria-de-prueba-001",
    )


def test_la_publica_cuenta_a_todas_sin_repetir_compromisos() -> None:
    una = publica(ejemplo())
    una["no_seleccionadas"]["compromisos"][1] = una["no_seleccionadas"]["compromisos"][0]
    assert comprobar(rehecha(una)).diferencias == ("dice 2 no seleccionadas y trae 1 compromisos",)
    una = publica(ejemplo())
    una["entradas"]["recibidas"] = 4
    assert comprobar(rehecha(una)).diferencias == ("nombra más postulaciones que las 4 recibidas",)


def test_un_acta_con_otra_sangria_se_nota_aunque_diga_lo_mismo() -> None:
    dado = comprobar(json.dumps(entera(ejemplo())).encode())
    assert dado.diferencias == ("el archivo dice lo mismo, pero alguien lo volvió a escribir",)


def test_la_publica_dice_puntajes_solo_de_quien_entro_o_espera() -> None:
    una = publica(ejemplo())
    puntajes = {p["folio"]: p["puntaje"] for p in una["entradas"]["postulaciones"]}
    assert puntajes == {"FOLIO001": "7.00", "FOLIO003": "5.00", "FOLIO002": "6.00"}
    texto = canonico(una).decode()
    assert "3.21" not in texto
    assert "4.50" not in texto
    assert SAL not in texto
    assert "Cerró el plazo" not in texto
    assert "evaluador" not in texto
    assert una["no_seleccionadas"]["cuantas"] == 2


def test_quien_no_entro_comprueba_su_compromiso_con_su_propia_sal() -> None:
    una = ejemplo()
    suya = entera(una)["entradas"]["postulaciones"][4]
    sal = sal_de(SAL, "FOLIO005")
    assert con_sal(sal, suya) in publica(una)["no_seleccionadas"]["compromisos"]
    assert con_sal(sal, suya | {"puntaje": "3.22"}) not in publica(una)["no_seleccionadas"]["compromisos"]
    assert sal != sal_de(SAL, "FOLIO004")


def test_ninguna_huella_publicada_se_puede_adivinar_sin_la_sal() -> None:
    una, otra = publica(ejemplo()), publica(replace(ejemplo(), sal="cd" * 32))
    for huella in ("acta", "entradas", "salidas"):
        assert una["sha256"][huella] != otra["sha256"][huella]
    assert not set(una["no_seleccionadas"]["compromisos"]) & set(otra["no_seleccionadas"]["compromisos"])


def test_de_quien_ya_estaba_dentro_no_se_dice_si_asistio_ni_su_nota() -> None:
    falto = nota(1, "6.66", A, estado=Estado.NO_ASISTIO)
    con_reserva = Condiciones(ModoSeleccion.PUNTAJE, Decimal(4), ("x",), ((A, 1),))
    texto = canonico(publica(acta(con_reserva, [falto, nota(2, "5")], Cupo(3, 1)))).decode()
    assert "no_asistio" not in texto
    assert "6.66" not in texto
    sin_reserva = replace(con_reserva, reservas=())
    assert "FOLIO001" not in canonico(publica(acta(sin_reserva, [falto, nota(2, "5")], Cupo(3, 1)))).decode()


def test_la_huella_del_acta_es_la_del_archivo_entero() -> None:
    assert publica(ejemplo())["sha256"]["acta"] == sha256(canonico(entera(ejemplo())))


def test_la_fila_de_la_tabla_de_actas() -> None:
    una, huellas = ejemplo(), publica(ejemplo())["sha256"]
    assert fila_publica(una) == {
        "acta": "2026-feria-de-prueba-001",
        "convocatoria": "2026-feria-de-prueba",
        "numero": "1",
        "fecha": "2026-11-23T15:00:00Z",
        "seleccionadas": "2",
        "espera": "1",
        "no_seleccionadas": "2",
        "version_regla": "seleccion/2",
        "sha256_acta": huellas["acta"],
        "sha256_reglas": "0" * 64,
        "sha256_parametros": "1" * 64,
        "sha256_entradas": huellas["entradas"],
        "sha256_salidas": huellas["salidas"],
        "demostracion": "si",
    }


def test_las_decisiones_van_cupos_espera_y_al_final_los_no() -> None:
    assert ejemplo().decisiones == (
        ("FOLIO001", Estado.SELECCIONADA, ""),
        ("FOLIO003", Estado.SELECCIONADA, ""),
        ("FOLIO002", Estado.LISTA_DE_ESPERA, ""),
        ("FOLIO004", Estado.NO_SELECCIONADA, "sin_cupo_ni_espera"),
        ("FOLIO005", Estado.NO_SELECCIONADA, "bajo_nota_minima"),
    )
