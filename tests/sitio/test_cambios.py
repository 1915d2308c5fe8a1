"""Lo que cambió, en palabras: lo anotado y lo guardado sin repetirse, y nada que ya no se deba publicar."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from generador import historia
from generador.cambio import Cambio
from generador.fichas import Fichas
from generador.historia import Historia, Suceso
from generador.novedades import linea
from generador.paginas_cambios import de_cambios, en_hojas
from generador.palabras_de_cambio import TAPADO, en_palabras
from generador.portal import PLANTILLAS
from generador.relleno import Relleno
from tests.sitio.conftest import AHORA, DATOS
from tests.sitio.datos_de_prueba import fichas_de
from tests.sitio.lector import leer

MAULE = "2027-feria-maule-sabores-y-oficios"
A_LAS_3, EL_JUEVES, EL_30 = "a las 15:00", "jueves 20 de mayo de 2027", "miércoles 30 de diciembre de 2026"
EL_20 = datetime(2026, 11, 20, 15, tzinfo=UTC)
# Un día después de la última enmienda de los datos.
EL_24 = datetime(2026, 11, 24, 15, tzinfo=UTC)
EL_18 = datetime(2026, 11, 18, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def fichas() -> Fichas:
    return fichas_de(DATOS, AHORA)


def cambio(
    campo: str, antes: str, despues: str, momento: datetime | None = EL_20, tabla: str = "convocatorias"
) -> Suceso:
    parte = "" if tabla == "convocatorias" else "origen"
    return Suceso(momento, f"convocatorias/{tabla}", MAULE, parte, "cambia", campo, antes, despues)


def de_maule(tmp_path: Path, *sucesos: Suceso) -> list[Cambio]:
    archivo = tmp_path / "historia.json"
    historia.escribir(Historia(sucesos), archivo)
    fichas = fichas_de(DATOS, AHORA, archivo)
    return fichas.cambios.de(next(c for c in fichas.convocatorias if c.id == MAULE))


@pytest.mark.parametrize(
    ("campo", "antes", "despues", "en_frase"),
    [
        ("cierre", "2027-05-20T15:00", "2027-05-27T15:00", f"jueves 20 de mayo → jueves 27 de mayo de 2027, {A_LAS_3}"),
        ("cierre", "2026-12-30T15:00", "2027-01-06T15:00", f"{EL_30} → miércoles 6 de enero de 2027, {A_LAS_3}"),
        ("cierre", "2027-05-20T15:00", "2027-05-20T18:00", f"{EL_JUEVES}, {A_LAS_3} → {EL_JUEVES}, a las 18:00"),
        ("resultados", "2027-05-20", "2027-05-21", "jueves 20 de mayo → viernes 21 de mayo de 2027"),
        ("cupos", "4", "1200", "4 → 1.200"),
        ("cofinanciamiento_clp", "", "45000", "sin dato → $45.000"),
        ("ventas_minimas_uf", "200.5", "sin dato", "200,5 UF → sin dato"),
        ("anio_ventas", "2024", "2025", "2024 → 2025"),
        ("situacion", "vigente", "suspendida", "en pie → suspendida"),
        ("region", "07", "10", "Maule → Los Lagos"),
        ("comunas_admitidas", "07101|07102", "", "Talca, Constitución → sin dato"),
        ("permite_repetir", "si", "no", "sí → no"),
        ("modo_seleccion", "llegada", "puntaje", "por orden de llegada → por puntaje"),
        ("cierre", "7/12/2026", "2027-05-27T15:00", "7/12/2026 → jueves 27 de mayo de 2027, a las 15:00"),
    ],
)  # fmt: skip
def test_cada_cambio_se_lee_en_palabras(fichas: Fichas, campo: str, antes: str, despues: str, en_frase: str) -> None:
    columna = fichas.datos.esquemas["convocatorias"].recursos["convocatorias"].campos[campo]
    assert " → ".join(en_palabras(fichas, columna, antes, despues)) == en_frase


def test_lo_anotado_no_se_repite_con_lo_guardado(tmp_path: Path) -> None:
    guardados = [
        cambio("cierre", "2026-11-30T15:00", "2026-12-01T15:00", EL_18),
        cambio("cierre", "2026-12-01T15:00", "2026-12-07T15:00", EL_18),
        cambio("espera_maxima", "10", "20", EL_18),
        cambio("cupos", "35", "40"),
    ]
    dichos = [(c.fecha, c.campo, c.motivo != "") for c in de_maule(tmp_path, *guardados)]
    assert dichos == [
        (date(2026, 11, 23), "criterios", True),
        (date(2026, 11, 20), "cupos", False),
        (date(2026, 11, 18), "cierre", True),
        (date(2026, 11, 9), "espera_maxima", True),
    ]


def test_solo_cuenta_lo_publicado_y_lo_que_se_promete(tmp_path: Path) -> None:
    antes_de_publicar = datetime(2026, 10, 20, tzinfo=UTC)
    callados = [
        cambio("cupos", "30", "35", antes_de_publicar),
        cambio("cupos", "35", "40", None),
        cambio("motivo_situacion", "", "Algo."),
        cambio("demostracion", "no", "si"),
        Suceso(EL_20, "convocatorias/convocatorias", MAULE, "", "agrega", "", "", "Feria"),
        Suceso(EL_20, "convocatorias/criterios", MAULE, "origen", "agrega", "", "", "Origen"),
    ]
    assert [c.campo for c in de_maule(tmp_path, *callados)] == ["criterios", "cierre", "espera_maxima"]


def test_un_dato_personal_que_se_borro_no_vuelve_por_la_historia(tmp_path: Path) -> None:
    guardado = cambio("resumen", "Escribe a persona@ejemplo.cl o al 9 1234 5678.", "Un puesto gratis.", EL_24)
    (primero, *_) = de_maule(tmp_path, guardado)
    assert (primero.antes, primero.despues, primero.alcance) == (TAPADO, "Un puesto gratis.", "menor")


def test_lo_que_cuelga_de_la_convocatoria_dice_de_que_es(tmp_path: Path) -> None:
    guardados = [
        cambio("ponderacion", "35", "40", EL_24, "criterios"),
        Suceso(EL_20, "convocatorias/documentos", MAULE, "permiso", "quita", "", "Permiso del municipio", ""),
        Suceso(EL_20, "convocatorias/bases", MAULE, "", "cambia", "bases"),
    ]
    frases = {linea(c) for c in de_maule(tmp_path, *guardados) if not c.motivo}
    assert frases == {
        "Pauta, «El producto se hace en la región»: ponderación: 35 → 40.",
        "Documentos: se quita «Permiso del municipio».",
        "Bases: se publicó otra versión del texto.",
    }


def de_bases(momento: datetime, antes: str, despues: str) -> Suceso:
    return Suceso(momento, "convocatorias/bases", MAULE, "", "cambia", "bases", antes, despues)


def test_de_las_bases_se_dicen_las_frases_del_dia_sin_lo_que_fue_y_volvio(tmp_path: Path) -> None:
    guardados = [
        de_bases(EL_20, "Un puesto gratis.\nHay luz.", "Un puesto con mesa.\nHay luz de noche."),
        de_bases(EL_20, "Hay luz de noche.", "Hay luz."),
        de_bases(EL_24, "", "Escribe a persona@ejemplo.cl."),
    ]
    ultimo, anterior = (c for c in de_maule(tmp_path, *guardados) if c.campo == "bases")
    assert (anterior.quitadas, anterior.agregadas) == (("Un puesto gratis.",), ("Un puesto con mesa.",))
    assert anterior.cuantas_frases == "1 frase nueva y 1 quitada"
    assert (ultimo.quitadas, ultimo.agregadas, ultimo.cuantas_frases) == ((), (TAPADO,), "1 frase nueva")


def test_la_enmienda_de_las_bases_muestra_las_frases_de_su_dia_y_no_las_de_antes(tmp_path: Path) -> None:
    el_22, el_23 = (datetime(2026, 11, dia, 15, tzinfo=UTC) for dia in (22, 23))
    archivo = tmp_path / "historia.json"
    taller = "2027-feria-biobio-taller-abierto"
    sucesos = (de_bases(el_22, "Uno.", "Dos."), de_bases(el_23, "Tres.", "Cuatro."))
    historia.escribir(Historia(tuple(replace(s, de=taller) for s in sucesos)), archivo)
    fichas = fichas_de(DATOS, AHORA, archivo)
    dichos = fichas.cambios.de(next(c for c in fichas.convocatorias if c.id == taller))
    (anotado,) = (c for c in dichos if c.campo == "bases" and c.numero)
    (suelto,) = (c for c in dichos if c.campo == "bases" and not c.numero)
    assert (anotado.motivo, anotado.agregadas) == ("Se precisa a quién admite y cómo se evalúa.", ("Cuatro.",))
    assert (suelto.fecha, suelto.quitadas, suelto.agregadas) == (date(2026, 11, 22), ("Uno.",), ("Dos.",))


def test_una_enmienda_de_la_pauta_no_esconde_lo_que_cambio_otro_dia(tmp_path: Path) -> None:
    el_19, el_23 = (datetime(2026, 11, dia, 13, tzinfo=UTC) for dia in (19, 23))
    guardados = [
        cambio("ponderacion", "35", "40", el_19, "criterios"),
        cambio("descripcion", "Todo junto.", "Aparte.", el_23, "criterios"),
    ]
    dichos = [(c.fecha.day, c.campo, bool(c.motivo)) for c in de_maule(tmp_path, *guardados)]
    assert dichos[:2] == [(23, "criterios", True), (19, "ponderacion", False)]


def test_las_frases_que_cambiaron_se_leen_en_la_pagina(tmp_path: Path) -> None:
    archivo = tmp_path / "historia.json"
    historia.escribir(Historia((de_bases(EL_20, "Antes & después, «decía».", "Ahora dice."),)), archivo)
    fichas = fichas_de(DATOS, AHORA, archivo)
    relleno = Relleno(PLANTILLAS, fichas)
    propia, todas = (
        leer(relleno.de(next(p for p in de_cambios(fichas) if p.ruta == ruta))["contenido"])
        for ruta in (f"/convocatorias/{MAULE}/cambios/", "/cambios/")
    )
    plegado = propia.uno("details", "frases")
    assert plegado.uno("summary").texto == "1 frase nueva y 1 quitada en bases"
    assert [n.texto for n in plegado.todos("del")] == ["Antes & después, «decía»."]
    assert [n.texto for n in plegado.todos("ins")] == ["Ahora dice."]
    # En la lista de todos los cambios basta cuántas.
    assert "1 frase nueva y 1 quitada." in todas.texto
    assert "Ahora dice." not in todas.texto


def test_en_un_dia_van_primero_los_cambios_mayores(tmp_path: Path) -> None:
    guardados = [cambio("resumen", "a", "b", EL_24), cambio("cupos", "35", "40", EL_24)]
    assert [c.campo for c in de_maule(tmp_path, *guardados)][:2] == ["cupos", "resumen"]


@pytest.mark.parametrize(
    ("tabla", "campo", "alcance"),
    [
        ("convocatorias", "apoyo", "mayor"),
        ("convocatorias", "resumen", "menor"),
        ("criterios", "titulo", "mayor"),
        ("criterios", "descripcion", "mayor"),
        ("descriptores", "texto", "mayor"),
        ("documentos", "titulo", "mayor"),
        ("documentos", "donde_obtener", "menor"),
        ("reservas", "titulo", "mayor"),
        ("hitos", "detalle", "menor"),
    ],
)
def test_el_alcance_depende_de_la_tabla_y_la_columna(tmp_path: Path, tabla: str, campo: str, alcance: str) -> None:
    guardado = cambio(campo, "a", "b", EL_24, tabla)
    (primero, *_) = de_maule(tmp_path, guardado)
    assert (primero.campo, primero.alcance) == (campo, alcance)


def test_la_enmienda_de_la_pauta_dice_por_que_y_no_tacha_cada_nota(tmp_path: Path) -> None:
    el_23 = datetime(2026, 11, 23, 13, tzinfo=UTC)
    (primero, *resto) = de_maule(
        tmp_path, cambio("descripcion", "7: todo. 4: una parte.", "Dónde.", el_23, "criterios")
    )
    assert primero.motivo == "Ahora cada nota tiene su texto; no cambió cómo se puntúa."
    assert "7: todo. 4: una parte." not in {c.antes for c in [primero, *resto]}


def test_lo_largo_se_dobla_y_lo_corto_no() -> None:
    corto = Cambio(date(2026, 11, 23), "cupos", "Cupos", "4", "6", "mayor")
    assert not corto.se_dobla
    assert replace(corto, antes="a" * 100, despues="b" * 100).se_dobla
    assert not replace(corto, antes="", despues="b" * 200).se_dobla


def test_los_dias_se_reparten_en_hojas_sin_partirse() -> None:
    dias = [(date(2026, 11, d), [("una", [None] * cuantos)]) for d, cuantos in ((4, 3), (3, 2), (2, 9), (1, 1))]
    assert [[d.day for d, _ in hoja] for hoja in en_hojas(dias, 5)] == [[4, 3], [2], [1]]  # type: ignore[arg-type]
    assert list(en_hojas([], 5)) == []


def test_cada_convocatoria_tiene_su_pagina_de_cambios(paginas: dict[str, str]) -> None:
    pagina = leer(paginas[f"/convocatorias/{MAULE}/cambios/"]).uno("main")
    assert "Decía: lunes 30 de noviembre" in [n.texto for n in pagina.todos("del")]
    assert "lunes 7 de diciembre de 2026, a las 15:00" in [n.texto for n in pagina.todos("ins")]
    assert "Más plazo para obtener el F30." in pagina.texto
    assert [e.texto for e in pagina.todos("span", "est")][1:] == ["Cambio menor", "Cambio mayor", "Cambio menor"]
    sin_cambios = leer(paginas["/convocatorias/2027-feria-valparaiso-manos-de-mar/cambios/"]).uno("main")
    assert "Nada ha cambiado desde entonces." in sin_cambios.texto


def test_sin_historia_la_pagina_lo_dice(paginas: dict[str, str]) -> None:
    for ruta in ("/cambios/", f"/convocatorias/{MAULE}/cambios/"):
        aviso = leer(paginas[ruta]).uno("main").uno("div", "aviso")
        assert aviso.texto.endswith("no está disponible: no se pidió sacarlo de git.")


def test_todo_lo_que_ha_cambiado_va_dia_por_dia(paginas: dict[str, str]) -> None:
    principal = leer(paginas["/cambios/"]).uno("main")
    dias = [n.atributos["datetime"] for n in principal.uno("ol", "historia").todos("time")]
    assert dias == sorted(dias, reverse=True)
    assert {"2026-11-09", "2026-11-18", "2026-11-20"} <= set(dias)
    enlaces = {a.atributos["href"] for a in principal.todos("a")}
    assert {f"/convocatorias/{MAULE}/cambios/", "/eventos/feria-invierno-en-linea-2027/"} <= enlaces
