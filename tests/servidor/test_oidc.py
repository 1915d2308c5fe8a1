"""El personal entra con código y PKCE; las llaves se hacen en la máquina y nunca van a git."""

import base64
import csv
import hashlib
import stat
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from jwt import PyJWK

from servidor.ajustes import RAIZ
from servidor.llaves import clave_oidc, identificador
from servidor.oidc import USUARIOS
from tests.servidor.conftest import Mundo, Respuesta

VERIFICADOR = "v" * 64
FORMULARIO = {"Content-Type": "application/x-www-form-urlencoded"}


def _pedido(mundo: Mundo, **cambios: str) -> dict[str, str]:
    desafio = base64.urlsafe_b64encode(hashlib.sha256(VERIFICADOR.encode()).digest()).rstrip(b"=").decode()
    return {
        "response_type": "code",
        "client_id": "mesa-local",
        "redirect_uri": f"http://localhost:{mundo.puerto}/mesa/",
        "scope": "openid profile",
        "state": "estado-1",
        "nonce": "nonce-1",
        "code_challenge": desafio,
        "code_challenge_method": "S256",
    } | cambios


def _elegir(mundo: Mundo, usuario: str = "evaluador-maule", **cambios: str) -> Respuesta:
    cuerpo = urlencode(_pedido(mundo, usuario=usuario, **cambios))
    return mundo.pedir("POST", "/oidc/oauth2/authorize", cuerpo, FORMULARIO)


def _codigo(mundo: Mundo, usuario: str = "evaluador-maule") -> str:
    return parse_qs(urlsplit(_elegir(mundo, usuario).cabeceras["Location"]).query)["code"][0]


def _cambiar(mundo: Mundo, codigo: str, **cambios: str) -> Respuesta:
    cuerpo = {
        "grant_type": "authorization_code",
        "client_id": "mesa-local",
        "redirect_uri": f"http://localhost:{mundo.puerto}/mesa/",
        "code": codigo,
        "code_verifier": VERIFICADOR,
    } | cambios
    return mundo.pedir("POST", "/oidc/oauth2/token", urlencode(cuerpo), FORMULARIO)


def test_la_pagina_de_entrada_ofrece_un_cargo_por_boton(mundo: Mundo) -> None:
    pagina = mundo.ver("/oidc/oauth2/authorize?" + urlencode(_pedido(mundo)))
    assert pagina.estado == 200
    for usuario in USUARIOS:
        assert usuario.nombre in pagina.texto
    assert {u.rol for u in USUARIOS} == {"evaluador", "operador", "nacional", "administrador"}
    assert len({u.region for u in USUARIOS if u.rol == "evaluador"}) == 2


def test_quien_opera_trae_convocatorias_que_existen(mundo: Mundo) -> None:
    """Y nadie más las necesita: a los otros cargos los alcanza su región."""
    with (RAIZ / "datos" / "convocatorias" / "convocatorias.csv").open(encoding="utf-8") as archivo:
        existen = {fila["id"] for fila in csv.DictReader(archivo)}
    for usuario in USUARIOS:
        suyas = set(usuario.convocatorias.split())
        assert bool(suyas) is (usuario.rol == "operador")
        assert suyas <= existen
        afirmado = jwt.decode(mundo.aplicacion.oidc.credencial(usuario, "id"), options={"verify_signature": False})
        assert afirmado["convocatorias"] == usuario.convocatorias


@pytest.mark.parametrize("usuario", [u.id for u in USUARIOS])
def test_el_codigo_se_cambia_por_una_credencial_del_cargo_elegido(mundo: Mundo, usuario: str) -> None:
    elegido = next(u for u in USUARIOS if u.id == usuario)
    vuelta = urlsplit(_elegir(mundo, usuario).cabeceras["Location"])
    assert parse_qs(vuelta.query)["state"] == ["estado-1"]
    entregado = _cambiar(mundo, parse_qs(vuelta.query)["code"][0])
    assert entregado.cabeceras["Cache-Control"] == "no-store"
    llaves = mundo.ver("/oidc/.well-known/jwks.json").json["keys"]
    descripcion = mundo.ver("/oidc/.well-known/openid-configuration").json
    afirmado = jwt.decode(
        entregado.json["id_token"],
        PyJWK(llaves[0]).key,
        algorithms=["RS256"],
        audience="mesa-local",
        issuer=descripcion["issuer"],
    )
    assert (afirmado["sub"], afirmado["rol"], afirmado["region"]) == (elegido.id, elegido.rol, elegido.region)
    assert (afirmado["nonce"], afirmado["name"]) == ("nonce-1", elegido.nombre)
    assert afirmado["exp"] - afirmado["iat"] == 8 * 3600


def test_el_codigo_sirve_una_sola_vez(mundo: Mundo) -> None:
    codigo = _codigo(mundo)
    assert _cambiar(mundo, codigo).estado == 200
    assert _cambiar(mundo, codigo).json == {"error": "invalid_grant"}


@pytest.mark.parametrize(
    "cambios",
    [
        {"code_verifier": "w" * 64},
        {"code_verifier": ""},
        {"redirect_uri": "http://localhost:1/mesa/"},
        {"client_id": "otra"},
        {"grant_type": "password"},
        {"code": "inventado"},
    ],
    ids=lambda c: next(iter(c)),
)
def test_el_cambio_con_algo_distinto_no_entrega_nada_y_quema_el_codigo(mundo: Mundo, cambios: dict[str, str]) -> None:
    codigo = _codigo(mundo)
    assert _cambiar(mundo, **({"codigo": codigo} | cambios)).estado == 400
    if "code" not in cambios:
        assert _cambiar(mundo, codigo).estado == 400


@pytest.mark.parametrize(
    "cambios",
    [
        {"client_id": "otra"},
        {"response_type": "token"},
        {"code_challenge_method": "plain"},
        {"code_challenge": ""},
        {"redirect_uri": "https://otro.cl/mesa/"},
        {"redirect_uri": "http://otro.cl/mesa/"},
        {"redirect_uri": "http://localhost/otra/"},
        {"redirect_uri": "http://localhost/mesa/?x=1"},
        {"usuario": "nadie"},
    ],
    ids=str,
)
def test_una_entrada_mal_pedida_no_redirige_a_ninguna_parte(mundo: Mundo, cambios: dict[str, str]) -> None:
    respuesta = _elegir(mundo, **cambios)
    assert respuesta.estado == 400
    assert "Location" not in respuesta.cabeceras


def test_la_pagina_de_entrada_escapa_lo_que_le_mandan(mundo: Mundo) -> None:
    pagina = mundo.ver("/oidc/oauth2/authorize?" + urlencode(_pedido(mundo, state='"><script>alert(1)</script>')))
    assert "<script>" not in pagina.texto


def test_la_mesa_encuentra_donde_entrar(mundo: Mundo) -> None:
    configuracion = mundo.ver("/mesa/configuracion.json").json
    assert set(configuracion) == {"emisor", "cliente", "autorizar", "credencial", "salir", "alcances"}
    assert configuracion["cliente"] == "mesa-local"
    assert urlsplit(configuracion["credencial"]).path == "/oidc/oauth2/token"
    assert mundo.ver(urlsplit(configuracion["salir"]).path).cabeceras["Location"] == "/mesa/"


def test_la_llave_nace_una_vez_y_solo_la_lee_su_dueno(tmp_path: Path) -> None:
    primera = identificador(clave_oidc(tmp_path / "claves"))
    assert identificador(clave_oidc(tmp_path / "claves")) == primera
    assert identificador(clave_oidc(tmp_path / "otras")) != primera
    archivo = tmp_path / "claves" / "oidc.pem"
    assert stat.S_IMODE(archivo.stat().st_mode) == 0o600
    assert stat.S_IMODE(archivo.parent.stat().st_mode) == 0o700


def test_git_no_guarda_la_carpeta_de_las_llaves() -> None:
    orden = ["git", "check-ignore", "-q", ".local/claves/oidc.pem"]
    assert subprocess.run(orden, cwd=RAIZ, check=False).returncode == 0
