"""Toda denegación se puede recurrir: dentro del plazo, con razones, y la resuelve otra persona."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from funciones.dominio.postulacion import Estado, Papel
from tests.funciones.cortes import Cortador, Corte, Falla
from tests.funciones.puerta import DE_OTRA_REGION, EVALUADOR, NACIONAL, Contexto, Puerta
from tests.funciones.test_la_vida_de_una_postulacion import en_tres_listas, escritas, estado, rut
from tests.mundo import a_la_vez
from tests.recorridos.mundo import CHILE, CONVOCATORIA

OTRA_PERSONA = {"sub": "otra-maule", "rol": "evaluador", "region": "07"}
TERCERA = {"sub": "tercera-maule", "rol": "evaluador", "region": "07"}
OPERADOR = {"sub": "operador-maule", "rol": "operador", "region": "07", "convocatorias": CONVOCATORIA}
TEXTO = "Mis ventas del año fueron otras: mira la carpeta del SII."


def negada(puerta: Puerta, numero: int = 1) -> tuple[str, str]:
    """Una postulación que una persona de la mesa negó hoy, lunes 23 de noviembre de 2026."""
    par = puerta.recibida(rut(numero))
    respuesta = puerta.decidir(par[0], "no_admisible", motivo="Vimos 2.612 UF.", hallazgos={"ventas": "no_cumple"})
    assert respuesta[0] == 200, respuesta
    return par


def recurrir(puerta: Puerta, par: tuple[str, str], texto: Any = TEXTO) -> tuple[int, dict[str, Any]]:
    cuerpo = {"folio": par[0], "codigo": par[1], "texto": texto}
    return puerta.json("recurrir", "POST", "/api/recurrir", cuerpo=cuerpo)


def bandeja(puerta: Puerta, funcionario: dict[str, str] = OTRA_PERSONA) -> list[dict[str, Any]]:
    codigo, cuerpo = puerta.json("resolver", "GET", "/api/mesa/recursos", funcionario=funcionario)
    assert codigo == 200, cuerpo
    return cuerpo["recursos"]


def resolver(
    puerta: Puerta, folio: str, decision: str, funcionario: dict[str, str] = OTRA_PERSONA, **campos: Any
) -> tuple[int, dict[str, Any]]:
    version = puerta.montaje.almacen.postulacion(folio).version
    cuerpo = {"version": version, "decision": decision, "motivo": "La carpeta dice otra cosa."} | campos
    ruta = "/api/mesa/recursos/{folio}"
    return puerta.json("resolver", "POST", ruta, funcionario=funcionario, camino={"folio": folio}, cuerpo=cuerpo)


def test_quien_recibio_un_no_pide_otra_revision_y_repetirlo_no_cambia_nada(puerta: Puerta) -> None:
    par = negada(puerta)
    codigo, cuerpo = recurrir(puerta, par)
    assert (codigo, cuerpo["estado"], cuerpo["paso"], cuerpo["puede_recurrir"]) == (200, "recurrida", 3, False)
    version = puerta.montaje.almacen.postulacion(par[0]).version
    assert recurrir(puerta, par, "Otra cosa")[0] == 200
    guardada = puerta.montaje.almacen.postulacion(par[0])
    assert (guardada.version, guardada.motivo, cuerpo["enviado_inhabil"]) == (version, TEXTO, False)
    ultima = puerta.montaje.almacen.transiciones(par[0])[-1]
    assert (ultima.de, ultima.actor.papel, ultima.motivo) == (Estado.NO_ADMISIBLE, Papel.POSTULANTE, TEXTO)
    assert TEXTO in escritas(puerta, par[0], "otra revisión")


def test_tambien_se_recurre_no_ser_elegida(puerta: Puerta) -> None:
    *_, ultima = en_tres_listas(puerta)
    cuerpo = recurrir(puerta, ultima)[1]
    assert (cuerpo["estado"], cuerpo["paso"]) == ("recurrida", 5)
    assert bandeja(puerta)[0]["de"] == "no_seleccionada"
    assert puerta.montaje.almacen.postulacion(ultima[0]).hallazgos["seleccion"] == "bajo_nota_minima"
    assert resolver(puerta, ultima[0], "acoger")[0] == 200
    assert "seleccion" not in puerta.montaje.almacen.postulacion(ultima[0]).hallazgos


def test_rechazado_el_recurso_de_quien_no_fue_elegida_el_correo_repite_su_motivo(puerta: Puerta) -> None:
    *_, ultima = en_tres_listas(puerta)
    recurrir(puerta, ultima)
    assert resolver(puerta, ultima[0], "rechazar")[0] == 200
    texto = escritas(puerta, ultima[0], "el resultado no cambia")
    assert "No alcanzó la nota mínima." in texto
    assert "La regla: nota 4,0 o más." in texto
    pedido = {"folio": ultima[0], "codigo": ultima[1]}
    pagina = puerta.llamar("consultar", "POST", "/api/consultar", formulario=pedido, html=True)["body"]
    assert "No alcanzó la nota mínima." in pagina
    assert "La carpeta dice otra cosa." in pagina


def test_no_haber_corregido_se_recurre(puerta: Puerta) -> None:
    from funciones import barrer

    par = puerta.recibida(rut(1))
    pedidas = [{"que": "documento:f30", "texto": "Sube el de este mes."}]
    assert puerta.decidir(par[0], "en_correccion", motivo="El F30 es viejo.", correcciones=pedidas)[0] == 200
    puerta.poner_la_hora(datetime(2026, 12, 1, 0, 0, 5, tzinfo=CHILE))
    assert barrer.handler({}, Contexto())["desistidas"] == 1
    assert recurrir(puerta, par)[1]["estado"] == "recurrida"
    assert bandeja(puerta)[0]["de"] == "desistida"
    # A nadie le toca decir que decidió esto: venció un plazo.
    assert resolver(puerta, par[0], "acoger", EVALUADOR)[0] == 200
    assert puerta.montaje.almacen.postulacion(par[0]).correcciones == ()


@pytest.mark.parametrize("texto", ["", "   ", "\n", "x" * 2001])
def test_sin_razones_o_con_demasiadas_no_se_presenta(puerta: Puerta, texto: str) -> None:
    par = negada(puerta)
    codigo, cuerpo = recurrir(puerta, par, texto)
    assert (codigo, cuerpo["error"], list(cuerpo["campos"])) == (422, "recurso_vacio", ["texto"])
    assert estado(puerta, par[0]) is Estado.NO_ADMISIBLE


def test_el_navegador_cuenta_un_salto_de_linea_como_un_caracter_y_la_puerta_tambien(puerta: Puerta) -> None:
    par = negada(puerta)
    assert recurrir(puerta, par, "a\r\n" * 1000)[0] == 200


def test_sin_javascript_el_error_se_ve_junto_al_campo_con_lo_escrito(puerta: Puerta) -> None:
    par = negada(puerta)
    formulario = {"folio": par[0], "codigo": par[1], "texto": "y" * 2001}
    respuesta = puerta.llamar("recurrir", "POST", "/api/recurrir", formulario=formulario, html=True)
    assert respuesta["statusCode"] == 422
    for dicho in ("<title>Error: ", 'id="error-texto"', "caben 2000", "y" * 2001, 'href="#texto"'):
        assert dicho in respuesta["body"], dicho
    bien = puerta.llamar("recurrir", "POST", "/api/recurrir", formulario=formulario | {"texto": TEXTO}, html=True)
    assert bien["statusCode"] == 200
    assert "Quedó presentado el lunes 23 de noviembre de 2026" in bien["body"]


def test_pasado_el_plazo_no_se_recurre_y_la_pagina_lo_dice(puerta: Puerta) -> None:
    par = negada(puerta)
    puerta.poner_la_hora(datetime(2026, 11, 30, 23, 59, 50, tzinfo=CHILE))
    pedido = {"folio": par[0], "codigo": par[1]}
    assert puerta.json("consultar", "POST", "/api/consultar", cuerpo=pedido)[1]["puede_recurrir"] is True
    puerta.pasar(timedelta(seconds=20))
    codigo, cuerpo = recurrir(puerta, par)
    assert (codigo, cuerpo["error"]) == (409, "recurso_vencido")
    pagina = puerta.llamar("consultar", "POST", "/api/consultar", formulario=pedido, html=True)
    assert "/api/recurrir" not in pagina["body"]
    assert "El plazo para pedir otra revisión terminó el lunes 30 de noviembre de 2026 a las 23:59" in pagina["body"]


def test_un_segundo_antes_de_vencer_se_recurre(puerta: Puerta) -> None:
    par = negada(puerta)
    puerta.poner_la_hora(datetime(2026, 11, 30, 23, 59, 50, tzinfo=CHILE))
    assert recurrir(puerta, par)[0] == 200


def test_una_postulacion_en_curso_no_se_recurre_ni_dos_veces_la_misma(puerta: Puerta) -> None:
    par = puerta.recibida(rut(1))
    assert recurrir(puerta, par)[1]["error"] == "accion_imposible"
    formulario = {"folio": par[0], "codigo": par[1], "texto": TEXTO}
    pagina = puerta.llamar("recurrir", "POST", "/api/recurrir", formulario=formulario, html=True)
    assert pagina["statusCode"] == 409
    assert "Volver a mi postulación" in pagina["body"]
    puerta.decidir(par[0], "no_admisible", hallazgos={"ventas": "no_cumple"})
    recurrir(puerta, par)
    assert resolver(puerta, par[0], "rechazar")[0] == 200
    assert recurrir(puerta, par)[1]["error"] == "accion_imposible"


def test_con_otro_codigo_la_respuesta_es_la_misma_que_si_no_existiera(puerta: Puerta) -> None:
    par = negada(puerta)
    assert recurrir(puerta, (par[0], "a" * 32)) == recurrir(puerta, ("ZZZZ2222", par[1]))
    assert estado(puerta, par[0]) is Estado.NO_ADMISIBLE


def test_lo_presentado_en_fin_de_semana_cuenta_desde_el_lunes(puerta: Puerta) -> None:
    par = negada(puerta)
    puerta.poner_la_hora(datetime(2026, 11, 28, 11, 0, tzinfo=CHILE))
    cuerpo = recurrir(puerta, par)[1]
    assert cuerpo["presentado_texto"] == "lunes 30 de noviembre de 2026 a las 0:00"
    assert bandeja(puerta)[0]["presentado_texto"] == "lunes 30 de noviembre de 2026 a las 0:00"
    assert cuerpo["enviado_inhabil"] is True
    assert "Lo enviaste en un día no hábil" in escritas(puerta, par[0], "otra revisión")


def test_lo_decidido_en_fin_de_semana_da_los_mismos_dias_que_decidido_el_lunes(puerta: Puerta) -> None:
    par = puerta.recibida(rut(1))
    puerta.poner_la_hora(datetime(2026, 11, 28, 11, 0, tzinfo=CHILE))
    assert puerta.decidir(par[0], "no_admisible", hallazgos={"ventas": "no_cumple"})[0] == 200
    pedido = {"folio": par[0], "codigo": par[1]}
    recurso = puerta.json("consultar", "POST", "/api/consultar", cuerpo=pedido)[1]["recurso"]
    # Cuenta como decidido el lunes 30: el primer día hábil es el martes 1 y el quinto, el lunes 7.
    assert recurso["hasta_texto"] == "lunes 7 de diciembre de 2026 a las 23:59"


@pytest.mark.parametrize("falla", Falla)
def test_cortado_en_cualquier_llamada_al_repetir_queda_un_solo_recurso(puerta: Puerta, falla: Falla) -> None:
    for en in range(1, 20):
        par = negada(puerta, en)
        cortador = Cortador(falla, en)
        cortador.instalar()
        with suppress(Corte):
            recurrir(puerta, par)
        cortador.terminar()
        codigo, cuerpo = recurrir(puerta, par)
        assert (codigo, cuerpo["estado"]) == (200, "recurrida"), en
        pasos = [t.a for t in puerta.montaje.almacen.transiciones(par[0])]
        assert pasos.count(Estado.RECURRIDA) == 1, en
        if cortador.llamadas < en:
            return
    raise AssertionError("se recurre en menos de veinte llamadas: sube el tope de esta prueba")


def test_el_mismo_recurso_veinte_veces_a_la_vez_queda_una(puerta: Puerta) -> None:
    par = negada(puerta)
    dadas = a_la_vez(lambda _: recurrir(puerta, par)[0], range(20))
    assert set(dadas) == {200}
    pasos = [t.a for t in puerta.montaje.almacen.transiciones(par[0])]
    assert pasos.count(Estado.RECURRIDA) == 1


# La bandeja


def test_la_bandeja_muestra_lo_que_toca_resolver_y_nada_que_identifique(puerta: Puerta) -> None:
    par = negada(puerta)
    assert bandeja(puerta) == []
    recurrir(puerta, par)
    (uno,) = bandeja(puerta)
    assert (uno["folio"], uno["texto"], uno["de"], uno["decision"]) == (
        par[0],
        TEXTO,
        "no_admisible",
        "Vimos 2.612 UF.",
    )
    assert (uno["por_que_no"], uno["puede_abstenerse"]) == ("", True)
    suya = bandeja(puerta, EVALUADOR)[0]
    assert (suya["por_que_no"][:23], suya["puede_abstenerse"]) == ("Tú ya le dijiste que no", False)
    assert "Panes del Maule" not in json.dumps(uno)
    assert bandeja(puerta, DE_OTRA_REGION) == []
    assert len(bandeja(puerta, NACIONAL)) == 1


def test_el_recurso_mas_antiguo_va_primero(puerta: Puerta) -> None:
    pares = [negada(puerta, numero) for numero in (1, 2, 3)]
    for par in reversed(pares):
        recurrir(puerta, par)
        puerta.pasar(timedelta(minutes=1))
    assert [r["folio"] for r in bandeja(puerta)] == [folio for folio, _ in reversed(pares)]


def test_quien_decidio_no_resuelve_el_recurso_contra_su_decision(puerta: Puerta) -> None:
    par = negada(puerta)
    recurrir(puerta, par)
    for decision in ("acoger", "rechazar"):
        codigo, cuerpo = resolver(puerta, par[0], decision, EVALUADOR)
        assert (codigo, cuerpo["error"]) == (409, "misma_persona")
    assert estado(puerta, par[0]) is Estado.RECURRIDA
    assert resolver(puerta, par[0], "acoger")[0] == 200


def test_un_recurso_acogido_vuelve_a_revision_sin_lo_que_se_nego(puerta: Puerta) -> None:
    par = negada(puerta)
    recurrir(puerta, par)
    codigo, cuerpo = resolver(puerta, par[0], "acoger")
    assert (codigo, cuerpo["estado"]) == (200, "recibida")
    guardada = puerta.montaje.almacen.postulacion(par[0])
    assert "no_cumple" not in guardada.hallazgos.values()
    ultima = puerta.montaje.almacen.transiciones(par[0])[-1]
    assert (ultima.actor.papel, ultima.actor.id) == (Papel.PERSONAL, "otra-maule")
    texto = escritas(puerta, par[0], "Te dieron la razón")
    assert "La carpeta dice otra cosa." in texto
    assert puerta.decidir(par[0], "admisible", TERCERA)[0] == 200


def test_un_recurso_rechazado_es_final_y_su_correo_dice_reglas_razon_y_a_quien_reclamar(puerta: Puerta) -> None:
    par = negada(puerta)
    recurrir(puerta, par)
    assert resolver(puerta, par[0], "rechazar", motivo="La carpeta confirma la cifra.")[1]["estado"] == (
        "recurso_rechazado"
    )
    texto = escritas(puerta, par[0], "el resultado no cambia")
    for dicho in (
        "La carpeta confirma la cifra.",
        "No cumple: Ventas del año",
        "Cómo se corrige: ",
        "Sigue en pie este resultado: No cumple los requisitos.",
        "Este portal no tiene una tercera revisión.",
        "Plazo: 5 días hábiles, hasta el lunes 30 de noviembre de 2026 a las 23:59.",
        "Lo decidió una persona: evaluador",
    ):
        assert dicho in texto, dicho
    assert puerta.decidir(par[0], "recibida")[1]["error"] == "accion_imposible"


@pytest.mark.parametrize(
    ("campos", "error"),
    [
        ({"motivo": " "}, "falta_motivo"),
        ({"decision": "archivar"}, "respuestas_por_corregir"),
        ({"version": 1}, "cambio_entre_medio"),
        ({"region": "08"}, "campo_desconocido"),
    ],
)
def test_resolver_pide_decision_razon_y_la_version_que_se_miro(
    puerta: Puerta, campos: dict[str, Any], error: str
) -> None:
    par = negada(puerta)
    recurrir(puerta, par)
    cuerpo = {"decision": "acoger"} | campos
    assert resolver(puerta, par[0], **cuerpo)[1]["error"] == error
    assert estado(puerta, par[0]) is Estado.RECURRIDA


def test_quien_se_abstuvo_no_resuelve(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(rut(1))
    version = puerta.montaje.almacen.postulacion(folio).version
    cuerpo = {"version": version, "motivo": "Es de mi familia."}
    ruta = "/postulaciones/{folio}/abstencion"
    assert puerta.mesa("POST", ruta, OTRA_PERSONA, camino={"folio": folio}, cuerpo=cuerpo)[0] == 200
    assert puerta.decidir(folio, "no_admisible", hallazgos={"ventas": "no_cumple"})[0] == 200
    recurrir(puerta, (folio, codigo))
    assert resolver(puerta, folio, "acoger")[1]["error"] == "te_abstuviste"


def elegidas_por_otra(puerta: Puerta) -> tuple[str, str]:
    """Una postulación bajo la nota mínima: la calificó una persona y la dejó afuera otra."""
    par = puerta.recibida(rut(1))
    puerta.poner_la_hora(puerta.montaje.horneado.convocatoria(CONVOCATORIA).cierre + timedelta(hours=1))
    assert puerta.decidir(par[0], "admisible")[0] == 200
    notas = {"origen": "3", "presentacion": "3"}
    assert puerta.decidir(par[0], "evaluada", OTRA_PERSONA, notas=notas)[0] == 200
    codigo, cuerpo = puerta.seleccionar("ejecutar")
    assert (codigo, estado(puerta, par[0])) == (200, Estado.NO_SELECCIONADA), cuerpo
    return par


def test_quien_puso_la_nota_no_resuelve_el_recurso_contra_ella(puerta: Puerta) -> None:
    par = elegidas_por_otra(puerta)
    recurrir(puerta, par)
    for decision in ("acoger", "rechazar"):
        codigo, cuerpo = resolver(puerta, par[0], decision, OTRA_PERSONA)
        assert (codigo, cuerpo["error"]) == (409, "la_calificaste")
    (suyo,), (ajeno,) = bandeja(puerta, OTRA_PERSONA), bandeja(puerta, TERCERA)
    assert suyo["por_que_no"] == "Tú le pusiste nota. Pídele a otra persona que lo resuelva."
    assert (ajeno["por_que_no"], ajeno["puede_abstenerse"], suyo["puede_abstenerse"]) == ("", True, False)
    assert resolver(puerta, par[0], "acoger", TERCERA)[0] == 200


def test_quien_puso_nota_en_la_vuelta_anterior_tampoco_resuelve_la_siguiente(puerta: Puerta) -> None:
    par = elegidas_por_otra(puerta)
    recurrir(puerta, par)
    assert resolver(puerta, par[0], "acoger", NACIONAL)[0] == 200
    assert puerta.decidir(par[0], "admisible", TERCERA)[0] == 200
    hallazgos = {"ventas": "no_cumple"}
    assert puerta.decidir(par[0], "no_admisible", TERCERA, hallazgos=hallazgos)[0] == 200
    assert puerta.montaje.almacen.postulacion(par[0]).evaluaciones == ()
    recurrir(puerta, par)
    assert resolver(puerta, par[0], "rechazar", OTRA_PERSONA)[1]["error"] == "la_calificaste"
    assert resolver(puerta, par[0], "rechazar", EVALUADOR)[1]["error"] == "misma_persona"
    assert resolver(puerta, par[0], "rechazar", NACIONAL)[0] == 200


def test_quien_nego_la_primera_vez_no_resuelve_el_segundo_recurso(puerta: Puerta) -> None:
    par = negada(puerta)
    recurrir(puerta, par)
    assert resolver(puerta, par[0], "acoger", OTRA_PERSONA)[0] == 200
    hallazgos = {"ventas": "no_cumple"}
    assert puerta.decidir(par[0], "no_admisible", OTRA_PERSONA, hallazgos=hallazgos)[0] == 200
    recurrir(puerta, par)
    for ya_nego in (EVALUADOR, OTRA_PERSONA):
        assert resolver(puerta, par[0], "rechazar", ya_nego)[1]["error"] == "misma_persona"
        assert bandeja(puerta, ya_nego)[0]["por_que_no"].startswith("Tú ya le dijiste que no")
    assert resolver(puerta, par[0], "rechazar", TERCERA)[0] == 200


# El conflicto de interés de quien resuelve


def abstenerse(puerta: Puerta, folio: str, quien: dict[str, str]) -> tuple[int, dict[str, Any]]:
    version = puerta.montaje.almacen.postulacion(folio).version
    cuerpo = {"version": version, "motivo": "Es de mi familia."}
    return puerta.mesa("POST", "/postulaciones/{folio}/abstencion", quien, camino={"folio": folio}, cuerpo=cuerpo)


def test_quien_debe_resolver_declara_su_conflicto_y_resuelve_otra_persona(puerta: Puerta) -> None:
    par = negada(puerta)
    recurrir(puerta, par)
    codigo, cuerpo = abstenerse(puerta, par[0], OTRA_PERSONA)
    assert (codigo, cuerpo["estado"], cuerpo["te_abstuviste"]) == (200, "recurrida", True)
    (suyo,) = bandeja(puerta)
    assert (suyo["puede_abstenerse"], "conflicto de interés" in suyo["por_que_no"]) == (False, True)
    assert resolver(puerta, par[0], "acoger", OTRA_PERSONA)[1]["error"] == "te_abstuviste"
    assert resolver(puerta, par[0], "acoger", TERCERA)[0] == 200


def test_la_abstencion_no_toca_el_recurso_que_se_resuelve(puerta: Puerta) -> None:
    par = elegidas_por_otra(puerta)
    recurrir(puerta, par)
    antes, pedido = puerta.montaje.almacen.postulacion(par[0]), {"folio": par[0], "codigo": par[1]}
    vista = puerta.json("consultar", "POST", "/api/consultar", cuerpo=pedido)[1]
    (en_bandeja,) = bandeja(puerta, NACIONAL)
    puerta.pasar(timedelta(days=1))
    assert abstenerse(puerta, par[0], TERCERA)[0] == 200
    despues = puerta.montaje.almacen.postulacion(par[0])
    assert (despues.evaluaciones, despues.notas, despues.puntaje) == (antes.evaluaciones, antes.notas, antes.puntaje)
    assert bandeja(puerta, NACIONAL) == [en_bandeja | {"version": despues.version}]
    # Quien postuló sigue leyendo lo suyo: lo que escribió, contra qué y desde cuándo.
    ahora = puerta.json("consultar", "POST", "/api/consultar", cuerpo=pedido)[1]
    for dicho in ("motivo", "resultado_previo", "presentado_texto", "historia", "paso", "estado"):
        assert ahora[dicho] == vista[dicho], dicho
    assert resolver(puerta, par[0], "rechazar", NACIONAL)[0] == 200
    assert "Sigue en pie este resultado: No seleccionada." in escritas(puerta, par[0], "el resultado no cambia")
    assert recurrir(puerta, par)[1]["error"] == "accion_imposible"


def test_resolver_es_de_la_region_y_no_de_quien_ejecuta(puerta: Puerta) -> None:
    par = negada(puerta)
    recurrir(puerta, par)
    assert resolver(puerta, par[0], "acoger", DE_OTRA_REGION)[1]["error"] == "no_existe"
    assert resolver(puerta, par[0], "acoger", OPERADOR)[1]["error"] == "sin_permiso"
    assert resolver(puerta, par[0], "acoger", NACIONAL)[0] == 200


def test_no_se_resuelve_lo_que_nadie_recurrio(puerta: Puerta) -> None:
    par = negada(puerta)
    assert resolver(puerta, par[0], "acoger")[1]["error"] == "accion_imposible"


def test_si_la_empresa_ya_postulo_de_nuevo_el_recurso_acogido_no_la_duplica(puerta: Puerta) -> None:
    par = negada(puerta)
    recurrir(puerta, par)
    otra, _ = puerta.recibida(rut(1))
    assert estado(puerta, otra) is Estado.RECIBIDA
    codigo, cuerpo = resolver(puerta, par[0], "acoger")
    assert (codigo, cuerpo["error"]) == (409, "rut_tomado")
    assert estado(puerta, par[0]) is Estado.RECURRIDA
    assert resolver(puerta, par[0], "rechazar")[0] == 200


# Sin recurso definido no se le dice que no a nadie


def quitar(puerta: Puerta, carpeta: Path, clave: str) -> None:
    """Lo mismo publicado, pero con ese parámetro sin valor desde hoy."""
    crudo = json.loads(Path(puerta.entorno["HORNEADO"]).read_text(encoding="utf-8"))
    for fila in crudo["parametros"]:
        if fila["clave"] == clave:
            fila["vigente_hasta"] = "2026-11-22"
    copia = carpeta / "horneado.json"
    copia.write_text(json.dumps(crudo), encoding="utf-8")
    puerta.entorno["HORNEADO"] = str(copia)


@pytest.fixture(params=["recurso_canal", "recurso_plazo_dias_habiles"])
def sin_recurso(puerta: Puerta, request: pytest.FixtureRequest, tmp_path: Path) -> Puerta:
    """Un entorno donde nadie definió cómo se recurre."""
    quitar(puerta, tmp_path, request.param)
    return puerta


def test_sin_canal_o_plazo_de_recurso_nadie_queda_denegado(sin_recurso: Puerta) -> None:
    folio, _ = sin_recurso.recibida(rut(1))
    codigo, cuerpo = sin_recurso.decidir(folio, "no_admisible", hallazgos={"ventas": "no_cumple"})
    assert (codigo, cuerpo["error"]) == (409, "recurso_sin_definir")
    assert estado(sin_recurso, folio) is Estado.RECIBIDA
    assert sin_recurso.decidir(folio, "admisible")[0] == 200


def test_sin_recurso_definido_tampoco_se_rechaza_un_recurso(puerta: Puerta, tmp_path: Path) -> None:
    par = negada(puerta)
    recurrir(puerta, par)
    quitar(puerta, tmp_path, "recurso_canal")
    codigo, cuerpo = resolver(puerta, par[0], "rechazar")
    assert (codigo, cuerpo["error"]) == (409, "recurso_sin_definir")
    assert estado(puerta, par[0]) is Estado.RECURRIDA
    assert resolver(puerta, par[0], "acoger")[0] == 200


def test_sin_recurso_definido_no_se_cierra_a_quien_no_corrigio(sin_recurso: Puerta) -> None:
    from funciones import barrer

    folio, _ = sin_recurso.recibida(rut(1))
    assert sin_recurso.decidir(folio, "en_correccion", motivo="El F30 es viejo.")[0] == 200
    sin_recurso.poner_la_hora(datetime(2026, 12, 15, tzinfo=CHILE))
    assert barrer.handler({}, Contexto())["desistidas"] == 0
    assert estado(sin_recurso, folio) is Estado.EN_CORRECCION


def test_sin_recurso_definido_la_seleccion_no_deja_a_nadie_afuera(sin_recurso: Puerta) -> None:
    puerta = sin_recurso
    pares = [puerta.recibida(rut(i), nombre=f"Empresa {i}") for i in range(3)]
    puerta.poner_la_hora(puerta.montaje.horneado.convocatoria(CONVOCATORIA).cierre + timedelta(hours=1))
    for (folio, _), nota in zip(pares, ("7", "6,5", "3"), strict=True):
        assert puerta.decidir(folio, "admisible")[0] == 200
        assert puerta.decidir(folio, "evaluada", notas={"origen": nota, "presentacion": nota})[0] == 200
    codigo, cuerpo = puerta.seleccionar("ejecutar")
    assert (codigo, cuerpo["error"]) == (409, "recurso_sin_definir")
    assert [estado(puerta, folio) for folio, _ in pares] == [Estado.EVALUADA] * 3


def test_una_firma_con_cupo_que_debe_una_rendicion_sale_y_su_cupo_pasa_a_quien_sigue(puerta: Puerta) -> None:
    primera, _, tercera, _ = en_tres_listas(puerta)
    hallazgos = {"rendiciones": "no_cumple"}
    respuesta = puerta.decidir(primera[0], "no_admisible", motivo="Debe una rendición.", hallazgos=hallazgos)
    assert respuesta[0] == 200, respuesta
    assert estado(puerta, primera[0]) is Estado.NO_ADMISIBLE
    assert estado(puerta, tercera[0]) is Estado.OFRECIDA
    assert puerta.montaje.almacen.cupo(CONVOCATORIA, 2, 1).asignados == 2
    assert "El cupo que tenías pasa a quien sigue" in escritas(puerta, primera[0], "no cumple los requisitos")
