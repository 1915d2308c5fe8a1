"""Los correos de los avisos: cortos, claros, con su salida a la vista y nada de terceros."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

import pytest
import textstat

from funciones.adaptadores.redaccion import LARGO_ASUNTO, carta
from tests.correo.contexto import PLANTILLAS, PORTAL
from tests.correo.test_plantillas import PALABRAS_MAXIMO, Lector, frases

FACIL = 70
CODIGO = "a2b3" * 14
ENLACE, BAJA = (f"{PORTAL}/api/suscripcion?codigo={codigo}" for codigo in (CODIGO, CODIGO[::-1]))
COMUN: dict[str, Any] = {
    "pide": {"regiones": "Maule y Ñuble", "componentes": "Ferias, eventos y catálogos"},
    "enlace_baja": BAJA,
    "portal": PORTAL,
    "derechos_url": f"{PORTAL}/privacidad/",
}
CONFIRMA = COMUN | {
    "enlace": ENLACE,
    "vence_texto": "miércoles 25 de noviembre de 2026 a las 10:00",
    "ya_recibe": False,
    "igual": False,
}
NUEVA: dict[str, Any] = {
    "convocatoria": "Feria de otoño «Manos & cosechas»",
    "tipo": "Feria",
    "region_nombre": "Maule",
    "resumen": "Un puesto gratis por tres días en el centro de Talca.",
    "plazo": "Postula hasta el lunes 7 de diciembre de 2026 a las 15:00.",
    "actividad_texto": "15 al 17 de enero de 2027",
    "enlace": f"{PORTAL}/convocatorias/2027-feria/",
    "demostracion": True,
    "es_nueva": True,
    "cambios": [],
}
CAMBIADA = NUEVA | {
    "convocatoria": "Rueda «Valles y costa»",
    "es_nueva": False,
    "plazo": "",
    "actividad_texto": "",
    "demostracion": False,
    "cambios": [
        {"que": "Se canceló.", "antes": "", "ahora": "", "motivo": "No se reunió el mínimo."},
        {"que": "Hay otro número de cupos.", "antes": "35", "ahora": "40", "motivo": "Hay más espacio."},
    ],
}
RESUMEN = COMUN | {
    "encabezado": "Una convocatoria nueva y una con cambios",
    "region_orden": 9,
    "noticias": [NUEVA, CAMBIADA],
}
RECUERDA: dict[str, Any] = {
    "convocatoria": {
        "nombre": "Feria de verano «Sabores y oficios»",
        "cierre_texto": "lunes 7 de diciembre de 2026 a las 15:00",
        "demostracion": True,
    },
    "region_orden": 9,
    "enlace": f"{PORTAL}/api/postular?convocatoria=2027-feria",
    "enlace_convocatoria": f"{PORTAL}/convocatorias/2027-feria/",
    "portal": PORTAL,
    "derechos_url": f"{PORTAL}/privacidad/",
}
# Lo que cada correo dice en sus dos versiones.
DICHOS = {
    "recordatorio": (
        RECUERDA["convocatoria"]["cierre_texto"],
        "todavía no has postulado",
        "tu dirección ya no la guardamos",
    ),
}
DE_UNA_SUSCRIPCION = ("Ferias, eventos y catálogos", "Maule y Ñuble")
CASOS = {
    "primera vez": ("confirma", CONFIRMA),
    "cambio": ("confirma", CONFIRMA | {"ya_recibe": True}),
    "lo mismo": ("confirma", CONFIRMA | {"ya_recibe": True, "igual": True}),
    "resumen": ("resumen", RESUMEN),
    "recordatorio": ("recordatorio", RECUERDA),
    "una sola": ("resumen", RESUMEN | {"noticias": [CAMBIADA], "encabezado": "Cambió: Rueda", "region_orden": None}),
}


def escrito(caso: str) -> tuple[str, str, Lector]:
    nombre, contexto = CASOS[caso]
    asunto, texto, html = carta(f"suscripcion/{nombre}", deepcopy(contexto), PLANTILLAS)
    return asunto, texto, Lector(html)


@pytest.mark.parametrize("caso", CASOS)
def test_se_escribe_sin_huecos_bien_cerrado_y_sin_pedir_nada_a_terceros(caso: str) -> None:
    asunto, texto, leido = escrito(caso)
    for parte in (asunto, texto, leido.texto):
        assert parte.strip()
        assert not re.search(r"\{\{|\}\}|\{%|None|Undefined|\(\)|\bel \.|: *\.| ,|\.\.|«»|&amp;", parte), parte
    assert len(asunto) <= LARGO_ASUNTO
    assert "\n\n\n" not in texto
    assert leido.problemas == []
    assert not {"img", "script", "link", "iframe", "form", "object"} & set(leido.etiquetas)
    assert all(enlace.startswith(PORTAL) for enlace in leido.enlaces)
    assert leido.etiquetas.count("h1") == 1


@pytest.mark.parametrize("caso", CASOS)
def test_las_dos_versiones_dicen_lo_mismo_y_en_frases_cortas(caso: str) -> None:
    _, texto, leido = escrito(caso)
    for frase in frases(texto):
        assert len([p for p in frase.split() if not p.startswith("http")]) <= PALABRAS_MAXIMO, frase
    propios = DICHOS.get(CASOS[caso][0], DE_UNA_SUSCRIPCION)
    for dicho in (*propios, "no te pide claves ni pagos", "no es un sitio oficial"):
        assert dicho in texto
        assert dicho in leido.texto
    assert not re.search(r"haz clic|por favor|inválid", texto, re.IGNORECASE)


@pytest.mark.parametrize("caso", CASOS)
def test_se_entiende_a_la_primera(caso: str) -> None:
    """Fernández-Huerta de 70 o más: «bastante fácil»."""
    texto = re.sub(r"http\S+", "", escrito(caso)[1])
    textstat.set_lang("es")
    assert textstat.fernandez_huerta(re.sub(r"(?<=\w)$", ".", texto, flags=re.MULTILINE)) >= FACIL


@pytest.mark.parametrize("caso", ["primera vez", "cambio"])
def test_se_confirma_con_un_enlace_que_tambien_se_puede_copiar(caso: str) -> None:
    _, texto, leido = escrito(caso)
    assert ENLACE in texto.splitlines()
    assert ENLACE in leido.enlaces
    assert ENLACE in leido.texto
    assert "¿No fuiste tú? Borra este correo." in texto
    assert CONFIRMA["vence_texto"] in texto


def test_a_quien_ya_recibe_lo_mismo_no_se_le_pide_nada() -> None:
    asunto, texto, leido = escrito("lo mismo")
    assert asunto == "Ya recibes estos avisos"
    assert ENLACE not in texto
    assert ENLACE not in leido.enlaces


@pytest.mark.parametrize(("caso", "sale"), [("primera vez", False), ("cambio", True), ("resumen", True)])
def test_quien_recibe_avisos_tiene_a_la_vista_como_dejarlos(caso: str, sale: bool) -> None:
    _, texto, leido = escrito(caso)
    assert (BAJA in texto.splitlines()) is sale
    assert (BAJA in leido.enlaces) is sale


def test_el_resumen_dice_de_cada_una_que_es_hasta_cuando_y_que_cambio() -> None:
    asunto, texto, leido = escrito("resumen")
    assert asunto == RESUMEN["encabezado"]
    for version in (texto, leido.texto):
        for dicho in (NUEVA["convocatoria"], NUEVA["resumen"], NUEVA["plazo"], NUEVA["actividad_texto"]):
            assert dicho in version
        for dicho in ("Se canceló.", "No se reunió el mínimo.", "Antes: 35.", "Ahora: 40."):
            assert dicho in version
        assert version.count("DEMOSTRACIÓN") == 1
        # La cancelada no repite su resumen ni promete un día.
        assert version.count("La actividad: ") == version.count(NUEVA["resumen"]) == 1
    assert leido.enlaces.count(NUEVA["enlace"]) == 2
