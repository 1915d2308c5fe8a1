"""Los registros: se cargan enteros o nada, cambian lo que se recomienda y se miran otra vez antes de participar."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from funciones import barrer
from funciones.dominio.admisibilidad import ParticipacionAnterior
from funciones.dominio.convocatoria import OBJETIVOS, TIPOS_POR_COMPONENTE
from funciones.entrada.solicitud import registro
from funciones.oficina import nomina
from generador.paquetes import leer
from tests.funciones.puerta import DE_OTRA_REGION, EVALUADOR, NACIONAL, Contexto, Puerta
from tests.funciones.test_la_vida_de_una_postulacion import convocatoria, en_tres_listas, estado, rut
from tests.recorridos.mundo import CONVOCATORIA, RAIZ, rut_de_ejemplo

ENCABEZADO = "rut,componente,tipo_actividad,objetivo,anio"
UNA_FERIA = "1,feria,vender_al_publico,2025"
OPERADOR = {"sub": "operador-maule", "rol": "operador", "region": "07", "convocatorias": CONVOCATORIA}


def cargar(puerta: Puerta, *filas: str, encabezado: str = ENCABEZADO, quien: dict[str, str] = EVALUADOR) -> Any:
    cuerpo = {"csv": "\n".join([encabezado, *filas])}
    return puerta.json("registrar", "POST", "/api/mesa/participaciones", funcionario=quien, cuerpo=cuerpo)


def cargar_rendiciones(puerta: Puerta, ruts: Sequence[str], corte: str = "2026-11-20", **quien: Any) -> Any:
    cuerpo = {"csv": "\n".join(["rut", *ruts]), "corte": corte}
    lo_demas = {"funcionario": EVALUADOR, "cuerpo": cuerpo} | quien
    return puerta.json("registrar", "POST", "/api/mesa/rendiciones", **lo_demas)


def recomendado(puerta: Puerta, folio: str) -> dict[str, dict[str, str]]:
    _, ficha = puerta.mesa("GET", "/postulaciones/{folio}", camino={"folio": folio})
    return {h["regla"]: h for h in ficha["hallazgos"]}


def asistir(puerta: Puerta, folio: str, asistio: str = "si") -> tuple[int, dict[str, Any]]:
    guardada = puerta.montaje.almacen.postulacion(folio)
    assert guardada is not None
    cuerpo = {"folio": folio, "asistio": asistio, "version": guardada.version}
    return puerta.json("asistir", "POST", "/api/mesa/asistencia", funcionario=EVALUADOR, cuerpo=cuerpo)


def anotadas(puerta: Puerta, folio: str) -> list[tuple[int, str, str, int]]:
    guardada = puerta.montaje.almacen.postulacion(folio)
    assert guardada is not None
    leidas = puerta.montaje.almacen.participaciones(guardada.huella_rut)
    return [(p.componente, p.tipo_actividad, p.objetivo, p.anio) for p in leidas]


def referencias(puerta: Puerta, folio: str) -> list[str]:
    guardada = puerta.montaje.almacen.postulacion(folio)
    assert guardada is not None
    return [p.referencia for p in puerta.montaje.almacen.participaciones(guardada.huella_rut)]


# Participaciones


def test_lo_cargado_cambia_lo_que_se_recomienda(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    sin_cargar = recomendado(puerta, folio)["no_repetir"]
    assert (sin_cargar["resultado"], sin_cargar["declarado"]) == ("lo_revisa_una_persona", "")
    assert cargar(puerta, f"{rut(3)},{UNA_FERIA}")[0] == 200
    assert recomendado(puerta, folio)["no_repetir"]["resultado"] == "cumple"
    estado_http, cuerpo = cargar(puerta, f"{rut(1)},{UNA_FERIA}", f"{rut(2)},{UNA_FERIA}")
    assert (estado_http, cuerpo["filas"], cuerpo["empresas"]) == (200, 2, 2)
    assert cuerpo["participaciones_texto"] == "lunes 23 de noviembre de 2026 a las 10:00"
    repetida = recomendado(puerta, folio)["no_repetir"]
    assert repetida["resultado"] == "no_cumple"
    assert repetida["frase"]
    # El sistema solo propone: una persona puede decidir otra cosa.
    assert puerta.decidir(folio, "admisible")[0] == 200


def test_cargar_dos_veces_el_mismo_archivo_no_agrega_nada(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    for _ in range(2):
        assert cargar(puerta, f"{rut(1)},{UNA_FERIA}")[0] == 200
    assert anotadas(puerta, folio) == [(1, "feria", "vender_al_publico", 2025)]


def test_dos_actividades_iguales_del_mismo_anio_se_cuentan_las_dos_con_su_nombre_corto(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    filas = [f"{rut(1)},{UNA_FERIA},{actividad}" for actividad in ("", "feria-de-otono", "feria-de-verano-2")]
    for _ in range(2):
        assert cargar(puerta, *filas, encabezado=f"{ENCABEZADO},actividad")[0] == 200
    assert anotadas(puerta, folio) == [(1, "feria", "vender_al_publico", 2025)] * 3
    assert referencias(puerta, folio) == ["", "feria-de-otono", "feria-de-verano-2"]
    assert recomendado(puerta, folio)["no_repetir"]["declarado"] == "3 participaciones anteriores"


@pytest.mark.parametrize("actividad", ["Feria", "feria de otoño", "a" * 61, "feria#otra"])
def test_el_nombre_corto_de_la_actividad_es_corto_y_sin_signos(puerta: Puerta, actividad: str) -> None:
    fila = f"{rut(1)},{UNA_FERIA},{actividad}"
    estado_http, cuerpo = cargar(puerta, fila, encabezado=f"{ENCABEZADO},actividad")
    assert (estado_http, [(e["fila"], e["columna"]) for e in cuerpo["errores"]]) == (422, [(2, "actividad")])
    assert cargar(puerta, f"{rut(1)},{UNA_FERIA},{'a' * 60}", encabezado=f"{ENCABEZADO},actividad")[0] == 200


@pytest.mark.parametrize(
    "texto",
    [
        f"\ufeff{ENCABEZADO.replace(',', ';').upper()}\r\n{{rut}};1;feria;vender_al_publico;2025\r\n",
        f"{ENCABEZADO}\n\n {{rut}} , 1 , feria , vender_al_publico , 2025 \n,,,,\n",
        "anio,rut,objetivo,componente,tipo_actividad\n2025,{rut},vender_al_publico,1,feria",
    ],
    ids=["como guarda Excel", "con espacios y filas vacías", "columnas en otro orden"],
)
def test_se_entiende_el_archivo_que_de_verdad_llega(puerta: Puerta, texto: str) -> None:
    folio, _ = puerta.recibida(rut(1))
    con_puntos = f"{int(rut(1).split('-')[0]):,}".replace(",", ".") + rut(1)[-2:]
    cuerpo = {"csv": texto.replace("{rut}", con_puntos)}
    ruta = ("registrar", "POST", "/api/mesa/participaciones")
    assert puerta.json(*ruta, funcionario=EVALUADOR, cuerpo=cuerpo)[0] == 200
    assert anotadas(puerta, folio) == [(1, "feria", "vender_al_publico", 2025)]


@pytest.mark.parametrize(
    ("fila", "columna"),
    [
        ("77654321-0,1,feria,vender_al_publico,2025", "rut"),
        ("{rut},3,feria,vender_al_publico,2025", "componente"),
        ("{rut},2,feria,vender_al_publico,2025", "tipo_actividad"),
        ("{rut},1,kermes,vender_al_publico,2025", "tipo_actividad"),
        ("{rut},1,feria,ganar,2025", "objetivo"),
        ("{rut},1,feria,vender_al_publico,2027", "anio"),
        ("{rut},1,feria,vender_al_publico,1999", "anio"),
        ("{rut},1,feria,vender_al_publico,25", "anio"),
        ("{rut},1,feria,vender_al_publico", ""),
        ('{rut},1,"feria,vender_al_publico,2025', ""),
    ],
)
def test_una_fila_mala_dice_donde_esta_y_no_se_guarda_ninguna(puerta: Puerta, fila: str, columna: str) -> None:
    folio, _ = puerta.recibida(rut(1))
    buena = f"{rut(1)},{UNA_FERIA}"
    estado_http, cuerpo = cargar(puerta, buena, fila.replace("{rut}", rut(2)))
    assert (estado_http, cuerpo["error"]) == (422, "nomina_por_corregir")
    assert [(e["fila"], e["columna"]) for e in cuerpo["errores"]] == [(3, columna)]
    assert cuerpo["campos"]["csv"].startswith(f"Fila 3, {columna}: " if columna else "Fila 3: ")
    assert anotadas(puerta, folio) == []


def test_se_dicen_todas_las_fallas_y_nunca_lo_escrito(puerta: Puerta) -> None:
    _, cuerpo = cargar(puerta, *[f"77654321-0,{UNA_FERIA}"] * 60)
    assert len(cuerpo["errores"]) == nomina.FALLAS_QUE_SE_MUESTRAN
    assert cuerpo["campos"]["csv"].endswith("Y 45 filas más.")
    assert "77654321" not in str(cuerpo)


@pytest.mark.parametrize(
    "encabezado",
    [
        "",
        "rut",
        "rut,componente,tipo_actividad,objetivo,año",
        f"{ENCABEZADO},nombre",
        f"{ENCABEZADO},actividad,actividad",
        "rut,componente,tipo_actividad,objetivo,actividad",
    ],
)
def test_sin_el_encabezado_exacto_no_se_adivina(puerta: Puerta, encabezado: str) -> None:
    estado_http, cuerpo = cargar(puerta, f"{rut(1)},{UNA_FERIA}", encabezado=encabezado)
    assert (estado_http, [e["fila"] for e in cuerpo["errores"]]) == (422, [1])


@pytest.mark.parametrize("cuerpo", [{}, {"csv": "  "}, {"csv": 7}, {"csv": ["rut"]}])
def test_sin_archivo_se_pide_el_archivo(puerta: Puerta, cuerpo: dict[str, object]) -> None:
    ruta = ("registrar", "POST", "/api/mesa/participaciones")
    estado_http, respuesta = puerta.json(*ruta, funcionario=EVALUADOR, cuerpo=cuerpo)
    assert (estado_http, list(respuesta["campos"])) == (422, ["csv"])


def test_un_archivo_demasiado_largo_se_divide(puerta: Puerta) -> None:
    filas = [f"{rut(1)},{UNA_FERIA}"] * (nomina.FILAS_DE_PARTICIPACIONES + 1)
    estado_http, cuerpo = cargar(puerta, *filas)
    assert (estado_http, cuerpo["errores"][0]["fila"]) == (422, nomina.FILAS_DE_PARTICIPACIONES + 2)
    assert "5.000 filas" in cuerpo["errores"][0]["mensaje"]


def test_las_listas_cerradas_son_las_de_las_convocatorias() -> None:
    campos = leer(RAIZ / "datos").esquemas["convocatorias"].recursos["convocatorias"].campos
    tipos = [tipo for de_uno in TIPOS_POR_COMPONENTE.values() for tipo in de_uno]
    assert tipos == campos["tipo_actividad"].descriptor["constraints"]["enum"]
    assert list(OBJETIVOS) == campos["objetivo"].descriptor["constraints"]["enum"]


# Rendiciones


def test_la_nomina_de_rendiciones_reemplaza_a_la_anterior_entera(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    assert recomendado(puerta, folio)["rendiciones"]["resultado"] == "cumple"
    assert cargar_rendiciones(puerta, [rut(1), rut(2)])[0] == 200
    assert recomendado(puerta, folio)["rendiciones"]["resultado"] == "no_cumple"
    estado_http, cuerpo = cargar_rendiciones(puerta, [rut(2)], "2026-11-23T09:30")
    assert (estado_http, cuerpo["empresas"]) == (200, 1)
    assert cuerpo["rendiciones_corte_texto"] == "lunes 23 de noviembre de 2026 a las 9:30"
    assert recomendado(puerta, folio)["rendiciones"]["resultado"] == "cumple"
    assert cargar_rendiciones(puerta, [], "2026-11-23T09:31")[0] == 200


@pytest.mark.parametrize("corte", ["", "ayer", "2026-11-24", "2026-11-23T10:30", "9999-12-31T23:59", "2026-02-30"])
def test_el_corte_es_una_fecha_que_ya_paso(puerta: Puerta, corte: str) -> None:
    estado_http, cuerpo = cargar_rendiciones(puerta, [rut(1)], corte)
    assert (estado_http, list(cuerpo["campos"])) == (422, ["corte"])
    assert puerta.montaje.almacen.corte_rendiciones() is None


def test_una_nomina_vieja_no_reemplaza_a_una_mas_nueva(puerta: Puerta) -> None:
    cargar_rendiciones(puerta, [rut(1)], "2026-11-20")
    estado_http, cuerpo = cargar_rendiciones(puerta, [], "2026-11-19")
    assert (estado_http, list(cuerpo["campos"])) == (422, ["corte"])
    assert "viernes 20 de noviembre" in cuerpo["campos"]["corte"]
    assert puerta.montaje.almacen.rendicion_pendiente(puerta.montaje.llavero.huella_rut(rut(1)))


def test_una_fila_mala_deja_la_nomina_anterior(puerta: Puerta) -> None:
    cargar_rendiciones(puerta, [rut(1)])
    assert cargar_rendiciones(puerta, [rut(2), "12"], "2026-11-21")[0] == 422
    assert puerta.montaje.almacen.rendicion_pendiente(puerta.montaje.llavero.huella_rut(rut(1)))


# Antes de participar


def rendiciones_de(puerta: Puerta, quien: dict[str, str] = EVALUADOR, de: str = CONVOCATORIA) -> Any:
    ruta = ("registrar", "GET", "/api/mesa/rendiciones")
    return puerta.json(*ruta, funcionario=quien, consulta={"convocatoria": de})


def test_quien_tiene_puesto_y_debe_rendiciones_aparece_en_la_lista_y_no_queda_como_participante(puerta: Puerta) -> None:
    primera, segunda, tercera, _ = en_tres_listas(puerta)
    assert rendiciones_de(puerta) == (200, {"corte_texto": "", "pendientes": []})
    cargar_rendiciones(puerta, [rut(0), rut(2)], "2026-11-24")
    _, lista = rendiciones_de(puerta, OPERADOR)
    assert lista["corte_texto"] == "martes 24 de noviembre de 2026"
    # La tercera está en espera: todavía no tiene puesto.
    assert [(p["folio"], p["nombre"], p["estado"]) for p in lista["pendientes"]] == [
        (primera[0], "Empresa 0", "seleccionada")
    ]
    puerta.pasar(timedelta(days=12))
    assert asistir(puerta, primera[0])[1]["error"] == "rendicion_pendiente"
    assert anotadas(puerta, primera[0]) == []
    assert asistir(puerta, segunda[0])[0] == 200
    assert asistir(puerta, primera[0], "no")[0] == 200
    assert cargar_rendiciones(puerta, [rut(2)], "2026-12-01")[0] == 200
    assert asistir(puerta, primera[0])[0] == 200
    assert tercera


def test_sacar_a_quien_debe_rendiciones_le_da_el_puesto_a_quien_sigue(puerta: Puerta) -> None:
    primera, _, tercera, _ = en_tres_listas(puerta)
    cargar_rendiciones(puerta, [rut(0)], "2026-11-24")
    _, ficha = puerta.mesa("GET", "/postulaciones/{folio}", camino={"folio": primera[0]})
    assert ficha["acciones"] == ["no_admisible"]
    hallazgos = {"rendiciones": "no_cumple"}
    assert puerta.decidir(primera[0], "no_admisible", NACIONAL, hallazgos=hallazgos)[0] == 200
    assert str(estado(puerta, tercera[0])) == "ofrecida"


def test_al_anotar_que_participo_queda_en_el_registro_y_repetir_lo_repara(puerta: Puerta) -> None:
    primera, *_ = en_tres_listas(puerta)
    puerta.pasar(timedelta(days=12))
    assert asistir(puerta, primera[0])[0] == 200
    participo = (1, "feria", "vender_al_publico", convocatoria(puerta).actividad_inicio.year)
    assert anotadas(puerta, primera[0]) == [participo]
    _borrar_participaciones(puerta)
    assert asistir(puerta, primera[0])[0] == 200
    assert anotadas(puerta, primera[0]) == [participo]


def test_al_barrer_se_anota_la_participacion_que_se_perdio(puerta: Puerta) -> None:
    primera, *_ = en_tres_listas(puerta)
    puerta.pasar(timedelta(days=12))
    asistir(puerta, primera[0])
    _borrar_participaciones(puerta)
    assert barrer.handler({}, Contexto())["participaciones"] == 1
    assert len(anotadas(puerta, primera[0])) == 1
    assert barrer.handler({}, Contexto())["participaciones"] == 0


def test_corregir_que_no_asistio_lo_borra_del_registro_y_no_lo_que_se_cargo(puerta: Puerta) -> None:
    primera, segunda, *_ = en_tres_listas(puerta)
    anio = convocatoria(puerta).actividad_inicio.year
    cargar(puerta, f"{rut(1)},1,feria,vender_al_publico,{anio}")
    puerta.pasar(timedelta(days=12))
    for folio in (primera[0], segunda[0]):
        assert asistir(puerta, folio, "si" if folio == primera[0] else "no")[0] == 200
    assert asistir(puerta, primera[0], "no")[0] == 200
    assert anotadas(puerta, primera[0]) == []
    # La segunda nunca se anotó como participante: lo suyo viene del archivo.
    assert len(anotadas(puerta, segunda[0])) == 1


def test_corregir_que_no_asistio_deja_la_otra_igual_del_mismo_anio(puerta: Puerta) -> None:
    primera, *_ = en_tres_listas(puerta)
    cargar(puerta, f"{rut(0)},1,feria,vender_al_publico,{convocatoria(puerta).actividad_inicio.year - 1}")
    del_mismo_anio = f"{rut(0)},1,feria,vender_al_publico,{convocatoria(puerta).actividad_inicio.year}"
    puerta.pasar(timedelta(days=12))
    assert asistir(puerta, primera[0])[0] == 200
    puerta.pasar(timedelta(days=365))
    assert cargar(puerta, del_mismo_anio)[0] == 200
    assert referencias(puerta, primera[0]) == ["", "", CONVOCATORIA]
    assert asistir(puerta, primera[0], "no")[0] == 200
    assert referencias(puerta, primera[0]) == ["", ""]


def test_la_participacion_en_esta_misma_convocatoria_no_cuenta_en_su_contra(puerta: Puerta) -> None:
    primera, segunda, *_ = en_tres_listas(puerta)
    puerta.pasar(timedelta(days=12))
    assert asistir(puerta, primera[0])[0] == 200
    for folio in (primera[0], segunda[0]):
        assert recomendado(puerta, folio)["no_repetir"]["resultado"] == "lo_revisa_una_persona"
    cargar(puerta, f"{rut(1)},{UNA_FERIA},{CONVOCATORIA}", encabezado=f"{ENCABEZADO},actividad")
    for folio in (primera[0], segunda[0]):
        visto = recomendado(puerta, folio)["no_repetir"]
        assert (visto["resultado"], visto["declarado"]) == ("cumple", "ninguna participación anterior")


def test_lo_que_anoto_el_portal_rompe_la_regla_aunque_nadie_haya_cargado_el_registro(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    propia = ParticipacionAnterior(1, "feria", "vender_al_publico", 2025, "otra-convocatoria")
    puerta.montaje.almacen.anotar_participaciones([(puerta.montaje.llavero.huella_rut(rut(1)), propia)])
    assert recomendado(puerta, folio)["no_repetir"]["resultado"] == "no_cumple"
    ruta = ("registrar", "GET", "/api/mesa/registros")
    assert puerta.json(*ruta, funcionario=OPERADOR)[1]["participaciones_texto"] == ""


def _borrar_participaciones(puerta: Puerta) -> None:
    with sqlite3.connect(Path(puerta.entorno["ESTADO_LOCAL"]) / "almacen.sqlite") as conexion:
        assert conexion.execute("DELETE FROM participaciones").rowcount == 1


# Quién puede, y qué queda escrito


@pytest.mark.parametrize("quien", [OPERADOR, {"sub": "x", "rol": "", "region": "07"}])
def test_cargar_es_de_quien_responde_por_el_registro(puerta: Puerta, quien: dict[str, str]) -> None:
    assert cargar(puerta, f"{rut(1)},{UNA_FERIA}", quien=quien)[1]["error"] == "sin_permiso"
    assert cargar_rendiciones(puerta, [rut(1)], funcionario=quien)[1]["error"] == "sin_permiso"


def test_la_lista_de_otra_region_no_existe_y_lo_cargado_lo_ven_todos(puerta: Puerta) -> None:
    assert rendiciones_de(puerta, DE_OTRA_REGION)[0] == 404
    assert rendiciones_de(puerta, de="no-existe")[0] == 404
    ruta = ("registrar", "GET", "/api/mesa/registros")
    codigo, cuerpo = puerta.json(*ruta, funcionario=OPERADOR)
    assert (codigo, cuerpo["participaciones_texto"], cuerpo["rendiciones_corte_texto"]) == (200, "", "")
    # Con qué palabras se escribe la nómina.
    assert cuerpo["tipos_actividad"]["1"] == ["feria", "evento", "catalogo_en_linea"]
    assert "vender_al_publico" in cuerpo["objetivos"]
    assert puerta.json(*ruta)[0] == 401


def test_de_lo_cargado_solo_queda_la_huella_y_en_el_registro_ni_eso(
    puerta: Puerta, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    escritos = io.StringIO()
    for manejador in registro.handlers:
        monkeypatch.setattr(manejador, "stream", escritos)
    canario = rut_de_ejemplo(77_654_321)
    cargar(puerta, f"{canario},{UNA_FERIA}")
    cargar(puerta, f"{canario},{UNA_FERIA}", "77654321-0,malo")
    cargar_rendiciones(puerta, [canario])
    salida = escritos.getvalue() + "".join(capfd.readouterr())
    assert '"cual":"rendiciones","filas":1,"funcionario":"evaluador-maule"' in salida
    assert "77654321" not in salida
    estado_local = Path(puerta.entorno["ESTADO_LOCAL"])
    guardado = b"".join(a.read_bytes() for a in estado_local.rglob("*") if a.is_file())
    assert b"77654321" not in guardado
