"""El acta de cada selección: una por corrida, se termina si se corta, se publica y se puede repetir."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from funciones.barrer import barrer
from funciones.dominio.acta import canonico
from funciones.dominio.acta_escrita import entera
from funciones.dominio.acta_leida import leer
from funciones.dominio.postulacion import Estado, Papel
from funciones.dominio.replica import comprobar
from funciones.dominio.resultado import MOTIVOS, contar_motivos
from funciones.oficina import acta_publicada, actas
from tests.funciones.conftest import entorno_embebido
from tests.funciones.cortes import Cortador, Corte, Falla
from tests.funciones.puerta import DE_OTRA_REGION, EVALUADOR, NACIONAL, Puerta
from tests.mundo import a_la_vez, avanzar
from tests.recorridos.mundo import CONVOCATORIA, rut_de_ejemplo

NOTAS = ("7", "6,5", "5", "3")
ACTA = f"{CONVOCATORIA}-001"
FINAL = [Estado.SELECCIONADA, Estado.SELECCIONADA, Estado.LISTA_DE_ESPERA, Estado.NO_SELECCIONADA]


@pytest.fixture(scope="module")
def lista(tmp_path_factory: pytest.TempPathFactory, horneado: Path) -> tuple[Path, list[str], list[str]]:
    """Cuatro postulaciones calificadas, listas para elegir: dos cupos y un lugar en la espera."""
    carpeta = tmp_path_factory.mktemp("por-elegir")
    with entorno_embebido(carpeta, horneado) as puerta:
        pares = [puerta.recibida(rut_de_ejemplo(77_300_000 + n), nombre=f"Empresa {n}") for n in range(len(NOTAS))]
        convocatoria = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
        assert convocatoria is not None
        puerta.poner_la_hora(convocatoria.cierre + timedelta(hours=1))
        for (folio, _), nota in zip(pares, NOTAS, strict=True):
            notas = dict.fromkeys(("origen", "presentacion"), nota)
            razones = dict.fromkeys(notas, "Se ve en lo que lleva")
            assert puerta.decidir(folio, "admisible")[0] == 200
            assert puerta.decidir(folio, "evaluada", notas=notas, justificaciones=razones)[0] == 200
    return carpeta, [folio for folio, _ in pares], [codigo for _, codigo in pares]


@pytest.fixture
def por_elegir(tmp_path: Path, horneado: Path, lista: Any) -> Iterator[Puerta]:
    """Una copia de esa situación, con su propia carpeta de datos donde publicar."""
    with copia(tmp_path, horneado, lista) as puerta:
        yield puerta


@contextmanager
def copia(carpeta: Path, horneado: Path, lista: Any) -> Iterator[Puerta]:
    shutil.copytree(lista[0] / "estado", carpeta / "estado")
    with entorno_embebido(carpeta, horneado) as puerta:
        convocatoria = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
        assert convocatoria is not None
        puerta.poner_la_hora(convocatoria.cierre + timedelta(hours=2))
        puerta.entorno["DATOS"] = str(carpeta / "datos")
        yield puerta


def como_quedo(puerta: Puerta, lista: Any) -> list[Estado]:
    hallados = [puerta.montaje.almacen.postulacion(folio) for folio in lista[1]]
    return [p.estado for p in hallados if p is not None]


def publicadas(puerta: Puerta) -> list[dict[str, str]]:
    archivo = Path(puerta.entorno["DATOS"]) / "transparencia" / "actas.csv"
    with archivo.open(encoding="utf-8", newline="") as abierto:
        return list(csv.DictReader(abierto))


def actas_de(puerta: Puerta, funcionario: Any = EVALUADOR) -> tuple[int, Any]:
    consulta = {"convocatoria": CONVOCATORIA}
    return puerta.json("seleccionar", "GET", "/api/mesa/actas", funcionario=funcionario, consulta=consulta)


def pedir_acta(puerta: Puerta, acta: str, funcionario: Any = EVALUADOR) -> tuple[int, Any]:
    ruta = "/api/mesa/actas/{acta}"
    return puerta.json("seleccionar", "GET", ruta, funcionario=funcionario, camino={"acta": acta})


def test_ejecutar_deja_un_acta_que_la_mesa_baja_y_el_portal_publica(por_elegir: Puerta, lista: Any) -> None:
    codigo, cuerpo = por_elegir.seleccionar("ejecutar")
    assert (codigo, cuerpo["acta"]["id"]) == (200, ACTA)
    assert como_quedo(por_elegir, lista) == FINAL
    _, listado = actas_de(por_elegir)
    assert [(a["acta"], a["numero"], a["sha256"]) for a in listado["actas"]] == [(ACTA, 1, cuerpo["acta"]["sha256"])]
    assert (listado["actas"][0]["seleccionadas"], listado["actas"][0]["espera"]) == (2, 1)
    assert listado["actas"][0]["no_seleccionadas"] == 1
    entera = por_elegir.montaje.deposito.leer(f"actas/{CONVOCATORIA}/001.json")
    publica = (Path(por_elegir.entorno["DATOS"]) / "transparencia" / "actas" / f"{ACTA}.json").read_bytes()
    assert comprobar(entera).diferencias == ()
    assert comprobar(publica).diferencias == ()
    (fila,) = publicadas(por_elegir)
    assert (fila["acta"], fila["sha256_acta"]) == (ACTA, cuerpo["acta"]["sha256"])
    assert json.loads(publica)["sha256"]["acta"] == cuerpo["acta"]["sha256"]
    assert lista[1][3].encode() not in publica
    assert b"Empresa" not in entera
    codigo, entregada = pedir_acta(por_elegir, ACTA)
    assert codigo == 200
    assert f"actas/{CONVOCATORIA}/001.json" in entregada["enlace"]


def test_la_hoja_del_acta_dice_quien_por_que_y_el_resultado_de_cada_folio_sin_nombres(por_elegir: Puerta) -> None:
    por_elegir.seleccionar("ejecutar")
    ruta, camino = "/api/mesa/actas/{acta}/hoja", {"acta": ACTA}
    codigo, hoja = por_elegir.json("seleccionar", "GET", ruta, funcionario=EVALUADOR, camino=camino)
    assert codigo == 200
    assert (hoja["quien"], hoja["motivo"], hoja["numero"]) == ("evaluador-maule", "Cerró el plazo", 1)
    resultados = [fila["resultado"] for fila in hoja["filas"]]
    assert resultados == ["seleccionada", "seleccionada", "lista_de_espera", "no_seleccionada"]
    assert hoja["filas"][-1]["motivo_texto"]
    assert "Empresa" not in json.dumps(hoja)
    for funcionario, acta in ((DE_OTRA_REGION, ACTA), (EVALUADOR, f"{CONVOCATORIA}-002")):
        pedida = {"funcionario": funcionario, "camino": {"acta": acta}}
        assert por_elegir.json("seleccionar", "GET", ruta, **pedida)[0] == 404


def tabla(puerta: Puerta, nombre: str) -> list[dict[str, str]]:
    with (Path(puerta.entorno["DATOS"]) / "transparencia" / f"{nombre}.csv").open(encoding="utf-8") as abierto:
        return list(csv.DictReader(abierto))


def test_ejecutar_publica_los_resultados_por_folio_y_repetir_no_los_cambia(por_elegir: Puerta, lista: Any) -> None:
    por_elegir.seleccionar("ejecutar")
    filas = tabla(por_elegir, "resultados")
    assert [(f["folio"], f["resultado"], f["orden"], f["razon_social"]) for f in filas] == [
        (lista[1][0], "seleccionada", "1", "Empresa 0"),
        (lista[1][1], "seleccionada", "2", "Empresa 1"),
        (lista[1][2], "lista_de_espera", "1", "Empresa 2"),
    ]
    assert [f["puntaje"] for f in filas] == ["7.00", "6.50", "5.00"]
    motivos = {f["motivo"]: f["cuantas"] for f in tabla(por_elegir, "motivos")}
    # Una sola no se muestra: se sabría de quién es.
    assert set(motivos.values()) == {""}
    antes = (filas, tabla(por_elegir, "motivos"))
    convocatoria = por_elegir.montaje.horneado.convocatoria(CONVOCATORIA)
    acta = actas.ultima(CONVOCATORIA)
    assert acta is not None
    assert convocatoria is not None
    assert actas.cumplir(acta, convocatoria) == 0
    assert (tabla(por_elegir, "resultados"), tabla(por_elegir, "motivos")) == antes


def test_un_acta_nueva_no_reescribe_los_motivos_de_la_primera(por_elegir: Puerta) -> None:
    por_elegir.seleccionar("ejecutar")
    archivo = Path(por_elegir.entorno["DATOS"]) / "transparencia" / "motivos.csv"
    archivo.write_bytes(archivo.read_bytes().replace(b"bajo_nota_minima,,", b"bajo_nota_minima,12,"))
    antes = archivo.read_bytes()
    acta, convocatoria = actas.ultima(CONVOCATORIA), por_elegir.montaje.horneado.convocatoria(CONVOCATORIA)
    assert acta is not None
    assert convocatoria is not None
    acta_publicada.publicar(replace(acta, numero=2), convocatoria)
    assert [f["acta"] for f in publicadas(por_elegir)] == [ACTA, f"{CONVOCATORIA}-002"]
    # Quien guardó la tabla anterior no puede restarle la nueva.
    assert archivo.read_bytes() == antes
    assert b"bajo_nota_minima,12," in antes


def test_cada_paso_dice_que_acta_lo_decidio(por_elegir: Puerta, lista: Any) -> None:
    _, cuerpo = por_elegir.seleccionar("ejecutar")
    for folio in lista[1]:
        ultima = por_elegir.montaje.almacen.transiciones(folio)[-1]
        assert ultima.acta == f"{ACTA}:{cuerpo['acta']['sha256']}"


def test_simular_no_deja_acta_y_repetir_no_levanta_otra(por_elegir: Puerta) -> None:
    _, cuerpo = por_elegir.seleccionar("simular")
    assert (cuerpo["acta"], actas_de(por_elegir)[1]["actas"]) == (None, [])
    por_elegir.seleccionar("ejecutar")
    _, otra_vez = por_elegir.seleccionar("ejecutar")
    assert (otra_vez["acta"], otra_vez["seleccionadas"]) == (None, [])
    assert len(actas_de(por_elegir)[1]["actas"]) == 1
    assert len(publicadas(por_elegir)) == 1


def test_un_acta_es_de_su_region_y_del_rol_que_elige(por_elegir: Puerta) -> None:
    por_elegir.seleccionar("ejecutar")
    assert actas_de(por_elegir, DE_OTRA_REGION)[0] == 404
    assert pedir_acta(por_elegir, ACTA, DE_OTRA_REGION)[0] == 404
    assert pedir_acta(por_elegir, ACTA, {**EVALUADOR, "rol": "operador"})[0] == 404
    assert pedir_acta(por_elegir, ACTA, NACIONAL)[0] == 200
    assert pedir_acta(por_elegir, ACTA, {})[0] == 401
    for ausente in (f"{CONVOCATORIA}-002", f"{CONVOCATORIA}-1", CONVOCATORIA, "otra-001", "", "../../001"):
        assert pedir_acta(por_elegir, ausente)[0] == 404, ausente


def exigir_fila_al_final(puerta: Puerta) -> None:
    """Donde sea que se cortó, si está la fila del acta está también todo lo demás."""
    carpeta = Path(puerta.entorno["DATOS"]) / "transparencia"
    if (carpeta / "actas.csv").exists():
        assert (carpeta / "actas" / f"{ACTA}.json").exists()
        assert len(tabla(puerta, "resultados")) == 3
        assert len(tabla(puerta, "motivos")) == len(MOTIVOS)


def elegir_con_cortes(puerta: Puerta, falla: Falla, en: int) -> int:
    """Ejecuta hasta que salga, cortando una vez; cuántas llamadas hizo el primer intento."""
    cortador = Cortador(falla, en)
    cortador.instalar()
    with suppress(Corte):
        puerta.seleccionar("ejecutar")
    llamadas = cortador.llamadas
    cortador.terminar()
    exigir_fila_al_final(puerta)
    assert puerta.seleccionar("ejecutar")[0] == 200
    return llamadas


@pytest.mark.parametrize("falla", Falla)
def test_cortada_en_cualquier_llamada_hay_una_sola_acta_y_cada_decision_ocurre_una_vez(
    tmp_path: Path, horneado: Path, lista: Any, falla: Falla
) -> None:
    for en in count(1):
        with copia(tmp_path / str(en), horneado, lista) as puerta:
            llamadas = elegir_con_cortes(puerta, falla, en)
            assert como_quedo(puerta, lista) == FINAL, (falla, en)
            assert [a["acta"] for a in actas_de(puerta)[1]["actas"]] == [ACTA], (falla, en)
            assert [fila["acta"] for fila in publicadas(puerta)] == [ACTA], (falla, en)
            for folio in lista[1]:
                historia = puerta.montaje.almacen.transiciones(folio)
                assert sum(t.acta != "" for t in historia) == 1, (falla, en)
        if llamadas < en:
            # Ya se cortó en todas.
            assert en > 10
            return


def cortar_antes_de_aplicar(puerta: Puerta) -> None:
    """Deja el acta escrita y ninguna decisión aplicada."""
    cortador = Cortador()
    cortador.instalar()
    original = puerta.montaje.deposito.escribir

    def escribir_y_morir(*argumentos: Any) -> Any:
        original(*argumentos)
        raise Corte

    puerta.montaje.deposito.__dict__["escribir"] = escribir_y_morir
    with pytest.raises(Corte):
        puerta.seleccionar("ejecutar")
    cortador.terminar()
    del puerta.montaje.deposito.__dict__["escribir"]


def test_a_quien_se_retiro_mientras_tanto_no_se_le_aplica_lo_decidido(por_elegir: Puerta, lista: Any) -> None:
    cortar_antes_de_aplicar(por_elegir)
    assert como_quedo(por_elegir, lista) == [Estado.EVALUADA] * 4
    cuerpo = {"folio": lista[1][0], "codigo": lista[2][0], "accion": "retirar"}
    assert por_elegir.json("responder", "POST", "/api/responder", cuerpo=cuerpo)[0] == 200
    _, terminada = por_elegir.seleccionar("ejecutar", motivo="Otra razón")
    assert terminada["acta"]["id"] == ACTA
    assert como_quedo(por_elegir, lista) == [Estado.RETIRADA, *FINAL[1:]]
    quien = por_elegir.montaje.almacen.transiciones(lista[1][1])[-1]
    assert quien.motivo == "Cerró el plazo"


def test_si_nadie_vuelve_a_ejecutar_el_barrido_termina_lo_que_el_acta_decidio(por_elegir: Puerta, lista: Any) -> None:
    cortar_antes_de_aplicar(por_elegir)
    por_elegir.pasar(timedelta(minutes=4))
    assert barrer()["seleccionadas"] == 0
    por_elegir.pasar(timedelta(minutes=2))
    assert barrer()["seleccionadas"] == 4
    assert como_quedo(por_elegir, lista) == FINAL
    assert [fila["acta"] for fila in publicadas(por_elegir)] == [ACTA]
    ultima = por_elegir.montaje.almacen.transiciones(lista[1][3])[-1]
    assert (ultima.actor.id, ultima.actor.papel) == (EVALUADOR["sub"], Papel.PERSONAL)
    assert barrer()["seleccionadas"] == 0


def test_el_barrido_no_revive_un_acta_vieja_ni_la_de_una_convocatoria_detenida(
    por_elegir: Puerta, lista: Any, horneado: Path, tmp_path: Path
) -> None:
    cortar_antes_de_aplicar(por_elegir)
    por_elegir.pasar(timedelta(days=3))
    assert barrer()["seleccionadas"] == 0
    por_elegir.pasar(timedelta(days=-2))
    publicado = json.loads(horneado.read_text(encoding="utf-8"))
    publicado["convocatorias"][CONVOCATORIA]["situacion"] = "suspendida"
    detenida = tmp_path / "detenida.json"
    detenida.write_text(json.dumps(publicado), encoding="utf-8")
    por_elegir.entorno["HORNEADO"] = str(detenida)
    assert barrer()["seleccionadas"] == 0
    assert como_quedo(por_elegir, lista) == [Estado.EVALUADA] * 4
    por_elegir.entorno["HORNEADO"] = str(horneado)
    assert barrer()["seleccionadas"] == 4


def test_lo_que_ya_no_cabe_queda_sin_decidir_y_la_siguiente_corrida_lo_decide(
    por_elegir: Puerta, lista: Any, horneado: Path, tmp_path: Path
) -> None:
    cortar_antes_de_aplicar(por_elegir)
    publicado = json.loads(horneado.read_text(encoding="utf-8"))
    publicado["convocatorias"][CONVOCATORIA]["cupos"] = 1
    con_menos = tmp_path / "con-menos-cupos.json"
    con_menos.write_text(json.dumps(publicado), encoding="utf-8")
    por_elegir.entorno["HORNEADO"] = str(con_menos)
    _, terminada = por_elegir.seleccionar("ejecutar")
    assert terminada["acta"]["id"] == ACTA
    assert como_quedo(por_elegir, lista) == [Estado.SELECCIONADA, Estado.EVALUADA, *FINAL[2:]]
    _, nueva = por_elegir.seleccionar("ejecutar")
    assert nueva["acta"]["id"] == f"{CONVOCATORIA}-002"
    assert como_quedo(por_elegir, lista)[1] is Estado.NO_SELECCIONADA


def test_si_dos_ejecutan_a_la_vez_hay_una_sola_acta(por_elegir: Puerta, lista: Any) -> None:
    dadas = a_la_vez(lambda _: por_elegir.seleccionar("ejecutar"), range(4))
    assert {dada[0] for dada in dadas if isinstance(dada, tuple)} == {200}
    assert [a["acta"] for a in actas_de(por_elegir)[1]["actas"]] == [ACTA]
    assert como_quedo(por_elegir, lista) == FINAL
    for folio in lista[1]:
        assert sum(t.acta != "" for t in por_elegir.montaje.almacen.transiciones(folio)) == 1


def test_quien_llega_segundo_sigue_el_acta_de_quien_se_adelanto(por_elegir: Puerta, lista: Any) -> None:
    deposito = por_elegir.montaje.deposito
    original = deposito.escribir

    def se_adelanta_otra(*argumentos: Any) -> bool:
        del deposito.__dict__["escribir"]
        assert por_elegir.seleccionar("ejecutar", motivo="La que se adelantó")[0] == 200
        return original(*argumentos)

    deposito.__dict__["escribir"] = se_adelanta_otra
    codigo, cuerpo = por_elegir.seleccionar("ejecutar", motivo="La que llegó segunda")
    (guardada,) = actas_de(por_elegir)[1]["actas"]
    assert (codigo, cuerpo["acta"]) == (200, {"id": ACTA, "sha256": guardada["sha256"]})
    assert len(publicadas(por_elegir)) == 1
    for folio in lista[1]:
        assert por_elegir.montaje.almacen.transiciones(folio)[-1].motivo == "La que se adelantó"


def test_sin_via_de_recurso_no_se_levanta_acta_ni_se_decide(
    por_elegir: Puerta, lista: Any, horneado: Path, tmp_path: Path
) -> None:
    publicado = json.loads(horneado.read_text(encoding="utf-8"))
    publicado["parametros"] = [p for p in publicado["parametros"] if not p["clave"].startswith("recurso_")]
    sin_recurso = tmp_path / "sin-recurso.json"
    sin_recurso.write_text(json.dumps(publicado), encoding="utf-8")
    por_elegir.entorno["HORNEADO"] = str(sin_recurso)
    codigo, cuerpo = por_elegir.seleccionar("ejecutar")
    assert (codigo, cuerpo["error"]) == (409, "recurso_sin_definir")
    assert como_quedo(por_elegir, lista) == [Estado.EVALUADA] * 4
    assert por_elegir.montaje.deposito.listar("actas/") == ()


def test_si_ese_numero_ya_se_publico_con_otro_contenido_no_se_pisa_y_la_seleccion_sigue(
    por_elegir: Puerta, lista: Any
) -> None:
    por_elegir.montaje.publicacion.guardar(f"transparencia/actas/{ACTA}.json", b"{}\n")
    assert por_elegir.seleccionar("ejecutar")[0] == 200
    assert como_quedo(por_elegir, lista) == FINAL
    assert (Path(por_elegir.entorno["DATOS"]) / "transparencia" / "actas" / f"{ACTA}.json").read_bytes() == b"{}\n"
    assert not (Path(por_elegir.entorno["DATOS"]) / "transparencia" / "actas.csv").exists()


def sin_publicar(puerta: Puerta) -> None:
    """Deja el acta aplicada y sin publicar: la carpeta de datos no se podía escribir."""
    datos = Path(puerta.entorno["DATOS"])
    datos.write_text("aquí no cabe una carpeta", encoding="utf-8")
    assert puerta.seleccionar("ejecutar")[0] >= 500


def test_un_acta_aplicada_se_publica_aunque_pasen_los_dias_o_se_suspenda_y_mientras_falta_se_avisa(
    por_elegir: Puerta, lista: Any, horneado: Path, tmp_path: Path
) -> None:
    sin_publicar(por_elegir)
    assert como_quedo(por_elegir, lista) == FINAL
    publicado = json.loads(horneado.read_text(encoding="utf-8"))
    publicado["convocatorias"][CONVOCATORIA]["situacion"] = "suspendida"
    detenida = tmp_path / "detenida.json"
    detenida.write_text(json.dumps(publicado), encoding="utf-8")
    por_elegir.entorno["HORNEADO"] = str(detenida)
    por_elegir.pasar(timedelta(days=40))
    hecho = barrer()
    assert (hecho["publicadas"], hecho["fallas"]) == (0, 1)
    Path(por_elegir.entorno["DATOS"]).unlink()
    assert (barrer()["publicadas"], barrer()["publicadas"]) == (1, 0)
    assert [fila["acta"] for fila in publicadas(por_elegir)] == [ACTA]
    assert [f["folio"] for f in tabla(por_elegir, "resultados")] == lista[1][:3]


def test_un_acta_que_nadie_aplico_no_publica_resultados(por_elegir: Puerta) -> None:
    cortar_antes_de_aplicar(por_elegir)
    por_elegir.pasar(timedelta(days=3))
    assert (barrer()["publicadas"], barrer()["fallas"]) == (0, 0)
    assert not (Path(por_elegir.entorno["DATOS"]) / "transparencia" / "resultados.csv").exists()


def test_lo_que_pasa_despues_del_acta_no_cambia_lo_publicado(por_elegir: Puerta, lista: Any) -> None:
    por_elegir.seleccionar("ejecutar")
    archivo = Path(por_elegir.entorno["DATOS"]) / "transparencia" / "motivos.csv"
    antes = archivo.read_bytes()
    acta = actas.ultima(CONVOCATORIA)
    assert acta is not None
    cuenta = contar_motivos(acta, por_elegir.montaje.almacen.cola(CONVOCATORIA))
    for folio in lista[1]:
        p = por_elegir.montaje.almacen.postulacion(folio)
        assert p is not None
        if p.estado is Estado.SELECCIONADA:
            avanzar(por_elegir.montaje.almacen, p, Estado.RETIRADA)
    negada = por_elegir.montaje.almacen.postulacion(lista[1][3])
    assert negada is not None
    despues = [
        replace(negada, folio=f, estado=Estado.NO_ADMISIBLE, hallazgos={"ventas": "no_cumple"}) for f in lista[1]
    ]
    assert contar_motivos(acta, despues) == cuenta == {"bajo_nota_minima": 1}
    archivo.write_bytes(antes.replace(b"ventas,,", b"ventas,99,"))
    por_elegir.pasar(timedelta(minutes=6))
    assert barrer()["fallas"] == 0
    assert b"ventas,99," in archivo.read_bytes()


def torcer(puerta: Puerta, lista: Any, torcido: str) -> None:
    """Alguien con acceso al depósito reescribe el acta que quedó sin aplicar."""
    archivo = Path(puerta.entorno["ESTADO_LOCAL"]) / "documentos" / "actas" / CONVOCATORIA / "001.json"
    sano = archivo.read_bytes()
    if torcido == "cortada":
        archivo.write_bytes(sano[: len(sano) // 2])
        return
    acta = leer(sano)
    elegidas, negadas = acta.seleccion.seleccionadas, acta.seleccion.no_seleccionadas
    cambiada = replace(
        acta.seleccion,
        seleccionadas=(negadas[0][0], *elegidas[1:]),
        no_seleccionadas=((elegidas[0], negadas[0][1]),),
    )
    otras = {
        "listas y firma": replace(acta, seleccion=cambiada, quien=replace(acta.quien, id="nadie")),
        "firma": replace(acta, quien=replace(acta.quien, id="nadie")),
        "motivo": replace(acta, motivo="Otro"),
        "sal": replace(acta, sal="00" * 32),
    }
    # Con todas sus huellas al día, como lo haría quien conoce el formato.
    archivo.write_bytes(canonico(entera(otras[torcido])))


@pytest.mark.parametrize("torcido", ["cortada", "listas y firma", "firma", "motivo", "sal"])
def test_un_acta_que_no_escribio_el_sistema_no_la_cumple_nadie(por_elegir: Puerta, lista: Any, torcido: str) -> None:
    cortar_antes_de_aplicar(por_elegir)
    torcer(por_elegir, lista, torcido)
    por_elegir.pasar(timedelta(minutes=6))
    hecho = barrer()
    assert (hecho["seleccionadas"], hecho["fallas"]) == (0, 1)
    codigo, cuerpo = por_elegir.seleccionar("ejecutar")
    assert (codigo, cuerpo["error"]) == (409, "acta_cambiada")
    assert como_quedo(por_elegir, lista) == [Estado.EVALUADA] * 4
    assert not (Path(por_elegir.entorno["DATOS"]) / "transparencia").exists()


def test_un_acta_de_otra_convocatoria_puesta_en_su_lugar_no_se_cumple(por_elegir: Puerta, lista: Any) -> None:
    cortar_antes_de_aplicar(por_elegir)
    carpeta = Path(por_elegir.entorno["ESTADO_LOCAL"]) / "documentos" / "actas" / CONVOCATORIA
    (carpeta / "001.json").rename(carpeta / "002.json")
    assert por_elegir.seleccionar("ejecutar")[1]["error"] == "acta_cambiada"
    assert como_quedo(por_elegir, lista) == [Estado.EVALUADA] * 4


def test_un_acta_ilegible_se_dice_al_pedir_la_lista(por_elegir: Puerta, lista: Any) -> None:
    cortar_antes_de_aplicar(por_elegir)
    torcer(por_elegir, lista, "cortada")
    assert actas_de(por_elegir)[0] == 409
