"""El portal se lee fácil: frases cortas y palabras de todos los días, en cada clase de página."""

import re

import pytest
import textstat

from tests.sitio.frases import frases, palabras, partir

MAS_LARGA = 25
MINIMO = 60
# Los rótulos sueltos no se cuentan: harían parecer fácil a cualquier página. Y menos palabras que esas no dicen nada.
DE_CORRIDO = 5
BASTANTES = 50
PROHIBIDAS = re.compile(r"inválid|por favor|haz clic|clic aquí|\bal tiro\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def leidas(paginas: dict[str, str]) -> dict[str, list[str]]:
    return {ruta: frases(html) for ruta, html in paginas.items()}


def test_ninguna_frase_pasa_de_veinticinco_palabras(leidas: dict[str, list[str]]) -> None:
    largas = {f: ruta for ruta, propias in leidas.items() for f in propias if palabras(f) > MAS_LARGA}
    assert not largas, "\n".join(f"{ruta}: {frase}" for frase, ruta in sorted(largas.items()))


def test_cada_pagina_se_lee_con_facilidad(leidas: dict[str, list[str]]) -> None:
    textstat.set_lang("es")
    textos = {ruta: [f for f in propias if palabras(f) >= DE_CORRIDO] for ruta, propias in leidas.items()}
    indices = {
        ruta: textstat.fernandez_huerta(" ".join(f"{f.rstrip('.:')}." for f in propias))
        for ruta, propias in textos.items()
        if sum(map(palabras, propias)) >= BASTANTES
    }
    assert len(indices) > 100
    assert not {ruta: round(indice, 1) for ruta, indice in indices.items() if indice < MINIMO}


def test_el_indice_distingue_lo_facil_de_lo_dificil() -> None:
    textstat.set_lang("es")
    assert (
        textstat.fernandez_huerta("Si falta un papel te damos cinco días hábiles. Súbelo aquí y sigues en la fila.")
        > 80
    )
    enredado = (
        "Se otorgará plazo de subsanación conforme a la normativa administrativa vigente respecto de la documentación "
        "requerida en el procedimiento de postulación institucional correspondiente."
    )
    assert textstat.fernandez_huerta(enredado) < 30


def test_nada_dice_lo_que_el_portal_no_dice(leidas: dict[str, list[str]]) -> None:
    dichas = [f"{ruta}: {f}" for ruta, propias in leidas.items() for f in propias if PROHIBIDAS.search(f)]
    # La guía de quien edita las nombra para pedir que no se usen.
    assert not [d for d in dichas if not d.startswith("/publicar/")]


def test_las_frases_se_parten_donde_terminan() -> None:
    assert partir("Cierra el 7 de diciembre. ¿Alcanzas? Sí: faltan 14 días.") == [
        "Cierra el 7 de diciembre.",
        "¿Alcanzas?",
        "Sí: faltan 14 días.",
    ]
    assert partir("Vendió 2.400,50 UF según el art. 14 de la ley.") == ["Vendió 2.400,50 UF según el art 14 de la ley."]
    assert palabras("Vendió 2.400,50 UF, y el F30 está al día.") == 9


def test_lo_citado_el_codigo_y_los_dibujos_no_se_cuentan() -> None:
    html = (
        "<main><p>Uno dos. <span class='cita'>nada de esto</span></p><ul><li>Tres<ul><li>cuatro</li></ul></li></ul>"
        "<svg><text>no</text></svg><table><tr><td>no</td></tr></table><p><code>x = 1</code></p></main><p>afuera</p>"
    )
    assert frases(html) == ["Uno dos.", "Tres", "cuatro"]
