"""El día de la actividad: las marcas sin señal, quién reemplaza a quién, el plano, los aportes y el cierre."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from funciones.adaptadores.almacen import AlmacenNoResponde, Conflicto
from funciones.adaptadores.cuaderno import Hoja
from funciones.dominio.actor import Actor
from funciones.dominio.estado import Estado, Papel
from funciones.dominio.plazo import CHILE
from funciones.dominio.postulacion import Postulacion
from funciones.ejecucion import lugares
from tests.funciones.conftest import HOY, entorno_embebido
from tests.funciones.puerta import DE_OTRA_REGION, EVALUADOR, NACIONAL, Puerta
from tests.mundo import a_la_vez, avanzar, postulacion, recibir
from tests.recorridos.mundo import CONVOCATORIA

DIA = datetime(2027, 1, 15, 10, 0, tzinfo=CHILE)
OPERADOR = {"sub": "operador-maule", "rol": "operador", "region": "07", "convocatorias": CONVOCATORIA}


@pytest.fixture(scope="module")
def feria(horneado: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """La convocatoria de prueba como feria cofinanciada de un día, con dos puestos y cinco lugares de espera."""
    crudo = json.loads(horneado.read_text(encoding="utf-8"))
    crudo["convocatorias"][CONVOCATORIA] |= {
        "actividad_inicio": "2027-01-15",
        "actividad_termino": "2027-01-15",
        "encuesta_cierre": "2027-01-29",
        "espera_maxima": 5,
        "componente": 1,
        "tipo_actividad": "feria",
        "objetivo": "vender_al_publico",
        "financiamiento": "cofinanciado",
        "cofinanciamiento_clp": "45000",
        "reservas": [],
    }
    archivo = tmp_path_factory.mktemp("feria") / "horneado.json"
    archivo.write_text(json.dumps(crudo), encoding="utf-8")
    return archivo


@pytest.fixture
def puerta(tmp_path: Path, feria: Path) -> Iterator[Puerta]:
    with entorno_embebido(tmp_path, feria) as puerta:
        yield puerta


def entra(puerta: Puerta, numero: int, *estados: Estado, **cambios: Any) -> str:
    """Una empresa recibida y llevada a esos estados; devuelve su folio."""
    nueva = postulacion(numero, convocatoria=CONVOCATORIA, llego=HOY + timedelta(minutes=numero), **cambios)
    nueva = recibir(puerta.montaje.almacen, nueva)
    camino = (Estado.RECIBIDA, Estado.ADMISIBLE, *estados)
    return avanzar(puerta.montaje.almacen, nueva, *camino, cupos=2).folio


def con_dos_puestos(puerta: Puerta, esperan: int = 3) -> tuple[list[str], list[str]]:
    """Dos con su puesto y otras en la lista, ya en el día de la actividad."""
    dentro = [entra(puerta, n, Estado.SELECCIONADA, Estado.CONFIRMADA) for n in (1, 2)]
    fila = [entra(puerta, n, Estado.LISTA_DE_ESPERA) for n in range(3, 3 + esperan)]
    puerta.poner_la_hora(DIA)
    return dentro, fila


def guardada(puerta: Puerta, folio: str) -> Postulacion:
    hallada = puerta.montaje.almacen.postulacion(folio)
    assert hallada is not None
    return hallada


def pedir(puerta: Puerta, que: str, quien: dict[str, str] = EVALUADOR, **cuerpo: Any) -> tuple[int, dict[str, Any]]:
    ruta = f"/api/mesa/jornada/{que}"
    cuerpo = {"convocatoria": CONVOCATORIA} | cuerpo
    return puerta.json("asistir", "POST", ruta, funcionario=quien, cuerpo=cuerpo)


def ver(puerta: Puerta, quien: dict[str, str] = EVALUADOR) -> dict[str, Any]:
    estado, cuerpo = puerta.json(
        "asistir", "GET", "/api/mesa/jornada", funcionario=quien, consulta={"convocatoria": CONVOCATORIA}
    )
    assert estado == 200, cuerpo
    return cuerpo


def cargar(puerta: Puerta, *filas: str, columnas: str = "folio,asistio,hora", **mas: Any) -> Any:
    return pedir(puerta, "marcas", csv="\n".join([columnas, *filas]), **mas)


def marcar(puerta: Puerta, folio: str, asistio: str, version: int | None = None) -> tuple[int, dict[str, Any]]:
    cuerpo = {"folio": folio, "asistio": asistio, "version": version or guardada(puerta, folio).version}
    return puerta.json("asistir", "POST", "/api/mesa/asistencia", funcionario=EVALUADOR, cuerpo=cuerpo)


# Las marcas que se traen después


def test_el_archivo_pone_las_marcas_con_su_hora_y_repetirlo_no_cambia_nada(puerta: Puerta) -> None:
    (uno, dos), _ = con_dos_puestos(puerta)
    filas = (f"{uno[:4]} {uno[4:]},Sí,9:35", f"{dos.lower()};".replace(";", "") + ",no,")
    estado, cuerpo = cargar(puerta, *filas)
    assert (estado, cuerpo["puestas"], cuerpo["ya_estaban"], cuerpo["sin_poner"]) == (200, 2, 0, [])
    assert [guardada(puerta, f).estado for f in (uno, dos)] == [Estado.PARTICIPO, Estado.NO_ASISTIO]
    assert "9:35" in guardada(puerta, uno).motivo
    historia = puerta.montaje.almacen.transiciones(uno)
    estado, cuerpo = cargar(puerta, *filas)
    assert (estado, cuerpo["puestas"], cuerpo["ya_estaban"]) == (200, 0, 2)
    assert puerta.montaje.almacen.transiciones(uno) == historia


def test_una_fila_que_no_se_entiende_no_deja_poner_ninguna_y_dice_cual(puerta: Puerta) -> None:
    (uno, dos), _ = con_dos_puestos(puerta)
    malas = (f"{uno},si,25:00", f"{uno},no,", "ZZZZ,si,", f"{dos},quizás,", "ABCD2345,si,", f"{dos},si,23:00")
    estado, cuerpo = cargar(puerta, *malas)
    assert estado == 422
    assert [(e["fila"], e["columna"]) for e in cuerpo["errores"]] == [
        (2, "hora"),
        (3, "folio"),
        (4, "folio"),
        (5, "asistio"),
        (7, "folio"),
    ]
    assert guardada(puerta, uno).estado is Estado.CONFIRMADA
    estado, cuerpo = cargar(puerta, f"{uno},si,", "ABCD2345,si,")
    assert (estado, cuerpo["errores"][0]["fila"]) == (422, 3)
    estado, cuerpo = cargar(puerta, f"{uno},si,23:00")
    assert "todavía no llega" in cuerpo["errores"][0]["mensaje"]
    assert guardada(puerta, uno).estado is Estado.CONFIRMADA


def test_la_marca_contraria_no_borra_la_que_estaba_y_ninguna_se_pierde(puerta: Puerta) -> None:
    (uno, _), _ = con_dos_puestos(puerta)
    assert marcar(puerta, uno, "si")[0] == 200
    _, cuerpo = cargar(puerta, f"{uno},no,9:50", quien=OPERADOR)
    assert [s["folio"] for s in cuerpo["sin_poner"]] == [uno]
    assert guardada(puerta, uno).estado is Estado.PARTICIPO
    (choque,) = ver(puerta)["choques"]
    assert (choque["folio"], choque["asistio"], choque["quien"]) == (uno, "no", "operador-maule")
    # Alguien decide con el botón, y el choque se va.
    assert marcar(puerta, uno, "no")[0] == 200
    assert ver(puerta)["choques"] == []
    assert guardada(puerta, uno).estado is Estado.NO_ASISTIO


def test_quien_confirma_la_marca_que_estaba_tambien_resuelve_el_choque(puerta: Puerta) -> None:
    (uno, _), _ = con_dos_puestos(puerta)
    marcar(puerta, uno, "si")
    cargar(puerta, f"{uno},no,")
    assert marcar(puerta, uno, "si")[0] == 200
    assert ver(puerta)["choques"] == []


def test_cargar_otra_vez_la_marca_que_estaba_resuelve_el_choque(puerta: Puerta) -> None:
    (uno, _), _ = con_dos_puestos(puerta)
    marcar(puerta, uno, "si")
    cargar(puerta, f"{uno},no,")
    assert len(ver(puerta)["choques"]) == 1
    assert cargar(puerta, f"{uno},si,")[1]["ya_estaban"] == 1
    assert ver(puerta)["choques"] == []


def test_quien_sabe_lo_que_corrige_corrige_desde_el_archivo(puerta: Puerta) -> None:
    (uno, _), _ = con_dos_puestos(puerta)
    marcar(puerta, uno, "si")
    version = guardada(puerta, uno).version
    _, cuerpo = cargar(puerta, f"{uno},no,{version}", columnas="folio,asistio,version")
    assert (cuerpo["puestas"], guardada(puerta, uno).estado) == (1, Estado.NO_ASISTIO)


def test_dos_que_cargan_a_la_vez_no_pierden_ninguna_marca(puerta: Puerta) -> None:
    (uno, dos), _ = con_dos_puestos(puerta)
    archivos = (f"{uno},si,", f"{dos},no,")
    a_la_vez(lambda n: cargar(puerta, archivos[n % 2]), range(6), hilos=6)
    assert [guardada(puerta, f).estado for f in (uno, dos)] == [Estado.PARTICIPO, Estado.NO_ASISTIO]
    assert ver(puerta)["choques"] == []


def test_quien_debe_rendiciones_no_se_marca_y_la_marca_queda_por_decidir(puerta: Puerta) -> None:
    (uno, dos), _ = con_dos_puestos(puerta)
    puerta.montaje.almacen.cargar_rendiciones({guardada(puerta, uno).huella_rut}, HOY)
    _, cuerpo = cargar(puerta, f"{uno},si,", f"{dos},si,")
    assert (cuerpo["puestas"], [s["folio"] for s in cuerpo["sin_poner"]]) == (1, [uno])
    assert ver(puerta)["choques"][0]["por_que"] == "Tiene rendiciones pendientes."


def test_antes_del_dia_no_se_carga_y_de_otra_region_no_existe(puerta: Puerta) -> None:
    (uno, _), _ = con_dos_puestos(puerta)
    puerta.poner_la_hora(DIA - timedelta(days=1))
    assert cargar(puerta, f"{uno},si,")[1]["error"] == "actividad_no_empieza"
    assert cargar(puerta, f"{uno},si,", quien=DE_OTRA_REGION)[0] == 404


# Los reemplazos


def test_el_puesto_de_quien_no_llego_lo_toma_la_primera_presente_y_queda_escrito(puerta: Puerta) -> None:
    (uno, dos), (tres, cuatro, cinco) = con_dos_puestos(puerta)
    assert pedir(puerta, "reemplazo", entra=tres, saltadas={})[1]["error"] == "sin_puesto_libre"
    marcar(puerta, uno, "no")
    assert ver(puerta)["libres"] == 1
    estado, cuerpo = pedir(puerta, "reemplazo", entra=cuatro, saltadas={})
    assert (estado, cuerpo["error"]) == (409, "va_antes")
    estado, cuerpo = pedir(puerta, "reemplazo", OPERADOR, entra=cuatro, saltadas={tres: "no_esta"}, en_lugar_de=uno)
    assert estado == 200, cuerpo
    assert (cuerpo["libres"], [p["folio"] for p in cuerpo["espera"]]) == (0, [tres, cinco])
    ultima = puerta.montaje.almacen.transiciones(cuatro)[-1]
    assert (ultima.a, ultima.actor) == (
        Estado.PARTICIPO,
        Actor(Papel.PERSONAL, "operador-maule", ultima.actor.oficina, "operador"),
    )
    assert f"{uno[:4]} {uno[4:]}, que no llegó" in ultima.motivo
    assert f"{tres[:4]} {tres[4:]} no estaba" in ultima.motivo
    # El puesto es uno solo: quien llega tarde ya no lo tiene, y se le dice por qué.
    assert marcar(puerta, uno, "si")[1]["error"] == "puesto_tomado"
    assert guardada(puerta, dos).estado is Estado.CONFIRMADA
    assert puerta.montaje.almacen.participaciones(guardada(puerta, cuatro).huella_rut)


def test_solo_se_salta_a_quien_espera_y_un_puesto_no_se_toma_dos_veces(puerta: Puerta) -> None:
    (uno, dos), (tres, cuatro, cinco) = con_dos_puestos(puerta)
    marcar(puerta, uno, "no")
    for ajeno in (dos, "ABCD2345"):
        estado, cuerpo = pedir(puerta, "reemplazo", entra=tres, saltadas={ajeno: "no_esta"})
        assert (estado, cuerpo["error"], list(cuerpo["campos"])) == (422, "respuestas_por_corregir", ["saltadas"])
        assert "no está en la lista de espera" in cuerpo["campos"]["saltadas"]
    assert guardada(puerta, tres).estado is Estado.LISTA_DE_ESPERA
    assert pedir(puerta, "reemplazo", entra=tres, saltadas={}, en_lugar_de=uno)[1]["reemplazadas"] == [uno]
    # Otra que falta deja un segundo puesto: el de la primera ya tiene dueña, y el libro no lo cuenta dos veces.
    marcar(puerta, dos, "no")
    estado, cuerpo = pedir(puerta, "reemplazo", entra=cuatro, saltadas={}, en_lugar_de=uno)
    assert (estado, list(cuerpo["campos"])) == (422, ["en_lugar_de"])
    # Si quien lo tomó no estaba al final, el puesto vuelve a ser de quien falta por reemplazar.
    marcar(puerta, tres, "no")
    assert pedir(puerta, "reemplazo", entra=cuatro, saltadas={}, en_lugar_de=uno)[0] == 200
    assert pedir(puerta, "reemplazo", entra=cinco, saltadas={}, en_lugar_de=dos)[1]["reemplazadas"] == sorted(
        [uno, dos]
    )


def test_dos_que_dan_el_mismo_puesto_a_la_vez_lo_dan_una_sola_vez(puerta: Puerta) -> None:
    (uno, _), (tres, cuatro, _) = con_dos_puestos(puerta)
    marcar(puerta, uno, "no")
    pedidos = ({"entra": tres, "saltadas": {}}, {"entra": cuatro, "saltadas": {tres: "no_quiere"}})
    dados = a_la_vez(lambda n: pedir(puerta, "reemplazo", **pedidos[n % 2])[0], range(6), hilos=6)
    assert dados.count(200) == 1
    cupo = puerta.montaje.almacen.cupo(CONVOCATORIA, 2, 5)
    assert (cupo.asignados, cupo.espera) == (2, 2)


def test_dos_puestos_libres_a_la_vez_no_se_dan_en_lugar_de_la_misma(puerta: Puerta) -> None:
    (uno, dos), (tres, cuatro, _) = con_dos_puestos(puerta)
    marcar(puerta, uno, "no")
    marcar(puerta, dos, "no")
    pedidos = ({"entra": tres, "saltadas": {}}, {"entra": cuatro, "saltadas": {tres: "no_quiere"}})
    dados = a_la_vez(lambda n: pedir(puerta, "reemplazo", **pedidos[n % 2], en_lugar_de=uno)[0], range(6), hilos=6)
    assert dados.count(200) == 1
    assert set(dados) <= {200, 409, 422}


def test_lo_apartado_y_cortado_lo_termina_la_misma_o_pasado_un_rato_otra(
    puerta: Puerta, monkeypatch: pytest.MonkeyPatch
) -> None:
    (uno, _), (tres, cuatro, _) = con_dos_puestos(puerta)
    marcar(puerta, uno, "no")

    def caido(cambio: object) -> None:
        raise AlmacenNoResponde

    with monkeypatch.context() as corte:
        corte.setattr(puerta.montaje.almacen, "aplicar", caido)
        assert pedir(puerta, "reemplazo", entra=tres, saltadas={}, en_lugar_de=uno)[0] == 503
    otra = {"entra": cuatro, "saltadas": {tres: "no_quiere"}, "en_lugar_de": uno}
    assert pedir(puerta, "reemplazo", **otra)[0] == 409
    puerta.pasar(timedelta(minutes=3))
    assert pedir(puerta, "reemplazo", **otra)[1]["reemplazadas"] == [uno]


def test_con_rendiciones_no_se_entra_y_solo_la_nomina_deja_saltar_por_eso(puerta: Puerta) -> None:
    (uno, _), (tres, cuatro, _) = con_dos_puestos(puerta)
    marcar(puerta, uno, "no")
    saltar = {"entra": cuatro, "saltadas": {tres: "rendicion"}}
    assert pedir(puerta, "reemplazo", **saltar)[0] == 422
    puerta.montaje.almacen.cargar_rendiciones({guardada(puerta, tres).huella_rut}, HOY)
    assert pedir(puerta, "reemplazo", entra=tres, saltadas={})[1]["error"] == "rendicion_pendiente"
    assert pedir(puerta, "reemplazo", **saltar)[0] == 200


def test_solo_el_dia_y_nunca_por_el_boton_de_asistencia(puerta: Puerta) -> None:
    (uno, _), (tres, *_) = con_dos_puestos(puerta)
    marcar(puerta, uno, "no")
    assert marcar(puerta, tres, "si")[1]["error"] == "accion_imposible"
    puerta.poner_la_hora(DIA + timedelta(days=1))
    assert pedir(puerta, "reemplazo", entra=tres, saltadas={})[1]["error"] == "no_es_el_dia"


# El plano


def test_un_lugar_es_de_una_sola_y_el_plano_dice_quien_lo_dio(puerta: Puerta) -> None:
    (uno, dos), _ = con_dos_puestos(puerta)
    estado, cuerpo = pedir(puerta, "lugares", version=0, lugares={uno: " a  1 ", dos: "Mesa 4"})
    assert estado == 200, cuerpo
    assert {(x["folio"], x["lugar"], x["quien"]) for x in cuerpo["plano"]["lugares"]} == {
        (uno, "A 1", "evaluador-maule"),
        (dos, "MESA 4", "evaluador-maule"),
    }
    estado, cuerpo = pedir(puerta, "lugares", version=1, lugares={dos: "A 1"})
    assert (estado, list(cuerpo["campos"])) == (422, [dos])
    assert pedir(puerta, "lugares", version=1, lugares={dos: "<b>"})[0] == 422
    # Otra persona lo cambió: se dice, y nada se escribe encima.
    assert pedir(puerta, "lugares", version=0, lugares={uno: ""})[1]["error"] == "cambio_entre_medio"
    assert {x["lugar"] for x in ver(puerta)["plano"]["lugares"]} == {"A 1", "MESA 4"}


def test_quien_reemplaza_hereda_el_lugar_y_el_de_quien_falto_queda_libre(puerta: Puerta) -> None:
    (uno, dos), (tres, *_) = con_dos_puestos(puerta)
    pedir(puerta, "lugares", version=0, lugares={uno: "A1"})
    marcar(puerta, uno, "no")
    estado, cuerpo = pedir(puerta, "reemplazo", entra=tres, saltadas={}, en_lugar_de=uno)
    assert estado == 200, cuerpo
    assert [(x["folio"], x["lugar"]) for x in cuerpo["plano"]["lugares"]] == [(tres, "A1")]
    assert pedir(puerta, "lugares", version=2, lugares={dos: "A1"})[0] == 422


def test_el_reemplazo_ya_hecho_se_cuenta_aunque_el_plano_no_deje_escribir(
    puerta: Puerta, monkeypatch: pytest.MonkeyPatch
) -> None:
    (uno, _), (tres, *_) = con_dos_puestos(puerta)
    pedir(puerta, "lugares", version=0, lugares={uno: "A1"})
    marcar(puerta, uno, "no")
    almacen, guardar = puerta.montaje.almacen, puerta.montaje.almacen.guardar_hoja

    def otra_siempre_se_adelanta(hoja: Hoja) -> None:
        if hoja.clase == lugares.CLASE:
            raise Conflicto(hoja.llave)
        guardar(hoja)

    monkeypatch.setattr(almacen, "guardar_hoja", otra_siempre_se_adelanta)
    estado, cuerpo = pedir(puerta, "reemplazo", entra=tres, saltadas={}, en_lugar_de=uno)
    assert estado == 200, cuerpo
    assert cuerpo["bitacora"][0]["que_texto"] == "Dio un puesto libre"
    assert guardada(puerta, tres).estado is Estado.PARTICIPO


def test_sin_puesto_no_se_tiene_lugar(puerta: Puerta) -> None:
    _, (tres, *_) = con_dos_puestos(puerta)
    assert pedir(puerta, "lugares", version=0, lugares={tres: "A1"})[0] == 422


# Los aportes

APORTE = {"monto": "$ 45.000", "comprometio": "La representante", "fecha": "2027-01-04", "documento": "Carta 12"}


def aportar(puerta: Puerta, folio: str, version: int, **cambios: str) -> tuple[int, dict[str, Any]]:
    cuerpo = {"folio": folio, "version_aporte": version} | APORTE | cambios
    return puerta.json("asistir", "POST", "/api/mesa/jornada/aporte", funcionario=EVALUADOR, cuerpo=cuerpo)


def test_el_aporte_se_anota_exacto_y_corregirlo_guarda_lo_anterior(puerta: Puerta) -> None:
    (uno, _), _ = con_dos_puestos(puerta)
    estado, cuerpo = aportar(puerta, uno, 0)
    assert estado == 200, cuerpo
    (anotado,) = cuerpo["aportes"]["aportes"]
    assert (anotado["monto"], anotado["quien"], cuerpo["aportes"]["pedido_clp"]) == (
        "45000",
        "evaluador-maule",
        "45000",
    )
    assert aportar(puerta, uno, 0)[1]["error"] == "cambio_entre_medio"
    _, cuerpo = aportar(puerta, uno, 1, monto="1.250.000")
    assert (cuerpo["aportes"]["total_clp"], cuerpo["aportes"]["aportes"][0]["correcciones"]) == ("1250000", 1)
    hoja = puerta.montaje.almacen.hoja("aporte", CONVOCATORIA, uno)
    assert hoja is not None
    assert hoja.cuerpo["anteriores"][0]["aporte"]["monto"] == "45000"
    _, cuerpo = aportar(puerta, uno, 2, monto="", comprometio="", fecha="", documento="")
    assert cuerpo["aportes"]["total_clp"] == "0"


@pytest.mark.parametrize(
    ("campo", "valor"),
    [
        ("monto", "45,5"),
        ("monto", "0"),
        ("monto", "-3"),
        ("fecha", "2027-02-01"),
        ("comprometio", ""),
        ("documento", ""),
    ],
)
def test_cada_campo_del_aporte_dice_como_se_escribe(puerta: Puerta, campo: str, valor: str) -> None:
    (uno, _), _ = con_dos_puestos(puerta)
    estado, cuerpo = aportar(puerta, uno, 0, **{campo: valor})
    assert (estado, list(cuerpo["campos"])) == (422, [campo])


def test_en_el_componente_dos_nadie_aporta(tmp_path: Path, feria: Path) -> None:
    crudo = json.loads(feria.read_text(encoding="utf-8"))
    crudo["convocatorias"][CONVOCATORIA]["componente"] = 2
    (tmp_path / "dos.json").write_text(json.dumps(crudo), encoding="utf-8")
    with entorno_embebido(tmp_path, tmp_path / "dos.json") as puerta:
        (uno, _), _ = con_dos_puestos(puerta)
        assert ver(puerta)["aportes"] is None
        assert aportar(puerta, uno, 0)[1]["error"] == "sin_cofinanciamiento"


# El cierre


def test_se_cierra_cuando_no_falta_nada_y_desde_ahi_nada_cambia(puerta: Puerta) -> None:
    (uno, dos), (tres, *_) = con_dos_puestos(puerta)
    cerrar = {"accion": "cerrar", "motivo": "Todo en orden", "version": 0}
    assert pedir(puerta, "cierre", OPERADOR, **cerrar)[0] == 404
    marcar(puerta, uno, "si")
    puerta.poner_la_hora(DIA + timedelta(days=1))
    estado, cuerpo = pedir(puerta, "cierre", **cerrar)
    assert (estado, cuerpo["error"]) == (409, "falta_para_cerrar")
    assert ver(puerta)["cierre"]["faltan"] == ["Falta marcar si asistió 1 empresa."]
    marcar(puerta, dos, "no")
    assert pedir(puerta, "cierre", **(cerrar | {"motivo": " "}))[0] == 422
    estado, cuerpo = pedir(puerta, "cierre", **cerrar)
    assert (estado, cuerpo["cierre"]["cerrada"]) == (200, True)
    assert "1 sin responder la encuesta" in cuerpo["cierre"]["historia"][0]["cuentas"]
    assert cuerpo["cierre"]["historia"][0]["quien"] == "evaluador-maule"
    rechazos = [
        marcar(puerta, uno, "no"),
        cargar(puerta, f"{uno},no,"),
        pedir(puerta, "reemplazo", entra=tres, saltadas={}),
        pedir(puerta, "lugares", version=0, lugares={uno: "A1"}),
        aportar(puerta, uno, 0),
    ]
    assert {cuerpo["error"] for _, cuerpo in rechazos} == {"actividad_cerrada"}
    # Abrirla lleva su razón, y la segunda persona que cierra sobre lo viejo se entera.
    estado, cuerpo = pedir(puerta, "cierre", NACIONAL, accion="reabrir", motivo="Faltó una", version=1)
    assert (estado, cuerpo["cierre"]["cerrada"]) == (200, False)
    assert pedir(puerta, "cierre", **(cerrar | {"version": 1}))[1]["error"] == "cambio_entre_medio"
    assert marcar(puerta, dos, "si")[0] == 200


def test_la_bitacora_dice_quien_y_cuando_y_nada_de_lo_guardado_se_lee_sin_la_clave(puerta: Puerta) -> None:
    (uno, _), _ = con_dos_puestos(puerta)
    pedir(puerta, "lugares", version=0, lugares={uno: "A1"})
    aportar(puerta, uno, 0)
    cargar(puerta, f"{uno},si,")
    hecho = [(r["que_texto"], r["quien"]) for r in ver(puerta)["bitacora"]]
    assert hecho == [
        ("Cargó marcas de asistencia", "evaluador-maule"),
        ("Anotó un aporte comprometido", "evaluador-maule"),
        ("Asignó lugares", "evaluador-maule"),
    ]
    crudos = b"".join(p.read_bytes() for p in Path(os.environ["ESTADO_LOCAL"]).rglob("*") if p.is_file())
    assert b"La representante" not in crudos
    assert b"45000" not in crudos


def test_los_registros_dicen_quien_los_cargo(puerta: Puerta) -> None:
    cuerpo = {"csv": "rut\n76086428-5", "corte": "2026-11-20"}
    estado, dado = puerta.json("registrar", "POST", "/api/mesa/rendiciones", funcionario=EVALUADOR, cuerpo=cuerpo)
    assert estado == 200, dado
    (carga,) = dado["quien_cargo"]
    assert (carga["que_texto"], carga["detalle"], carga["quien"]) == (
        "Reemplazó la nómina de rendiciones",
        "1 fila",
        "evaluador-maule",
    )


def test_la_pagina_de_estado_dice_el_lugar_solo_a_quien_va(puerta: Puerta) -> None:
    (uno, dos), _ = con_dos_puestos(puerta)
    pedir(puerta, "lugares", version=0, lugares={uno: "Mesa 4", dos: "A1"})
    marcar(puerta, dos, "no")
    paginas = {}
    for folio in (uno, dos):
        cuerpo = {"folio": folio, "codigo": puerta.montaje.llavero.secreto(folio)}
        estado, paginas[folio] = puerta.json("consultar", "POST", "/api/consultar", cuerpo=cuerpo)
        assert estado == 200
        html = puerta.llamar("consultar", "POST", "/api/consultar", formulario=cuerpo, html=True)["body"]
        assert ("MESA 4" in html) == (folio == uno)
    assert [paginas[folio]["lugar"] for folio in (uno, dos)] == ["MESA 4", ""]
