"""Los documentos por la puerta de verdad: cada error con sus palabras, el antivirus y lo que caduca."""

from __future__ import annotations

import io
import re
import secrets
from datetime import timedelta
from typing import Any

import boto3
import pytest
from moto import mock_aws
from PIL import Image
from pypdf import PdfWriter

from funciones import barrer
from funciones.adaptadores import deposito_s3, montaje
from funciones.dominio.archivo import ProblemaDeArchivo
from funciones.dominio.postulacion import Estado
from funciones.tramite import expediente
from tests.funciones.puerta import EVALUADOR, Puerta
from tests.funciones.test_la_vida_de_una_postulacion import rut
from tests.recorridos.mundo import CONVOCATORIA, DOCUMENTOS, PDF, respuestas_de

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MEGAS_7 = 7 * 1024 * 1024


def con_contrasena() -> bytes:
    libro, salida = PdfWriter(), io.BytesIO()
    libro.add_blank_page(200, 200)
    libro.encrypt("secreta", algorithm="AES-256")
    libro.write(salida)
    return salida.getvalue()


def sin_contrasena_para_leer() -> bytes:
    """Protegido contra cambios, como los que entregan muchos sitios: se abre sin pedir nada."""
    libro, salida = PdfWriter(), io.BytesIO()
    libro.add_blank_page(200, 200)
    libro.encrypt("", "la del dueño", algorithm="AES-256")
    libro.write(salida)
    return salida.getvalue()


def imagen(formato: str) -> bytes:
    salida = io.BytesIO()
    Image.effect_noise((60, 40), 80).convert("RGB").save(salida, formato)
    return salida.getvalue()


PNG, JPG = imagen("PNG"), imagen("JPEG")
# Lo que llega y lo que se dice. None: no llegó nada.
LO_QUE_LLEGA: dict[ProblemaDeArchivo, tuple[bytes | None, str]] = {
    ProblemaDeArchivo.FALTA: (None, "Falta subir: "),
    ProblemaDeArchivo.VACIO: (b"", "El archivo está vacío."),
    ProblemaDeArchivo.MUY_GRANDE: (PDF + b" " * MEGAS_7, "El archivo pesa más de 7 MB."),
    ProblemaDeArchivo.OTRO_TIPO: (b"GIF89a una foto vieja", "El archivo no es PDF, JPG ni PNG."),
    ProblemaDeArchivo.DISFRAZADO: (b"MZ\x90\x00 un programa", "por dentro es un programa o un comprimido"),
    ProblemaDeArchivo.DANADO: (PDF[:120], "No pudimos abrir el archivo: está dañado"),
    ProblemaDeArchivo.CON_CONTRASENA: (con_contrasena(), "El archivo pide una contraseña para abrirse."),
    ProblemaDeArchivo.INFECTADO: (PDF + EICAR, "El antivirus encontró un programa dañino"),
}


class Borrador:
    """Una postulación a medias por el formulario, hasta la página de sus documentos."""

    def __init__(self, puerta: Puerta, quien: str = "") -> None:
        self.puerta, self.clave = puerta, secrets.token_urlsafe(24)
        self.respuestas = respuestas_de("Panes del Maule", quien or rut(1))
        self.pagina = ""
        paso = "tipo_persona"
        while paso in self.respuestas:
            self.pagina = self.contestar(paso, self.respuestas[paso])
            paso = self.paso
        assert paso == "documento:carpeta-tributaria", paso

    @property
    def paso(self) -> str:
        hallado = re.search(r'name="paso" value="([^"]+)"', self.pagina)
        assert hallado, self.pagina[:400]
        return hallado[1]

    @property
    def titulo(self) -> str:
        return re.findall(r"<title>(.*?)</title>", self.pagina)[0]

    def contestar(self, paso: str, valor: str = "", accion: str = "seguir") -> str:
        formulario = {"convocatoria": CONVOCATORIA, "clave": self.clave, "paso": paso, "accion": accion}
        if valor:
            formulario[paso] = valor
        respuesta = self.puerta.llamar("postular", "POST", "/api/postular", formulario=formulario, html=True)
        assert respuesta["statusCode"] in {200, 422}, respuesta
        return str(respuesta["body"])

    def volver_del_deposito(self, documento: str) -> str:
        """La página a la que llega el navegador después de subir."""
        marca = self.puerta.montaje.llavero.huella_borrador(self.clave)[:16]
        self.puerta.galletas = [f"borrador-{marca}={self.clave}"]
        consulta = {"convocatoria": CONVOCATORIA, "documento": documento, "borrador": marca}
        self.pagina = self.puerta.llamar("adjuntar", "GET", "/api/adjuntar", consulta=consulta, html=True)["body"]
        return self.pagina

    def traer(self, documento: str, folio: str, codigo: str, emitido: str = "") -> str:
        formulario = {"convocatoria": CONVOCATORIA, "clave": self.clave, "documento": documento}
        formulario |= {"accion": "reutilizar", "otro_folio": folio, "otro_codigo": codigo}
        if emitido:
            formulario["emitido"] = emitido
        respuesta = self.puerta.llamar("adjuntar", "POST", "/api/adjuntar", formulario=formulario, html=True)
        self.pagina = respuesta["body"]
        return self.pagina


@pytest.fixture
def borrador(puerta: Puerta) -> Borrador:
    return Borrador(puerta)


def test_los_ocho_problemas_tienen_su_caso() -> None:
    assert set(LO_QUE_LLEGA) == set(ProblemaDeArchivo)
    assert len(LO_QUE_LLEGA) == 8


def test_cada_uno_de_los_ocho_dice_lo_suyo_junto_al_campo_y_en_el_resumen(borrador: Borrador) -> None:
    """Por la página sin JavaScript: vuelve del depósito y ve las mismas palabras arriba y junto al campo."""
    vistas = {}
    for problema, (contenido, palabras) in LO_QUE_LLEGA.items():
        if contenido is not None:
            borrador.puerta.subir(borrador.clave, ["carpeta-tributaria"], contenido)
        pagina = borrador.volver_del_deposito("carpeta-tributaria")
        junto = re.findall(r'<p class="msj" id="error-file">(.*?)</p>', pagina)
        assert junto, problema
        assert palabras in junto[0], problema
        assert f'<a href="#file">{junto[0]}</a>' in pagina, problema
        assert borrador.titulo.startswith("Error: "), problema
        assert 'aria-invalid="true"' in pagina
        assert "Recibimos tu archivo" not in pagina
        vistas[problema] = junto[0]
    assert len(set(vistas.values())) == 8
    for texto in vistas.values():
        assert not re.search(r"inválid|por favor", texto, re.IGNORECASE)
        assert all(len(frase.split()) <= 25 for frase in re.split(r"[.:]\s", texto)), texto


@pytest.mark.parametrize("problema", [p for p in ProblemaDeArchivo if p is not ProblemaDeArchivo.FALTA])
def test_tampoco_se_envia_por_la_api_con_ninguno_de_ellos(puerta: Puerta, problema: ProblemaDeArchivo) -> None:
    contenido, palabras = LO_QUE_LLEGA[problema]
    assert contenido is not None
    clave = secrets.token_urlsafe(24)
    puerta.subir(clave)
    puerta.subir(clave, ["f30"], contenido)
    cuerpo = {"convocatoria": CONVOCATORIA, "clave": clave, "documentos": list(DOCUMENTOS)}
    cuerpo["respuestas"] = respuestas_de("Panes", rut(1))
    estado, dicho = puerta.json("postular", "POST", "/api/postular", cuerpo=cuerpo)
    assert (estado, set(dicho["campos"])) == (422, {"f30"})
    assert palabras in dicho["campos"]["f30"]


def test_no_se_envia_con_un_documento_obligatorio_que_falta(borrador: Borrador) -> None:
    borrador.puerta.subir(borrador.clave, ["carpeta-tributaria", "f30"])
    pagina = borrador.contestar("revisar", accion="enviar")
    assert pagina.count("Falta subir: Certificado") >= 2
    assert borrador.contestar("documento:carpeta-tributaria").count("Certificado f30")


def test_lo_que_se_abre_se_recibe_con_su_tipo_y_su_peso(borrador: Borrador) -> None:
    buenos = [(PDF, "PDF"), (PDF + b"<html>cola</html>", "PDF"), (sin_contrasena_para_leer(), "PDF")]
    for contenido, tipo in [*buenos, (PNG, "PNG"), (JPG, "JPG")]:
        borrador.puerta.subir(borrador.clave, ["carpeta-tributaria"], contenido)
        pagina = borrador.volver_del_deposito("carpeta-tributaria")
        recibido = rf"Recibimos tu archivo:</strong> <span data-nombre></span>{tipo} de [\d,]+ (bytes|kB)\."
        assert re.search(recibido, pagina)
        assert not borrador.titulo.startswith("Error")


@pytest.mark.parametrize("entera", [PNG, JPG], ids=["png", "jpg"])
def test_una_foto_que_llego_a_medias_se_dice(borrador: Borrador, entera: bytes) -> None:
    for corte in (0.3, 0.6, 0.95):
        borrador.puerta.subir(borrador.clave, ["carpeta-tributaria"], entera[: int(len(entera) * corte)])
        assert "está dañado o llegó a medias" in borrador.volver_del_deposito("carpeta-tributaria")


def test_lo_que_se_anota_es_lo_que_se_abrio(puerta: Puerta, monkeypatch: pytest.MonkeyPatch) -> None:
    """Si lo cambian justo entre medirlo y abrirlo, la huella es la de lo abierto y revisado."""
    clave = secrets.token_urlsafe(24)
    puerta.subir(clave, ["f30"], PDF)
    deposito = puerta.montaje.deposito
    leer = deposito.leer

    def cambian_el_archivo(llave: str) -> bytes:
        puerta.subir(clave, ["f30"], b"MZ otro")
        return leer(llave)

    monkeypatch.setattr(deposito, "leer", cambian_el_archivo)
    convocatoria = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
    assert convocatoria is not None
    pedido = expediente.documento_pedido(convocatoria, "f30")
    llave = expediente.llave_cuarentena(puerta.montaje.llavero.huella_borrador(clave), "f30")
    assert expediente.revisar(deposito, llave, pedido, MEGAS_7) is ProblemaDeArchivo.DISFRAZADO


def test_un_archivo_cambiado_despues_de_revisarlo_no_entra(borrador: Borrador) -> None:
    puerta = borrador.puerta
    puerta.subir(borrador.clave)
    for documento in DOCUMENTOS:
        borrador.contestar(f"documento:{documento}")
    puerta.subir(borrador.clave, ["f30"], PDF + b"otro, que nadie miro")
    pagina = borrador.contestar("revisar", accion="enviar")
    formulario = {"convocatoria": CONVOCATORIA, "clave": borrador.clave, "paso": "revisar", "accion": "enviar"}
    formulario["declaracion"] = "si"
    respuesta = puerta.llamar("postular", "POST", "/api/postular", formulario=formulario, html=True)
    assert respuesta["statusCode"] == 422, pagina[:200]
    assert "El archivo ya no es el mismo. Súbelo otra vez." in respuesta["body"]


# Lo que no se queda para siempre.


def documentos_de(puerta: Puerta, carpeta: str) -> tuple[str, ...]:
    return puerta.montaje.deposito.listar(carpeta)


def test_los_documentos_de_quien_no_confirma_se_borran_con_su_postulacion(puerta: Puerta) -> None:
    _, cuerpo = puerta.postular(rut(1))
    assert len(documentos_de(puerta, "por-confirmar/")) == len(DOCUMENTOS)
    assert documentos_de(puerta, "expedientes/") == ()
    puerta.entorno["RELOJ_DESFASE_SEGUNDOS"] = str(timedelta(days=4).total_seconds())
    barrer.barrer()
    assert puerta.montaje.almacen.postulacion(cuerpo["folio"]) is None
    assert documentos_de(puerta, "por-confirmar/") == ()


def test_al_confirmar_pasan_a_su_lugar_definitivo_y_de_ahi_no_caducan(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    postulacion = puerta.montaje.almacen.postulacion(folio)
    assert postulacion is not None
    assert {a.llave.split("/")[0] for a in postulacion.adjuntos} == {"expedientes"}
    assert {a.llave for a in postulacion.adjuntos} == set(documentos_de(puerta, "expedientes/"))
    puerta.entorno["RELOJ_DESFASE_SEGUNDOS"] = str(timedelta(days=40).total_seconds())
    barrer.barrer()
    assert len(documentos_de(puerta, "expedientes/")) == len(DOCUMENTOS)


def test_lo_subido_y_nunca_enviado_se_borra_a_los_quince_dias(puerta: Puerta) -> None:
    puerta.subir(secrets.token_urlsafe(24))
    puerta.entorno["RELOJ_DESFASE_SEGUNDOS"] = str(timedelta(days=14).total_seconds())
    assert barrer.barrer()["documentos_borrados"] == 0
    puerta.entorno["RELOJ_DESFASE_SEGUNDOS"] = str(timedelta(days=16).total_seconds())
    assert barrer.barrer()["documentos_borrados"] == len(DOCUMENTOS)
    assert documentos_de(puerta, "cuarentena/") == ()


# El antivirus de la nube, que deja su resultado en una etiqueta.


class Nube:
    """La cubeta imitada y lo que el antivirus escribe en ella."""

    def __init__(self, puerta: Puerta) -> None:
        self.puerta = puerta
        self.s3: Any = boto3.client("s3", region_name="sa-east-1")
        self.s3.create_bucket(Bucket="documentos", CreateBucketConfiguration={"LocationConstraint": "sa-east-1"})
        self.s3.put_bucket_versioning(Bucket="documentos", VersioningConfiguration={"Status": "Enabled"})

    def subir(self, clave: str, documentos: tuple[str, ...] = DOCUMENTOS, contenido: bytes = PDF) -> None:
        huella = self.puerta.montaje.llavero.huella_borrador(clave)
        for documento in documentos:
            self.s3.put_object(Bucket="documentos", Key=f"cuarentena/{huella}/{documento}", Body=contenido)

    def mirar(self, carpeta: str, resultado: str) -> None:
        for llave in self.puerta.montaje.deposito.listar(carpeta):
            etiquetas = {"TagSet": [{"Key": "GuardDutyMalwareScanStatus", "Value": resultado}]}
            self.s3.put_object_tagging(Bucket="documentos", Key=llave, Tagging=etiquetas)


@pytest.fixture
def nube(puerta: Puerta, monkeypatch: pytest.MonkeyPatch) -> Any:
    for nombre in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(nombre, "prueba")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "sa-east-1")
    puerta.entorno |= {"DEPOSITO": "s3", "CUBETA": "documentos"}
    with mock_aws():
        deposito_s3.cliente.cache_clear()
        montaje.montaje.cache_clear()
        yield Nube(puerta)
    deposito_s3.cliente.cache_clear()


def recibida_en_la_nube(nube: Nube) -> str:
    clave = secrets.token_urlsafe(24)
    nube.subir(clave)
    cuerpo = {"convocatoria": CONVOCATORIA, "clave": clave, "documentos": list(DOCUMENTOS)}
    cuerpo["respuestas"] = respuestas_de("Panes", rut(1))
    estado, dicho = nube.puerta.json("postular", "POST", "/api/postular", cuerpo=cuerpo)
    assert estado == 200, dicho
    assert nube.puerta.confirmar(dicho["folio"])[0] == 200
    return str(dicho["folio"])


def abrir(puerta: Puerta, folio: str) -> tuple[int, dict[str, Any]]:
    camino = {"folio": folio, "documento": "f30"}
    return puerta.mesa("GET", "/documentos/{folio}/{documento}", EVALUADOR, camino=camino)


def test_de_los_cinco_resultados_uno_solo_deja_que_la_mesa_lo_abra(nube: Nube) -> None:
    folio = recibida_en_la_nube(nube)
    assert abrir(nube.puerta, folio)[1]["error"] == "documento_revisando"
    dichos = {}
    for resultado in ("NO_THREATS_FOUND", "THREATS_FOUND", "UNSUPPORTED", "ACCESS_DENIED", "FAILED"):
        nube.mirar("expedientes/", resultado)
        estado, cuerpo = abrir(nube.puerta, folio)
        dichos[resultado] = estado if estado == 200 else cuerpo["error"]
    assert dichos == {
        "NO_THREATS_FOUND": 200,
        "THREATS_FOUND": "documento_infectado",
        "UNSUPPORTED": "documento_no_revisado",
        "ACCESS_DENIED": "documento_no_revisado",
        "FAILED": "documento_no_revisado",
    }


def test_lo_limpio_en_cuarentena_no_vale_para_la_copia_que_abre_la_mesa(nube: Nube) -> None:
    clave = secrets.token_urlsafe(24)
    nube.subir(clave)
    nube.mirar("cuarentena/", "NO_THREATS_FOUND")
    cuerpo = {"convocatoria": CONVOCATORIA, "clave": clave, "documentos": list(DOCUMENTOS)}
    cuerpo["respuestas"] = respuestas_de("Panes", rut(1))
    folio = nube.puerta.json("postular", "POST", "/api/postular", cuerpo=cuerpo)[1]["folio"]
    nube.puerta.confirmar(folio)
    assert abrir(nube.puerta, folio)[1]["error"] == "documento_revisando"


def test_sin_resultado_se_puede_enviar_y_con_amenaza_no(nube: Nube) -> None:
    clave = secrets.token_urlsafe(24)
    nube.subir(clave)
    nube.mirar("cuarentena/", "THREATS_FOUND")
    cuerpo = {"convocatoria": CONVOCATORIA, "clave": clave, "documentos": list(DOCUMENTOS)}
    cuerpo["respuestas"] = respuestas_de("Panes", rut(1))
    estado, dicho = nube.puerta.json("postular", "POST", "/api/postular", cuerpo=cuerpo)
    assert (estado, set(dicho["campos"])) == (422, set(DOCUMENTOS))
    assert all("antivirus" in palabras for palabras in dicho["campos"].values())
    # Subido otra vez, y todavía sin mirar: el plazo no depende del antivirus.
    nube.subir(clave)
    assert nube.puerta.json("postular", "POST", "/api/postular", cuerpo=cuerpo)[0] == 200


@pytest.mark.parametrize(
    ("resultado", "dicho"),
    [
        (None, "El antivirus todavía lo revisa."),
        ("FAILED", "El antivirus no pudo revisarlo."),
        ("NO_THREATS_FOUND", ""),
    ],
)
def test_la_pagina_dice_en_que_va_el_antivirus(nube: Nube, resultado: str | None, dicho: str) -> None:
    borrador = Borrador(nube.puerta)
    nube.subir(borrador.clave)
    if resultado:
        nube.mirar("cuarentena/", resultado)
    pagina = borrador.volver_del_deposito("carpeta-tributaria")
    assert "Recibimos tu archivo" in pagina
    assert dicho in pagina
    assert bool(dicho) is ("antivirus" in re.sub(r'data-palabras="[^"]*"', "", pagina))


def test_lo_que_nadie_mira_en_quince_minutos_se_cuenta_hasta_que_se_mire(nube: Nube) -> None:
    recibida_en_la_nube(nube)
    cuentas = [barrer.barrer()["sin_revisar"]]
    nube.puerta.pasar(timedelta(minutes=14))
    cuentas.append(barrer.barrer()["sin_revisar"])
    nube.puerta.pasar(timedelta(minutes=2))
    cuentas.append(barrer.barrer()["sin_revisar"])
    nube.mirar("expedientes/", "NO_THREATS_FOUND")
    cuentas.append(barrer.barrer()["sin_revisar"])
    assert cuentas == [0, 0, 1, 0]


def test_de_lo_ya_mirado_no_se_vuelve_a_preguntar(nube: Nube, monkeypatch: pytest.MonkeyPatch) -> None:
    recibida_en_la_nube(nube)
    nube.mirar("expedientes/", "NO_THREATS_FOUND")
    barrer.barrer()
    preguntas: list[str] = []
    monkeypatch.setattr(nube.puerta.montaje.deposito, "antivirus", lambda llave: preguntas.append(llave))
    assert barrer.barrer()["fallas"] == 0
    assert preguntas == []


# El antivirus encuentra algo después de enviar.


def infectar(puerta: Puerta, folio: str, documento: str = "f30") -> None:
    postulacion = puerta.montaje.almacen.postulacion(folio)
    assert postulacion is not None
    suyo = next(a for a in postulacion.adjuntos if a.documento == documento)
    puerta.montaje.deposito.reemplazar(suyo.llave, PDF + EICAR, "application/pdf")


def estado_de(puerta: Puerta, folio: str, codigo: str) -> str:
    par = {"folio": folio, "codigo": codigo}
    return str(puerta.llamar("consultar", "POST", "/api/consultar", formulario=par, html=True)["body"])


def del_infectado(pagina: str) -> str:
    hallado = re.search(r'id="infectados">(.*?)</div>', pagina, re.S)
    return re.sub(r"<[^>]+>", " ", hallado[1]) if hallado else ""


def test_la_pagina_de_estado_dice_que_un_documento_enviado_trae_un_programa_danino(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(rut(1))
    assert del_infectado(estado_de(puerta, folio, codigo)) == ""
    infectar(puerta, folio)
    dicho = del_infectado(estado_de(puerta, folio, codigo))
    assert "Un documento trae un programa dañino" in dicho
    assert "Certificado f30" in dicho
    assert "conserva su lugar" in dicho
    assert "La oficina te pedirá otro por correo" in dicho
    assert "Certificado carpeta-tributaria" not in dicho


def test_si_ya_se_pidio_corregirlo_dice_donde_y_al_subir_otro_se_calla(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(rut(1))
    infectar(puerta, folio)
    infectar(puerta, folio, "carpeta-tributaria")
    pedido = [{"que": "documento:f30", "texto": "Sube una copia limpia."}]
    assert puerta.decidir(folio, "en_correccion", motivo="Una cosa.", correcciones=pedido)[0] == 200
    dicho = del_infectado(estado_de(puerta, folio, codigo))
    assert "2 documentos traen" in dicho
    assert "Súbelo otra vez aquí abajo" in dicho
    # El otro no se pidió: se le dice a la oficina.
    assert "Cuéntalo abajo" in dicho
    postulacion = puerta.montaje.almacen.postulacion(folio)
    assert postulacion is not None
    puerta.subir(f"{folio}.{postulacion.version}", ["f30"], PDF + b"limpio")
    dicho = del_infectado(estado_de(puerta, folio, codigo))
    assert "Certificado f30" not in dicho
    assert "Certificado carpeta-tributaria" in dicho


def test_terminada_la_revision_no_se_asusta_a_nadie_con_un_archivo_viejo(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(rut(1))
    infectar(puerta, folio)
    assert puerta.decidir(folio, "admisible")[0] == 200
    assert del_infectado(estado_de(puerta, folio, codigo)) == ""


# Traer un documento de otra postulación.


def test_un_documento_del_mismo_rut_se_trae_y_se_envia(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(rut(1))
    borrador = Borrador(puerta, rut(1))
    pagina = borrador.traer("carpeta-tributaria", f"{folio[:4]} {folio[4:].lower()}", codigo)
    assert "Recibimos tu archivo" in pagina
    # Queda en el borrador recién al seguir, como cualquier archivo recién subido.
    siguiente = borrador.contestar("documento:carpeta-tributaria")
    assert "documento:f30" in siguiente
    original = puerta.montaje.almacen.postulacion(folio)
    guardado = puerta.montaje.almacen.borrador(
        puerta.montaje.llavero.huella_borrador(borrador.clave), puerta.montaje.ahora()
    )
    assert original is not None
    assert guardado is not None
    traido = expediente.adjuntos_de(guardado.respuestas)["carpeta-tributaria"]
    suyo = next(a for a in original.adjuntos if a.documento == "carpeta-tributaria")
    assert (traido.huella, traido.llave.split("/")[0]) == (suyo.huella, "cuarentena")


def test_nada_que_no_calce_se_trae_y_siempre_se_dice_lo_mismo(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(rut(1))
    mia, de_otra = Borrador(puerta, rut(1)), Borrador(puerta, rut(2))
    dichos = [
        de_otra.traer("carpeta-tributaria", folio, codigo),
        mia.traer("carpeta-tributaria", folio, codigo[::-1]),
        mia.traer("carpeta-tributaria", "K7M4PR9X", codigo),
        mia.traer("carpeta-tributaria", "", ""),
    ]
    errores = [re.findall(r'id="error-otro_folio">(.*?)</p>', pagina) for pagina in dichos]
    assert (
        errores
        == [["No encontramos ese documento para tu RUT. Revisa el folio y el código, o súbelo desde tu equipo."]] * 4
    )
    assert all("<title>Error: " in pagina and '<details class="traer" open>' in pagina for pagina in dichos)
    assert codigo not in "".join(dichos)
    assert documentos_de(puerta, f"cuarentena/{puerta.montaje.llavero.huella_borrador(de_otra.clave)}/") == ()


def test_sin_borrador_no_se_trae_nada(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(rut(1))
    formulario = {"convocatoria": CONVOCATORIA, "clave": secrets.token_urlsafe(24), "documento": "f30"}
    formulario |= {"accion": "reutilizar", "otro_folio": folio, "otro_codigo": codigo}
    respuesta = puerta.llamar("adjuntar", "POST", "/api/adjuntar", formulario=formulario, html=True)
    assert respuesta["statusCode"] >= 400


def test_un_infectado_no_se_trae(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(rut(1))
    postulacion = puerta.montaje.almacen.postulacion(folio)
    assert postulacion is not None
    suyo = next(a for a in postulacion.adjuntos if a.documento == "carpeta-tributaria")
    puerta.montaje.deposito.reemplazar(suyo.llave, PDF + EICAR, "application/pdf")
    assert "todavía no pasa el antivirus" in Borrador(puerta, rut(1)).traer("carpeta-tributaria", folio, codigo)


def test_si_lo_de_la_otra_ya_no_es_lo_mismo_queda_lo_que_la_persona_subio(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(rut(1))
    postulacion = puerta.montaje.almacen.postulacion(folio)
    assert postulacion is not None
    suyo = next(a for a in postulacion.adjuntos if a.documento == "carpeta-tributaria")
    nuevo = Borrador(puerta, rut(1))
    puerta.subir(nuevo.clave, ["carpeta-tributaria"], PDF + b"% el mio\n")
    nuevo.volver_del_deposito("carpeta-tributaria")
    propio = expediente.llave_cuarentena(puerta.montaje.llavero.huella_borrador(nuevo.clave), "carpeta-tributaria")
    puerta.montaje.deposito.reemplazar(suyo.llave, PDF + b"% otro\n", "application/pdf")
    assert "No pudimos traer ese documento" in nuevo.traer("carpeta-tributaria", folio, codigo)
    assert puerta.montaje.deposito.leer(propio) == PDF + b"% el mio\n"


# Corregir sin perder lo escrito.


def test_salir_a_subir_un_documento_no_pierde_lo_que_se_llevaba_escrito(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(rut(1))
    correcciones = [
        {"que": "documento:f30", "texto": "Sube el de este mes."},
        {"que": "respuesta:ventas", "texto": "Escribe las netas."},
    ]
    assert puerta.decidir(folio, "en_correccion", motivo="Dos cosas.", correcciones=correcciones)[0] == 200
    par = {"folio": folio, "codigo": codigo}
    escrito = {"ventas": "41 millones y algo", "nota": "Mi contadora lo revisa"}
    formulario = par | escrito | {"documento": "f30"}
    subida = puerta.llamar("adjuntar", "POST", "/api/adjuntar", formulario=formulario, html=True)
    assert subida["statusCode"] == 200
    assert "Sube el de este mes." in subida["body"]
    postulacion = puerta.montaje.almacen.postulacion(folio)
    assert postulacion is not None
    puerta.subir(f"{folio}.{postulacion.version}", ["f30"], PDF + b"de este mes")
    consulta = {"folio": folio, "documento": "f30"}
    vuelta = puerta.llamar("adjuntar", "GET", "/api/adjuntar", consulta=consulta, html=True)["body"]
    despues = puerta.llamar("consultar", "POST", "/api/consultar", formulario=par, html=True)["body"]
    for pagina in (vuelta, despues):
        assert 'value="41 millones y algo"' in pagina
        assert "Mi contadora lo revisa</textarea>" in pagina
        assert "Recibido" in pagina
    enviar = par | {"accion": "corregir", "ventas": "41.000.000", "nota": ""}
    assert puerta.llamar("responder", "POST", "/api/responder", formulario=enviar, html=True)["statusCode"] == 200
    # Enviada la corrección no queda nada de lo escrito a medias.
    final = puerta.montaje.almacen.postulacion(folio)
    assert final is not None
    assert (final.estado, final.datos["ventas"]) == (Estado.RECIBIDA, "41000000")
    assert "Mi contadora" not in puerta.llamar("consultar", "POST", "/api/consultar", formulario=par, html=True)["body"]


def test_con_la_tecla_entrar_la_correccion_se_envia_y_no_sale_a_subir(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(rut(1))
    assert puerta.decidir(folio, "en_correccion", motivo="Falta el F30.")[0] == 200
    par = {"folio": folio, "codigo": codigo}
    pagina = puerta.llamar("consultar", "POST", "/api/consultar", formulario=par, html=True)["body"]
    formulario = next(f for f in re.findall(r"<form .*?</form>", pagina, re.S) if "/api/adjuntar" in f)
    primero = re.findall(r'<button type="submit"[^>]*>', formulario)[0]
    assert 'value="corregir"' in primero
    assert "formaction" not in primero
