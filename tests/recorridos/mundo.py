"""El mundo de los recorridos: un servidor de verdad, sus datos copiados, y quienes lo usan por la API o la mesa."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import mailbox
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import policy
from email.parser import BytesParser
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from zoneinfo import ZoneInfo

from stdnum.cl import rut as stdnum_rut
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests import imagenes_hechas
from tests.documentos import PDF

RAIZ = Path(__file__).resolve().parents[2]
CHILE = ZoneInfo("America/Santiago")
CONVOCATORIA = "feria-del-recorrido"


def puerto_libre() -> int:
    """Un puerto que nadie usa en este instante."""
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return int(enchufe.getsockname()[1])


def esperar(condicion: Callable[[], Any], que: str, segundos: int = 60) -> Any:
    """Lo primero verdadero que dé la condición; falla diciendo qué no llegó."""
    limite, pausa = time.monotonic() + segundos, threading.Event()
    while time.monotonic() < limite:
        valor = condicion()
        if valor:
            return valor
        pausa.wait(0.05)
    raise AssertionError(f"no llegó a tiempo: {que}")


@dataclass
class Servidor:
    """`python -m servidor` sobre una carpeta propia; se puede matar y volver a encender con otra hora."""

    carpeta: Path
    puerto: int = field(default_factory=puerto_libre)
    desfase: timedelta = timedelta()
    proceso: subprocess.Popen[bytes] | None = None
    leidos: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.puerto}"

    @property
    def datos(self) -> Path:
        return self.carpeta / "datos"

    def ahora(self) -> datetime:
        """La hora que ve el servidor, en Chile."""
        return datetime.now(CHILE) + self.desfase

    def encender(self, desfase: timedelta = timedelta()) -> None:
        """Lo enciende y espera a que sirva la portada."""
        self.desfase = desfase
        imagenes_hechas.traer(self.carpeta / "salida.obra")
        registro = (self.carpeta / "servidor.log").open("ab")
        orden = [sys.executable, "-m", "servidor", "--puerto", str(self.puerto), "--datos", str(self.datos)]
        orden += ["--salida", str(self.carpeta / "salida"), "--estado", str(self.carpeta / "estado")]
        orden += ["--desfase", str(int(desfase.total_seconds()))]
        self.proceso = subprocess.Popen(orden, cwd=RAIZ, stdout=registro, stderr=registro)
        esperar(self._responde, f"que encienda el servidor: mira {self.carpeta / 'servidor.log'}", 120)
        imagenes_hechas.guardar(self.carpeta / "salida.obra")

    def _responde(self) -> bool:
        assert self.proceso is not None
        assert self.proceso.poll() is None, (self.carpeta / "servidor.log").read_text(encoding="utf-8")[-4000:]
        try:
            with urllib.request.urlopen(f"{self.url}/", timeout=5) as respuesta:
                return bool(respuesta.status == 200)
        except OSError:
            return False

    def matar(self) -> None:
        """SIGKILL: como un corte de luz."""
        self._terminar(signal.SIGKILL)

    def apagar(self) -> None:
        """Como Ctrl-C."""
        self._terminar(signal.SIGINT)

    def _terminar(self, senal: signal.Signals) -> None:
        if self.proceso is not None and self.proceso.poll() is None:
            self.proceso.send_signal(senal)
            self.proceso.wait(30)

    def pedir(
        self, metodo: str, ruta: str, cuerpo: Mapping[str, Any] | None = None, credencial: str = ""
    ) -> tuple[int, Any]:
        """Una llamada JSON a la API: (estado, cuerpo)."""
        cabeceras = {"accept": "application/json", "content-type": "application/json"}
        if credencial:
            cabeceras["authorization"] = f"Bearer {credencial}"
        datos = None if cuerpo is None else json.dumps(cuerpo).encode()
        pedido = urllib.request.Request(f"{self.url}{ruta}", datos, cabeceras, method=metodo)
        try:
            with urllib.request.urlopen(pedido, timeout=60) as respuesta:
                return respuesta.status, json.load(respuesta)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def subir(self, permiso: Mapping[str, Any], contenido: bytes) -> int:
        """Sube un archivo al depósito con un permiso ya dado; devuelve el estado HTTP."""
        partes = dict(permiso["campos"]) | {"file": FileStorage(io.BytesIO(contenido), "papel.pdf")}
        limite, cuerpo = encode_multipart(partes)
        url = permiso["url"] if "://" in permiso["url"] else self.url + permiso["url"]
        pedido = urllib.request.Request(url, cuerpo, {"content-type": f"multipart/form-data; boundary={limite}"})
        try:
            with urllib.request.urlopen(pedido, timeout=60) as respuesta:
                return int(respuesta.status)
        except urllib.error.HTTPError as error:
            return error.code

    def correos(self, folio: str) -> list[str]:
        """El texto de los correos de ese folio, del primero al último."""
        carpeta = self.carpeta / "estado" / "correo"
        if not (carpeta / "new").is_dir():
            return []
        buzon = mailbox.Maildir(carpeta, create=False)
        mostrado = f"{folio[:4]} {folio[4:]}"
        llaves = sorted(buzon.keys())
        # Se espera mirando muchas veces: cada mensaje se abre una sola.
        for llave in llaves:
            if llave not in self.leidos:
                mensaje = BytesParser(policy=policy.default).parsebytes(buzon.get_bytes(llave))
                self.leidos[llave] = f"Asunto: {mensaje['subject']}\n{mensaje.get_body(('plain',)).get_content()}"
        return [self.leidos[llave] for llave in llaves if mostrado in self.leidos[llave]]

    def correo(self, folio: str, asunto: str) -> str:
        """Espera el correo de ese folio cuyo asunto contiene esas palabras."""

        def buscar() -> str | None:
            for texto in self.correos(folio):
                if asunto.lower() in texto.splitlines()[0].lower():
                    return texto
            return None

        texto: str = esperar(buscar, f"el correo «{asunto}» de {folio}: hay {self.asuntos(folio)}")
        return texto

    def asuntos(self, folio: str) -> list[str]:
        """Los asuntos de sus correos, para explicar una falla."""
        return [texto.splitlines()[0] for texto in self.correos(folio)]

    def credencial(self, usuario: str) -> str:
        """La credencial de un cargo de demostración, por código y PKCE como el navegador."""
        configuracion = self.pedir("GET", "/mesa/configuracion.json")[1]
        verificador = secrets.token_urlsafe(48)
        desafio = base64.urlsafe_b64encode(hashlib.sha256(verificador.encode()).digest()).rstrip(b"=").decode()
        retorno = f"{self.url}/mesa/"
        pedido = {
            "response_type": "code",
            "client_id": configuracion["cliente"],
            "redirect_uri": retorno,
            "code_challenge": desafio,
            "code_challenge_method": "S256",
            "state": secrets.token_urlsafe(8),
            "scope": "openid profile",
            "usuario": usuario,
        }
        destino = _sin_seguir(configuracion["autorizar"], urlencode(pedido).encode(), retorno)
        codigo = parse_qs(urlsplit(destino).query)["code"][0]
        cambio = {
            "grant_type": "authorization_code",
            "code": codigo,
            "client_id": configuracion["cliente"],
            "redirect_uri": retorno,
            "code_verifier": verificador,
        }
        with urllib.request.urlopen(configuracion["credencial"], urlencode(cambio).encode(), timeout=30) as respuesta:
            return str(json.load(respuesta)["id_token"])


class _NoSeguir(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *a: Any, **k: Any) -> None:
        return None


def _sin_seguir(url: str, cuerpo: bytes, origen: str) -> str:
    try:
        pedido = urllib.request.Request(url, cuerpo, {"origin": origen.removesuffix("/mesa/")})
        urllib.request.build_opener(_NoSeguir).open(pedido, timeout=30)
    except urllib.error.HTTPError as error:
        return str(error.headers["location"])
    raise AssertionError("el emisor no redirigió")


def copiar_datos(carpeta: Path) -> Path:
    """Una copia de los paquetes del proyecto, para cambiarlos sin tocar los de verdad."""
    destino = carpeta / "datos"
    shutil.copytree(RAIZ / "datos", destino)
    return destino


def agregar_filas(archivo: Path, filas: list[dict[str, str]]) -> None:
    """Agrega filas como lo haría una persona: las columnas que no nombra quedan vacías."""
    with archivo.open(encoding="utf-8", newline="") as entrada:
        columnas = csv.DictReader(entrada).fieldnames
    assert columnas is not None
    with archivo.open("a", encoding="utf-8", newline="") as salida:
        escritor = csv.DictWriter(salida, columnas, lineterminator="\n")
        escritor.writerows({c: fila.get(c, "") for c in columnas} for fila in filas)


def publicar_convocatoria(datos: Path, ahora: datetime, *, cupos: int, espera: int) -> None:
    """Lo que hace un editor: una fila, su archivo de bases, sus documentos, su pauta y sus hitos."""
    hoy = ahora.date()

    def dia(cuantos: int) -> str:
        return (hoy + timedelta(days=cuantos)).isoformat()

    carpeta = datos / "convocatorias"
    bases = carpeta / "bases" / f"{CONVOCATORIA}.md"
    bases.write_text("# Bases de la feria del recorrido\n\nUn ejemplo para probar la ruta entera.\n", encoding="utf-8")
    fila = {
        "id": CONVOCATORIA,
        "nombre": "Feria del recorrido",
        "componente": "1",
        "tipo_actividad": "feria",
        "objetivo": "vender_al_publico",
        "tematica": "Alimentos",
        "modalidad": "presencial",
        "region": "07",
        "comuna": "07101",
        "modo_seleccion": "puntaje",
        "cupos": str(cupos),
        "espera_maxima": str(espera),
        "nota_minima": "4.0",
        "publicacion": dia(-5),
        "apertura": f"{dia(-4)}T09:00",
        "cierre": f"{dia(1)}T15:00",
        "resultados": dia(5),
        "actividad_inicio": dia(10),
        "actividad_termino": dia(11),
        "encuesta_cierre": dia(20),
        "horas_oferta": "48",
        "anio_ventas": "2025",
        "fecha_uf": "2025-12-31",
        "giro": "alguno",
        "financiamiento": "sercotec",
        "oficina": "direccion-regional-maule",
        "responsable_rol": "Encargatura regional de ferias",
        "situacion": "vigente",
        "bases": f"bases/{CONVOCATORIA}.md",
        "resumen": "Una feria de dos días para probar la ruta entera.",
        "apoyo": "Un puesto|Luz",
        "demostracion": "si",
    }
    agregar_filas(carpeta / "convocatorias.csv", [fila])
    documentos = (*DOCUMENTOS, "acredita-asociados")
    agregar_filas(
        carpeta / "documentos.csv",
        [
            {
                "convocatoria": CONVOCATORIA,
                "documento": documento,
                "titulo": f"Certificado {documento}",
                "obligatorio": "si",
                "tipos_persona": "" if documento in DOCUMENTOS else "cooperativa",
                "donde_obtener": "En el sitio público que corresponde.",
                "orden": str(orden),
            }
            for orden, documento in enumerate(documentos, start=1)
        ],
    )
    agregar_filas(
        carpeta / "criterios.csv",
        [
            {
                "convocatoria": CONVOCATORIA,
                "criterio": criterio,
                "titulo": titulo,
                "descripcion": "7 es todo, 1 es nada.",
                "ponderacion": peso,
                "escala_minima": "1",
                "escala_maxima": "7",
                "desempate": turno,
            }
            for criterio, titulo, peso, turno in (
                ("origen", "El producto se hace en la región", "60", "1"),
                ("presentacion", "Presentación del producto", "40", "2"),
            )
        ],
    )
    agregar_filas(
        carpeta / "descriptores.csv",
        [
            {"convocatoria": CONVOCATORIA, "criterio": criterio, "nota": nota, "texto": texto}
            for criterio in ("origen", "presentacion")
            for nota, texto in (("1", "Nada."), ("7", "Todo."))
        ],
    )
    agregar_filas(
        carpeta / "hitos.csv",
        [
            {"convocatoria": CONVOCATORIA, "hito": h, "titulo": t, "inicio": dia(i), "termino": dia(f), "detalle": d}
            for h, t, i, f, d in (
                ("postulacion", "Postulas", -4, 1, "Cierra a las 15:00."),
                ("actividad", "Feria", 10, 11, "De 10:00 a 20:00."),
            )
        ],
    )


def rut_de_ejemplo(numero: int) -> str:
    """Un RUT sintético con su dígito verificador."""
    return f"{numero}-{stdnum_rut.calc_check_digit(str(numero))}"


def respuestas_de(nombre: str, rut: str) -> dict[str, str]:
    """Las respuestas de una empresa que cumple todo."""
    return {
        "tipo_persona": "juridica",
        "rut": rut,
        "nombre": nombre,
        "representante": "Representante de ejemplo",
        "comuna": "07101",
        "inicio_actividades": "primera",
        "actividad": "107100",
        "otras_actividades": "",
        "ventas": "24.500.000",
        "deudas": "no",
        "condena_antisindical": "no",
        "rendiciones_pendientes": "no",
        "lleva": "Pan, empanadas y dulces de la región.",
        "base_clientes": "12",
        "base_proveedores": "",
        "base_redes": "",
        "base_ferias": "0",
        # Una dirección por empresa: de una misma se reciben pocas postulaciones por hora.
        "correo": f"{re.sub('[^a-z]', '', nombre.lower())}.{re.sub('[^0-9]', '', rut) or 0}@ejemplo.cl",
        "telefono": "",
        "sexo": "mujer",
        "nivel_educacional": "media",
        "declaracion": "si",
    }


DOCUMENTOS = ("carpeta-tributaria", "f30", "deuda-tributaria")


@dataclass
class Empresa:
    """Una empresa que usa la API, con lo que va recibiendo."""

    servidor: Servidor
    nombre: str
    rut: str
    clave: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    folio: str = ""
    codigo: str = ""

    def subir_documentos(self) -> None:
        for documento in DOCUMENTOS:
            pedido = {"convocatoria": CONVOCATORIA, "clave": self.clave, "documento": documento}
            estado, permiso = self.servidor.pedir("POST", "/api/adjuntar", pedido)
            assert estado == 200, permiso
            assert self.servidor.subir(permiso, PDF + documento.encode()) in {200, 201, 204}

    def enviar(self, **cambios: Any) -> tuple[int, Any]:
        """Envía la postulación; `cambios` reemplaza respuestas."""
        cuerpo = {
            "convocatoria": CONVOCATORIA,
            "clave": self.clave,
            "respuestas": respuestas_de(self.nombre, self.rut) | cambios,
            "documentos": list(DOCUMENTOS),
        }
        return self.servidor.pedir("POST", "/api/postular", cuerpo)

    def postular(self) -> None:
        """Sube, envía y confirma el correo."""
        self.subir_documentos()
        estado, cuerpo = self.enviar()
        assert estado == 200, cuerpo
        self.folio, self.codigo = cuerpo["folio"], cuerpo["codigo"]
        self.confirmar()

    def confirmar(self) -> None:
        enlace = enlace_de(self.servidor.correo(self.folio, "confirma"), "/api/confirmar")
        estado, cuerpo = self.servidor.pedir("POST", "/api/confirmar", enlace)
        assert (estado, cuerpo["estado"]) == (200, "recibida"), cuerpo

    def encuestar(self, vinculacion: str) -> None:
        """Responde la encuesta por su enlace."""
        enlace = enlace_de(self.servidor.correo(self.folio, "cómo te fue"), "/api/encuestar")
        respuestas = dict.fromkeys(("organizacion", "lugar", "oportunidad", "utilidad"), "6")
        respuestas |= dict.fromkeys(("contactos_nuevos", "clientes_nuevos", "proveedores_nuevos"), "2")
        respuestas |= {"reuniones": "1", "ventas_tramo": "hasta_100000", "negocios": "1", "vinculacion": vinculacion}
        estado, cuerpo = self.servidor.pedir("POST", "/api/encuestar", enlace | respuestas | {"accion": "enviar"})
        assert (estado, cuerpo["estado"]) == (200, "egresada"), cuerpo


def enlace_de(correo: str, ruta: str) -> dict[str, str]:
    """Folio y código del enlace de un correo."""
    hallado = re.search(rf"{ruta}#(\S+)", correo)
    assert hallado, f"el correo no trae {ruta}:\n{correo}"
    return {clave: valores[0] for clave, valores in parse_qs(hallado[1]).items()}


@dataclass
class Oficina:
    """La mesa por la API, con la credencial de un cargo de demostración."""

    servidor: Servidor
    usuario: str

    def pedir(self, metodo: str, ruta: str, cuerpo: Mapping[str, Any] | None = None) -> Any:
        estado, respuesta = self.servidor.pedir(metodo, f"/api/mesa{ruta}", cuerpo, self.credencial)
        assert estado == 200, respuesta
        return respuesta

    @cached_property
    def credencial(self) -> str:
        """Vale ocho horas y sobrevive a los reinicios: la clave que la firma está en la carpeta de estado."""
        return self.servidor.credencial(self.usuario)

    def decidir(self, folio: str, decision: str, **campos: Any) -> Any:
        """Una decisión sobre la versión que está mirando; si cumple, con lo no propuesto marcado."""
        visto = self.pedir("GET", f"/postulaciones/{folio}")
        if decision == "admisible":
            por_ver = (h["regla"] for h in visto["hallazgos"] if h["resultado"] != "cumple")
            campos = {"hallazgos": dict.fromkeys(por_ver, "cumple")} | campos
        cuerpo = {"version": visto["version"], "decision": decision, "motivo": "Revisado con sus certificados"} | campos
        return self.pedir("POST", f"/postulaciones/{folio}/evaluacion", cuerpo)

    def calificar(self, folio: str, nota: str) -> None:
        """Cumple los requisitos y saca esa nota en todo."""
        self.decidir(folio, "admisible")
        criterios = ("origen", "presentacion")
        razones = dict.fromkeys(criterios, "Se ve en lo que cuenta.")
        self.decidir(folio, "evaluada", notas=dict.fromkeys(criterios, nota), justificaciones=razones)

    def asistio(self, folio: str) -> None:
        version = self.pedir("GET", f"/postulaciones/{folio}")["version"]
        self.pedir("POST", "/asistencia", {"folio": folio, "asistio": "si", "version": version})


def entorno_de_navegador() -> str:
    """El navegador instalado por el sistema."""
    return os.environ.get("CHROMIUM", "/usr/bin/chromium")
