"""Los correos de la ficha del catálogo: dicen qué pasó, qué sigue, por qué y cómo no estar de acuerdo."""

from __future__ import annotations

import re
from typing import Any

import pytest

from funciones.adaptadores.redaccion import LARGO_ASUNTO, carta
from funciones.dominio.vitrina import PERMISO_VIGENTE, SE_AVISAN, EstadoVitrina
from tests.correo.contexto import CODIGO, PLANTILLAS, PORTAL, completo, minimo
from tests.correo.test_plantillas import PALABRAS_MAXIMO, Contexto, Lector, frases

AVISADOS = sorted(SE_AVISAN)
ENLACE = f"{PORTAL}/api/exhibir#folio=T5WX9JCD&codigo={CODIGO}"
PUBLICO = f"{PORTAL}/catalogo/empresas/v-0123456789abcdef/"


def _contexto(base: Contexto, **cambios: Any) -> dict[str, Any]:
    return base(motivo="La foto muestra a una persona.", enlace=ENLACE, enlace_publico=PUBLICO) | cambios


def test_hay_una_plantilla_por_estado_que_se_avisa_y_ninguna_de_mas() -> None:
    nombres = {a.name for a in (PLANTILLAS / "correo_vitrina").iterdir() if not a.name.startswith("_")}
    assert nombres == {f"{estado}.{forma}.j2" for estado in AVISADOS for forma in ("txt", "html")}


def test_el_texto_del_permiso_vigente_existe_y_sus_frases_son_cortas() -> None:
    for version in range(1, PERMISO_VIGENTE + 1):
        texto = (PLANTILLAS / "formulario" / f"_permiso_{version}.html.j2").read_text(encoding="utf-8").split("#}")[-1]
        assert "retirar este permiso cuando quiera" in texto
        assert [f for f in frases(texto) if len(f.split()) > PALABRAS_MAXIMO] == []


@pytest.mark.parametrize("base", [completo, minimo])
@pytest.mark.parametrize("estado", AVISADOS)
def test_el_correo_se_escribe_entero_y_con_frases_cortas(estado: EstadoVitrina, base: Contexto) -> None:
    asunto, texto, html = carta(f"correo_vitrina/{estado}", _contexto(base), PLANTILLAS)
    leido = Lector(html)
    assert len(asunto) <= LARGO_ASUNTO
    assert leido.problemas == []
    assert leido.etiquetas.count("h1") == 1
    assert all(enlace.startswith((PORTAL, "https://www.sercotec.cl")) for enlace in leido.enlaces)
    for parte in (texto, leido.texto):
        assert not re.search(r"\{\{|\}\}|\{%|None|Undefined|\(\)|: *\.|\.\.", parte), parte
        assert "T5WX 9JCD" in parte
        assert CODIGO in parte
        assert "Qué sigue" in parte
    assert ENLACE in texto
    assert ENLACE in leido.enlaces
    largas = [f for f in frases(texto) if len(f.split()) > PALABRAS_MAXIMO and "http" not in f]
    assert largas == []


@pytest.mark.parametrize("estado", [EstadoVitrina.OBSERVADA, EstadoVitrina.RETIRADA])
def test_lo_que_decide_la_mesa_lleva_su_razon_quien_y_como_no_estar_de_acuerdo(estado: EstadoVitrina) -> None:
    _, texto, html = carta(f"correo_vitrina/{estado}", _contexto(completo), PLANTILLAS)
    for parte in (texto, Lector(html).texto):
        assert "La foto muestra a una persona." in parte
        assert "Lo decidió una persona: evaluador" in parte
        assert "Si no estás de acuerdo" in parte


def test_a_quien_confirma_un_cupo_del_componente_1_se_le_cuenta_que_puede_tener_ficha() -> None:
    for componente in (1, 2):
        contexto = completo()
        contexto["convocatoria"]["componente"] = componente
        for parte in carta("correo/confirmada", contexto, PLANTILLAS)[1:]:
            assert ("arma tu ficha" in parte) == (componente == 1)


def test_quien_se_retira_sola_recibe_otras_palabras() -> None:
    _, texto, html = carta("correo_vitrina/retirada", _contexto(completo, decidio=None, motivo=""), PLANTILLAS)
    for parte in (texto, Lector(html).texto):
        assert "Retiraste tu permiso" in parte
        assert "¿No fuiste tú?" in parte
        assert "Por qué" not in parte
