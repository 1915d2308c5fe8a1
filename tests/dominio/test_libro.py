"""El libro: una cadena que solo se puede leer de la forma en que se escribió."""

import pytest

from funciones.dominio import libro
from funciones.dominio.libro import Anotado, Cabeza

H = "ab" * 32
UNO = libro.asentar("feria", libro.sin_asientos("feria"), [Anotado("K7M4PR9X", 3, H, H), Anotado("X2", 1, H)])


def test_el_texto_de_un_asiento_se_lee_a_simple_vista() -> None:
    inicio = libro.huella("libro de feria")
    assert UNO.texto == f"feria 1 {inicio}\nK7M4PR9X 3 {H} {H}\nX2 1 {H} -\n"


def test_un_asiento_se_lee_igual_a_como_se_escribio() -> None:
    assert libro.leer(UNO.texto) == UNO


def test_cada_asiento_nombra_al_anterior_y_cada_convocatoria_parte_de_otro_lugar() -> None:
    dos = libro.asentar("feria", UNO.cabeza, [Anotado("X2", 2, H)])
    assert (dos.numero, dos.anterior) == (2, UNO.cabeza.huella)
    assert UNO.cabeza == Cabeza(1, libro.huella(UNO.texto))
    assert libro.sin_asientos("feria").huella != libro.sin_asientos("otra").huella


@pytest.mark.parametrize(
    "texto",
    [
        "",
        "\n",
        UNO.texto.rstrip("\n"),
        UNO.texto + "\n",
        UNO.texto.split("\n")[0] + "\n",
        UNO.texto.replace(" 3 ", " 03 "),
        UNO.texto.replace(" 3 ", " ３ "),
        UNO.texto.replace("\n", "\r\n"),
        UNO.texto.replace(" 1 ", "  1 "),
        UNO.texto.replace(H, H.upper()),
        UNO.texto.replace(" -\n", "\n"),
    ],
)
def test_lo_que_no_tiene_exactamente_su_forma_no_es_un_asiento(texto: str) -> None:
    assert libro.leer(texto) is None


@pytest.mark.parametrize(("de", "entra"), [(None, True), ("por_confirmar", True), ("recibida", False)])
def test_solo_nacer_y_confirmar_son_de_la_entrada(de: str | None, entra: bool) -> None:
    assert libro.es_entrada(de) is entra
