"""«Mis Datos» entra y sale en un archivo: todo o nada, con sus fallas en su fila, y nada importado se queda."""

from __future__ import annotations

from datetime import timedelta

import pytest

from funciones.dominio.postulacion import Estado
from funciones.oficina import mis_datos
from tests.funciones.oficina import OTRO_RUT, RUT, ingresada, registrar
from tests.funciones.puerta import EVALUADOR, Puerta
from tests.recorridos.mundo import CONVOCATORIA

ENCABEZADO = "rut,nombre,correo,telefono,comuna,nivel_educacional,sexo,actividad"


def _fila(rut: str = RUT, comuna: str = "Curicó") -> str:
    return f"{rut},Panes del Maule,panes@ejemplo.cl,9 1234 5678,{comuna},tecnica,mujer,107100"


def test_mis_datos_se_importa_y_se_ve_al_ingresar_y_en_que_no_calza(puerta: Puerta) -> None:
    estado, quedo = registrar(puerta, "POST", "mis_datos", {"csv": f"{ENCABEZADO}\n{_fila()}\n"})
    assert (estado, quedo["filas"]) == (200, 1)
    assert [(m["que"], m["quien"], m["filas"]) for m in quedo["movimientos"]] == [("importó", "nacional", 1)]
    cuerpo = {"convocatoria": CONVOCATORIA, "rut": RUT}
    visto = puerta.json("ingresar", "POST", "/api/mesa/ingresos/consulta", funcionario=EVALUADOR, cuerpo=cuerpo)[1]
    figura = {d["clave"]: d["texto"] for d in visto["mis_datos"]["datos"]}
    assert figura["comuna"] == "Curicó, Maule"
    assert figura["nivel_educacional"] == "Técnica superior"
    folio = ingresada(puerta)["folio"]
    ficha = puerta.mesa("GET", "/postulaciones/{folio}", camino={"folio": folio})[1]
    distintas = {(d["declarado"], d["registro"]) for d in ficha["no_calza"]}
    assert ("Talca, Maule", "Curicó, Maule") in distintas


def test_repetir_el_archivo_reemplaza_y_a_los_treinta_dias_vence(puerta: Puerta) -> None:
    for comuna in ("Curicó", "Linares"):
        assert registrar(puerta, "POST", "mis_datos", {"csv": f"{ENCABEZADO}\n{_fila(comuna=comuna)}\n"})[0] == 200
    huella = puerta.montaje.llavero.huella_rut(RUT)
    figura = mis_datos.para_mostrar(huella)
    assert figura is not None
    assert "Linares, Maule" in {d["texto"] for d in figura["datos"]}
    puerta.pasar(timedelta(days=mis_datos.DIAS_DE_VIGENCIA))
    assert mis_datos.para_mostrar(huella) is None


@pytest.mark.parametrize(
    ("filas", "fila", "columna"),
    [
        ([_fila("77300010-0")], 2, "rut"),
        ([_fila(), _fila()], 3, "rut"),
        ([_fila(), _fila(OTRO_RUT, "Narnia")], 3, "comuna"),
        ([f"{RUT},Panes"], 2, ""),
        ([], 2, "rut"),
    ],
)
def test_un_archivo_malo_no_se_importa_y_dice_donde(puerta: Puerta, filas: list[str], fila: int, columna: str) -> None:
    csv = "\n".join([ENCABEZADO, *filas]) + "\n"
    estado, rechazo = registrar(puerta, "POST", "mis_datos", {"csv": csv})
    assert (estado, rechazo["error"]) == (422, "nomina_por_corregir")
    assert [(e["fila"], e["columna"]) for e in rechazo["errores"]] == [(fila, columna)]
    assert RUT not in str(rechazo)
    assert registrar(puerta, "GET", "mis_datos")[1]["movimientos"] == []


def test_lo_exportado_va_protegido_y_se_puede_volver_a_importar(puerta: Puerta) -> None:
    ingresada(puerta, nombre="=HYPERLINK(1)")
    puerta.recibida(OTRO_RUT, nombre="Quesos del Maule")
    dias = {"desde": "2026-11-01", "hasta": "2026-11-30"}
    estado, exportado = registrar(puerta, "POST", "mis_datos/exporta", dias | {"convocatoria": CONVOCATORIA})
    assert (estado, exportado["filas"]) == (200, 2)
    assert "'=HYPERLINK(1)" in exportado["csv"]
    assert ",912345678," in exportado["csv"]
    assert [m["que"] for m in exportado["movimientos"]] == ["exportó"]
    assert registrar(puerta, "POST", "mis_datos", {"csv": exportado["csv"]})[1]["filas"] == 2


def test_se_exporta_solo_lo_de_esos_dias_una_vez_por_rut_y_nadie_sin_identidad(puerta: Puerta) -> None:
    puerta.recibida(RUT)
    retenida, _ = puerta.recibida(RUT, nombre="Impostora")
    guardada = puerta.montaje.almacen.postulacion(retenida)
    assert guardada is not None
    assert guardada.estado is Estado.RETENIDA
    csv = registrar(puerta, "POST", "mis_datos/exporta", {"desde": "2026-11-23", "hasta": "2026-11-23"})[1]["csv"]
    assert csv.count(RUT) == 1
    assert "Impostora" not in csv
    otro_dia = {"desde": "2026-11-01", "hasta": "2026-11-22"}
    assert registrar(puerta, "POST", "mis_datos/exporta", otro_dia)[1]["filas"] == 0


@pytest.mark.parametrize(
    ("dias", "campo"),
    [({"desde": "ayer", "hasta": "2026-11-23"}, "desde"), ({"desde": "2026-11-24", "hasta": "2026-11-23"}, "hasta")],
)
def test_los_dias_mal_escritos_se_dicen(puerta: Puerta, dias: dict[str, str], campo: str) -> None:
    estado, rechazo = registrar(puerta, "POST", "mis_datos/exporta", dias)
    assert (estado, list(rechazo["campos"])) == (422, [campo])


@pytest.mark.parametrize(
    ("metodo", "ruta"), [("GET", "mis_datos"), ("POST", "mis_datos"), ("POST", "mis_datos/exporta")]
)
def test_mis_datos_es_de_quien_responde_por_todo_el_pais(puerta: Puerta, metodo: str, ruta: str) -> None:
    cuerpo = None if metodo == "GET" else {}
    assert registrar(puerta, metodo, ruta, cuerpo, EVALUADOR)[0] == 404
