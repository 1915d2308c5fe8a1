"""Los correos sobre los propios datos: dicen hasta cuándo, por qué, quién lo decidió y ante quién reclamar."""

from __future__ import annotations

import re
from typing import Any

import pytest

from funciones.adaptadores.redaccion import LARGO_ASUNTO, carta
from funciones.dominio.derecho import RESUELVEN, Suceso
from tests.correo.contexto import CODIGO, PLANTILLAS, PORTAL, completo, minimo
from tests.correo.test_plantillas import PALABRAS_MAXIMO, Contexto, Lector, frases

ENLACE = f"{PORTAL}/api/derechos#folio=T5WX9JCD&codigo={CODIGO}"
VENCE = "miércoles 23 de diciembre de 2026"


def _contexto(base: Contexto, **cambios: Any) -> dict[str, Any]:
    return (
        base(motivo="La ley manda guardarlo.", enlace=ENLACE)
        | {"derecho": "Borrar mis datos", "pedido_texto": "lunes 23 de noviembre de 2026", "vence_texto": VENCE}
        | {"efecto": {"cambia": "Se borra lo que dice la respuesta.", "sigue_igual": "Lo que manda la ley."}}
        | cambios
    )


def test_hay_una_plantilla_por_cada_cosa_que_pasa_y_ninguna_de_mas() -> None:
    nombres = {a.name for a in (PLANTILLAS / "correo_derechos").iterdir() if not a.name.startswith("_")}
    assert nombres == {f"{suceso}.{forma}.j2" for suceso in Suceso for forma in ("txt", "html")}


@pytest.mark.parametrize("base", [completo, minimo])
@pytest.mark.parametrize("suceso", list(Suceso))
def test_el_correo_se_escribe_entero_y_con_frases_cortas(suceso: Suceso, base: Contexto) -> None:
    asunto, texto, html = carta(f"correo_derechos/{suceso}", _contexto(base), PLANTILLAS)
    leido = Lector(html)
    assert len(asunto) <= LARGO_ASUNTO
    assert leido.problemas == []
    assert leido.etiquetas.count("h1") == 1
    assert ENLACE in leido.enlaces
    for parte in (texto, leido.texto):
        assert not re.search(r"\{\{|\}\}|\{%|None|Undefined|\(\)|: *\.|\.\.", parte), parte
        assert "T5WX 9JCD" in parte
        assert "Borrar mis datos" in parte
        assert "Qué sigue" in parte
        assert "Agencia de Protección de Datos Personales" in parte
        assert ("Qué no cambia: Lo que manda la ley." in parte) is (suceso is Suceso.ACOGIDO)
        assert (VENCE in parte) is (suceso not in RESUELVEN)
        assert ("La ley manda guardarlo." in parte) is (suceso is not Suceso.PEDIDO)
    assert [f for f in frases(texto) if len(f.split()) > PALABRAS_MAXIMO and "http" not in f] == []
