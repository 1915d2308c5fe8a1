"""Los datos del proyecto valen, se explican solos y muestran una convocatoria en cada estado."""

import json
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from funciones.adaptadores.horneado import Horneado
from funciones.dominio.convocatoria import EstadoConvocatoria
from generador.esquemas import PAQUETES, Campo, Recurso, leer_esquemas
from generador.hornear import bytes_de, hornear
from generador.paquetes import leer
from generador.validar import exigir, resumir
from generador.valores import convertir
from tests.datos.copia import DATOS, Copia

DATOS_LEIDOS = leer(DATOS)
CAMPOS = [
    (recurso, campo)
    for esquema in leer_esquemas(DATOS).values()
    for recurso in esquema.recursos.values()
    for campo in recurso.campos.values()
]
# El día en que se preparó el contenido de demostración.
HOY = datetime(2026, 11, 23, 15, tzinfo=UTC)
EN_UN_ANIO = datetime(2027, 11, 23, 15, tzinfo=UTC)


def _horneado() -> Horneado:
    return Horneado(json.loads(bytes_de(hornear(DATOS_LEIDOS, HOY))))


def test_los_datos_del_proyecto_estan_en_orden_y_se_resumen_en_una_linea() -> None:
    cuantas = sum(map(len, DATOS_LEIDOS.values()))
    filas = sum(len(f) for tablas in DATOS_LEIDOS.values() for f in tablas.values())
    en_chileno = f"{filas:,}".replace(",", ".")
    assert (
        resumir(exigir(DATOS)) == f"{len(DATOS_LEIDOS)} paquetes, {cuantas} tablas, {en_chileno} filas: todo en orden."
    )


@pytest.mark.parametrize("nombre", PAQUETES)
def test_cada_paquete_vale_tal_cual_para_frictionless(nombre: str) -> None:
    from frictionless import Package

    informe = Package(str(DATOS / nombre / "datapackage.yaml")).validate()
    assert informe.valid, informe.to_summary()


@pytest.mark.parametrize("nombre", PAQUETES)
def test_cada_paquete_dice_quien_es_con_que_licencia_y_de_donde_sale(nombre: str) -> None:
    descriptor = DATOS_LEIDOS.esquemas[nombre].descriptor
    assert descriptor["name"] == nombre
    assert all(descriptor[clave] for clave in ("title", "description", "version", "created", "sources"))
    assert [licencia["name"] for licencia in descriptor["licenses"]] == ["CC-BY-4.0"]
    assert all(r["title"] and r["description"] for r in descriptor["resources"])


@pytest.mark.parametrize(("recurso", "campo"), CAMPOS, ids=[f"{r.archivo}:{c.nombre}" for r, c in CAMPOS])
def test_cada_columna_tiene_titulo_explicacion_y_un_ejemplo_que_vale(recurso: Recurso, campo: Campo) -> None:
    assert campo.descriptor["title"]
    assert campo.descriptor["description"].endswith((".", "…"))
    assert convertir(campo.ejemplo, campo) not in (None, [])
    enumeradas = campo.restricciones.get("enum")
    assert enumeradas is None or convertir(campo.ejemplo, campo) in enumeradas


def test_las_tablas_ya_estan_en_su_forma_publicada() -> None:
    for esquema in DATOS_LEIDOS.esquemas.values():
        for recurso in esquema.recursos.values():
            publicada = DATOS_LEIDOS.csv(esquema.nombre, recurso.nombre)
            assert (DATOS / recurso.archivo).read_bytes() == publicada.encode(), recurso.archivo


def test_hoy_hay_una_convocatoria_en_cada_estado_que_depende_de_fechas() -> None:
    horneado = _horneado()
    estados = Counter(horneado.convocatoria(c).estado(HOY) for c in horneado.ids())
    # Con lista de espera no sale de los datos: depende de cuántos postulan.
    assert set(estados) == set(EstadoConvocatoria) - {EstadoConvocatoria.CON_LISTA_DE_ESPERA}
    assert estados[EstadoConvocatoria.ABIERTA] >= 3


def test_dentro_de_un_anio_sigue_habiendo_una_convocatoria_abierta() -> None:
    horneado = _horneado()
    estados = {c: horneado.convocatoria(c).estado(EN_UN_ANIO) for c in horneado.ids()}
    assert EstadoConvocatoria.ABIERTA in estados.values()


def test_la_demostracion_cubre_componentes_modos_modalidades_y_regiones() -> None:
    filas = DATOS_LEIDOS["convocatorias"]["convocatorias"]
    assert len(filas) >= 8
    assert {f["componente"] for f in filas} == {1, 2}
    assert {f["modo_seleccion"] for f in filas} == {"llegada", "puntaje"}
    assert {f["modalidad"] for f in filas} == {"presencial", "virtual", "mixta"}
    assert len({f["region"] for f in filas}) >= 8
    assert any(f["cupos"] < 5 for f in filas)


def test_todo_lo_inventado_lleva_su_marca_y_nada_mas() -> None:
    marcadas = {
        (paquete, tabla): {f["demostracion"] for f in filas}
        for paquete, tablas in DATOS_LEIDOS.items()
        for tabla, filas in tablas.items()
        if filas and "demostracion" in filas[0]
    }
    assert {clave: marcas for clave, marcas in marcadas.items() if marcas != {True}} == {
        ("indicadores", "mediciones"): {True, False}
    }


def test_lo_no_medido_va_vacio_y_no_en_cero() -> None:
    reales = [f for f in DATOS_LEIDOS["indicadores"]["mediciones"] if not f["demostracion"]]
    assert [(f["anio"], f["estado"]) for f in reales] == [(2023, "no_medido"), (2024, "no_medido")]
    assert {f[c] for f in reales for c in ("numerador", "denominador", "valor", "respuestas")} == {None}


def test_las_cifras_del_formulario_estan_completas() -> None:
    def valor(tabla: str, clave: str, componente: str = "todos", anio: int = 2025) -> Decimal:
        filas = DATOS_LEIDOS["indicadores"][tabla]
        return next(f["valor"] for f in filas if (f["clave"], f["componente"], f["anio"]) == (clave, componente, anio))

    assert valor("poblacion", "potencial") == 1_128_679
    assert valor("poblacion", "objetivo") == 343_273
    assert [valor("poblacion", "beneficiaria", anio=a) for a in (2025, 2026, 2027, 2028)] == [761, 770, 770, 770]
    assert [valor("produccion", "participantes", c) for c in ("1", "2", "todos")] == [557, 588, 1145]
    assert [valor("presupuesto", "gasto", c) for c in ("1", "2", "todos")] == [547_140, 364_108, 978_785]
    assert valor("presupuesto", "gasto-administrativo") == 67_537
    assert valor("presupuesto", "gasto-por-beneficiario") == Decimal("1286.18")
    assert [valor("presupuesto", "gasto-por-unidad", c) for c in ("1", "2")] == [Decimal("982.30"), Decimal("619.23")]
    assert valor("presupuesto", "gasto-administrativo-porcentaje") == Decimal("6.90")
    assert [valor("cobertura", c) for c in ("sobre-potencial", "sobre-objetivo")] == [Decimal("0.07"), Decimal("0.22")]
    assert [(m["anio"], m["valor"]) for m in DATOS_LEIDOS["indicadores"]["metas"]] == [(2025, Decimal("70.00"))]


def test_las_listas_oficiales_estan_completas() -> None:
    parametros = DATOS_LEIDOS["parametros"]
    assert [r["region"] for r in sorted(parametros["regiones"], key=lambda r: r["orden"])] == (
        ["15", "01", "02", "03", "04", "05", "13", "06", "07", "16", "08", "09", "14", "10", "11", "12"]
    )
    assert len(parametros["comunas"]) == 346
    assert len({c["provincia"] for c in parametros["comunas"]}) == 56
    assert {o["region"] for o in parametros["oficinas"]} == {r["region"] for r in parametros["regiones"]}
    assert not any(o[c] for o in parametros["oficinas"] for c in ("telefono", "direccion", "horario", "correo"))
    assert len(parametros["actividades"]) == 674


def test_la_fila_que_agrega_un_editor_queda_publicada(copia: Copia) -> None:
    propia = "2027-feria-nueva"
    otra = "2026-feria-nuble-navidad-campesina"
    fila = copia.tabla("convocatorias/convocatorias.csv")
    valores = dict(zip(fila[0], fila[copia.numero("convocatorias/convocatorias.csv", otra) - 1], strict=True))
    copia.agregar("convocatorias/convocatorias.csv", **{**valores, "id": propia, "bases": f"bases/{propia}.md"})
    for archivo in ("documentos", "criterios", "descriptores", "hitos"):
        tabla = copia.tabla(f"convocatorias/{archivo}.csv")
        nuevas = [[propia, *f[1:]] for f in tabla if f[0] == otra]
        copia.escribir(f"convocatorias/{archivo}.csv", tabla + nuevas)
    copia.ruta(f"convocatorias/bases/{propia}.md").write_text("# Bases\n", encoding="utf-8")
    horneado = hornear(exigir(copia.carpeta), HOY)
    assert horneado["convocatorias"][propia]["cierre"] == "2026-11-13T18:00:00Z"
    assert len(horneado["convocatorias"][propia]["criterios"]) == 3


def test_las_bases_siguen_la_misma_estructura() -> None:
    partes = ["De qué se trata", "Postulación", "Evaluación y selección", "Desarrollo", "Término", "Anexos"]
    esperados = [f"## {n}. {parte}" for n, parte in enumerate(partes, 1)]
    for id_convocatoria, texto in DATOS_LEIDOS.bases.items():
        titulos = [linea for linea in texto.split("\n") if linea.startswith("## ")]
        assert titulos == esperados, id_convocatoria
        assert "Estas bases son un ejemplo." in texto


def test_las_bases_dicen_las_mismas_fechas_que_su_fila() -> None:
    for fila in DATOS_LEIDOS["convocatorias"]["convocatorias"]:
        texto = DATOS_LEIDOS.bases[fila["id"]]
        for columna in ("resultados", "actividad_inicio", "actividad_termino", "encuesta_cierre"):
            assert _en_palabras(fila[columna]) in texto, (fila["id"], columna)


MESES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"


def _en_palabras(dia: date) -> str:
    return f"{dia.day} de {MESES.split()[dia.month - 1]} de {dia.year}"


def test_ningun_dato_nombra_una_ruta_de_maquina() -> None:
    for ruta in Path(DATOS).rglob("*"):
        if ruta.is_file():
            contenido = ruta.read_bytes()
            assert b"/home/" not in contenido, ruta
            assert str(Path.home()).encode() not in contenido, ruta
