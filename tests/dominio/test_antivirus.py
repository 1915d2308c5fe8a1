"""De los resultados del antivirus, uno solo deja abrir un archivo."""

import pytest

from funciones.dominio.antivirus import Antivirus, segun

# Los que documenta GuardDuty, y que todavía no haya ninguno.
RESULTADOS = {
    "NO_THREATS_FOUND": Antivirus.LIMPIO,
    "THREATS_FOUND": Antivirus.INFECTADO,
    "UNSUPPORTED": Antivirus.NO_REVISADO,
    "ACCESS_DENIED": Antivirus.NO_REVISADO,
    "FAILED": Antivirus.NO_REVISADO,
    None: Antivirus.REVISANDO,
}


@pytest.mark.parametrize("resultado", RESULTADOS)
def test_cada_resultado_significa_lo_suyo(resultado: str | None) -> None:
    assert segun(resultado) is RESULTADOS[resultado]


def test_de_todos_los_resultados_pasa_exactamente_uno() -> None:
    assert [r for r in RESULTADOS if segun(r) is Antivirus.LIMPIO] == ["NO_THREATS_FOUND"]


@pytest.mark.parametrize("raro", ["", "no_threats_found", "NO_THREATS_FOUND ", "CLEAN", "LIMPIO"])
def test_un_resultado_que_no_conocemos_no_abre_nada(raro: str) -> None:
    assert segun(raro) is Antivirus.NO_REVISADO
