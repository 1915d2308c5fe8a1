"""Invitar por correo: a quién llega, cuántos al día, y que a nadie se le cuente dos veces lo mismo."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from funciones import difundir
from funciones.dominio.suscripcion import ENTRE_RESUMENES
from tests.funciones.puerta import DE_OTRA_REGION, EVALUADOR, Puerta
from tests.funciones.test_difundir import FERIA, MAULE, NUBLE, inscribir, publicar, resumenes
from tests.mundo import a_la_vez


@pytest.fixture
def nueva(puerta: Puerta) -> str:
    """Una feria abierta, solo del Maule y Ñuble, del componente 1."""
    publicar(puerta, regiones_admitidas=[MAULE, NUBLE])
    return "2027-feria-nueva"


def pedir(puerta: Puerta, convocatoria: str, accion: str, quien: dict[str, str] = EVALUADOR, **mas: Any) -> Any:
    cuerpo = {"convocatoria": convocatoria, "accion": accion} | mas
    return puerta.json("invitar", "POST", "/api/mesa/invitaciones", funcionario=quien, cuerpo=cuerpo)


def invitar(puerta: Puerta, convocatoria: str, version: int = 0, **mas: Any) -> dict[str, Any]:
    estado, cuerpo = pedir(puerta, convocatoria, "invitar", **({"region": "", "tope": 100, "version": version} | mas))
    assert estado == 200, cuerpo
    return dict(cuerpo)


def destinos(puerta: Puerta) -> list[str]:
    return sorted(a for a, _ in resumenes(puerta))


def test_se_cuenta_antes_de_invitar_y_contar_no_cambia_nada(puerta: Puerta, nueva: str) -> None:
    inscribir(puerta, 1, MAULE)
    inscribir(puerta, 2, NUBLE)
    inscribir(puerta, 3)
    inscribir(puerta, 4, MAULE, componentes=(2,))
    _, todas = pedir(puerta, nueva, "contar", region="")
    _, maule = pedir(puerta, nueva, "contar", region=MAULE)
    assert [(c["piden"], c["ya_escritas"], c["por_escribir"]) for c in (todas, maule)] == [(3, 0, 3), (2, 0, 2)]
    assert (todas["version"], todas["actual"]) == (0, None)
    difundir.difundir()
    assert destinos(puerta) == []


def test_la_invitacion_llega_una_vez_a_quien_la_pide_y_lleva_su_baja_de_un_toque(puerta: Puerta, nueva: str) -> None:
    from tests.funciones.test_suscribir import buzon

    del_maule, _ = inscribir(puerta, 1, MAULE), inscribir(puerta, 2, NUBLE)
    quedo = invitar(puerta, nueva, region=MAULE)
    assert (quedo["actual"]["quien"], quedo["actual"]["viva"], quedo["por_escribir"]) == ("evaluador-maule", True, 1)
    for _ in range(3):
        difundir.difundir()
        puerta.pasar(ENTRE_RESUMENES + timedelta(minutes=1))
    assert destinos(puerta) == [del_maule]
    (carta,) = buzon(puerta)
    assert carta["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Recién salida" in carta.get_body(("plain",)).get_content()
    assert pedir(puerta, nueva, "contar", region=MAULE)[1]["ya_escritas"] == 1


def test_a_quien_ya_se_le_aviso_no_se_le_invita(puerta: Puerta) -> None:
    ya_sabe = inscribir(puerta, 1, MAULE)
    publicar(puerta, regiones_admitidas=[MAULE])
    difundir.difundir()
    puerta.pasar(ENTRE_RESUMENES + timedelta(minutes=1))
    despues = inscribir(puerta, 2, MAULE)
    invitar(puerta, "2027-feria-nueva")
    difundir.difundir()
    assert destinos(puerta) == sorted([ya_sabe, despues])


def test_el_tope_del_dia_se_respeta_y_al_dia_siguiente_sigue(puerta: Puerta, nueva: str) -> None:
    for numero in range(5):
        inscribir(puerta, numero, MAULE)
    invitar(puerta, nueva, tope=2)
    difundir.difundir()
    difundir.difundir()
    assert len(destinos(puerta)) == 2
    puerta.pasar(timedelta(days=1))
    difundir.difundir()
    assert len(destinos(puerta)) == len(set(destinos(puerta))) == 4


def test_dos_repartos_a_la_vez_no_invitan_dos_veces_a_nadie(puerta: Puerta, nueva: str) -> None:
    quienes = [inscribir(puerta, n, MAULE) for n in range(4)]
    invitar(puerta, nueva)
    a_la_vez(lambda _: difundir.difundir(), range(4), hilos=4)
    assert destinos(puerta) == sorted(quienes)


def test_detenida_no_sale_y_dos_personas_no_se_pisan(puerta: Puerta, nueva: str) -> None:
    inscribir(puerta, 1, MAULE)
    invitar(puerta, nueva)
    assert pedir(puerta, nueva, "detener", version=0)[1]["error"] == "cambio_entre_medio"
    estado, quedo = pedir(puerta, nueva, "detener", version=1)
    assert (estado, quedo["actual"]["viva"]) == (200, False)
    difundir.difundir()
    assert destinos(puerta) == []
    hechas = [h.cuerpo["que"] for h in puerta.montaje.almacen.hojas("bitacora", nueva)]
    assert hechas == ["invitacion", "sin_invitacion"]


def test_lo_que_no_corresponde_se_dice(puerta: Puerta, nueva: str) -> None:
    for malo in (
        {"tope": 0},
        {"tope": 501},
        {"tope": "mil"},
        {"tope": "0000000010501"},
        {"tope": "9" * 5000},
        {"region": "15"},
    ):
        cuerpo = {"region": "", "tope": 10, "version": 0} | malo
        estado, dicho = pedir(puerta, nueva, "invitar", **cuerpo)
        assert (estado, list(dicho["campos"])) == (422, list(malo)), malo
    assert pedir(puerta, nueva, "contar", DE_OTRA_REGION, region="")[0] == 404
    convocatoria = puerta.montaje.horneado.convocatoria(FERIA)
    assert convocatoria is not None
    puerta.poner_la_hora(convocatoria.cierre)
    assert pedir(puerta, FERIA, "invitar", region="", tope=5, version=0)[1]["error"] == "no_se_invita"
