"""Lo que la página de una convocatoria y la del programa dicen de los requisitos sale de los datos y de las reglas."""

import json
import shutil
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page

from funciones.adaptadores.casos import NO_RIGE, ejemplos, hallar
from funciones.adaptadores.horneado import Horneado
from funciones.dominio.admisibilidad import REGLAS, TipoPersona
from generador.ejemplos import EN_PALABRAS
from generador.matriz import SOLO_SI_LO_PIDE
from tests.sitio.conftest import DATOS, RAIZ, Construir
from tests.sitio.lector import Nodo, leer

MARCA = "De esta convocatoria"
SIMBOLOS = {"si": "Sí", "no": "–No", "con_inicio": "Solo con inicio de actividades"}
A_PEDIDO = {
    "si": "Solo si la convocatoria lo pide",
    "no": "–No",
    "con_inicio": "Solo si la convocatoria lo pide y con inicio de actividades",
}


@pytest.fixture(scope="module")
def publicado(portal: Path) -> Horneado:
    return Horneado(json.loads((portal.parent / "horneado.json").read_text(encoding="utf-8")))


def pagina_de(paginas: dict[str, str], id_convocatoria: str) -> Nodo:
    return leer(paginas[f"/convocatorias/{id_convocatoria}/"]).uno("main")


def test_cada_convocatoria_muestra_sus_ejemplos_con_lo_que_contestan_las_reglas(
    paginas: dict[str, str], publicado: Horneado
) -> None:
    mostrados = 0
    for id_convocatoria in publicado.ids():
        convocatoria = publicado.convocatoria(id_convocatoria)
        assert convocatoria is not None
        texto = pagina_de(paginas, id_convocatoria).texto
        for caso in publicado.casos(id_convocatoria):
            hallazgo = hallar(caso, publicado.reglamento(convocatoria), publicado.comunas)
            resultado = NO_RIGE if hallazgo is None else str(hallazgo.resultado)
            assert f"{caso['titulo']}: {EN_PALABRAS[resultado]}." in texto
            mostrados += 1
    assert mostrados >= 12
    todas = " ".join(pagina_de(paginas, i).texto for i in publicado.ids())
    assert "Una cooperativa con 2.400 UF por asociado: no cumple." in todas


def test_lo_que_estrecha_una_convocatoria_lleva_su_marca_y_sus_numeros(
    paginas: dict[str, str], publicado: Horneado
) -> None:
    vistas = set()
    for id_convocatoria in publicado.ids():
        convocatoria = publicado.convocatoria(id_convocatoria)
        assert convocatoria is not None
        marcados = [li.texto for li in pagina_de(paginas, id_convocatoria).todos("li") if MARCA in li.texto]
        esperan = {
            "El programa admite entre": (convocatoria.ventas_minimas_uf, convocatoria.ventas_maximas_uf)
            != (None, None),
            "liderados por mujeres": bool(convocatoria.perfil),
            "desde tu inicio de actividades": convocatoria.antiguedad_maxima_anios is not None
            or convocatoria.antiguedad_minima_anios is not None,
            "que admite esta convocatoria": bool(convocatoria.regiones_admitidas or convocatoria.comunas_admitidas),
        }
        for frase, espera in esperan.items():
            assert any(frase in texto for texto in marcados) or not espera, (id_convocatoria, frase)
            vistas |= {frase} if espera else set()
    assert len(vistas) == 4


def test_la_pauta_muestra_que_se_ve_en_cada_nota_y_quien_la_pone(paginas: dict[str, str], publicado: Horneado) -> None:
    varias = a_ciegas = 0
    for id_convocatoria in publicado.ids():
        convocatoria = publicado.convocatoria(id_convocatoria)
        assert convocatoria is not None
        texto = pagina_de(paginas, id_convocatoria).texto
        for criterio in convocatoria.criterios:
            assert criterio.descriptores
            for descriptor in criterio.descriptores:
                assert f"{descriptor.nota} {descriptor.texto}" in texto
        assert ("Vale el promedio." in texto) is (convocatoria.evaluadores > 1)
        assert ("Se evalúa a ciegas" in texto) is convocatoria.a_ciegas
        varias, a_ciegas = varias + (convocatoria.evaluadores > 1), a_ciegas + convocatoria.a_ciegas
    assert varias
    assert a_ciegas


def test_los_cupos_asegurados_y_el_tope_se_dicen(paginas: dict[str, str], publicado: Horneado) -> None:
    con_reserva = con_tope = 0
    for id_convocatoria in publicado.ids():
        convocatoria = publicado.convocatoria(id_convocatoria)
        assert convocatoria is not None
        texto = pagina_de(paginas, id_convocatoria).texto
        for reserva in convocatoria.reservas:
            assert f"{reserva.titulo}: {reserva.cupos} de los {convocatoria.cupos} cupos." in texto
            con_reserva += 1
        tope = convocatoria.postulaciones_maximas
        assert ("Recibe hasta" in texto) is (tope is not None)
        if tope is not None:
            assert f"Recibe hasta {tope} postulaciones." in texto
            con_tope += 1
    assert con_reserva
    assert con_tope


def test_a_que_se_compromete_quien_queda_se_sabe_antes_de_postular(
    paginas: dict[str, str], publicado: Horneado
) -> None:
    con_carta = 0
    for id_convocatoria in publicado.ids():
        convocatoria = publicado.convocatoria(id_convocatoria)
        assert convocatoria is not None
        texto = pagina_de(paginas, id_convocatoria).texto
        assert ("A qué te comprometes si quedas" in texto) is bool(convocatoria.compromisos)
        assert [c for c in convocatoria.compromisos if c not in texto] == []
        con_carta += bool(convocatoria.compromisos)
    assert con_carta


def celdas(tabla: Nodo) -> dict[str, list[str]]:
    return {
        fila.uno("th").texto: [celda.texto for celda in fila.todos("td")] for fila in tabla.uno("tbody").todos("tr")
    }


@pytest.mark.parametrize("componente", [1, 2])
def test_la_matriz_del_programa_dice_lo_mismo_que_la_de_los_datos(
    paginas: dict[str, str], publicado: Horneado, componente: int
) -> None:
    tabla = leer(paginas["/requisitos/"]).todos("table", "matriz")[componente - 1]
    rige = {(f["regla"], f["tipo_persona"]): f["rige"] for f in publicado.matriz if f["componente"] == componente}
    filas = list(celdas(tabla).values())
    assert len(filas) == len(REGLAS)
    for regla, vistas in zip(REGLAS, filas, strict=True):
        assert vistas == [_simbolo(regla, rige[regla, tipo]) for tipo in TipoPersona], regla


def _simbolo(regla: str, rige: str) -> str:
    """Lo que piden solo algunas convocatorias no lleva el «Sí» de lo que se pide siempre."""
    return A_PEDIDO[rige] if regla in SOLO_SI_LO_PIDE else SIMBOLOS[rige]


def test_lo_que_solo_piden_algunas_convocatorias_es_lo_que_el_reglamento_no_pide_siempre(publicado: Horneado) -> None:
    sueltas = [c for c in map(publicado.convocatoria, publicado.ids()) if c and not c.regiones_admitidas]
    libre = next(c for c in sueltas if not (c.comunas_admitidas or c.perfil or c.antiguedad_maxima_anios))
    no_pide = {regla for regla in REGLAS if not publicado.reglamento(libre).pide(regla)}
    assert set(SOLO_SI_LO_PIDE) == no_pide | {"territorio"}


def test_en_su_convocatoria_lo_que_ella_pide_lleva_su_marca_entera(paginas: dict[str, str]) -> None:
    for ruta, html in paginas.items():
        if ruta.startswith("/convocatorias/"):
            assert "lo pide" not in " ".join(t.texto for t in leer(html).todos("table", "matriz")), ruta


def test_cada_papel_de_la_matriz_se_nombra_en_palabras(paginas: dict[str, str]) -> None:
    for ruta, html in paginas.items():
        for tabla in leer(html).todos("table", "matriz"):
            assert not [titulo for titulo in celdas(tabla) if "carpeta-" in titulo or "f30-" in titulo], ruta


def test_los_papeles_del_programa_no_dependen_de_ninguna_convocatoria(construido: Construir, tmp_path: Path) -> None:
    datos = tmp_path / "datos"
    shutil.copytree(DATOS, datos)
    pedidos = datos / "convocatorias" / "documentos.csv"
    pedidos.write_text(pedidos.read_text(encoding="utf-8").replace("Certificado F30", "Papel F30"), encoding="utf-8")
    texto = leer((construido("otros", datos=datos) / "requisitos" / "index.html").read_text(encoding="utf-8")).texto
    assert "Papel F30" not in texto
    assert "Certificado F30 de antecedentes laborales" in texto


def test_la_pagina_del_programa_muestra_los_ejemplos_que_corren_en_las_pruebas(paginas: dict[str, str]) -> None:
    texto = leer(paginas["/requisitos/"]).uno("main").texto
    archivos = sorted((RAIZ / "tests" / "casos").glob("*.yaml"))
    assert archivos
    for archivo in archivos:
        escritos = ejemplos(yaml.load(archivo.read_text(encoding="utf-8"), yaml.BaseLoader))
        assert escritos
        for ejemplo in escritos:
            assert f"{ejemplo.titulo}: {EN_PALABRAS[ejemplo.resultado]}." in texto


def test_los_numeros_del_programa_llevan_su_fuente(paginas: dict[str, str]) -> None:
    lista = leer(paginas["/requisitos/"]).uno("main").todos("ul", "lista")[0].todos("li")
    assert len(lista) == 5
    assert all("Fuente: " in li.texto for li in lista)


def test_el_boton_final_no_toca_la_raya_del_ultimo_ejemplo(sitio: str, pagina: Page) -> None:
    pagina.goto(f"{sitio}/requisitos/")
    raya = pagina.locator("main details").last.bounding_box()
    boton = pagina.get_by_role("link", name="Ver las convocatorias").bounding_box()
    assert raya
    assert boton
    assert boton["y"] - (raya["y"] + raya["height"]) >= 12


def test_la_pagina_de_requisitos_llega_desde_la_convocatoria_y_vuelve(
    paginas: dict[str, str], publicado: Horneado
) -> None:
    for id_convocatoria in publicado.ids():
        ruta = f"/convocatorias/{id_convocatoria}/"
        assert f'href="{ruta}requisitos/"' in paginas[ruta]
        requisitos = leer(paginas[f"{ruta}requisitos/"]).uno("main")
        formulario = requisitos.uno("form", "revisa")
        assert (formulario.atributos["action"], formulario.atributos["method"]) == ("/api/verificar", "post")
        assert requisitos.uno("a").atributos["href"] == ruta
        assert "Participaciones anteriores: aquí no se revisa." in requisitos.uno("ul", "reglas").texto
