"""Un formulario en partes se lee igual que uno corriente, y lo que no se entiende se rechaza sin caerse."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funciones.entrada import multiparte
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import leer

FRONTERA = "---FroNTera"
TIPO = f'multipart/form-data; boundary="{FRONTERA}"'
_TEXTO = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=40)


def en_partes(pares: list[tuple[str, str]]) -> str:
    """Como lo escribe un lector de correo."""
    partes = [f'--{FRONTERA}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in pares]
    return "".join(partes) + f"--{FRONTERA}--\r\n"


def evento(tipo: str, cuerpo: str) -> dict[str, object]:
    return {"routeKey": "POST /api/suscripcion", "headers": {"content-type": tipo}, "body": cuerpo}


@given(st.dictionaries(st.from_regex(r"[A-Za-z_\-]{1,12}", fullmatch=True), _TEXTO, min_size=1, max_size=5))
def test_dice_lo_mismo_que_un_formulario_corriente(campos: dict[str, str]) -> None:
    corriente = leer(evento("application/x-www-form-urlencoded", urlencode(campos)))
    assert leer(evento(TIPO, en_partes(list(campos.items())))).campos == corriente.campos == campos


@given(st.text(max_size=200), st.text(max_size=40))
def test_cualquier_cosa_se_lee_o_se_rechaza(texto: str, frontera: str) -> None:
    for cuerpo in (texto, en_partes([("a", texto)]), f"--{frontera}\r\n{texto}\r\n--{frontera}--"):
        for tipo in (TIPO, f"multipart/form-data; boundary={frontera}", f"multipart/form-data{frontera}"):
            # Un rechazo es la respuesta buena; cualquier otra excepción sería una caída.
            with suppress(Rechazo):
                campos = leer(evento(tipo, cuerpo)).campos
                assert all(isinstance(valor, str) for par in campos.items() for valor in par)


@pytest.mark.parametrize(
    "cuerpo",
    [
        en_partes([("a", "1"), ("a", "2")]),
        en_partes([(f"c{n}", "x") for n in range(201)]),
        en_partes([('a"; filename="a.txt', "1")]),
        en_partes([("a", "1")]).removesuffix(f"--{FRONTERA}--\r\n"),
        # La biblioteca de correo tarda minutos con unos megas de esto.
        en_partes([('a"; ' + 'x="y"; ' * 200 + 'z="', "1")]),
        f"--{FRONTERA}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n--b--\r\n--{FRONTERA}--\r\n",
        "sin partes",
    ],
)
def test_repetido_de_mas_con_archivo_o_cortado_se_rechaza(cuerpo: str) -> None:
    with pytest.raises(Rechazo, match="solicitud_mal_formada"):
        leer(evento(TIPO, cuerpo))


def test_un_archivo_con_la_frontera_a_medias_y_saltos_de_linea_llega_igual() -> None:
    contenido = f"{{\r\n--{FRONTERA[:-1]}\r\n\r\n--otra--\n}}\r\n"
    cuerpo = en_partes([("a", "1"), ('archivo"; filename="avance.json', contenido)])
    pares, archivos = multiparte.partes(cuerpo.encode(), TIPO, 2)
    assert (pares, archivos) == ([("a", "1")], {"archivo": contenido.encode()})
    with pytest.raises(ValueError, match="no se entienden"):
        multiparte.partes(cuerpo.encode(), TIPO, 1)


def test_el_tipo_no_agrega_cabeceras_a_lo_leido() -> None:
    with pytest.raises(ValueError, match="ilegible"):
        multiparte.partes(en_partes([("a", "1")]).encode(), f"{TIPO}\r\nContent-Transfer-Encoding: base64", 200)
