"""El depósito local acepta y rechaza lo mismo que S3, y nunca deja un archivo a medias."""

import base64
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from funciones.adaptadores.deposito_carpeta import DepositoCarpeta, clave_de_firma, firmar, firmar_enlace
from servidor import deposito
from servidor.politica import Rechazo, evaluar
from tests.servidor.conftest import Mundo, Respuesta

LLAVE = "cuarentena/abc/f30"
PDF = b"%PDF-1.7 " + b"x" * 2000
RETORNO = "http://localhost/api/adjuntar?convocatoria=feria&documento=f30"
TOPE = 5000


def _en(minutos: int) -> datetime:
    return datetime.now(UTC) + timedelta(minutes=minutos)


def _permiso(mundo: Mundo, retorno: str | None = None, minutos: int = 60, llave: str = LLAVE) -> dict[str, str]:
    adaptador = DepositoCarpeta(mundo.ajustes.estado)
    permiso = adaptador.permiso(llave, "application/pdf", TOPE, _en(minutos), retorno)
    assert permiso.url == "/deposito/"
    return dict(permiso.campos)


def _subir(mundo: Mundo, campos: dict[str, Any], archivo: bytes | None = PDF) -> Respuesta:
    partes: MultiDict[str, Any] = MultiDict(campos)
    if archivo is not None:
        partes.add("file", FileStorage(io.BytesIO(archivo), "mi archivo.pdf", content_type="application/pdf"))
    frontera, cuerpo = encode_multipart(partes)
    return mundo.pedir("POST", "/deposito/", cuerpo, {"Content-Type": f"multipart/form-data; boundary={frontera}"})


def _guardados(mundo: Mundo) -> list[str]:
    """Todo lo que hay en el disco bajo documentos y a medias, sin las notas de tipo."""
    carpetas = [mundo.ajustes.documentos, mundo.ajustes.estado / "parciales"]
    archivos = [a for c in carpetas for a in c.rglob("*") if a.is_file() and ".tipos" not in a.parts]
    return sorted(a.relative_to(mundo.ajustes.estado).as_posix() for a in archivos)


def test_con_permiso_el_archivo_queda_entero_y_con_su_tipo(mundo: Mundo) -> None:
    respuesta = _subir(mundo, _permiso(mundo))
    assert respuesta.estado == 204
    assert respuesta.cuerpo == b""
    objeto = DepositoCarpeta(mundo.ajustes.estado).examinar(LLAVE)
    assert objeto is not None
    assert (objeto.tamano, objeto.tipo, objeto.inicio) == (len(PDF), "application/pdf", PDF[:16])
    assert _guardados(mundo) == [f"documentos/{LLAVE}"]


def test_con_retorno_vuelve_como_lo_hace_s3(mundo: Mundo) -> None:
    respuesta = _subir(mundo, _permiso(mundo, RETORNO))
    destino = urlsplit(respuesta.cabeceras["Location"])
    consulta = parse_qs(destino.query)
    assert respuesta.estado == 303
    assert f"{destino.scheme}://{destino.netloc}{destino.path}" == "http://localhost/api/adjuntar"
    assert consulta["convocatoria"] == ["feria"]
    assert consulta["key"] == [LLAVE]
    assert consulta["etag"][0].strip('"')
    assert "bucket" in consulta


def test_subir_otra_vez_reemplaza(mundo: Mundo) -> None:
    _subir(mundo, _permiso(mundo))
    _subir(mundo, _permiso(mundo), b"%PDF-otro")
    assert DepositoCarpeta(mundo.ajustes.estado).leer(LLAVE) == b"%PDF-otro"


def _cambiar_politica(mundo: Mundo, campos: dict[str, str], **cambios: Any) -> dict[str, str]:
    """La política cambiada y vuelta a firmar: solo el evaluador puede notarlo."""
    politica = json.loads(base64.b64decode(campos["policy"])) | cambios
    campos["policy"] = base64.b64encode(json.dumps(politica).encode()).decode()
    campos["x-amz-signature"] = firmar(clave_de_firma(mundo.ajustes.estado), campos["policy"])
    return campos


def _rechazado(mundo: Mundo, respuesta: Respuesta, estado: int, titulo: str) -> None:
    assert respuesta.estado == estado
    assert f"<h1>{titulo}</h1>" in respuesta.texto
    assert 'lang="es-CL"' in respuesta.texto
    assert _guardados(mundo) == []


MUTACIONES: dict[str, tuple[dict[str, str], int, str]] = {
    "otra llave": ({"key": "cuarentena/otra/f30"}, 403, "El envío no es el que autorizamos"),
    "otro tipo": ({"Content-Type": "text/html"}, 403, "Ese tipo de archivo no se puede subir aquí"),
    "otro retorno": ({"success_action_redirect": "https://otro.cl/"}, 403, "El envío no es el que autorizamos"),
    "un campo de más": ({"acl": "public-read"}, 403, "El envío trae datos que no esperábamos"),
    "una firma inventada": ({"x-amz-signature": "0" * 64}, 403, "El permiso para subir no es de este portal"),
    "sin firma": ({"x-amz-signature": ""}, 403, "El permiso para subir no es de este portal"),
    "una política ajena": ({"policy": "e30="}, 403, "El permiso para subir no es de este portal"),
}


@pytest.mark.parametrize("mutacion", MUTACIONES)
def test_cada_mutacion_del_envio_se_rechaza_con_su_texto(mundo: Mundo, mutacion: str) -> None:
    cambio, estado, titulo = MUTACIONES[mutacion]
    _rechazado(mundo, _subir(mundo, _permiso(mundo, RETORNO) | cambio), estado, titulo)


@pytest.mark.parametrize("campo", ["key", "Content-Type", "success_action_redirect", "policy", "x-amz-signature"])
def test_falta_un_campo_y_se_rechaza(mundo: Mundo, campo: str) -> None:
    campos = _permiso(mundo, RETORNO)
    del campos[campo]
    assert _subir(mundo, campos).estado in {400, 403}
    assert _guardados(mundo) == []


def test_pasado_el_plazo_no_se_sube(mundo: Mundo) -> None:
    _rechazado(mundo, _subir(mundo, _permiso(mundo, minutos=-1)), 403, "Pasó el tiempo para subir este archivo")


@pytest.mark.parametrize("sobra", [1, 300_000])
def test_lo_que_pesa_de_mas_dice_cuanto_se_puede(mundo: Mundo, sobra: int) -> None:
    respuesta = _subir(mundo, _permiso(mundo), b"%PDF" + b"x" * (TOPE - 4 + sobra))
    _rechazado(mundo, respuesta, 400, "El archivo pesa más de 4 kB")


def test_justo_en_el_tope_se_acepta_y_vacio_no(mundo: Mundo) -> None:
    _rechazado(mundo, _subir(mundo, _permiso(mundo), b""), 400, "El archivo está vacío")
    assert _subir(mundo, _permiso(mundo), b"x" * TOPE).estado == 204


def test_sin_archivo_lo_dice(mundo: Mundo) -> None:
    _rechazado(mundo, _subir(mundo, _permiso(mundo), None), 400, "No elegiste ningún archivo")


def test_los_campos_despues_del_archivo_no_cuentan(mundo: Mundo) -> None:
    """Como en S3: lo que viene después del archivo se ignora."""
    campos = _permiso(mundo)
    frontera = "frontera"
    antes = "".join(
        f'--{frontera}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in campos.items()
    )
    archivo = f'--{frontera}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1\r\n'
    despues = f'--{frontera}\r\nContent-Disposition: form-data; name="key"\r\n\r\notra\r\n--{frontera}--\r\n'
    tipo = {"Content-Type": f"multipart/form-data; boundary={frontera}"}
    assert mundo.pedir("POST", "/deposito/", antes + archivo + despues, tipo).estado == 204
    assert _guardados(mundo) == [f"documentos/{LLAVE}"]
    # Y la política que llega tarde no autoriza nada.
    assert mundo.pedir("POST", "/deposito/", archivo + antes + f"--{frontera}--\r\n", tipo).estado == 403


@pytest.mark.parametrize(
    "cuerpo",
    [b"", b"basura", b"--x\r\n", b'--x\r\nContent-Disposition: form-data; name="key"\r\n\r\nabc', b"--x--\r\n"],
)
def test_un_envio_cortado_se_explica_y_no_deja_nada(mundo: Mundo, cuerpo: bytes) -> None:
    respuesta = mundo.pedir("POST", "/deposito/", cuerpo, {"Content-Type": "multipart/form-data; boundary=x"})
    assert respuesta.estado == 400
    assert _guardados(mundo) == []


def test_un_archivo_cortado_a_la_mitad_no_queda(mundo: Mundo) -> None:
    campos = _permiso(mundo)
    frontera, cuerpo = encode_multipart(MultiDict(campos | {"file": FileStorage(io.BytesIO(PDF), "a.pdf")}))
    cortado = cuerpo[: cuerpo.index(b"%PDF") + 500]
    respuesta = mundo.pedir(
        "POST", "/deposito/", cortado, {"Content-Type": f"multipart/form-data; boundary={frontera}"}
    )
    assert respuesta.estado == 400
    assert _guardados(mundo) == []


@pytest.mark.parametrize(
    "llave",
    ["../fuera", "cuarentena/../../fuera", "/etc/passwd", ".tipos/x", "a//b", "a\\b", "", ".", "cuarentena", "a\0b"],
)
def test_una_llave_que_se_escapa_se_rechaza_aunque_este_firmada(mundo: Mundo, llave: str) -> None:
    _subir(mundo, _permiso(mundo))
    campos = _cambiar_politica(mundo, _permiso(mundo), conditions=_condiciones(llave)) | {"key": llave}
    campos = _cambiar_politica(mundo, campos, conditions=_condiciones(llave))
    assert _subir(mundo, campos, b"malo").estado == 403
    assert _guardados(mundo) == [f"documentos/{LLAVE}"]
    assert not (mundo.ajustes.estado / "fuera").exists()


def _condiciones(llave: str) -> list[object]:
    return [{"key": llave}, ["eq", "$Content-Type", "application/pdf"], ["content-length-range", 1, TOPE]]


def test_con_el_disco_lleno_lo_dice_y_no_queda_nada(mundo: Mundo, monkeypatch: pytest.MonkeyPatch) -> None:
    """/dev/full responde como un disco sin espacio a quien de verdad escribe en él."""
    campos, abrir = _permiso(mundo), Path.open

    def abrir_lleno(archivo: Path, *modo: Any, **mas: Any) -> Any:
        if archivo.parent.name == "parciales":
            archivo.touch()
            return abrir(Path("/dev/full"), "wb")
        return abrir(archivo, *modo, **mas)

    monkeypatch.setattr(Path, "open", abrir_lleno)
    _rechazado(mundo, _subir(mundo, campos), 507, "No queda espacio para guardar tu archivo")


def test_un_archivo_de_varios_megas_llega_igual_byte_por_byte(mundo: Mundo) -> None:
    grande = b"%PDF" + bytes(range(256)) * 28_000
    adaptador = DepositoCarpeta(mundo.ajustes.estado)
    campos = dict(adaptador.permiso(LLAVE, "application/pdf", 8_000_000, _en(60), None).campos)
    assert _subir(mundo, campos, grande).estado == 204
    assert adaptador.leer(LLAVE) == grande


@pytest.mark.parametrize(
    "cuerpo",
    [
        b"--x\r\n" + b"a" * 3_000_000,
        b"--x\r\nContent-Disposition: form-data; name=" + b'"k"' * 1_000_000,
        b'--x\r\nContent-Disposition: form-data; name="key"\r\n\r\n' + b"a" * 3_000_000 + b"\r\n--x--\r\n",
        b'--x\r\nContent-Disposition: form-data; name="k"\r\n\r\na\r\n' * 5_000 + b"--x--\r\n",
    ],
    ids=["sin cabeceras", "cabecera", "campo", "muchos campos"],
)
def test_los_campos_enormes_se_cortan(mundo: Mundo, cuerpo: bytes) -> None:
    assert mundo.pedir("POST", "/deposito/", cuerpo, {"Content-Type": "multipart/form-data; boundary=x"}).estado == 400


def test_al_encender_se_borra_lo_que_quedo_a_medias(mundo: Mundo, definicion: dict[str, Any]) -> None:
    a_medias = mundo.ajustes.estado / "parciales" / "cortado"
    a_medias.write_bytes(b"%PDF")
    deposito.Deposito(mundo.ajustes)
    assert not a_medias.exists()


AHORA = datetime(2026, 11, 23, 12, tzinfo=UTC)
CAMPOS = {"key": "a/b", "content-type": "application/pdf"}


def _politica(condiciones: object, expira: str = "2026-11-23T12:00:01Z") -> str:
    return base64.b64encode(json.dumps({"expiration": expira, "conditions": condiciones}).encode()).decode()


BUENAS: list[Any] = [{"key": "a/b"}, ["eq", "$Content-Type", "application/pdf"], ["content-length-range", 1, 10]]


def test_la_politica_del_ejemplo_se_acepta_con_su_rango() -> None:
    permitido = evaluar(_politica(BUENAS), CAMPOS, AHORA)
    assert (permitido.minimo, permitido.maximo) == (1, 10)


def test_la_cubeta_y_lo_ignorable_no_estorban() -> None:
    condiciones = [*BUENAS, {"bucket": "documentos"}, ["starts-with", "$x-amz-date", "2026"]]
    evaluar(_politica(condiciones), CAMPOS | {"x-amz-date": "20261123", "x-ignore-algo": "1"}, AHORA)


@pytest.mark.parametrize(
    "codificada",
    [
        "no es base64",
        base64.b64encode(b"no es json").decode(),
        base64.b64encode(b"[]").decode(),
        base64.b64encode(b'{"expiration":"2027-01-01T00:00:00Z"}').decode(),
        _politica("no es lista"),
        _politica(BUENAS, "mañana"),
        _politica(BUENAS, "2027-01-01T00:00:00"),
        _politica(BUENAS, "2026-11-23T12:00:00Z"),
        _politica(BUENAS[:2]),
        _politica([*BUENAS, ["gt", "$key", "a"]]),
        _politica([*BUENAS, ["eq", "key", "a/b"]]),
        _politica([*BUENAS, {"key": "a/b", "acl": "x"}]),
        _politica([*BUENAS, 7]),
        _politica([*BUENAS, {"acl": "private"}]),
        _politica([*BUENAS, ["starts-with", "$key", "b/"]]),
        _politica([{"key": "A/B"}, *BUENAS[1:]]),
        _politica(BUENAS[1:]),
    ],
)
def test_una_politica_que_no_calza_se_rechaza(codificada: str) -> None:
    with pytest.raises(Rechazo):
        evaluar(codificada, CAMPOS, AHORA)


def _enlace(mundo: Mundo, minutos: int = 5, llave: str = LLAVE) -> str:
    return DepositoCarpeta(mundo.ajustes.estado).enlace(llave, _en(minutos), "F30 de la ñandú.pdf")


def test_el_enlace_firmado_entrega_el_archivo_como_adjunto(mundo: Mundo) -> None:
    _subir(mundo, _permiso(mundo))
    respuesta = mundo.ver(_enlace(mundo))
    assert (respuesta.estado, respuesta.cuerpo) == (200, PDF)
    assert respuesta.cabeceras["Content-Type"] == "application/pdf"
    assert (
        respuesta.cabeceras["Content-Disposition"] == "attachment; filename*=UTF-8''F30%20de%20la%20%C3%B1and%C3%BA.pdf"
    )
    assert respuesta.cabeceras["X-Content-Type-Options"] == "nosniff"
    assert respuesta.cabeceras["Cache-Control"] == "no-store"


def test_lo_que_no_es_documento_sale_sin_tipo_que_se_ejecute(mundo: Mundo) -> None:
    _subir(mundo, _permiso(mundo), b"<script>alert(1)</script>")
    assert mundo.ver(_enlace(mundo)).cabeceras["Content-Type"] == "application/octet-stream"


def test_un_enlace_cambiado_o_vencido_no_entrega(mundo: Mundo) -> None:
    _subir(mundo, _permiso(mundo))
    _subir(mundo, _permiso(mundo, llave="cuarentena/abc/otro"))
    bueno = _enlace(mundo)
    expira = parse_qs(urlsplit(bueno).query)["expira"][0]
    for malo, titulo in (
        (bueno.replace("/f30", "/otro"), "no es de este portal"),
        (bueno.replace(expira, str(int(expira) + 60)), "no es de este portal"),
        (bueno.replace("firma=", "firma=0"), "no es de este portal"),
        (bueno.replace("expira=", "vence="), "no está completo"),
        (_enlace(mundo, minutos=-1), "ya venció"),
        (f"/deposito/{LLAVE}", "no está completo"),
    ):
        respuesta = mundo.ver(malo)
        assert (respuesta.estado, titulo in respuesta.texto) == (403, True), malo
        assert PDF not in respuesta.cuerpo


def test_un_enlace_a_lo_que_ya_no_esta_lo_dice(mundo: Mundo) -> None:
    assert mundo.ver(_enlace(mundo, llave="expedientes/abc/borrado")).estado == 404


@pytest.mark.parametrize(
    "llave", ["../claves/oidc.pem", "..%2Fclaves%2Foidc.pem", "%2e%2e/claves/oidc.pem", ".tipos/x"]
)
def test_ni_con_firma_se_lee_fuera_de_los_documentos(mundo: Mundo, llave: str) -> None:
    expira = int(_en(5).timestamp())
    firma = firmar_enlace(clave_de_firma(mundo.ajustes.estado), unquote(llave), expira)
    respuesta = mundo.ver(f"/deposito/{llave}?expira={expira}&firma={firma}")
    assert respuesta.estado == 404
    assert b"PRIVATE" not in respuesta.cuerpo
