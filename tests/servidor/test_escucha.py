"""La conexión aguanta lo que llegue: se mantiene abierta, y lo mal escrito no la tumba."""

import socket

import pytest

from servidor.escucha import PuertoOcupado, Servidor
from tests.servidor.conftest import Mundo


def _crudo(mundo: Mundo, bytes_: bytes) -> bytes:
    """Manda bytes tal cual, avisa que terminó y lee todo lo que vuelva."""
    with socket.create_connection(("localhost", mundo.puerto), timeout=30) as enchufe:
        enchufe.sendall(bytes_)
        enchufe.shutdown(socket.SHUT_WR)
        recibido = b""
        while trozo := enchufe.recv(65536):
            recibido += trozo
    return recibido


def test_una_conexion_sirve_para_muchas_peticiones(mundo: Mundo) -> None:
    conexion = mundo.conexion()
    conexion.connect()
    enchufe = conexion.sock
    for _ in range(5):
        conexion.request("GET", "/")
        assert conexion.getresponse().read()
        assert conexion.sock is enchufe
    assert enchufe.getpeername()[1] == mundo.puerto


def test_lo_que_nadie_leyo_no_se_confunde_con_la_peticion_siguiente(mundo: Mundo) -> None:
    conexion = mundo.conexion()
    conexion.connect()
    enchufe = conexion.sock
    for ruta in ("/api/no-existe", "/", "/deposito/"):
        conexion.request("POST", ruta, b"GET /secreto HTTP/1.1\r\n\r\n" * 1000)
        assert conexion.getresponse().read()
    conexion.request("GET", "/")
    assert conexion.getresponse().status == 200
    assert conexion.sock is enchufe


def test_dos_peticiones_seguidas_se_responden_en_orden(mundo: Mundo) -> None:
    una = b"GET /api/no-existe HTTP/1.1\r\nHost: localhost\r\n\r\n"
    otra = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    recibido = _crudo(mundo, una + otra)
    assert recibido.startswith(b"HTTP/1.1 404")
    assert recibido.count(b"HTTP/1.1 ") == 2
    assert recibido.index(b"HTTP/1.1 200") > 0


def test_cerrar_cierra(mundo: Mundo) -> None:
    recibido = _crudo(mundo, b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert b"\r\nConnection: close\r\n" in recibido


@pytest.mark.parametrize(
    ("peticion", "estado"),
    [
        (b"basura\r\n\r\n", b"400"),
        (b"GET / HTTP/9.9\r\n\r\n", b"505"),
        (b"GET\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: abc\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", b"400"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"411"),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 70_000 + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 200 + b"\r\n", b"431"),
    ],
    ids=lambda v: v[:30].decode() if isinstance(v, bytes) else str(v),
)
def test_lo_mal_escrito_recibe_respuesta_en_espanol_y_no_tumba_nada(
    mundo: Mundo, peticion: bytes, estado: bytes
) -> None:
    recibido = _crudo(mundo, peticion)
    assert recibido.startswith(b"HTTP/1.1 " + estado)
    assert "No entendimos la petición".encode() in recibido
    assert mundo.ver("/").estado == 200


@pytest.mark.parametrize(
    "cuerpo", [b"", b"\x00\xff\xfe", b"\r\n\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"]
)
def test_ni_lo_que_no_es_http_tumba_nada(mundo: Mundo, cuerpo: bytes) -> None:
    _crudo(mundo, cuerpo)
    assert mundo.ver("/").estado == 200


@pytest.mark.parametrize("ruta", ["/deposito/", "/api/postular", "/oidc/oauth2/token"])
def test_quien_se_va_a_la_mitad_de_un_envio_no_tumba_nada(mundo: Mundo, ruta: str) -> None:
    cabeza = f"POST {ruta} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n".encode()
    tipo = b"Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
    assert b"HTTP/1.1 200" not in _crudo(mundo, cabeza + tipo)
    assert mundo.ver("/").estado == 200


def test_un_salto_de_linea_en_el_camino_no_ensucia_el_registro(mundo: Mundo, capfd: pytest.CaptureFixture[str]) -> None:
    mundo.ver("/%0aFalso%20registro?rut=76086428-5")
    _crudo(mundo, b"GET /a\x1b[31mrojo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    registro = capfd.readouterr().out
    assert "\x1b" not in registro
    assert "\nFalso" not in registro
    assert "76086428" not in registro


def test_dos_servidores_no_comparten_puerto(mundo: Mundo) -> None:
    with pytest.raises(PuertoOcupado):
        Servidor(mundo.puerto, mundo.aplicacion)


def test_solo_escucha_en_esta_maquina(mundo: Mundo) -> None:
    servidor = Servidor(0, mundo.aplicacion)
    assert servidor.server_address[0] == "127.0.0.1"
    servidor.server_close()
